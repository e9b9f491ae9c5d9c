package switchboard.ticketing.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.conversation.Proof;
import switchboard.ticketing.people.Sender;

/// Finds messages that the desk already has, by their unique names: an answer of ours that comes back, or a mail that
/// arrived by a second route. Different content from one sender under the same name and subject is kept in the same
/// ticket. Any other message with a known name is a separate message.
///
/// A mail to two mailboxes of different teams is work for both: each gets a ticket.
final class Copies {
    private static final int FOOTER_CHARS_MAX = 2_000;
    /// The footer that a mailing list adds begins with a rule.
    private static final Pattern FOOTER = Pattern.compile("\\s*(?:_{5,}|-{2,}|={5,}|~{5,})[\\s\\S]*");
    private static final Pattern MARK = Pattern.compile("^\\[[^\\]]{1,40}]\\s*");
    private static final String SAME = "same-mail";

    /// A stored message with a name.
    ///
    /// @param borne whether the name is its own Message-ID rather than one stored with it
    /// @param files their number
    private record Known(String name, UUID id, UUID ticketId, UUID customerId, String direction, boolean borne,
                         String sender, String subject, String text, long files, String ourAddress, boolean doubtful) {}

    private final Map<String, Known> stored = new HashMap<>();
    private final Map<String, UUID> teams = new HashMap<>();
    private final Map<Received.Message, Intake.Placed> before = new IdentityHashMap<>();
    private final Map<Received.Message, Received.Message> first = new IdentityHashMap<>();
    private final List<Received.Message> others = new ArrayList<>();

    /// @param taken names of earlier messages
    static Copies of(Sql tx, List<Received.Message> messages, Set<String> taken) {
        var copies = new Copies();
        var names = messages.stream().flatMap(one -> name(one).stream()).toList();
        boolean twice = names.stream().distinct().count() < names.size();
        if (!twice && names.stream().noneMatch(taken::contains)) {
            copies.others.addAll(messages);
            return copies;
        }
        copies.load(tx, messages, names.stream().filter(taken::contains).collect(Collectors.toSet()));
        var inBatch = new HashMap<String, Received.Message>();
        messages.forEach(one -> copies.sort(one, inBatch));
        return copies;
    }

    /// The messages that are not copies, in order.
    List<Received.Message> others() {
        return others;
    }

    /// Where each message went, in order of arrival.
    ///
    /// @param placed the results of the others
    List<Intake.Placed> placed(List<Received.Message> messages, List<Intake.Placed> placed) {
        if (others.size() == messages.size()) return placed;
        var where = new IdentityHashMap<Received.Message, Intake.Placed>(before);
        for (int i = 0; i < others.size(); i++) where.put(others.get(i), placed.get(i));
        first.forEach((copy, of) -> where.put(copy, where.get(of)));
        return messages.stream().map(where::get).toList();
    }

    private static Optional<String> name(Received.Message message) {
        return message.keys().stream().filter(Received.Key::unique).findFirst()
                .map(key -> key.kind() + ":" + key.key());
    }

    private void load(Sql tx, List<Received.Message> messages, Set<String> names) {
        for (var one : tx.list(Known.class, """
                select distinct on (k.kind, k.key) k.kind || ':' || k.key as name, m.id, m.ticket_id,
                  coalesce(c.merged_into, c.id) as customer_id, m.direction,
                  coalesce(m.rfc_id = k.key, k.kind <> 'rfc') as borne, m.sender, m.subject, m.text,
                  (select count(*) from attachment a where a.message_id = m.id) as files, t.our_address,
                  m.flags && array['dmarc-fail', 'sender-unproven'] as doubtful
                from thread_key k join message m on m.id = k.message_id join ticket t on t.id = m.ticket_id
                  join customer c on c.id = m.customer_id
                where (k.kind, k.key) in (select split_part(n, ':', 1), substr(n, position(':' in n) + 1)
                  from unnest($1::text[]) n)
                order by k.kind, k.key, k.message_id""", names)) {
            stored.put(one.name(), one);
        }
        var ours = messages.stream().map(one -> lower(one.ourAddress())).collect(Collectors.toSet());
        stored.values().forEach(one -> ours.add(lower(one.ourAddress())));
        for (var row : tx.query("""
                select lower(address), team_id from mailbox where lower(address) = any($1) and team_id is not null""",
                ours)) {
            teams.put(row.getString(0), row.getUUID(1));
        }
    }

