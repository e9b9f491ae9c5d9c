package switchboard.ticketing.call;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;

/// What a call does to its ticket, and to the agent who had it.
record CallTicket(Sql tx, Journal journal, CallRow call, Actor actor) {
    static final String CALL_BACK = "call-back";

    private record Decided(UUID id, UUID ticketId, Instant at, String outcome, UUID agentId, double score,
            String reason,
                           List<String> candidates) {}

    /// Routing looks at it from now on, as at any ticket.
    void queue() {
        var before = tx.value(String.class, "select status from ticket where id = $1 for no key update",
                call.ticketId()).orElse("");
        tx.execute("""
                update ticket set status = 'open', team_id = $2, queued_at = coalesce(queued_at, $4, now()),
                  waiting_since = coalesce(waiting_since, $4, now()), language = $3,
                  skills = case when $3 = 'en' then skills else array['language:' || $3] end,
                  updated_at = now(), version = version + 1 where id =
                  $1""", call.ticketId(), call.teamId(), call.language(), call.enqueuedAt());
        if (!before.equals("open")) journal(Entry.of("ticket.changed", actor, Instant.now())
                .facts(Map.of("field", "status", "from", before, "to", "open",
                "reason", "call-waiting")));
    }

    void unqueue() {
        release("caller-leaves-word");
        tx.execute("update ticket set queued_at = null, version = version + 1 where id = $1", call.ticketId());
    }

    void take(UUID agent) {
        tx.execute("update ticket set assignee_id = $2, updated_at = now(), version = version + 1 where id = $1",
                call.ticketId(), agent);
        journal(Entry.of("ticket.assigned", actor, Instant.now()).facts(Map.of("agent", agent, "by", "accept")));
    }

    /// The customer keeps the place; routing passes this agent over for a while.
    void giveBack(UUID agent, String why) {
        tx.insert("routing_decision", List.of(new Decided(Ids.next(), call.ticketId(), Instant.now(), why, agent, 0,
                "call-" + why, List.of())));
        release(why);
        if (why.equals("missed")) {
            int changed = tx.execute("""
                    update agent set status = 'missed', status_reason = 'missed', status_since = now(),
                      version = version + 1
                    where id = $1 and status = 'available'""", agent);
            if (changed == 1) {
                journal.append(tx, Entry.of("agent.changed", Actor.SYSTEM, Instant.now())
                        .facts(Map.of("agent", agent.toString(), "status", "missed")));
            }
        }
    }

    private void release(String why) {
        var before = tx.value(UUID.class, "select assignee_id from ticket where id = $1 for no key update",
                call.ticketId());
        if (before.isEmpty()) return;
        tx.execute("update ticket set assignee_id = null, updated_at = now(), version = version + 1 where id = $1",
                call.ticketId());
        // An unanswered agent phone isn't the caller's doing, although the carrier reports it.
        var by = why.equals("missed") || why.equals("unconnected") ? Actor.SYSTEM : actor;
        journal(Entry.of("ticket.unassigned", by, Instant.now()).facts(Map.of("from", before.get(), "by", why)));
    }

    /// Open, and routed with the age that the caller's waiting has; the call is over, so that it is not offered as one
    /// that rings, and costs what work costs that can wait.
    void callBack() {
        release("call-over");
        tx.execute("""
                update ticket set status = 'open', queued_at = coalesce(queued_at, $3), solved_at = null,
                  waiting_since = coalesce(waiting_since, $3), updated_at = now(), version = version + 1,
                  tags = case when $2 = any(tags) then tags else tags || $2::text end where id = $1""",
                call.ticketId(), CALL_BACK, call.enqueuedAt() == null ? call.startedAt() : call.enqueuedAt());
        journal(Entry.of("ticket.changed", Actor.SYSTEM, Instant.now())
                .facts(Map.of("field", "tags", "added", CALL_BACK)));
    }

    void dismiss() {
        tx.execute("""
                update ticket set status = 'solved', solved_at = now(), waiting_since = null, queued_at = null,
                  updated_at = now(), version = version + 1 where id = $1""", call.ticketId());
        journal(Entry.of("ticket.changed", Actor.SYSTEM, Instant.now()).facts(Map.of("field", "status",
                "from", "pending", "to", "solved", "reason", "call-given-up")));
    }

    void answered() {
        tx.execute("""
                update ticket set waiting_since = null, queued_at = null, status = 'open', updated_at = now(), version
                = version + 1
                where id = $1""", call.ticketId());
    }

    /// The agent has nothing more to do with it at once; the ticket stays theirs.
    void close(UUID agent) {
        int changed = tx.execute("""
                update ticket set status = 'pending', waiting_since = null, queued_at = null, updated_at = now(),
                  version = version + 1 where id = $1 and status = 'open' and assignee_id =
                  $2""", call.ticketId(), agent);
        if (changed == 1) {
            journal(Entry.of("ticket.changed", actor, Instant.now())
                    .facts(Map.of("field", "status", "from", "open", "to", "pending",
                    "reason", "call-over")));
        }
        tx.execute("update agent set idle_since = now() where id = $1", agent);
    }

    /// The call's own message tells how it ended.
    void card() {
        var text = switch (call.outcome()) {
            case "answered" -> "Call of " + length() + " with "
                    + tx.value(String.class, "select name from agent where id = $1",
                    call.agentId()).orElse("an agent");
            case "voicemail" -> "Call, left a message";
            case "callback" -> "Call, asked to be called back";
            default -> call.outbound() ? "Call, not answered"
                    : call.enqueuedAt() == null ? "Call given up in the menu" : "Missed call";
        };
        tx.execute("update message set text = $2, visible_text = $2 where id = $1", call.messageId(), text);
        tx.execute("update ticket set last_preview = $2, last_at = now() where id = $1", call.ticketId(), text);
    }

    private String length() {
        long seconds = call.answeredAt() == null ? 0
                : Duration.between(call.answeredAt(), call.endedAt() == null ? Instant.now() : call.endedAt())
                .toSeconds();
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }

    private void journal(Entry entry) {
        journal.append(tx, entry.ticket(call.ticketId()).customer(call.customerId()));
    }
}
