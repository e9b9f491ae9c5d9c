package switchboard.ticketing.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import switchboard.ticketing.access.Load;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failpoint;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Json.Nullable;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.journal.Lease;
import switchboard.ticketing.journal.Worker;

/// Gives waiting tickets to agents, at once: on every change in the journal the matcher looks at what waits and who is
/// free. One process decides, under a lease; each decision is checked again (ticket and agent version, capacity, lease)
/// and stored with all candidates in the transaction that assigns. A lost check is looked at again, not an error.
public final class Routing implements AutoCloseable {
    /// Waiting tickets looked at in one pass, of each kind (team, skills, channel), so that one kind cannot hide
    /// another.
    private static final int EACH_KIND_MAX = 50;
    /// What the index `ticket_queue` is made of, to the letter: thousands may wait, and a pass reads few of them.
    private static final String WAITS =
            "queued_at is not null and assignee_id is null and status = 'open' and merged_into is null";
    private static final String TEAM = "coalesce(team_id, '00000000-0000-0000-0000-000000000000')";
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration RENEW = Duration.ofSeconds(5);
    /// A fruitless search is followed by a rest of so many times its length, well within a second.
    private static final int RESTS = 9;
    private static final Duration REST_MIN = Duration.ofMillis(100);
    private static final Duration REST_MAX = Duration.ofMillis(400);
    private static final int REMEMBERED_MAX = 10_000;
    private static final int EXPLAINED_MAX = 500;

    private final Database database;
    private final Journal journal;
    private final Map<String, Integer> costs;
    private final Lease lease;
    private final Worker worker;
    private final Map<UUID, String> toldNobody = new HashMap<>();
    private long heldUntil;
    private long searchedNanos = System.nanoTime() - IDLE.toNanos();

    /// @param costs capacity units by channel
    public Routing(Database database, Journal journal, Map<String, Integer> costs) {
        this.database = database;
        this.journal = journal;
        this.costs = Map.copyOf(costs);
        this.lease = new Lease(database, "matcher");
        this.worker = new Worker("routing", IDLE, this::pass);
        journal.onSequenced(worker::wake);
    }

    public Routing start() {
        worker.start();
        return this;
    }

    private record Waiting(UUID id, int version, String channel, UUID teamId, List<String> skills, String priority,
                           Instant queuedAt, UUID preferred, Set<UUID> skipped) {}

    private record Working(UUID id, String name, int version, String status, int capacity, int liveCapacity, int used,
                           int live, Set<UUID> teams, Map<String, Integer> skills, String language, Instant idleSince,
                           boolean phone, Map<String, Integer> open, Map<String, Integer> channelMax) {
        Candidate candidate() {
            return new Candidate(id, name, version, status, new Pool(capacity, used - live),
                    new Pool(liveCapacity, live), teams, skills, language, idleSince, phone, open, channelMax);
        }
    }

    boolean pass() {
        if (System.nanoTime() - heldUntil > 0) {
            if (!lease.hold()) return false;
            heldUntil = System.nanoTime() + RENEW.toNanos();
        }
        long started = System.nanoTime();
        var agents = agents(database.sql(), Set.of());
        // At night work comes in all the same; that nobody is there to take it can be said a little later.
        boolean present = agents.stream().anyMatch(one -> one.status().equals("available"));
        if (!present && started - searchedNanos < IDLE.toNanos()) return false;
        searchedNanos = started;
        var waiting = waiting(database.sql());
        if (waiting.isEmpty()) return false;
        var works = waiting.stream().map(this::work).toList();
        var decisions = Matcher.decide(works, agents.stream().map(Working::candidate).toList(), Instant.now());
        var byId = works.stream().collect(Collectors.toMap(Work::id, work -> work));
        int assigned;
        try {
            assigned = database.transaction(tx -> commit(tx, decisions, byId));
        } catch (Lease.LostLease lost) {
            heldUntil = 0;
            return false;
        }
        Failpoint.pass("routing.committed");
        journal.committed();
        if (assigned == 0) rest(System.nanoTime() - started);
        return assigned > 0;
    }

    /// A long queue that nobody can take must not be searched without pause while mail pours in.
    private static void rest(long searchedNanos) {
        LockSupport.parkNanos(Math.clamp(RESTS * searchedNanos, REST_MIN.toNanos(), REST_MAX.toNanos()));
    }

