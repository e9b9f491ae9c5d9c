package switchboard.ticketing.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;

/// What becomes of the tickets of an agent who leaves: no ticket stays with somebody who will never look at it.
final class Leaving {
    private Leaving() {}

    static void lockTickets(Sql tx, UUID agent) {
        tx.query("select 1 from ticket where assignee_id = $1 order by id for no key update", agent);
    }

    /// Open tickets wait for another agent, with their age; the others have no owner when they open again.
    static void release(Sql tx, Journal journal, Actor by, UUID agent) {
        var now = Instant.now();
        var entries = new ArrayList<Entry>();
        for (var row : tx.query("""
                update ticket set assignee_id = null, updated_at = now(), version = version + 1,
                  queued_at = case when status = 'open' and merged_into is null
                    then coalesce(queued_at, waiting_since, now()) end
                where assignee_id = $1 returning id, customer_id""", agent)) {
            entries.add(Entry.of("ticket.unassigned", by, now).ticket(row.getUUID(0)).customer(row.getUUID(1))
                    .facts(Map.of("from", agent, "by", "deactivated")));
        }
        journal.append(tx, entries);
    }
}
