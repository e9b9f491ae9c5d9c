package switchboard.channels.email.mime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.james.mime4j.dom.address.Group;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.address.LenientAddressParser;

/// Address fields: what they name, and who the one sender is. Anything two mail programs could read differently is
/// refused.
final class Addresses {
    private static final String NOT_IN_ADDRESS = " <>,;:\"()\\\u007f";
    private static final Pattern LOOKS_LIKE_ADDRESS = Pattern.compile("[^\\s<>@\"']+@[^\\s<>@\"']+\\.[^\\s<>@\"']+");

    private Addresses() {}

    /// Who sent it: one address, or the reason why nobody can say.
    record Sender(Optional<MailAddress> address, List<MailAddress> all, Optional<String> refusal,
            List<String> warnings) {}

    static List<MailAddress> list(Part part, String field, int limit) {
        var found = new ArrayList<MailAddress>();
        for (var f : part.fields()) {
            if (f.name().equalsIgnoreCase(field) && found.size() <= limit) found.addAll(parse(f.value(), limit));
        }
        return found;
    }

    static Sender sender(Part root) {
        var fields = root.named("From");
        var all = list(root, "From", MailLimits.RECIPIENTS_MAX);
        var distinct = new LinkedHashMap<String, MailAddress>();
        all.forEach(a -> distinct.putIfAbsent(a.address().toLowerCase(java.util.Locale.ROOT), a));
        var warnings = new ArrayList<String>();
        if (fields.size() > 1) warnings.add("several-from-fields");
        distinct.values().stream().filter(Addresses::nameMisleads).findFirst()
                .ifPresent(_ -> warnings.add("name-looks-like-other-address"));
        if (fields.stream().anyMatch(Part.Field::hadNul)) return refused(all, "nul-in-from", warnings);
        if (distinct.isEmpty()) return refused(all, fields.isEmpty() ? "no-from" : "unreadable-from", warnings);
        if (distinct.size() == 1) return new Sender(Optional.of(all.getFirst()), all, Optional.empty(), warnings);
        return named(root, distinct).filter(_ -> fields.size() == 1)
                .map(s -> new Sender(Optional.of(s), all, Optional.empty(), warnings))
                .orElseGet(() -> refused(all, "several-senders", warnings));
    }

    /// RFC 5322 section 3.6.2: with several authors, Sender names the one who sent it.
    private static Optional<MailAddress> named(Part root, LinkedHashMap<String, MailAddress> authors) {
        var sender = list(root, "Sender", 2);
        return sender.size() == 1
                ? Optional.ofNullable(authors.get(sender.getFirst().address().toLowerCase(java.util.Locale.ROOT)))
                : Optional.empty();
    }

    private static Sender refused(List<MailAddress> all, String reason, List<String> warnings) {
        return new Sender(Optional.empty(), all, Optional.of(reason), warnings);
    }

    private static boolean nameMisleads(MailAddress mailbox) {
        if (mailbox.name().indexOf('@') < 0) return false;
        var inName = LOOKS_LIKE_ADDRESS.matcher(mailbox.name());
        return inName.find() && !mailbox.same(inName.group());
    }

    static List<MailAddress> parse(String value, int limit) {
        var found = new ArrayList<MailAddress>();
        try {
            for (var address : LenientAddressParser.DEFAULT.parseAddressList(HeaderText.clean(value))) {
                switch (address) {
                    case Mailbox mailbox -> add(found, mailbox);
                    case Group group -> group.getMailboxes().forEach(m -> add(found, m));
                    default -> { }
                }
                if (found.size() > limit) break;
            }
        } catch (RuntimeException unreadable) {
            return found;
        }
        return found;
    }

    private static void add(List<MailAddress> found, Mailbox mailbox) {
        if (mailbox.getLocalPart() == null || mailbox.getDomain() == null) return;
        var address = MailAddress.of(HeaderText.header(mailbox.getName() == null ? "" : mailbox.getName()),
                mailbox.getLocalPart(), mailbox.getDomain());
        if (isAddress(address.address())) found.add(address);
    }

    /// A domain may be a literal in brackets.
    private static boolean isAddress(String text) {
        int at = text.indexOf('@');
        if (at <= 0 || at == text.length() - 1 || at != text.lastIndexOf('@')) return false;
        int bracket = Math.max(text.lastIndexOf('[', at), text.lastIndexOf(']', at));
        return bracket < 0 && text.chars().noneMatch(c -> c < ' ' || NOT_IN_ADDRESS.indexOf(c) >= 0);
    }
}
