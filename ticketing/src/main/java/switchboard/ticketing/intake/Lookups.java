package switchboard.ticketing.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.conversation.Proof;
import switchboard.ticketing.conversation.Threading.Candidate;
import switchboard.ticketing.people.Identities.Resolved;

/// Everything that a batch needs to know of earlier tickets, read in a few statements and locked in one order, then
/// kept up to date in memory while the batch is decided, so that a message and its reply may come in one batch.
final class Lookups {
    /// Of one name; a letter to all customers is answered by many.
    private static final int MENTIONS_MAX = 1000;

    private final Map<Received.Message, List<Proof>> proofs = new IdentityHashMap<>();
    private final Map<String, UUID> byName = new HashMap<>();
    private final Map<String, Set<UUID>> mentioned = new HashMap<>();
    private final Map<UUID, Candidate> tickets = new HashMap<>();
    private final Map<String, UUID> newestOnLine = new HashMap<>();
    private final Map<String, UUID> teams = new HashMap<>();

    /// Call it after `loadNames`, which needs no customers.
    void load(Sql tx, List<Received.Message> messages, List<Resolved> people) {
        loadMentions(tx, messages, people);
        loadNewest(tx, messages, people);
        loadTickets(tx, messages, people);
        loadTeams(tx, messages);
    }

    /// Names of earlier messages, as `kind:key`.
    Set<String> taken() {
        return byName.keySet();
    }

    /// What a message shows of where it belongs, in the order in which it is believed.
    List<Proof> proofs(Received.Message message) {
        return proofs.computeIfAbsent(message, Mentions::proofs);
    }

    void loadNames(Sql tx, List<Received.Message> messages) {
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
        for (var name : tx.query("""
                select distinct on (kind, key) kind, key, ticket_id from thread_key
                where (kind, key) in (select * from unnest($1::text[], $2::text[])) order by kind, key, message_id""",
                kinds.toArray(String[]::new), keys.toArray(String[]::new))) {
            byName.put(name.getString("kind") + ":" + name.getString("key"), name.getUUID("ticket_id"));
        }
    }

    /// Of the tickets that name the same unknown mail only those that may be joined: a letter to all customers is
    /// answered by many.
    private void loadMentions(Sql tx, List<Received.Message> messages, List<Resolved> people) {
        var kinds = new ArrayList<String>();
        var keys = new ArrayList<String>();
        var addresses = new HashSet<String>();
        for (var message : messages) {
            for (var proof : proofs(message)) {
                if (!(proof instanceof Proof.Shared shared)) continue;
                kinds.add(shared.kind());
                keys.add(shared.key());
                addresses.addAll(shared.recipients());
                message.sender().address().ifPresent(sender -> addresses.add(sender.value()));
            }
        }
        if (kinds.isEmpty()) return;
        for (var mention : tx.query("""
                select n.kind, n.key, k.ticket_id from unnest($1::text[], $2::text[]) n(kind, key)
                cross join lateral (
                  select message_id, ticket_id from thread_key where kind = n.kind and key = n.key
                  order by message_id limit $5) k
                cross join lateral (select customer_id, sender from message where id = k.message_id limit 1) m
                cross join lateral (
                  select coalesce(merged_into, id) as id from customer where id = m.customer_id limit 1) c
                where c.id = any($3) or m.sender = any($4)
                order by k.message_id""", kinds.toArray(String[]::new), keys.toArray(String[]::new),
                people.stream().map(Resolved::customerId).toArray(UUID[]::new), addresses.toArray(String[]::new),
                MENTIONS_MAX)) {
            mentioned(mention.getString("kind"), mention.getString("key")).add(mention.getUUID("ticket_id"));
        }
    }

    private Set<UUID> mentioned(String kind, String key) {
        return mentioned.computeIfAbsent(kind + ":" + key, _ -> new LinkedHashSet<>());
    }

