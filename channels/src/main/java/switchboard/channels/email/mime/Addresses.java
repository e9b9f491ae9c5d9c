package switchboard.channels.email.mime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Address fields: what they name, and who the one sender is. Anything two mail programs could read differently is
/// refused.
final class Addresses {
    private static final Pattern LOOKS_LIKE_ADDRESS = Pattern.compile("[^\\s<>@\"']+@[^\\s<>@\"']+\\.[^\\s<>@\"']+");

    private Addresses() {}

    /// Who sent it: one address, or the reason why nobody can say.
    record Sender(Optional<MailAddress> address, List<MailAddress> all, Optional<String> refusal,
            List<String> warnings) {}

    static List<MailAddress> list(Part part, String field, int limit) {
        var found = new ArrayList<MailAddress>();
        for (var f : part.fields()) {
            if (f.name().equalsIgnoreCase(field) && found.size() <= limit) {
                found.addAll(AddressParser.parse(f.value(), limit));
            }
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
}
