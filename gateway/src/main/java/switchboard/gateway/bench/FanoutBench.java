package switchboard.gateway.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import switchboard.gateway.Settings;
import switchboard.gateway.inspect.Options;
import switchboard.ticketing.access.Agents;
import switchboard.ticketing.access.Caller;
import switchboard.ticketing.access.Sessions;
import switchboard.ticketing.access.Teams;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.intake.Intake;
import switchboard.ticketing.intake.Received;
import switchboard.ticketing.people.Address;
import switchboard.ticketing.people.Region;
import switchboard.ticketing.people.Sender;

/// How fast many open consoles learn what happens: each is a WebSocket of its own over a real connection, signed in as
/// an agent of the team whose customers write. Consoles, customers and program share the machine.
final class FanoutBench {
    private static final int WRITERS = 4;
    private static final int CUSTOMERS_EACH = 25;
    /// Customers wait when the slowest console is this many messages behind, so that what is measured is what the
    /// consoles keep up with.
    private static final int BEHIND_MAX = 200;
    private static final int FRAME_BYTES_MAX = 1 << 20;
    private static final double STEADY = 0.5;
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    private final BenchHome home;
    private final Intake intake;
    private final UUID team;
    private final List<BenchConsole> consoles = new ArrayList<>();
    private final Map<UUID, Long> committed = new ConcurrentHashMap<>();

    private record Phase(int messages, double seconds, double p50Millis, double p99Millis, double slowestMillis) {
        double perSecond() {
            return messages / seconds;
        }
    }

    private FanoutBench(BenchHome home) {
        this.home = home;
        this.intake = new Intake(home.app.journal);
        this.team = home.app.teams.create(new Teams.Change("Bench", null, null)).id();
    }

    static Map<String, Object> run(List<String> words) throws Exception {
        var options = Options.of(words, List.of("consoles", "seconds"));
        if (!options.plain().isEmpty()) throw new Settings.Wrong("usage: ./switchboard bench fanout [--consoles 100]");
        int count = Math.max(1, options.number("consoles", 100));
        int seconds = Math.max(1, options.number("seconds", 20));
        var out = new LinkedHashMap<String, Object>();
        out.put("machine", Conditions.machine());
        var vertx = Vertx.vertx();
        try (var home = BenchHome.open()) {
            out.put("durability", Conditions.durability(home.app.database));
            out.put("consoles", count);
            new FanoutBench(home).measure(vertx, count, seconds, out);
        } finally {
            vertx.close().await();
        }
        return out;
    }

