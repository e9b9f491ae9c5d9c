package switchboard.gateway.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import switchboard.gateway.Settings;
import switchboard.gateway.inspect.Options;
import switchboard.ticketing.access.Agents;
import switchboard.ticketing.access.Caller;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.journal.Entry;

/// How many assignments a second are decided and committed, with every candidate's reasons: many tickets wait, and a
/// hundred agents become available at once.
final class RoutingBench {
    private static final int AGENTS = 100;
    private static final int WARM_UP_MAX = 2000;
    private static final int COST = 10; // capacity that a mail takes
    private static final int PATIENCE_SECONDS = 120;
    private static final int LOOK_MILLIS = 10;

    private final BenchHome home;
    private final List<UUID> agents = new ArrayList<>();

    private RoutingBench(BenchHome home) {
        this.home = home;
    }

    static Map<String, Object> run(List<String> words) throws Exception {
        var options = Options.of(words, List.of("tickets"));
        if (!options.plain().isEmpty()) throw new Settings.Wrong("usage: ./switchboard bench routing [--tickets 2000]");
        var out = new LinkedHashMap<String, Object>();
        out.put("machine", Conditions.machine());
        try (var home = BenchHome.open()) {
            out.put("durability", Conditions.durability(home.app.database));
            new RoutingBench(home).measure(Math.max(1, options.number("tickets", 2000)), out);
        }
        return out;
    }

    private void measure(int tickets, Map<String, Object> out) throws Exception {
        home.app.database.run(tx -> {
            for (int i = 0; i < AGENTS; i++) {
                agents.add(home.app.agents.create(tx, Actor.SYSTEM, new Agents.Invited("a" + i + "@bench.test",
                        "Agent " + i, Caller.Role.AGENT, List.of(), "en")));
            }
        });
        home.app.journal.committed();
        wave(Math.min(tickets, WARM_UP_MAX)); // the compiler's turn
        over();
        try (var bare = new BareRows(home, RoutingRows.WRITTEN)) {
            bare.follow();
            double seconds = wave(tickets);
            double perSecond = tickets / seconds;
            System.out.printf("%-26s %d tickets to %d agents, %.0f decisions/s%n", "assigned:", tickets, AGENTS,
                    perSecond);
            out.put("tickets", tickets);
            out.put("agents", AGENTS);
            out.put("seconds", Math.round(seconds * 1000) / 1000.0);
            out.put("decisionsPerSecond", IngestBench.round(perSecond));
            var alone = bare.measure();
            if (alone.events() != tickets) {
                throw new IllegalStateException("Of " + tickets + " decisions " + alone.events()
                        + " were written again");
            }
            out.put("ceiling", alone.ceiling(RoutingRows.WHAT).beside("routing", perSecond));
        }
    }

    /// Tickets wait and agents become available in one transaction, so that the matcher finds both together.
    ///
    /// @return seconds until the last ticket is assigned
    private double wave(int tickets) throws InterruptedException {
        home.settle();
        home.app.database.run(tx -> {
            tx.execute("""
                    with asking as (
                      insert into customer (id, name)
                      select gen_random_uuid(), 'c' || n from generate_series(1, $1) n returning id)
                    insert into ticket (id, subject, channel, customer_id, queued_at, waiting_since)
                    select gen_random_uuid(), 'Help', 'email', id, now(), now() from asking""", tickets);
            tx.execute("update agent set status = 'available', capacity = $1", (tickets / AGENTS + 1) * COST);
            home.app.journal.append(tx, agents.stream().map(agent -> Entry.of("agent.changed", Actor.SYSTEM,
                    Instant.now()).facts(Map.of("agent", agent.toString()))).toList());
        });
        long start = System.nanoTime();
        home.app.journal.committed();
        while (home.app.database.sql().exists("select 1 from ticket where assignee_id is null")) {
            if (System.nanoTime() - start > PATIENCE_SECONDS * 1_000_000_000L) {
                throw new IllegalStateException("Not all tickets were assigned");
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private void over() {
        home.app.database.run(tx -> {
            tx.execute("update ticket set status = 'solved', solved_at = now()");
            tx.execute("update agent set status = 'offline'");
        });
    }
}