    private Work work(Waiting one) {
        return new Work(one.id(), one.version(), one.channel(), costs.getOrDefault(one.channel(), 10), one.teamId(),
                one.skills(), one.priority(), one.queuedAt(), one.preferred(), one.skipped());
    }

    private static List<Waiting> waiting(Sql sql) {
        return sql.list(Waiting.class, ("""
                with recursive kind(channel, skills, team) as (
                  (select channel, skills, TEAM from ticket where WAITS order by channel, skills, TEAM limit 1)
                  union all
                  select next.* from kind cross join lateral (
                    select channel, skills, TEAM from ticket
                    where WAITS and (channel, skills, TEAM) > (kind.channel, kind.skills, kind.team)
                    order by channel, skills, TEAM limit 1) next)
                select t.id, t.version, """ + Load.CHANNEL + """
                   as channel, t.team_id, t.skills, t.priority, t.queued_at,
                  (select coalesce(array_agg(d.agent_id), '{}') from routing_decision d
                    where d.ticket_id = t.id and d.outcome in ('missed', 'declined')
                      and d.at between now() - interval '2 minutes' and now() + interval '1 minute') as skipped,
                  coalesce(
                    case when coalesce(t.preferred_until, 'infinity') > now() then t.preferred_agent_id end,
                    (select other.assignee_id from ticket other
                     where other.id <> t.id and other.customer_id = any(array(
                         select f.id from customer f where f.id = c.root or f.merged_into = c.root))
                       and other.assignee_id is not null and (other.status <> 'solved'
                         or other.solved_at > now() - interval '1 day')
                     order by other.last_at desc limit 1)) as preferred
                from (
                  select k.id from kind cross join lateral (
                    select id from ticket
                    where WAITS and channel = kind.channel and skills = kind.skills and TEAM = kind.team
                    order by array_position(array['urgent','high','normal','low'], priority), queued_at limit $1) k
                  union (
                    -- Calls to be returned are of one kind with those that ring, and must not hide them.
                    select ticket_id from call where state = 'queued' order by started_at, id limit $1)) w
                  -- Row by row, by their keys: the planner takes the few for thousands, and would read both tables.
                  cross join lateral (select * from ticket where id = w.id and WAITS limit 1) t
                  cross join lateral (
                    select coalesce(merged_into, id) as root from customer where id = t.customer_id limit 1) c""")
                .replace("WAITS", WAITS).replace("TEAM", TEAM), EACH_KIND_MAX);
    }

    private List<Working> agents(Sql sql, Set<UUID> only) {
        return sql.list(Working.class, """
                select a.id, a.name, a.version, a.status, a.capacity, a.language, a.idle_since, load.used, load.live,
                  coalesce(a.live_capacity, a.capacity) as live_capacity,
                  coalesce(a.phone, '') <> '' as phone, a.channel_max, load.open,
                  coalesce((select array_agg(team_id) from team_member m where m.agent_id = a.id), '{}') as teams,
                  coalesce((select json_object_agg(name, level) from agent_skill s where s.agent_id = a.id),
                    '{}') as skills
                from agent a cross join lateral (
                  select coalesce(sum(n * cost), 0)::int as used,
                    coalesce(sum(n * cost) filter (where cost >= $3), 0)::int as live,
                    coalesce(json_object_agg(channel, n) filter (where n > 0), '{}') as open
                  from (select channel, count(*) as n, coalesce(($1::text::json ->> channel)::int, 10) as cost
                    from (""" + Load.OF_AGENT + """
                      ) taken group by channel) counted) load
                where a.active and a.status <> 'offline'
                  and (cardinality($2::uuid[]) = 0 or a.id = any($2))
                order by a.id""", Json.write(costs), only, Load.LIVE_COST_MIN);
    }

    private int commit(Sql tx, List<Decision> decisions, Map<UUID, Work> works) {
        lease.fence(tx);
        var assigned = decisions.stream().filter(one -> one.chosen() != null).toList();
        var kept = assigned.isEmpty() ? List.<Decision>of() : check(tx, assigned, works);
        var nobody = decisions.stream().filter(one -> one.chosen() == null && news(one)).toList();
        if (!kept.isEmpty()) assign(tx, kept);
        record(tx, kept);
        record(tx, nobody);
        return kept.size();
    }

