package switchboard.ticketing.intake;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.conversation.Threading.Candidate;
import switchboard.ticketing.people.Identities.Resolved;

/// Earlier tickets that a batch may go on with, locked in one order and read by the same statement: a row comes back
/// as it stands once its lock is held, however long that took.
final class LockedTickets {
    private record Locked(UUID id, UUID mergedInto, UUID customerId, String status, Instant solvedAt) {}

    private final Map<UUID, Locked> locked = new HashMap<>();

    /// @param people the senders of the batch: nobody of them is merged into another
    /// @return by the id that was given and by its own, the ticket that it stands for now; who takes part in it is left
    /// open
    static Map<UUID, Candidate> read(Sql tx, Set<UUID> ids, List<Resolved> people) {
        var tickets = new LockedTickets();
        tickets.lock(tx, ids);
        return tickets.candidates(tx, ids, people);
    }

    private void lock(Sql tx, Set<UUID> ids) {
        for (var row : tx.query("""
                select id, merged_into, customer_id, status, solved_at from ticket where id = any(array(
                  select unnest($1::uuid[]) union all
                  select merged_into from ticket where id = any($1) and merged_into is not null))
                order by id for no key update""", ids)) {
            var solvedAt = row.getOffsetDateTime(4);
            locked.put(row.getUUID(0), new Locked(row.getUUID(0), row.getUUID(1), row.getUUID(2), row.getString(3),
                    solvedAt == null ? null : solvedAt.toInstant()));
        }
        // What one was merged into while it was waited for.
        var late = locked.values().stream().map(Locked::mergedInto).filter(Objects::nonNull)
                .filter(id -> !locked.containsKey(id) && !ids.contains(id)).collect(Collectors.toSet());
        if (!late.isEmpty()) lock(tx, late);
    }

    private Map<UUID, Candidate> candidates(Sql tx, Set<UUID> ids, List<Resolved> people) {
        var customers = customers(tx, people);
        var candidates = new HashMap<UUID, Candidate>();
        for (var id : ids) {
            var named = locked.get(id);
            var now = named == null || named.mergedInto() == null ? named : locked.get(named.mergedInto());
            if (now == null) continue;
            var candidate = new Candidate(now.id(), customers.get(now.customerId()), now.status(), now.solvedAt(),
                    Set.of(), Set.of());
            candidates.put(id, candidate);
            candidates.put(now.id(), candidate);
        }
        return candidates;
    }

    /// Whom each ticket's customer was merged into.
    private Map<UUID, UUID> customers(Sql tx, List<Resolved> people) {
        var customers = new HashMap<UUID, UUID>();
        people.forEach(one -> customers.put(one.customerId(), one.customerId()));
        var others = new HashSet<UUID>();
        locked.values().stream().map(Locked::customerId).filter(id -> !customers.containsKey(id)).forEach(others::add);
        if (others.isEmpty()) return customers;
        for (var row : tx.query("select id, coalesce(merged_into, id) from customer where id = any($1)", others)) {
            customers.put(row.getUUID(0), row.getUUID(1));
        }
        return customers;
    }
}
