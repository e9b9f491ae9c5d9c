package switchboard.channels.email;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import switchboard.channels.Channel.Undecodable;
import switchboard.channels.email.mime.DecodedMail;
import switchboard.channels.email.mime.MailAddress;
import switchboard.channels.email.mime.MailDecoder;
import switchboard.channels.email.mime.MailKind;
import switchboard.channels.email.mime.ReportedRecipient;
import switchboard.channels.email.outgoing.SigningKeys;
import switchboard.channels.email.quote.QuoteFolding;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.conversation.Proof;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.intake.Received;
import switchboard.ticketing.people.Address;
import switchboard.ticketing.people.Sender;

/// From a stored mail to what intake knows of it. Pure: all that the door knew of the mailbox lies in the row's
/// envelope.
final class MailReading {
    private static final int NAMES_MAX = 30;
    private static final int ID_CHARS_MAX = 250;
    private static final int RECIPIENTS_MAX = 100;
    private static final Duration CLOCK_SKEW_MAX = Duration.ofDays(30);

    private static final Pattern DMARC_FAIL = Pattern.compile("(?i)\\bdmarc\\s*=\\s*fail\\b");

    private final Inbox.Raw row;
    private final DecodedMail mail;
    private final String mailbox;
    private final Received.Origin origin;
    private final Optional<Address> from;

    private MailReading(Inbox.Raw row) {
        this.row = row;
        this.mail = MailDecoder.decode(row.raw());
        this.mailbox = text(row.envelope(), "mailbox");
        this.origin = new Received.Origin(row.id(), row.receivedAt());
        this.from = mail.from().flatMap(one -> Address.email(one.address()));
    }

    static List<Received> read(Inbox.Raw row, SigningKeys keys) {
        var reading = new MailReading(row);
        reading.mail.quarantineReason().ifPresent(reason -> {
            throw new Undecodable("The mail cannot be taken at its word: " + reason.replace('-', ' '));
        });
        return reading.events(keys);
    }

    private List<Received> events(SigningKeys keys) {
        var message = message(keys);
        var reported = mail.originalMessageId();
        boolean failed = mail.kind() == MailKind.BOUNCE || mail.kind() == MailKind.DELAYED;
        if (failed && reported.isEmpty() && !mail.recipients().isEmpty()) return byAddress(message);
        boolean arrived = mail.kind() == MailKind.AUTO_REPLY;
        if (reported.isEmpty() || !failed && !arrived) return List.of(message);
        var detail = String.join(", ", mail.recipients().stream().map(MailReading::told).toList());
        boolean lasting = mail.kind() == MailKind.BOUNCE && (mail.recipients().isEmpty()
                || mail.recipients().stream().anyMatch(ReportedRecipient::permanent));
        return List.of(new Received.Status(origin, "rfc", key(reported), arrived ? "delivered" : lasting ? "bounced"
                : "sent", detail, at(), Optional.of(message)));
    }

    /// A notice that names nothing but who was not reached; it is kept once, should nobody of them be known.
    private List<Received> byAddress(Received.Message message) {
        var events = new ArrayList<Received>();
        for (var one : mail.recipients().subList(0, Math.min(mail.recipients().size(), NAMES_MAX))) {
            events.add(new Received.Status(origin, "address", Address.email(one.address()).map(Address::value)
                    .orElse(one.address()), one.permanent() ? "bounced" : "sent", told(one), at(),
                    events.isEmpty() ? Optional.of(message) : Optional.empty()));
        }
        return events;
    }

    private static String told(ReportedRecipient one) {
        return one.address() + (one.permanent() ? "" : " (temporary)");
    }

    private Received.Message message(SigningKeys keys) {
        var quiet = mail.kind() != MailKind.NORMAL;
        var kind = switch (mail.kind()) {
            case NORMAL -> "message";
            case AUTO_REPLY -> "auto-reply";
            case BOUNCE, DELAYED, COMPLAINT -> "bounce";
        };
        return new Received.Message(origin, EmailChannel.NAME, mailbox, at(), kind, quiet, sender(), proofs(keys),
                Optional.empty(), content(), files(), names(), flags(), Optional.empty(), Optional.empty(),
                Optional.empty());
    }

    private Instant at() {
        // A sender's clock may be anything; the time of arrival bounds what is believed.
        return mail.date().filter(date -> date.isBefore(row.receivedAt())
                && date.isAfter(row.receivedAt().minus(CLOCK_SKEW_MAX))).orElse(row.receivedAt());
    }