    /// The state as it is under locks: tickets unchanged since they were read, agents still eligible for them.
    private List<Decision> check(Sql tx, List<Decision> decisions, Map<UUID, Work> works) {
        record Version(UUID id, int version) {}
        var ids = decisions.stream().map(Decision::workId).toList();
        var versions = tx.list(Version.class, """
                select id, version from ticket where id in (
                  select id from ticket where id = any($1) order by id for no key update)
                  and assignee_id is null and status = 'open'""", ids).stream()
                .collect(Collectors.toMap(Version::id, Version::version));
        var chosen = decisions.stream().map(one -> one.chosen().id()).collect(Collectors.toSet());
        tx.query("select 1 from agent where id = any($1) order by id for no key update", chosen);
        var agents = agents(tx, chosen).stream().collect(Collectors.toMap(Working::id, Working::candidate));
        var kept = new ArrayList<Decision>();
        for (var decision : decisions) {
            var work = works.get(decision.workId());
            var agent = agents.get(decision.chosen().id());
            boolean stands = versions.getOrDefault(work.id(), -1) == work.version() && agent != null
                    && Matcher.eligible(work, agent);
            if (!stands) continue;
            agents.put(agent.id(), agent.taking(work, agent.idleSince()));
            kept.add(decision);
        }
        return kept;
    }

    private record Given(UUID ticket, UUID agent) {}

    private void assign(Sql tx, List<Decision> decisions) {
        var given = decisions.stream().map(one -> new Given(one.workId(), one.chosen().id())).toList();
        var customers = new HashMap<UUID, UUID>();
        for (var row : tx.query("""
                update ticket t set assignee_id = g.agent, version = version + 1, updated_at = now()
                from unnest($1::uuid[], $2::uuid[]) as g(ticket, agent) where t.id = g.ticket
                returning t.id, t.customer_id""", Sql.columns(given))) {
            customers.put(row.getUUID(0), row.getUUID(1));
        }
        // What an agent was idle for ends with the assignment: the next one goes to somebody else.
        tx.execute("update agent set idle_since = now() where id = any($1)",
                new HashSet<>(given.stream().map(Given::agent).toList()));
        journal.append(tx, decisions.stream().map(one -> Entry.of("ticket.assigned", Actor.SYSTEM, Instant.now())
                .ticket(one.workId()).customer(customers.get(one.workId()))
                .facts(Map.of("agent", one.chosen().id(), "by", "routing", "reason", one.reason()))).toList());
    }

    /// Nobody could take it: worth a line when the reasons are others than last time.
    private boolean news(Decision decision) {
        var reasons = decision.candidates().stream().map(one -> one.agent().id() + String.join(",", one.reasons()))
                .collect(Collectors.joining(";"));
        if (toldNobody.size() > REMEMBERED_MAX) toldNobody.clear();
        return !reasons.equals(toldNobody.put(decision.workId(), reasons));
    }

    private record Stored(UUID id, UUID ticketId, Instant at, String outcome, UUID agentId, double score, String reason,
                          List<Decision.Considered> candidates) {}

    private static void record(Sql tx, List<Decision> decisions) {
        var now = Instant.now();
        tx.insert("routing_decision", decisions.stream()
                .map(one -> new Stored(Ids.next(), one.workId(), now, one.outcome(),
                one.chosen() == null ? null : one.chosen().id(), one.score(), one.reason(), one.candidates()))
                .toList());
    }

    /// One decision as people read it.
    public record Explained(Instant at, String outcome, @Nullable Decision.Named chosen, double score, String reason,
                            List<Decision.Considered> candidates) {}

    public List<Explained> explain(UUID ticket) {
        return database.sql().list(Explained.class, """
                select d.at, d.outcome, case when a.id is not null then
                  json_build_object('id', a.id, 'name', a.name) end as chosen,
                  coalesce(d.score, 0) as score, d.reason, d.candidates
                from routing_decision d left join agent a on a.id = d.agent_id
                where d.ticket_id = $1 order by d.at desc, d.id desc limit $2""", ticket, EXPLAINED_MAX);
    }

    @Override
    public void close() {
        worker.close();
        lease.release();
    }
}
