package switchboard.ticketing.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.conversation.Proof;
import switchboard.ticketing.people.Address;
import switchboard.ticketing.people.Identities;
import switchboard.ticketing.people.Identities.Resolved;
import switchboard.ticketing.people.Sender;

/// Identifies the sender of an ambiguous address by the conversation: the message names a ticket in which this address
/// wrote as the customer or received our mail, or it continues the thread between this pair of numbers. A doubtful
/// sender never counts, nor does an address that only a Reply-To named: asking for answers elsewhere proves nothing
/// about the sender.
final class SenderThreads implements Identities.Threads {
    /// Somebody who takes part; being in copy, or being forwarded to, is not enough.
    private static final String TAKES_PART = """
            exists (select 1 from message m where m.ticket_id = any(array(
                select t.id union all select x.id from ticket x where x.merged_into = t.id))
              and (m.direction = 'inbound' and m.sender = w.address
                  and not m.flags && array['dmarc-fail', 'sender-unproven']
                  and m.customer_id = any(array(
                    select c.id union all select f.id from customer f where f.merged_into = c.id))
                or m.direction = 'outbound' and m.kind not in ('forward', 'cancelled')
                  and m.to_list = array[w.address] and not exists (
                    select 1 from message q where q.ticket_id = m.ticket_id and q.direction = 'inbound'
                      and 'reply-elsewhere' = any(q.flags) and w.address = any(q.reply_to))))""";

    private record Name(int position, int rank, UUID ticketId, String kind, String key, String address) {}

    private record Pair(int position, String address, String addressKind, String channel, String ourAddress,
                        Instant since) {}

    private record Found(int position, UUID customerId, String name) {}

    private record Borne(Resolved who, String address) {}

    private final Sql tx;
    private final List<Received.Message> messages;
    private final Map<Integer, Resolved> stored = new HashMap<>();
    private final Map<String, Borne> borne = new HashMap<>();
    private final Map<String, Resolved> pairs = new HashMap<>();
    private boolean loaded;

    SenderThreads(Sql tx, List<Received.Message> messages) {
        this.tx = tx;
        this.messages = messages;
    }

    @Override
    public Optional<Resolved> customer(int position, boolean known) {
        var message = messages.get(position);
        var address = address(message);
        if (address.isEmpty()) return Optional.empty();
        for (var proof : message.proofs()) {
            if (!(proof instanceof Proof.Named named)) continue;
            var earlier = borne.get(named.kind() + ":" + named.key());
            if (earlier != null && earlier.address().equals(address.get().value())) return Optional.of(earlier.who());
        }
        if (message.window().isPresent() && pairs.containsKey(pair(message))) {
            return Optional.of(pairs.get(pair(message)));
        }
        if (message.proofs().isEmpty() && (message.window().isEmpty() || !known)) return Optional.empty();
        if (!loaded) load();
        return Optional.ofNullable(stored.get(position));
    }

    /// Takes a resolved sender into account for the rest of the batch.
    @Override
    public void resolved(int position, Resolved who) {
        var message = messages.get(position);
        var address = address(message);
        if (address.isEmpty()) return;
        var same = new Resolved(who.customerId(), who.name(), false, "thread-proof", null);
        for (var key : message.keys()) {
            borne.putIfAbsent(key.kind() + ":" + key.key(), new Borne(same, address.get().value()));
        }
        if (message.window().isPresent()) pairs.put(pair(message), same);
    }

    private static Optional<Address> address(Received.Message message) {
        var sender = message.sender();
        return sender.trust() == Sender.Trust.DOUBTFUL ? Optional.empty() : sender.address();
    }

    private static String pair(Received.Message message) {
        return message.channel() + "|" + message.ourAddress() + "|" + address(message).orElseThrow().value();
    }

    private void load() {
        loaded = true;
        var names = new ArrayList<Name>();
        var running = new ArrayList<Pair>();
        for (int i = 0; i < messages.size(); i++) {
            var message = messages.get(i);
            var address = address(message).orElse(null);
            if (address == null) continue;
            int rank = 0;
            for (var proof : message.proofs()) {
                var name = name(i, rank++, proof, address.value());
                if (name != null) names.add(name);
            }
            if (message.window().isPresent()) {
                running.add(new Pair(i, address.value(), address.kind(), message.channel(), message.ourAddress(),
                        message.at().minus(message.window().get())));
            }
        }
        // What is named goes before what runs.
        if (!running.isEmpty()) keep(running(running));
        if (!names.isEmpty()) keep(named(names));
    }

    private static Name name(int position, int rank, Proof proof, String address) {
        return switch (proof) {
            case Proof.Token token -> new Name(position, rank, token.ticketId(), null, null, address);
            case Proof.Certain certain -> new Name(position, rank, certain.ticketId(), null, null, address);
            case Proof.Named named -> new Name(position, rank, null, named.kind(), named.key(), address);
            case Proof.Shared _ -> null;
        };
    }

    private void keep(List<Found> found) {
        found.forEach(one -> stored.put(one.position(), new Resolved(one.customerId(), one.name(), false,
                "thread-proof", null)));
    }

    private List<Found> named(List<Name> wanted) {
        return tx.list(Found.class, """
                select distinct on (w.position) w.position, c.id as customer_id, c.name
                from unnest($1::int[], $2::int[], $3::uuid[], $4::text[], $5::text[], $6::text[])
                    as w(position, rank, ticket_id, kind, key, address)
                  join lateral (select coalesce(w.ticket_id, (
                    select k.ticket_id from thread_key k where k.kind = w.kind and k.key = w.key
                    order by k.message_id limit 1)) as id) named on named.id is not null
                  join ticket n on n.id = named.id join ticket t on t.id = coalesce(n.merged_into, n.id)
                  join customer o on o.id = t.customer_id join customer c on c.id = coalesce(o.merged_into, o.id)
                where\s""" + TAKES_PART + " order by w.position, w.rank", Sql.columns(wanted));
    }

    private List<Found> running(List<Pair> wanted) {
        return tx.list(Found.class, """
                select w.position, r.customer_id, r.name
                from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
                    as w(position, address, address_kind, channel, our_address, since)
                  cross join lateral (
                    select c.id as customer_id, c.name from identity i
                      join customer h on h.id = i.customer_id join customer c on c.id = coalesce(h.merged_into, h.id)
                      join ticket t on t.customer_id = any(array(
                        select c.id union all select f.id from customer f where f.merged_into = c.id))
                    where i.kind = w.address_kind and i.value = w.address and t.channel = w.channel
                      and t.our_address = w.our_address and t.status <> 'solved' and t.merged_into is null
                      and t.last_at >= w.since and\s""" + TAKES_PART + """
                     order by t.last_at desc limit 1) r""", Sql.columns(wanted));
    }
}
