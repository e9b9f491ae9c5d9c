package switchboard.ticketing.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.conversation.Proof;
import switchboard.ticketing.conversation.Threading.Candidate;
import switchboard.ticketing.people.Identities.Resolved;

/// Everything that a batch needs to know of earlier tickets, read in a few statements and locked in one order, then
/// kept up to date in memory while the batch is decided, so that a message and its reply may come in one batch.
final class Lookups {
    private final Map<String, UUID> byName = new HashMap<>();
    private final Map<UUID, Candidate> tickets = new HashMap<>();
    private final Map<String, UUID> newestOnLine = new HashMap<>();
    private final Map<String, UUID> teams = new HashMap<>();

    static Lookups load(Sql tx, List<Received.Message> messages, List<Resolved> people) {
        var lookups = new Lookups();
        lookups.loadNames(tx, messages);
        lookups.loadNewest(tx, messages, people);
        lookups.loadTickets(tx, messages);
        lookups.loadTeams(tx, messages);
        return lookups;
    }

    private void loadNames(Sql tx, List<Received.Message> messages) {
        record Name(String kind, String key, UUID ticketId) {}
        var kinds = new ArrayList<String>();
        var keys = new ArrayList<String>();
        for (var message : messages) {
            for (var proof : message.proofs()) {
                if (proof instanceof Proof.Named named) {
                    kinds.add(named.kind());
                    keys.add(named.key());
                }
            }
            for (var own : message.keys()) {
                kinds.add(own.kind());
                keys.add(own.key());
            }
        }
        if (kinds.isEmpty()) return;
        // The first message that bore a name has it; a later one with the same name is a copy or a forgery.
        tx.list(Name.class, """
                select distinct on (kind, key) kind, key, ticket_id from thread_key
                where (kind, key) in (select * from unnest($1::text[], $2::text[])) order by kind, key, message_id""",
                kinds.toArray(String[]::new), keys.toArray(String[]::new))
                .forEach(name -> byName.put(name.kind() + ":" + name.key(), name.ticketId()));
    }

    private void loadNewest(Sql tx, List<Received.Message> messages, List<Resolved> people) {
        record Newest(int position, UUID id) {}
        record Wanted(int position, UUID customerId, String channel, String ourAddress, Instant since) {}
        var wanted = new ArrayList<Wanted>();
        for (int i = 0; i < messages.size(); i++) {
            var message = messages.get(i);
            if (message.window().isEmpty() || people.get(i).isNew()) continue;
            wanted.add(new Wanted(i, people.get(i).customerId(), message.channel(), message.ourAddress(),
                    message.at().minus(message.window().get())));
        }
        if (wanted.isEmpty()) return;
        for (var newest : tx.list(Newest.class, """
                select w.position, t.id from json_to_recordset($1::text::json)
                  as w(position int, customer_id uuid, channel text, our_address text, since timestamptz)
                cross join lateral (
                  select id from ticket where customer_id = w.customer_id and channel = w.channel
                    and our_address = w.our_address and status <> 'solved' and merged_into is null
                      and last_at >= w.since
                  order by last_at desc limit 1) t""", Sql.rowsJson(wanted))) {
            var message = messages.get(newest.position());
            newestOnLine.put(line(people.get(newest.position()).customerId(), message), newest.id());
        }
    }

    private void loadTickets(Sql tx, List<Received.Message> messages) {
        record Found(UUID id, UUID named, UUID customerId, String status, Instant solvedAt, Set<String> participants) {}
        var ids = new HashSet<UUID>(byName.values());
        ids.addAll(newestOnLine.values());
        for (var message : messages) {
            for (var proof : message.proofs()) {
                if (proof instanceof Proof.Token token) ids.add(token.ticketId());
                if (proof instanceof Proof.Certain certain) ids.add(certain.ticketId());
            }
        }
        if (ids.isEmpty()) return;
        tx.query("""
                select id from ticket where id = any($1) or id in (select merged_into from ticket where id = any($1))
                order by id for no key update""", ids);
        for (var found : tx.list(Found.class, """
                select t.id, n.id as named, coalesce(c.merged_into, c.id) as customer_id, t.status, t.solved_at,
                  (select coalesce(json_agg(distinct address), '[]') from message m,
                     unnest(m.sender || m.to_list || m.cc_list) address
                       where m.kind <> 'note' and m.ticket_id = any(array(
                         select t.id union all select x.id from ticket x where x.merged_into = t.id))) as participants
                from ticket n join ticket t on t.id = coalesce(n.merged_into, n.id)
                  join customer c on c.id = t.customer_id
                where n.id = any($1)""", ids)) {
            tickets.put(found.named(), new Candidate(found.id(), found.customerId(), found.status(), found.solvedAt(),
                    new HashSet<>(found.participants())));
        }
    }

    private void loadTeams(Sql tx, List<Received.Message> messages) {
        record Line(String address, UUID teamId) {}
        var addresses = messages.stream().map(Received.Message::ourAddress).distinct().toList();
        tx.list(Line.class, """
                select lower(address) as address, team_id from mailbox
                  where lower(address) = any($1) and team_id is not null
                union all select number, team_id from phone_number where number = any($1) and team_id is not null""",
                addresses)
                .forEach(line -> teams.put(line.address(), line.teamId()));
    }

    /// An earlier message bears a name that this one claims for its own.
    boolean nameTaken(Received.Message message) {
        return message.keys().stream().anyMatch(key -> key.unique() && byName.containsKey(key.kind() + ":"
                + key.key()));
    }

    List<Candidate> found(List<Proof> proofs) {
        var found = new ArrayList<Candidate>();
        for (var proof : proofs) {
            var id = switch (proof) {
                case Proof.Token token -> token.ticketId();
                case Proof.Certain certain -> certain.ticketId();
                case Proof.Named named -> byName.get(named.kind() + ":" + named.key());
            };
            found.add(id == null ? null : tickets.get(id));
        }
        return found;
    }

    Optional<Candidate> newest(UUID customerId, Received.Message message) {
        return Optional.ofNullable(newestOnLine.get(line(customerId, message))).map(tickets::get);
    }

    UUID team(Received.Message message) {
        return message.team().orElseGet(() -> teams.get(message.ourAddress().toLowerCase(java.util.Locale.ROOT)));
    }

    /// Takes a decided message into account for the rest of the batch.
    void decided(Received.Message message, UUID customerId, UUID ticketId, String address) {
        var before = tickets.get(ticketId);
        var participants = new HashSet<>(before == null ? Set.of() : before.participants());
        participants.add(address);
        tickets.put(ticketId, new Candidate(ticketId, before == null ? customerId : before.customerId(),
                message.quiet() && before != null ? before.status() : "open", null, participants));
        message.keys().forEach(key -> byName.putIfAbsent(key.kind() + ":" + key.key(), ticketId));
        if (message.window().isPresent()) newestOnLine.put(line(customerId, message), ticketId);
    }

    private static String line(UUID customerId, Received.Message message) {
        return customerId + "|" + message.channel() + "|" + message.ourAddress();
    }
}
