package switchboard.ticketing.ticket;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;

/// When an answer didn't arrive, its ticket comes up again in whatever state it is.
public final class Undelivered {
    private Undelivered() {}

    public static void comeUp(Sql tx, Journal journal, UUID messageId) {
        for (var row : tx.query("""
                with was as (
                  select t.id, t.status from message m join ticket n on n.id = m.ticket_id
                    join ticket t on t.id = coalesce(n.merged_into, n.id)
                  where m.id = $1 and t.status <> 'open' for no key update of t)
                update ticket t set status = 'open', snoozed_until = null, solved_at = null,
                  waiting_since = coalesce(t.waiting_since, now()),
                  queued_at = case when t.assignee_id is null then coalesce(t.queued_at, now()) else t.queued_at end,
                  updated_at = now(), version = t.version + 1
                from was where t.id = was.id returning t.id, t.customer_id, was.status as was""", messageId)) {
            journal.append(tx, Entry.of("ticket.changed", Actor.SYSTEM, Instant.now()).ticket(row.getUUID("id"))
                    .customer(row.getUUID("customer_id")).facts(Map.of("field", "status", "from", row.getString("was"),
                            "to", "open", "reason", "answer-not-delivered")));
        }
    }
}
