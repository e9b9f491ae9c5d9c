package switchboard.ticketing.access;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.journal.ClockWatch;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;

/// Presence: an agent is present while a console is open on any node. Each node reports its open consoles every few
/// seconds (`beat`). An agent goes offline when the last console is silent for `GRACE` or signs out, and the work that
/// customers are waiting for goes to others. A returning agent gets the earlier status back.
///
/// An agent whose program uses the API without a console keeps the chosen status for as long as its session lives.
public final class Consoles {
    /// A reload, a short network loss or a restart of this program doesn't count as leaving.
    public static final Duration GRACE = Duration.ofSeconds(20);
    private static final int EACH_TIME_MAX = 500;

    private final Database database;
    private final Journal journal;
    private final Leaving leaving;
    private final Duration grace;
    private final ClockWatch clock;
    private final UUID node = Ids.next();
    private volatile boolean onlyPlayed;

    public Consoles(Database database, Journal journal) {
        this(database, journal, GRACE);
    }

    /// @param grace how long a console may be silent
    public Consoles(Database database, Journal journal, Duration grace) {
        this(database, journal, grace, new ClockWatch(grace));
    }

    Consoles(Database database, Journal journal, Duration grace, ClockWatch clock) {
        this.database = database;
        this.journal = journal;
        this.leaving = new Leaving(database, journal);
        this.grace = grace;
        this.clock = clock;
    }

    /// For the demo company, whose agents are roles: while some are played, the others are away, so that no customer
    /// waits for an unplayed one.
    public Consoles onlyPlayed() {
        onlyPlayed = true;
        return this;
    }

    private record Open(UUID node, String sessionHash, UUID agentId) {}

    /// A console opens: its agent is back.
    public void opened(Caller caller) {
        database.run(tx -> {
            see(tx, List.of(caller));
            if (onlyPlayed) play(tx, caller.id());
            Leaving.back(tx, caller.id()).ifPresent(status -> changed(tx, List.of(caller.id()), status));
        });
        journal.committed();
    }

    /// Signing in to a role takes it, if it is unplayed.
    public void signedIn(UUID agent) {
        if (!onlyPlayed) return;
        database.run(tx -> resume(tx, agent));
        journal.committed();
    }

    /// Reports the consoles that are open on this node now.
    public void beat(Collection<Caller> callers) {
        if (!callers.isEmpty()) see(database.sql(), callers);
    }

    private void see(Sql sql, Collection<Caller> callers) {
        var open = callers.stream().map(one -> new Open(node, one.sessionHash(), one.id())).distinct().toList();
        sql.execute("""
                insert into console (node, session_hash, agent_id)
                select o.* from unnest($1::uuid[], $2::text[], $3::uuid[]) o(node, hash, agent)
                where exists (select 1 from session s where s.token_hash = o.hash)
                order by o.hash
                on conflict (node, session_hash) do update set seen_at = now()""", Sql.columns(open));
    }

    /// The agent signed out. The agent stays when another console is open, or when another session (such as a
    /// program's) made the agent available.
    public void signedOut(Caller caller) {
        var left = database.transaction(tx -> {
            tx.execute("delete from console where session_hash = $1", caller.sessionHash());
            boolean stays = tx.exists("""
                    select 1 from console where agent_id = $1 and seen_at > now() - make_interval(secs => $2::float8)
                    union all select 1 from agent a join session s on s.token_hash = a.status_session
                      and s.expires_at > now() where a.id = $1 and a.status_session <> $3""", caller.id(), seconds(),
                    caller.sessionHash());
            return stays ? List.<UUID>of()
                    : List.copyOf(Leaving.offline(tx, journal, List.of(caller.id()), "signed-out"));
        });
        finish(left);
    }

    /// Signs off agents whose consoles have been silent for too long, and agents whose session has ended. Call it only
    /// after beats have arrived for a full grace period. After a clock change it waits for one more: every open console
    /// has then been seen by the new time.
    public void sweep() {
        finish(database.transaction(tx -> {
            if (!clock.steady(tx)) return List.<UUID>of();
            var gone = silent(tx);
            gone.addAll(tx.column(UUID.class, """
                    select a.id from agent a where a.status <> 'offline' and a.status_session is not null
                      and not exists (select 1 from session s where s.token_hash = a.status_session)
                      and not exists (select 1 from console c where c.agent_id = a.id)
                    order by a.id limit $1""", EACH_TIME_MAX));
            return gone.isEmpty() ? List.<UUID>of() : List.copyOf(Leaving.offline(tx, journal, gone, "no-console"));
        }));
        leaving.finishAll();
    }

    /// Removes silent consoles. A status chosen in one of them now lasts as long as another console is open; a status
    /// set by a program stays.
    ///
    /// @return agents without another console whom no program has made available
    private List<UUID> silent(Sql tx) {
        var silent = tx.query("""
                delete from console where (node, session_hash) in (
                  select node, session_hash from console
                  where seen_at < now() - make_interval(secs => $1::float8)
                    or seen_at > now() + make_interval(secs => $1::float8) order by seen_at limit $2)
                returning agent_id, session_hash""", seconds(), EACH_TIME_MAX);
        var agents = new ArrayList<UUID>();
        var sessions = new ArrayList<String>();
        for (var row : silent) {
            agents.add(row.getUUID(0));
            sessions.add(row.getString(1));
        }
        if (agents.isEmpty()) return agents;
        tx.execute("update agent set status_session = null where id = any($1::uuid[]) and status_session = any($2)",
                agents, sessions);
        return new ArrayList<>(tx.column(UUID.class, """
                select a.id from agent a where a.id = any($1::uuid[]) and a.status_session is null
                  and not exists (select 1 from console c where c.agent_id = a.id)""", agents));
    }

    private void finish(Collection<UUID> left) {
        if (left.isEmpty()) return;
        journal.committed();
        left.forEach(agent -> leaving.finish(Actor.SYSTEM, agent));
    }

    private double seconds() {
        return grace.toMillis() / 1000.0;
    }

    /// Takes the role; unplayed ones are away.
    private void play(Sql tx, UUID agent) {
        resume(tx, agent);
        changed(tx, tx.column(UUID.class, """
                with unplayed as (
                  select a.id from agent a where a.status = 'available' and a.status_session is null and a.id <> $1
                    and not exists (select 1 from console c where c.agent_id = a.id)
                    and not exists (select 1 from session s where s.agent_id = a.id
                      and s.seen_at > now() - interval '5 minutes')
                  order by a.id for no key update)
                update agent a set status = 'away', status_reason = 'unplayed', status_since = now(),
                  version = version + 1
                from unplayed u where a.id = u.id returning a.id""", agent), "away");
    }

    private void resume(Sql tx, UUID agent) {
        changed(tx, tx.column(UUID.class, """
                update agent set status = 'available', status_reason = '', status_since = now(), version = version + 1
                where id = $1 and status_reason = 'unplayed' returning id""", agent), "available");
    }

    private void changed(Sql tx, Collection<UUID> agents, String status) {
        journal.append(tx, agents.stream().map(id -> Entry.of("agent.changed", Actor.SYSTEM, Instant.now())
                .facts(Map.of("agent", id.toString(), "status", status))).toList());
    }
}