    private void loadNewest(Sql tx, List<Received.Message> messages, List<Resolved> people) {
        record Wanted(int position, UUID customerId, String channel, String ourAddress, Instant since) {}
        var wanted = new ArrayList<Wanted>();
        for (int i = 0; i < messages.size(); i++) {
            var message = messages.get(i);
            if (message.window().isEmpty() || people.get(i).isNew()) continue;
            wanted.add(new Wanted(i, people.get(i).customerId(), message.channel(), message.ourAddress(),
                    message.at().minus(message.window().get())));
        }
        if (wanted.isEmpty()) return;
        for (var newest : tx.query("""
                select w.position, t.id from unnest($1::int[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[])
                  as w(position, customer_id, channel, our_address, since)
                cross join lateral (
                  select id from ticket where channel = w.channel and customer_id = any(array(
                      select w.customer_id union all select id from customer where merged_into = w.customer_id))
                    and our_address = w.our_address and status <> 'solved' and merged_into is null
                      and last_at >= w.since
                  order by last_at desc limit 1) t""", Sql.columns(wanted))) {
            int position = newest.getInteger("position");
            newestOnLine.put(line(people.get(position).customerId(), messages.get(position)), newest.getUUID("id"));
        }
    }

    private void loadTickets(Sql tx, List<Received.Message> messages, List<Resolved> people) {
        var named = new HashSet<UUID>(byName.values());
        mentioned.values().forEach(named::addAll);
        for (var message : messages) {
            for (var proof : message.proofs()) {
                if (proof instanceof Proof.Token token) named.add(token.ticketId());
                if (proof instanceof Proof.Certain certain) named.add(certain.ticketId());
            }
        }
        var ids = new HashSet<>(named);
        ids.addAll(newestOnLine.values());
        if (ids.isEmpty()) return;
        tickets.putAll(LockedTickets.read(tx, ids, people));
        loadParticipants(tx, namedByOthers(messages, people, named));
    }

    /// Tickets for which it matters who takes part: a message names them whose sender is not their customer. All that
    /// are named when different customers name the same within this batch, since one may let in the other; never what
    /// only runs on a line, which may be long.
    private Set<UUID> namedByOthers(List<Received.Message> messages, List<Resolved> people, Set<UUID> named) {
        var all = named.stream().map(tickets::get).filter(Objects::nonNull).map(Candidate::ticketId)
                .collect(Collectors.toSet());
        var namedBy = new HashMap<String, UUID>();
        var byOthers = new HashSet<UUID>();
        for (int i = 0; i < messages.size(); i++) {
            var customer = people.get(i).customerId();
            for (var name : names(messages.get(i))) {
                if (!customer.equals(namedBy.getOrDefault(name, customer))) return all;
                namedBy.put(name, customer);
            }
            found(proofs(messages.get(i))).stream().flatMap(List::stream)
                    .filter(one -> !one.customerId().equals(customer)).forEach(one -> byOthers.add(one.ticketId()));
        }
        return byOthers;
    }

    private static List<String> names(Received.Message message) {
        var borne = message.keys().stream().map(key -> key.kind() + ":" + key.key());
        var named = Mentions.of(message).stream().map(Mentions::borne);
        return Stream.concat(borne, named).toList();
    }

    private void loadParticipants(Sql tx, Set<UUID> ids) {
        if (ids.isEmpty()) return;
        for (var found : tx.query("""
                select t.id, p.participants, p.writers
                from ticket t cross join lateral (
                  select coalesce(array_agg(distinct address), '{}') as participants,
                    coalesce(array_agg(distinct address) filter (where m.direction = 'inbound' and address = m.sender
                      and not m.flags && array['dmarc-fail', 'sender-unproven']), '{}') as writers
                  from message m, unnest(m.sender || m.to_list || m.cc_list || m.bcc_list
                    || case when 'reply-elsewhere' = any(m.flags) then '{}' else m.reply_to end) address
                  where m.kind <> 'note' and address <> '' and m.ticket_id = any(array(
                    select t.id union all select x.id from ticket x where x.merged_into = t.id))) p
                where t.id = any($1)""", ids)) {
            tickets.replaceAll((_, one) -> !one.ticketId().equals(found.getUUID("id")) ? one : new Candidate(
                    one.ticketId(), one.customerId(), one.status(), one.solvedAt(),
                    Set.of(found.getArrayOfStrings("participants")), Set.of(found.getArrayOfStrings("writers"))));
        }
    }

