package switchboard.channels.email.mime;

import jakarta.mail.internet.MailDateFormat;
import java.text.ParseException;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import switchboard.channels.email.report.BounceReport;

/// Raw bytes to a `DecodedMail`: a pure function of the bytes. It never throws on any message, stays within
/// `MailLimits`, and says in `warnings` and `quarantineReason` what it could not take at its word. Read this first to
/// follow a mail in.
public final class MailDecoder {
    private static final List<String> DELIVERED_TO =
            List.of("X-Original-To", "Delivered-To", "Envelope-To", "X-Envelope-To", "X-Forwarded-To");

    private MailDecoder() {}

    public static DecodedMail decode(byte[] raw) {
        return decode(raw, 0);
    }

    private static DecodedMail decode(byte[] raw, int depth) {
        boolean oversize = raw.length > MailLimits.MESSAGE_BYTES_MAX;
        var tree = MimeTree.read(oversize ? Arrays.copyOf(raw, MailLimits.OVERSIZE_PREFIX_BYTES) : raw);
        var warnings = new ArrayList<>(tree.warnings);
        if (oversize) warnings.add("message-too-large");
        try {
            return assemble(tree.root, depth, warnings);
        } catch (RuntimeException | StackOverflowError unforeseen) {
            warnings.add("undecodable");
            return bare(tree.root, warnings);
        }
    }

    private static DecodedMail assemble(Part root, int depth, List<String> warnings) {
        var body = MailBody.of(root);
        var text = body.text();
        var sender = Addresses.sender(root);
        var to = Addresses.list(root, "To", MailLimits.RECIPIENTS_MAX);
        var cc = Addresses.list(root, "Cc", MailLimits.RECIPIENTS_MAX);
        var report = BounceReport.detect(root, sender.all(), text);
        var loop = LoopFacts.of(root, sender.all(), report.isPresent() || BounceReport.anyReport(root));
        boolean crowded = to.size() + cc.size() > MailLimits.RECIPIENTS_MAX;
        warnings.addAll(sender.warnings());
        notes(root, body, warnings);
        if (crowded) warnings.add("too-many-recipients");
        return new DecodedMail(
                sender.address(), cap(sender.all()), cap(Addresses.list(root, "Reply-To", MailLimits.RECIPIENTS_MAX)),
                cap(to), cap(cc),
                root.header("Subject"), MessageIdList.parse(root.header("Message-ID")).stream().findFirst().orElse(""),
                MessageIdList.parse(root.header("In-Reply-To")), MessageIdList.parse(root.header("References")),
                date(root),
                text, body.html(), body.attachments(),
                report.map(BounceReport::kind)
                        .orElseGet(() -> autoReply(root, loop, text) ? MailKind.AUTO_REPLY : MailKind.NORMAL),
                report.map(BounceReport::recipients).orElse(List.of()),
                report.map(BounceReport::originalMessageId).orElse(""),
                loop, authenticationResults(root), deliveredTo(root), Carried.of(root), body.appointment(),
                embedded(body, depth),
                List.copyOf(warnings),
                report.isPresent() ? Optional.empty() : sender.refusal());
    }

    /// Sender and subject: the least that a person needs before opening the raw mail.
    private static DecodedMail bare(Part root, List<String> warnings) {
        var sender = Addresses.sender(root);
        return new DecodedMail(sender.address(), cap(sender.all()), List.of(), List.of(), List.of(),
                root.header("Subject"), "", List.of(), List.of(),
                Optional.empty(), "", "", List.of(), MailKind.NORMAL, List.of(), "",
                LoopFacts.of(root, List.of(), true),
                List.of(), List.of(), Carried.NOTHING, Optional.empty(), Optional.empty(), List.copyOf(warnings),
                sender.refusal());
    }

    private static void notes(Part root, MailBody body, List<String> warnings) {
        if (body.cut()) warnings.add("text-cut");
        warnings.addAll(body.notes());
        for (var name : List.of("Content-Type", "Subject", "Message-ID", "To")) {
            if (root.count(name) > 1) warnings.add("duplicate-" + name.toLowerCase(Locale.ROOT));
        }
        if (root.fields().stream().anyMatch(Part.Field::hadNul)) warnings.add("nul-in-header");
        if (!root.has("Message-ID")) warnings.add("no-message-id");
    }

    private static <T> List<T> cap(List<T> list) {
        return List.copyOf(list.subList(0, Math.min(list.size(), MailLimits.RECIPIENTS_MAX)));
    }

    private static boolean autoReply(Part root, LoopFacts loop, String text) {
        var ours = Stream.concat(deliveredTo(root).stream(), Stream.of("To", "Cc")
                .flatMap(name -> Addresses.list(root, name, 50).stream()).map(MailAddress::address));
        return AutoReply.is(root, loop, text, ours);
    }

    private static Optional<Instant> date(Part root) {
        var value = root.header("Date");
        if (value.isEmpty() || value.length() > 200) return Optional.empty();
        try {
            // Most programs write the one form for which no patient reader has to be made.
            var usual = DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, new ParsePosition(0));
            return Optional.of(Instant.from(usual));
        } catch (DateTimeException odd) {
            // A zone by its name, a day of the week that is not that date's, or an offset of -0000.
        }
        try {
            return Optional.ofNullable(new MailDateFormat().parse(value)).map(java.util.Date::toInstant);
        } catch (ParseException | DateTimeException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static List<AuthenticationResult> authenticationResults(Part root) {
        return root.all("Authentication-Results").stream().limit(50).map(raw -> {
            var id = raw.split("[;\\s]", 2)[0].strip().toLowerCase(Locale.ROOT);
            return new AuthenticationResult(id, raw);
        }).toList();
    }

    private static List<String> deliveredTo(Part root) {
        return DELIVERED_TO.stream().filter(root::has)
                .flatMap(name -> Addresses.list(root, name, 20).stream()).map(MailAddress::address).distinct()
                .limit(50).toList();
    }

    private static Optional<DecodedMail> embedded(MailBody body, int depth) {
        if (body.messages().isEmpty() || depth >= MailLimits.EMBEDDED_MAX) return Optional.empty();
        return Optional.of(decode(body.messages().getFirst(), depth + 1));
    }
}
