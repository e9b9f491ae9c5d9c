package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import switchboard.channels.Channel;
import switchboard.ticketing.Desk;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.intake.Arrival;

/// Every door, as the channels declare them, under one sender who does not stop and under more than may wait: each says
/// so as it is documented, what was acknowledged is there, and others are served. A door without an entry fails.
@Timeout(600)
class FloodTest {
    /// What may wait, and what three writers of a hundred each may have in hand.
    private static final int TOO_MUCH = 5_000 + 3 * 100 + 50;
    /// Half of the program's connections to the database.
    private static final int CALLS_AT_ONCE = 10;
    /// How many of the carrier's steps of calls may wait.
    private static final int CALLS_WAITING = 200;
    private static final String WAITS = "select count(*) from inbox where lane like $1 || '%' and state = 'new'";
    /// A step of a call holds the lane of that call.
    private static final String HELD = "select count(distinct pid) from pg_locks where locktype = 'advisory' "
            + "and granted and database = (select oid from pg_database where datname = current_database())";
    private Floods floods;
    private Server server;

    @BeforeEach
    void start() {
        floods = new Floods();
        server = floods.server;
    }

    @AfterEach
    void stop() {
        floods.close();
    }

    private long count(String sql, Object... args) {
        return server.app.database.sql().value(Long.class, sql, args).orElse(0L);
    }

    private Map<String, Floods.Flood> everyDoor() {
        var doors = server.app.ways.all().stream().map(Channel::doors).flatMap(Set::stream)
                .collect(Collectors.toCollection(TreeSet::new));
        doors.add(Floods.IMAP);
        var all = floods.all();
        assertEquals(doors, all.keySet(), "every door has its flood here");
        return all;
    }

    @Test
    @Tag("T86")
    void whileOneSenderFloodsADoorAnotherIsOnTheTimelineAndNothingThatWasTakenIsLost() {
        var number = new AtomicInteger(100_000);
        everyDoor().forEach((door, flood) -> {
            server.app.database.run(tx -> {
                // Nobody may work the lane, so that all of the flood waits.
                tx.query("select pg_advisory_xact_lock(hashtextextended($1, 7))", flood.lane());
                for (int i = 0; i < flood.many(); i++) {
                    assertEquals(flood.taken(), flood.door().send(i), door);
                    if (i % 25 == 0) tx.query("select 1"); // or the database takes this for an idle transaction
                }
                if (door.equals(Floods.IMAP)) floods.read();
                if (flood.refused() != null) assertEquals(flood.refused(), flood.door().send(flood.many()), door);
                var before = count("select count(*) from journal where kind = 'message.received'");
                var other = flood.other().send(number.incrementAndGet());
                assertTrue(Set.of("250", "200", "303", "ack").contains(other), door + " says to another " + other);
                if (door.equals("voice")) return;
                until(door + ": another is there", () -> tx.query("select 1") != null
                        && count("select count(*) from journal where kind = 'message.received'") > before);
                until(door + ": the flood waits", () -> tx.query("select 1") != null
                        && count(WAITS, flood.lane()) == flood.many());
            });
            until(door + ": the flood is understood", () -> count(WAITS, flood.lane()) == 0);
            assertEquals(flood.many(), count("select count(*) from inbox where lane like $1 || '%' and state = 'done'",
                    flood.lane()) - (door.equals("voice") ? 1 : 0), door + " has lost nothing and taken nothing twice");
            if (flood.refused() == null) assertEquals(flood.taken(), flood.door().send(flood.many()), door);
            assertTrue(flood.other().send(number.incrementAndGet()).matches("250|200|303|ack"), door);
        });
    }

    private static void until(String what, java.util.function.BooleanSupplier condition) {
        try {
            Desk.until(condition);
        } catch (AssertionError never) {
            throw new AssertionError(what, never);
        }
    }