    private Sender sender() {
        return new Sender(from, mail.from().map(MailAddress::name).orElse(""),
                dmarcFailed() ? Sender.Trust.DOUBTFUL : Sender.Trust.PLAIN, Optional.empty());
    }

    /// Only what bears the name of the server that the mailbox trusts is believed. It may speak in several headers; a
    /// forged one can at most make its own mail doubtful.
    private boolean dmarcFailed() {
        var trusted = text(row.envelope(), "trusted");
        return !trusted.isEmpty() && mail.authenticationResults().stream()
                .anyMatch(one -> one.server().equalsIgnoreCase(trusted) && DMARC_FAIL.matcher(one.raw()).find());
    }

    private List<Proof> proofs(SigningKeys keys) {
        var proofs = new ArrayList<Proof>();
        var sender = mail.from().map(MailAddress::address).orElse("");
        var compared = from.map(Address::value).orElse("");
        Mailboxes.replyAddress(keys, mailbox).ifPresent(reply -> addressed().flatMap(address ->
                reply.verify(address, sender).stream()).distinct()
                        .forEach(ticket -> proofs.add(new Proof.Token(ticket, compared))));
        for (var id : mail.inReplyTo()) proofs.add(new Proof.Named("rfc", key(id), "in-reply-to", false));
        mail.references().reversed().stream().limit(NAMES_MAX)
                .forEach(id -> proofs.add(new Proof.Named("rfc", key(id), "references", false)));
        return proofs;
    }

    private Stream<String> addressed() {
        return Stream.concat(mail.deliveredTo().stream(),
                Stream.concat(mail.to().stream(), mail.cc().stream()).map(MailAddress::address)).limit(RECIPIENTS_MAX);
    }

    private Received.Content content() {
        var folded = QuoteFolding.fold(mail.text());
        return new Received.Content(mail.subject(), mail.text(), folded.visibleText(), folded.foldedText(),
                folded.signature(), mail.html().isEmpty() ? null : mail.html(), addresses(mail.to()),
                addresses(mail.cc()),
                mail.messageId().isEmpty() ? null : key(mail.messageId()), replyTo());
    }

    /// A web form writes from an address that nobody reads, and names the person here. Who wrote is From all the same;
    /// we are no place to answer to.
    private List<String> replyTo() {
        var own = from.map(Address::value).orElse("");
        return mail.replyTo().stream().limit(RECIPIENTS_MAX)
                .flatMap(one -> Address.email(one.address()).map(Address::value).stream())
                .filter(one -> !one.equals(own) && !ours(one)).distinct().toList();
    }

    private boolean ours(String address) {
        int at = mailbox.lastIndexOf('@');
        var lower = address.toLowerCase(Locale.ROOT);
        var own = mailbox.toLowerCase(Locale.ROOT);
        return at > 0 && (lower.equals(own) || lower.startsWith(own.substring(0, at) + "+")
                && lower.endsWith(own.substring(at)));
    }

    private static List<String> addresses(List<MailAddress> all) {
        return all.stream().limit(RECIPIENTS_MAX).map(one -> Address.email(one.address()).map(Address::value)
                .orElse(one.address())).toList();
    }

    private List<Received.File> files() {
        return mail.attachments().stream().map(file -> new Received.File(file.name(), file.type(),
                file.contentId().isEmpty() ? null : file.contentId(), file.inline(), file.bytes())).toList();
    }

    private List<Received.Key> names() {
        return mail.messageId().isEmpty() ? List.of() : List.of(new Received.Key("rfc", key(mail.messageId()), true));
    }

    private List<String> flags() {
        var flags = new ArrayList<String>();
        if (dmarcFailed()) flags.add("dmarc-fail");
        if (mail.kind() == MailKind.AUTO_REPLY) flags.add("auto-reply");
        if (mail.kind() == MailKind.COMPLAINT) flags.add("complaint");
        if (mail.embedded().isPresent()) flags.add("forwarded");
        return flags;
    }

    /// Ids as they are compared and stored; one of absurd length by its digest.
    static String key(String messageId) {
        return messageId.length() <= ID_CHARS_MAX ? messageId : "sha256:" + Signer.digest(messageId);
    }

    static String text(Map<String, Object> envelope, String name) {
        return envelope.get(name) instanceof String text ? text : "";
    }
}