    private void measure(Vertx vertx, int count, int seconds, Map<String, Object> out) throws Exception {
        var client = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(count)
                .setMaxFrameSize(FRAME_BYTES_MAX).setMaxMessageSize(FRAME_BYTES_MAX));
        for (int i = 0; i < count; i++) consoles.add(open(client, i));
        long start = home.app.journal.last();
        phase(Math.max(1, seconds / 4), 0); // the compiler's turn
        consoles.getFirst().record();
        var full = phase(seconds, 0);
        var frames = consoles.getFirst().recorded();
        System.out.printf("as fast as all keep up: %.0f messages/s, %.0f frames/s, p50 %.0f ms, p99 %.0f ms%n",
                full.perSecond(), full.perSecond() * count, full.p50Millis(), full.p99Millis());
        var steady = phase(Math.max(1, seconds / 2), full.perSecond() * STEADY);
        System.out.printf("at half of that:        %.0f messages/s, p50 %.0f ms, p99 %.0f ms, slowest %.0f ms%n",
                steady.perSecond(), steady.p50Millis(), steady.p99Millis(), steady.slowestMillis());
        long received = requireAll(start);
        out.put("messages", full.messages());
        out.put("eventsPerSecond", IngestBench.round(full.perSecond()));
        out.put("framesPerSecond", IngestBench.round(full.perSecond() * count));
        out.put("saturated", waits(full));
        out.put("halfLoad", waits(steady));
        out.put("gapless", true);
        out.put("framesReceived", received);
        out.put("reconnects", consoles.stream().mapToInt(BenchConsole::returns).sum());
        consoles.forEach(BenchConsole::close);
        home.settle();
        try (var bare = new BareFrames(client, count, BEHIND_MAX)) {
            bare.send(frames.subList(0, frames.size() / 4)); // the compiler's turn
            out.put("ceiling", bare.send(frames).beside("fanout", full.perSecond()));
        }
        client.close().await();
    }

    private static Map<String, Object> waits(Phase phase) {
        var waits = new LinkedHashMap<String, Object>();
        waits.put("eventsPerSecond", IngestBench.round(phase.perSecond()));
        waits.put("p50Millis", IngestBench.round(phase.p50Millis()));
        waits.put("p99Millis", IngestBench.round(phase.p99Millis()));
        waits.put("slowestMillis", IngestBench.round(phase.slowestMillis()));
        return waits;
    }

    private BenchConsole open(WebSocketClient client, int i) throws Exception {
        var app = home.app;
        var agent = app.database.transaction(tx -> app.agents.create(tx, Actor.SYSTEM, new Agents.Invited("console" + i
                + "@bench.test", "Console " + i, Caller.Role.AGENT, List.of(team), "en")));
        var way = BenchConsole.stream(app.url, app.sessions.open(agent, Sessions.Kind.API, "bench"));
        return BenchConsole.open(client, way, app.journal.last());
    }

    /// @param perSecond messages of all customers together; 0: as many as all consoles keep up with
    private Phase phase(int seconds, double perSecond) throws Exception {
        committed.clear();
        consoles.forEach(BenchConsole::restart);
        long start = System.nanoTime();
        long until = start + seconds * 1_000_000_000L;
        long pause = perSecond == 0 ? 0 : (long) (1e9 * WRITERS / perSecond);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writing = new ArrayList<Future<?>>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int which = writer;
                writing.add(threads.submit(() -> {
                    write(which, start, until, pause);
                    return null;
                }));
            }
            for (var one : writing) one.get();
        }
        while (slowest() < committed.size()) {
            if (System.nanoTime() - until > PATIENCE_NANOS) {
                throw new IllegalStateException("Of " + committed.size() + " messages the consoles saw "
                        + consoles.stream().map(BenchConsole::messages).toList());
            }
            Thread.sleep(5);
        }
        return figures(start);
    }

    private void write(int writer, long start, long until, long pause) throws InterruptedException {
        long next = start;
        for (int i = 0; System.nanoTime() < until; i++) {
            while (committed.size() - slowest() > BEHIND_MAX && System.nanoTime() < until) Thread.sleep(1);
            if (pause > 0) {
                next += pause;
                long wait = next - System.nanoTime();
                if (wait > 0) Thread.sleep(Duration.ofNanos(wait));
            }
            var message = message("+1555%02d%05d".formatted(writer + 1, 10000 + i % CUSTOMERS_EACH), "Message " + i);
            var placed = home.app.database.transaction(tx -> intake.receive(tx, List.of(message))).getFirst();
            committed.put(placed.messageId(), System.nanoTime());
            home.app.journal.committed();
        }
    }

    private Received message(String from, String text) {
        return new Received.Message(new Received.Origin(0, null), "sms", "+15005550006", Instant.now(), "message",
                false, Sender.plain(Address.phone(from, Region.NONE), ""), List.of(), Optional.of(Duration.ofDays(1)),
                Received.Content.plain("", text), List.of(), List.of(), List.of(), Optional.of(team), Optional.empty(),
                Optional.empty());
    }

    private int slowest() {
        return BenchConsole.slowest(consoles);
    }

    /// From each message's commit to its frame at each console.
    private Phase figures(long start) {
        record Order(long seq, UUID messageId) {}
        var commits = new HashMap<Long, Long>();
        for (var one : home.app.database.sql().list(Order.class, """
                select o.seq, j.message_id from journal j join journal_order o on o.id = j.id
                where j.kind = 'message.received'""")) {
            var at = committed.get(one.messageId());
            if (at != null) commits.put(one.seq(), at);
        }
        var waits = consoles.stream().flatMapToDouble(console -> console.arrived().entrySet().stream()
                .filter(one -> commits.containsKey(one.getKey()))
                .mapToDouble(one -> Math.max(0, (one.getValue() - commits.get(one.getKey())) / 1e6))).toArray();
        Arrays.sort(waits);
        return new Phase(committed.size(), (BenchConsole.lastArrival(consoles) - start) / 1e9, waits[waits.length / 2],
                waits[(int) (waits.length * 99L / 100)], waits[waits.length - 1]);
    }

    /// Every console was sent every entry about the team's tickets, in order, once.
    ///
    /// @return how many frames all consoles got
    /// @throws IllegalStateException when one was not
    private long requireAll(long start) throws InterruptedException {
        var expected = home.app.database.sql().column(Long.class, """
                select o.seq from journal_order o join journal j on j.id = o.id
                where o.seq > $1 and j.ticket_id is not null order by o.seq""", start);
        long frames = 0;
        for (var console : consoles) {
            long until = System.nanoTime() + PATIENCE_NANOS;
            while (console.seen() < expected.getLast() && System.nanoTime() < until) Thread.sleep(5);
            console.require(expected);
            frames += console.count();
        }
        return frames;
    }
}