    private void loadTeams(Sql tx, List<Received.Message> messages) {
        var addresses = messages.stream().map(Received.Message::ourAddress).distinct().toList();
        for (var line : tx.query("""
                select lower(address) as address, team_id from mailbox
                  where lower(address) = any($1) and team_id is not null
                union all select number, team_id from phone_number where number = any($1) and team_id is not null
                union all select 'help-centre', (value ->> 'formTeamId')::uuid from setting
                  where name = 'routing' and 'help-centre' = any($1) and value ->> 'formTeamId' is not null""",
                addresses)) {
            teams.put(line.getString("address"), line.getUUID("team_id"));
        }
    }

    /// An earlier message bears a name that this one claims for its own.
    boolean nameTaken(Received.Message message) {
        return message.keys().stream().anyMatch(key -> key.unique() && byName.containsKey(key.kind() + ":"
                + key.key()));
    }

    /// The candidates of each proof.
    List<List<Candidate>> found(List<Proof> proofs) {
        var found = new ArrayList<List<Candidate>>();
        for (var proof : proofs) {
            var ids = switch (proof) {
                case Proof.Token token -> Stream.of(token.ticketId());
                case Proof.Certain certain -> Stream.of(certain.ticketId());
                case Proof.Named named -> Stream.ofNullable(byName.get(named.kind() + ":" + named.key()));
                case Proof.Shared shared -> mentioned.getOrDefault(shared.kind() + ":" + shared.key(), Set.of())
                        .stream();
            };
            found.add(ids.map(tickets::get).filter(Objects::nonNull).toList());
        }
        return found;
    }

    /// What the message names that no message of its ticket bears, and none has named there yet.
    List<Received.Key> mentions(Received.Message message, UUID ticketId) {
        return Mentions.of(message).stream().filter(key -> !isOf(byName.get(Mentions.borne(key)), ticketId)
                && mentioned(key.kind(), key.key()).stream().noneMatch(id -> isOf(id, ticketId))).toList();
    }

    /// A ticket may be named by one that was merged into it.
    private boolean isOf(UUID named, UUID ticketId) {
        return named != null && tickets.containsKey(named) && tickets.get(named).ticketId().equals(ticketId);
    }

    Optional<Candidate> newest(UUID customerId, Received.Message message) {
        return Optional.ofNullable(newestOnLine.get(line(customerId, message))).map(tickets::get);
    }

    UUID team(Received.Message message) {
        return message.team().orElseGet(() -> teams.get(message.ourAddress().toLowerCase(java.util.Locale.ROOT)));
    }

    /// Of a ticket that was found: what it is when the messages before this one are taken into account.
    String status(UUID ticketId) {
        return tickets.get(ticketId).status();
    }

    /// Takes a decided message into account for the rest of the batch.
    void decided(Received.Message message, UUID customerId, UUID ticketId, String address) {
        var before = tickets.get(ticketId);
        var participants = new HashSet<>(before == null ? Set.of() : before.participants());
        participants.add(address);
        participants.addAll(Mentions.recipients(message));
        var writers = new HashSet<>(before == null ? Set.of() : before.writers());
        if (!address.isEmpty()) writers.add(address);
        var kept = before == null ? "pending" : before.status();
        tickets.put(ticketId, new Candidate(ticketId, before == null ? customerId : before.customerId(),
                message.quiet() ? kept : "open", null, participants, writers));
        message.keys().forEach(key -> byName.putIfAbsent(key.kind() + ":" + key.key(), ticketId));
        Mentions.of(message).forEach(key -> mentioned(key.kind(), key.key()).add(ticketId));
        if (message.window().isPresent()) newestOnLine.put(line(customerId, message), ticketId);
    }

    private static String line(UUID customerId, Received.Message message) {
        return customerId + "|" + message.channel() + "|" + message.ourAddress();
    }
}
