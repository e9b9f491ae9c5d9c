package switchboard.channels.email.mime;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Whether a mail is a machine's reply to our mail, such as a vacation notice or a receipt. Mail that a machine sends
/// of its own accord (a web form, an alarm, a supplier's help desk) is an ordinary request, although we never reply to
/// it automatically (`LoopFacts`). See RFC 3834.
final class AutoReply {
    private static final List<String> OWN_HEADERS = List.of("X-Autoreply", "X-Autorespond", "X-Auto-Reply",
            "X-Mail-Autoreply", "X-Auto-Reply-From", "X-Autoresponder", "X-Vacation", "X-Apple-Action");
    private static final int OPENING_CHARS = 600;

    private final Part root;
    private final LoopFacts loop;
    private final String text;
    private final String subject;

    private AutoReply(Part root, LoopFacts loop, String text) {
        this.root = root;
        this.loop = loop;
        this.text = text;
        this.subject = root.header("Subject").strip();
    }

    /// @param text the visible text
    /// @param ours the addresses in To and Cc and those it was delivered to
    static boolean is(Part root, LoopFacts loop, String text, Stream<String> ours) {
        var mail = new AutoReply(root, loop, text);
        if (root.type().equals("multipart/report")) return true;
        if (!mail.automatic()) return false;
        return mail.claims() || mail.tells() || mail.namesOneOf(ours);
    }

    /// Mail programs write none of these on a person's own mail; only mailing lists write the last.
    private boolean automatic() {
        return loop.autoSubmitted() || loop.nullReturnPath() || loop.suppressed() || ownHeader()
                || loop.precedence().startsWith("auto") || masses();
    }

    private boolean masses() {
        return !loop.listed() && (loop.precedence().equals("bulk") || loop.precedence().equals("junk"));
    }

    private boolean ownHeader() {
        return OWN_HEADERS.stream().anyMatch(name -> root.has(name)
                && !root.header(name).strip().toLowerCase(Locale.ROOT).startsWith("no"));
    }

    /// A form's mail may be labelled a reply; a Reply-To for another person shows that it isn't.
    private boolean claims() {
        boolean says = loop.autoSubmittedValue().startsWith("auto-replied") || loop.precedence().startsWith("auto")
                || ownHeader();
        return says && (answers().findAny().isPresent() || !forSomebodyElse());
    }

    private boolean forSomebodyElse() {
        var from = Addresses.sender(root).all();
        return Addresses.list(root, "Reply-To", 10).stream().anyMatch(person -> from.stream()
                .noneMatch(sender -> sender.domain().equalsIgnoreCase(person.domain())));
    }

    private boolean tells() {
        boolean surely = loop.autoSubmittedValue().startsWith("auto-replied") || loop.nullReturnPath();
        if (AutoReplyWords.isTitle(subject) || surely && AutoReplyWords.isIn(subject)) return true;
        // Text that a person entered into a form may mention a vacation too.
        boolean form = forSomebodyElse() || loop.autoSubmittedValue().startsWith("auto-generated");
        return (masses() || loop.nullReturnPath()) && !form
                && AutoReplyWords.isIn(text.substring(0, Math.min(text.length(), OPENING_CHARS)));
    }

    private Stream<String> answers() {
        return Stream.of("In-Reply-To", "References").flatMap(name -> MessageIdList.parse(root.header(name)).stream());
    }

    /// Our ids end in the domain that the mail is addressed to.
    private boolean namesOneOf(Stream<String> ours) {
        if (!loop.autoSubmitted() && !loop.nullReturnPath()) return false;
        var domains = ours.map(AutoReply::domain).filter(domain -> !domain.isEmpty()).toList();
        return answers().map(AutoReply::domain).anyMatch(domains::contains);
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }
}