    private void sort(Received.Message message, Map<String, Received.Message> inBatch) {
        var name = name(message);
        var known = name.map(stored::get).orElse(null);
        if (known != null && isOurs(message, known)) {
            before.put(message, new Intake.Placed(known.id(), known.ticketId(), known.customerId(), false));
            return;
        }
        var earlier = known != null ? known : name.map(inBatch::get).map(Copies::asKnown).orElse(null);
        if (earlier == null || !ofOneSender(message, earlier) || apart(message, earlier)) {
            others.add(message);
        } else if (says(message, earlier)) {
            if (known == null) first.put(message, inBatch.get(name.get()));
            else before.put(message, new Intake.Placed(known.id(), known.ticketId(), known.customerId(), false));
            return;
        } else {
            others.add(bare(message.content().subject()).equals(bare(earlier.subject())) ? joining(message) : message);
        }
        name.ifPresent(one -> inBatch.putIfAbsent(one, others.getLast()));
    }

    private static Known asKnown(Received.Message message) {
        var content = message.content();
        return new Known("", null, null, null, "inbound", true, sender(message), content.subject(), content.text(),
                message.files().size(), message.ourAddress(), message.sender().trust() == Sender.Trust.DOUBTFUL);
    }

    /// Our own message comes back: it has no other sender, or it begins with our text.
    private static boolean isOurs(Received.Message message, Known known) {
        boolean nobody = message.sender().address().isEmpty();
        if (!known.direction().equals("outbound")) return nobody && !known.borne();
        var words = bare(known.text());
        return nobody || !words.isEmpty() && bare(message.content().text()).startsWith(words);
    }

    private static boolean ofOneSender(Received.Message message, Known known) {
        return known.direction().equals("inbound") && known.borne() && !known.doubtful()
                && message.sender().trust() != Sender.Trust.DOUBTFUL && !sender(message).isEmpty()
                && sender(message).equalsIgnoreCase(known.sender());
    }

    private static String sender(Received.Message message) {
        return message.sender().address().map(one -> one.value()).orElse("");
    }

    private boolean apart(Received.Message message, Known known) {
        var here = teams.get(lower(message.ourAddress()));
        var there = teams.get(lower(known.ourAddress()));
        return here != null && there != null && !Objects.equals(here, there);
    }

    /// Whether both say the same and the new one brings no more files. Either may end in a list's footer.
    private static boolean says(Received.Message message, Known known) {
        var text = message.content().text().strip();
        var other = known.text().strip();
        var longer = text.length() >= other.length() ? text : other;
        var shorter = longer.equals(text) ? other : text;
        boolean more = message.files().size() > known.files();
        if (more || !bare(message.content().subject()).equals(bare(known.subject()))) return false;
        if (bare(text).equals(bare(other))) return true;
        var rest = longer.substring(Math.min(longer.length(), shorter.length()));
        return bare(longer).startsWith(bare(shorter)) && longer.startsWith(shorter)
                && rest.length() <= FOOTER_CHARS_MAX && FOOTER.matcher(rest).matches();
    }

    private static String bare(String text) {
        return MARK.matcher(text.strip()).replaceFirst("").replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
    }

    private static String lower(String address) {
        return address.toLowerCase(Locale.ROOT);
    }

    /// The same message, with a reference to itself, so that it joins that ticket.
    private static Received.Message joining(Received.Message one) {
        var proofs = new ArrayList<>(one.proofs());
        one.keys().stream().filter(Received.Key::unique)
                .forEach(key -> proofs.add(new Proof.Named(key.kind(), key.key(), SAME, false)));
        return new Received.Message(one.origin(), one.channel(), one.ourAddress(), one.at(), one.kind(), one.quiet(),
                one.sender(), proofs, one.window(), one.content(), one.files(), one.keys(), one.flags(), one.team(),
                one.callId(), one.messageId());
    }
}
