package switchboard.ticketing.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;

/// Hands over the work of an agent who leaves: no customer waits for an absent agent, and no ticket stays with a closed
/// account.
///
/// Leaving has two steps. `mark` runs in the transaction that changes the agent and stops new work, because every
/// assignment locks the agent and checks the mark. `finish` then takes the work, locking tickets before agents as
/// everywhere. The mark stays until that is done, so `finishAll` completes it after a crash.
final class Leaving {
    /// The account was closed: all work goes, not only what a customer is waiting for.
    static final String DEACTIVATED = "deactivated";
    private static final int AGENTS_EACH_TIME_MAX = 50;
    /// A customer is waiting now: a running chat or call, or an unanswered text.
    private static final String WAITED_FOR = Load.LIVE_CHAT + """
             or t.status = 'open' and t.merged_into is null and (t.channel = 'sms' and t.waiting_since is not null
              or t.channel = 'phone' and exists (
                select 1 from call k where k.ticket_id = t.id and k.state in ('queued', 'offered', 'ringing-agent')))
            """;

    private final Database database;
    private final Journal journal;

    Leaving(Database database, Journal journal) {
        this.database = database;
        this.journal = journal;
    }

    /// @param why `offline`, `signed-out`, `no-console` or `deactivated`; recorded with each ticket that is handed over
    static void mark(Sql tx, UUID agent, String why) {
        tx.execute("update agent set leaving = $2 where id = $1", agent, why);
    }

    /// Takes the work of a marked agent. Does nothing when the agent has returned.
    void finish(Actor by, UUID agent) {
        int taken = database.transaction(tx -> finish(tx, by, agent));
        if (taken > 0) journal.committed();
    }

    private int finish(Sql tx, Actor by, UUID agent) {
        tx.query("select 1 from ticket where assignee_id = $1 and status <> 'solved' order by id for no key update",
                agent);
        var why = tx.value(String.class, "select leaving from agent where id = $1 for no key update", agent);
        if (why.isEmpty()) return 0;
        int taken = release(tx, by, agent, why.get());
        tx.execute("update agent set leaving = null where id = $1", agent);
        return taken;
    }

    /// Puts the work back in the queue at its age. An agent who returns before it is assigned gets it back.
    private int release(Sql tx, Actor by, UUID agent, String why) {
        boolean all = why.equals(DEACTIVATED);
        var now = Instant.now();
        var entries = new ArrayList<Entry>();
        for (var row : tx.query("""
                update ticket t set assignee_id = null, updated_at = now(), version = version + 1,
                  preferred_agent_id = case when $2 then null else t.assignee_id end,
                  preferred_until =\s""" + RoutingRules.PREFERRED_UNTIL + """
                  ,
                  queued_at = case when t.status = 'open' and t.merged_into is null
                    then coalesce(t.queued_at, t.waiting_since, now()) end
                where t.assignee_id = $1 and ($2 or\s""" + WAITED_FOR + """
                ) returning t.id, t.customer_id""", agent, all)) {
            entries.add(Entry.of("ticket.unassigned", by, now).ticket(row.getUUID(0)).customer(row.getUUID(1))
                    .facts(Map.of("from", agent, "by", why)));
        }
        journal.append(tx, entries);
        return entries.size();
    }

    /// Completes what a crash interrupted.
    void finishAll() {
        for (var agent : database.sql().column(UUID.class,
                "select id from agent where leaving is not null order by id limit $1", AGENTS_EACH_TIME_MAX)) {
            finish(Actor.SYSTEM, agent);
        }
    }

    /// Sets the agents offline and suspends the status they chose until they return.
    ///
    /// @return the agents who were not offline before
    static Set<UUID> offline(Sql tx, Journal journal, java.util.Collection<UUID> agents, String why) {
        var left = Set.copyOf(tx.column(UUID.class, """
                with gone as (select id, status from agent where id = any($1::uuid[]) and status <> 'offline'
                  order by id for no key update)
                update agent a set status_wanted = case gone.status when 'missed' then 'available' else gone.status end,
                  status = 'offline', status_reason = $2, status_since = now(), status_session = null, leaving = $2,
                  version = version + 1
                from gone where a.id = gone.id returning a.id""", agents, why));
        journal.append(tx, left.stream().map(id -> Entry.of("agent.changed", Actor.SYSTEM, Instant.now())
                .facts(Map.of("agent", id.toString(), "status", "offline", "reason", why))).toList());
        return left;
    }

    /// The status that the agent chose before leaving; empty when the agent didn't leave.
    static Optional<String> back(Sql tx, UUID agent) {
        return tx.value(String.class, """
                update agent set status = status_wanted, status_wanted = null, status_reason = '', leaving = null,
                  status_since = now(), version = version + 1,
                  idle_since = case when status_wanted = 'available' then now() else idle_since end
                where id = $1 and active and status = 'offline' and status_wanted is not null returning status""",
                agent);
    }
}
