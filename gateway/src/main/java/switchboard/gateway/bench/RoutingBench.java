package switchboard.gateway.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import switchboard.gateway.inspect.Options;
import switchboard.ticketing.access.Agents;
import switchboard.ticketing.access.Caller;
import switchboard.ticketing.base.Actor;

/// How many assignments a second are decided and committed, with every candidate's reasons: many tickets wait, and a
/// hundred agents become available at once.
final class RoutingBench {
    private static final int AGENTS = 100;
    private static final int PATIENCE_SECONDS = 120;

    private RoutingBench() {}

    static Map<String, Object> run(List<String> words) throws Exception {
        int tickets = Math.max(1, Options.of(words, List.of("tickets")).number("tickets", 2000));
        var out = new LinkedHashMap<String, Object>();
        out.put("machine", BenchHome.machine());
        try (var home = BenchHome.open()) {
            out.put("durability", home.durability());
            var database = home.app.database;
            database.run(tx -> {
                for (int i = 0; i < AGENTS; i++) {
                    home.app.agents.create(tx, Actor.SYSTEM, new Agents.Invited("a" + i + "@bench.test", "Agent " + i,
                            Caller.Role.AGENT, List.of(), "en"));
                }
                tx.execute("""
                        insert into customer (id, name)
                        select gen_random_uuid(), 'c' || n from generate_series(1, $1) n""", tickets);
                tx.execute("""
                        insert into ticket (id, subject, channel, customer_id, queued_at, waiting_since)
                        select gen_random_uuid(), 'Help', 'email', id, now(), now() from customer""");
            });
            long start = System.nanoTime();
            database.sql().execute("update agent set status = 'available', capacity = $1", tickets * 10 / AGENTS + 10);
            while (database.sql().exists("select 1 from ticket where assignee_id is null")) {
                if (System.nanoTime() - start > PATIENCE_SECONDS * 1_000_000_000L) {
                    throw new IllegalStateException("Not all tickets were assigned");
                }
                Thread.sleep(10);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            out.put("tickets", tickets);
            out.put("agents", AGENTS);
            out.put("seconds", IngestBench.round(seconds));
            out.put("decisionsPerSecond", IngestBench.round(tickets / seconds));
        }
        return out;
    }
}