    private static Arrival arrival(String key) {
        return new Arrival("nobody", "flood:" + key, key, Map.of(), key.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void eachDoorTurnsAwayWhatIsTooMuchAndNothingThatWasTakenIsLost() {
        var taken = new AtomicInteger();
        var refused = new AtomicInteger();
        var all = everyDoor();
        var said = new TreeMap<String, String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.app.database.run(tx -> {
                tx.execute("lock table inbox in exclusive mode");
                for (int i = 0; i < TOO_MUCH; i++) {
                    var key = "k" + i;
                    threads.execute(() -> {
                        try {
                            server.app.inbox.put(arrival(key));
                            taken.incrementAndGet();
                        } catch (Failure.Unavailable busy) {
                            refused.incrementAndGet();
                        }
                    });
                }
                until("one too many", () -> refused.get() > 0);
                all.forEach((door, flood) -> {
                    said.put(door, flood.door().send(0));
                    tx.query("select 1"); // or the database takes this for an idle transaction
                });
                assertEquals(0, taken.get());
            });
        }
        all.forEach((door, flood) -> assertEquals(flood.busy() == null ? flood.taken() : flood.busy(), said.get(door),
                door));
        assertEquals(TOO_MUCH, taken.get() + refused.get());
        assertEquals(taken.longValue(), count("select count(*) from inbox where door = 'nobody'"), "acknowledged");
        floods.read();
        until("the mailbox is read", () -> count("select count(*) from inbox where lane = $1",
                all.get(Floods.IMAP).lane()) == 1);
        all.forEach((door, flood) -> {
            if (door.equals(Floods.IMAP)) return;
            assertEquals(flood.taken(), flood.door().send(0), door + " takes it when it comes again");
            assertEquals(1, count("select count(*) from inbox where lane like $1 || '%'", flood.lane()), door);
        });
    }

    @Test
    void aStormOfCallsLeavesTheOthersTheirConnectionsAndEveryCallerGetsThrough() {
        int calls = CALLS_WAITING + 40;
        var said = new ConcurrentHashMap<Integer, String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.app.database.run(tx -> {
                tx.execute("lock table call in access exclusive mode");
                for (int i = 0; i < calls; i++) {
                    int number = i;
                    threads.execute(() -> said.put(number, heard(number)));
                }
                until("calls wait", () -> count(HELD) == CALLS_AT_ONCE);
                assertEquals("200", floods.text("+15551230043", 1), "others are served");
                until("the text is read", () -> count("select count(*) from inbox where door = 'sms' "
                        + "and state = 'done'") == 1);
                until("calls wait as before", () -> count(HELD) == CALLS_AT_ONCE);
                until("all are answered", () -> tx.query("select 1") != null && said.size() == calls);
            });
        }
        assertEquals(Set.of("200 again"), Set.copyOf(said.values()), "who waits hears so and comes again");
        for (int i = 0; i < calls; i++) {
            int number = i;
            until("caller " + i + " gets through", () -> floods.call("+15551230042", number).equals("200"));
        }
        assertEquals(calls, count("select count(*) from call"));
    }

    private String heard(int number) {
        try {
            return floods.call("+15551230042", number);
        } catch (RuntimeException broken) {
            return broken.toString();
        }
    }

    @Test
    @Tag("T96")
    void aSearchFarAboveWhatAnOfficeTypesIsRefusedAndOthersSearch() {
        var path = "/api/v1/articles/search?q=x";
        int max = switchboard.knowledgebase.site.RateLimit.max("search");
        var said = new ConcurrentHashMap<String, AtomicInteger>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i <= max; i++) threads.execute(() -> said.computeIfAbsent(Floods.said(from(path,
                    "203.0.113.9")), _ -> new AtomicInteger()).incrementAndGet());
        }
        assertEquals(max, said.get("200").get());
        assertEquals(Set.of("200", "429 after 2"), said.keySet());
        var refused = from(path, "203.0.113.9");
        assertEquals("application/problem+json", refused.headers().firstValue("Content-Type").orElse(""));
        assertEquals("429 after 600", Floods.said(from("/help/en/search?q=x", "203.0.113.9")));
        assertEquals("200", Floods.said(from(path, "203.0.113.8")));
    }

    private Server.Answer from(String path, String client) {
        return server.call("GET", path, null, null, "X-Forwarded-For", client);
    }
}
