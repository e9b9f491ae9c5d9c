package switchboard.ticketing.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.until;
import static switchboard.ticketing.Desk.virtually;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.Desk;
import switchboard.ticketing.journal.ClockWatch;
import switchboard.ticketing.reply.Deliveries;

class OutboxTest {
    private static final Set<String> SMS = Set.of("sms");
    private static final Delivery ACCEPTED = new Delivery.Accepted("SM1", "sent");
    private final Desk desk = new Desk();

    @AfterEach
    void close() {
        desk.close();
    }

    private static Effect effect(String lane, String key, Instant deadline) {
        return new Effect("sms", lane, key, Map.of("key", key), null, null, null,
                Instant.now().minusSeconds(1), deadline);
    }

    private void put(Effect... effects) {
        virtually(() -> {
            desk.database.run(tx -> desk.outbox.put(tx, List.of(effects)));
            return null;
        });
    }

    private List<Outbox.Leased> lease() {
        return virtually(() -> desk.outbox.lease(SMS, 100));
    }

    private boolean record(Outbox.Leased row, Delivery delivery) {
        return virtually(() -> desk.database.transaction(tx -> desk.outbox.record(tx, row, delivery)));
    }

    private boolean retry(long id) {
        return virtually(() -> desk.database.transaction(tx -> desk.outbox.retry(tx, id)));
    }

    private String state(String key) {
        return virtually(() -> desk.database.sql().value(String.class,
                "select state from outbox where idempotency_key = $1", key)).orElse("none");
    }

    private void leasesRunOut() {
        virtually(() -> desk.database.sql().execute(
                "update outbox set lease_until = now() - interval '1 second' where state = 'leased'"));
    }

    private static List<String> keys(List<Outbox.Leased> rows) {
        return rows.stream().map(Outbox.Leased::idempotencyKey).toList();
    }

    private static Effect letter(String key, boolean secret, Instant deadline) {
        return new Effect("sms", key, key, Map.of("secret", secret, "to", "ada", "subject", "Your code is " + key,
                "text", "Your code is " + key), null, null, null, Instant.now().minusSeconds(1), deadline);
    }

    @Test
    void aSecretIsForgottenAsSoonAsItHasLeftOrNeverWill() {
        put(letter("sent", true, null), letter("refused", true, null), letter("late", true,
                Instant.now().minusSeconds(1)), letter("open", false, null));
        for (var row : lease()) {
            assertTrue(row.payload().path("text").asText().contains("code"));
            record(row, row.idempotencyKey().equals("refused") ? new Delivery.Refused("550", "no") : ACCEPTED);
        }
        virtually(() -> desk.database.transaction(tx -> desk.outbox.expire(tx)));
        assertEquals("expired", state("late"));
        assertEquals(List.of("open"), virtually(() -> desk.database.sql().column(String.class,
                "select idempotency_key from outbox where payload::text like '%code%'")));
        assertEquals(4L, virtually(() -> desk.database.sql().value(Long.class,
                "select count(*) from outbox where payload ->> 'to' = 'ada'")).orElseThrow());
    }

    @Test
    void aLaneLeavesInOrderOneAtATimeAndLanesSideBySide() {
        put(effect("a", "a1", null), effect("a", "a2", null), effect("b", "b1", null));
        var first = lease();
        assertEquals(List.of("a1", "b1"), keys(first));
        assertEquals(List.of(), lease());
        assertTrue(record(first.getFirst(), ACCEPTED));
        assertEquals(List.of("a2"), keys(lease()));
        assertEquals("leased", state("b1"));
    }

    @Test
    void aRowThatMustBeTriedAgainHoldsItsLaneAndARefusedOneDoesNot() {
        put(effect("a", "a1", null), effect("a", "a2", null), effect("b", "b1", null), effect("b", "b2", null));
        var rows = lease();
        record(rows.get(0), new Delivery.RetryLater("busy", Optional.of(Duration.ofHours(1))));
        record(rows.get(1), new Delivery.Refused("21610", "stopped"));
        assertEquals(List.of("b2"), keys(lease()));
        assertEquals("failed", state("b1"));
        assertEquals("pending", state("a1"));
    }

    @Test
    void aLeaseThatRanOutIsUncertainForTheNextHolderAndTheOldHoldersWordComesTooLate() {
        put(effect("a", "a1", null));
        var old = lease().getFirst();
        assertFalse(old.uncertain());
        assertTrue(held(old));
        leasesRunOut();
        assertFalse(held(old), "it may be somebody else's at any moment");
        var next = lease().getFirst();
        assertFalse(held(old));
        assertTrue(held(next));
        assertTrue(next.uncertain());
        assertEquals(2, next.attempts());
        assertNotEquals(old.leaseToken(), next.leaseToken());
        for (var late : List.of(ACCEPTED, new Delivery.Refused("x", "y"), new Delivery.Unknown("z"),
                new Delivery.RetryLater("r", Optional.empty()))) {
            assertFalse(record(old, late));
            assertEquals("leased", state("a1"));
        }
        assertTrue(record(next, ACCEPTED));
        assertEquals("sent", state("a1"));
        assertFalse(record(next, ACCEPTED), "said twice");
    }

    @Test
    void aLongDeliveryKeepsItsRowByRenewingAndOneThatLostItCannotTakeItBack() {
        put(effect("a", "a1", null));
        var old = lease().getFirst();
        leasesRunOut();
        renew(old);
        assertEquals(List.of(), lease());
        leasesRunOut();
        var next = lease().getFirst();
        leasesRunOut();
        renew(old);
        var third = lease().getFirst();
        assertNotEquals(next.leaseToken(), third.leaseToken());
    }

    private boolean held(Outbox.Leased row) {
        return virtually(() -> Outbox.held(desk.database.sql(), row));
    }

    private void renew(Outbox.Leased row) {
        virtually(() -> {
            desk.outbox.renew(List.of(row.leaseToken()));
            return null;
        });
    }

    @Test
    void anUnknownOutcomeIsAskedAboutBeforeTheNextAttempt() {
        put(effect("a", "a1", null), effect("a", "a2", null));
        record(lease().getFirst(), new Delivery.Unknown("timeout"));
        assertEquals("uncertain", state("a1"));
        assertEquals(List.of(), lease(), "it waits for its time, and its lane with it");
        virtually(() -> desk.database.sql().execute("update outbox set next_at = now() where state = 'uncertain'"));
        var again = lease();
        assertEquals(List.of("a1"), keys(again));
        assertTrue(again.getFirst().uncertain());
        assertEquals(2, virtually(() -> desk.database.sql().value(Long.class, "select count(*) from outbox_attempt"))
                .orElse(0L));
    }

    @Test
    void theSameIdempotencyKeyIsOneEffect() {
        put(effect("a", "once", null));
        put(effect("a", "once", null), effect("a", "twice", null));
        assertEquals(2, virtually(() -> desk.database.sql().value(Long.class, "select count(*) from outbox"))
                .orElse(0L));
    }

    @Test
    void theBackOffDoublesFromOneSecondToTwoHoursAndAddsAtMostAQuarter() {
        for (int attempts = 0; attempts <= 60; attempts++) {
            double base = Math.min(7200, Math.pow(2, Math.max(0, attempts - 1)));
            for (int i = 0; i < 50; i++) {
                double seconds = Outbox.backOffSeconds(attempts);
                assertTrue(seconds >= base && seconds <= base * 1.25, attempts + ": " + seconds);
            }
        }
    }

    @Test
    void afterTheLastAttemptARowIsGivenUp() {
        put(effect("a", "a1", null));
        for (int allowed : List.of(Outbox.ATTEMPTS_MAX - 1, Outbox.ATTEMPTS_MAX)) {
            virtually(() -> desk.database.sql().execute("update outbox set attempts = $1, next_at = now()",
                    allowed - 1));
            var row = lease().getFirst();
            assertEquals(allowed, row.attempts());
            record(row, new Delivery.RetryLater("busy", Optional.empty()));
            assertEquals(allowed == Outbox.ATTEMPTS_MAX ? "failed" : "pending", state("a1"));
        }
    }

    @Test
    void pastItsDeadlineARowIsNeverLeasedButDroppedAndJournalled() {
        put(effect("a", "late", Instant.now().minusSeconds(1)), effect("a", "next", Instant.now().plusSeconds(600)));
        assertEquals(List.of(), lease());
        assertTrue(virtually(() -> new Deliveries(desk.database, desk.journal, desk.outbox).expire()));
        assertEquals("expired", state("late"));
        assertEquals(List.of("next"), keys(lease()));
        assertEquals(1, virtually(() -> desk.database.sql().value(Long.class,
                "select count(*) from journal where kind = 'delivery.expired'")).orElse(0L));
        assertFalse(virtually(() -> new Deliveries(desk.database, desk.journal, desk.outbox).expire()));
    }

    @Test
    void whatFailedCanBeSentAgainAndWhatIsTooLateCannot() {
        put(effect("a", "a1", null), effect("b", "late", Instant.now().minusSeconds(1)));
        var row = lease().getFirst();
        record(row, new Delivery.Refused("x", "y"));
        virtually(() -> new Deliveries(desk.database, desk.journal, desk.outbox).expire());
        assertTrue(retry(row.id()));
        assertEquals("pending", state("a1"));
        assertFalse(retry(row.id() + 1));
    }

    @Test
    void manyWorkersTakeEachRowOnceAndNeverTwoOfALane() throws Exception {
        int lanes = 5;
        int each = 8;
        put(IntStream.range(0, lanes * each).mapToObj(i -> effect("lane" + i % lanes, "k" + i, null))
                .toArray(Effect[]::new));
        var inFlight = new ConcurrentHashMap<String, AtomicInteger>();
        var order = new ConcurrentHashMap<String, List<String>>();
        var done = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var workers = IntStream.range(0, 6).mapToObj(_ -> threads.submit(() -> {
                while (done.get() < lanes * each) {
                    for (var row : desk.outbox.lease(SMS, 3)) {
                        var many = inFlight.computeIfAbsent(row.lane(), _ -> new AtomicInteger()).incrementAndGet();
                        assertEquals(1, many, "two in flight in " + row.lane());
                        order.computeIfAbsent(row.lane(), _ -> new ArrayList<>()).add(row.idempotencyKey());
                        inFlight.get(row.lane()).decrementAndGet();
                        boolean ours = desk.database.transaction(tx -> desk.outbox.record(tx, row, ACCEPTED));
                        assertTrue(ours);
                        done.incrementAndGet();
                    }
                }
                return null;
            })).toList();
            for (var worker : workers) worker.get();
        }
        for (int lane = 0; lane < lanes; lane++) {
            int of = lane;
            assertEquals(IntStream.range(0, each).mapToObj(i -> "k" + (i * lanes + of)).toList(),
                    order.get("lane" + lane));
        }
    }

    /// As if all that is written had been written before the clock was turned back so far.
    private void turnBack(String by) {
        virtually(() -> desk.database.sql().execute("update outbox set next_at = next_at + $1::text::interval, "
                + "waits_from = waits_from + $1::text::interval, created_at = created_at + $1::text::interval, "
                + "lease_until = lease_until + $1::text::interval", by));
    }

    @Test
    @Tag("R10")
    void whatWaitsLeavesThoughTheClockWasTurnedBack() {
        for (var by : List.of("1 hour", "5 minutes", "1 year")) {
            put(effect("put" + by, "put" + by, null), effect("again" + by, "again" + by, null));
            var again = lease().get(1);
            record(again, new Delivery.RetryLater("busy", Optional.of(Duration.ofHours(2))));
            assertEquals(List.of(), keys(lease()), "in its time");
            virtually(() -> desk.database.sql().execute("update outbox set state = 'pending', lease_until = null "
                    + "where idempotency_key = $1", "put" + by));
            turnBack(by);
            var late = lease();
            assertEquals(List.of("put" + by, "again" + by), keys(late));
            late.forEach(row -> assertTrue(record(row, ACCEPTED)));
        }
    }

    @Test
    @Tag("R10")
    void aWaitThatIsMeantLastsWhenTheClockIsSetRightByALittle() {
        put(effect("a", "a1", null));
        record(lease().getFirst(), new Delivery.RetryLater("busy", Optional.of(Duration.ofMinutes(1))));
        turnBack("0.5 seconds");
        assertEquals(List.of(), keys(lease()));
    }

    @Test
    @Tag("R10")
    void aLeaseFromBeforeTheClockWasTurnedBackIsWorthNothingUntilItIsRenewed() {
        put(effect("a", "a1", null), effect("b", "b1", null));
        var rows = lease();
        turnBack("1 hour");
        assertFalse(held(rows.get(0)), "it may be somebody else's at any moment");
        renew(rows.get(1));
        assertTrue(held(rows.get(1)));
        var next = lease();
        assertEquals(List.of("a1"), keys(next), "whose holder is alive has renewed it");
        assertTrue(next.getFirst().uncertain(), "the provider is asked before it is told again");
        assertFalse(record(rows.get(0), ACCEPTED));
        assertTrue(record(next.getFirst(), ACCEPTED));
        assertTrue(record(rows.get(1), ACCEPTED));
    }

    @Test
    @Tag("R10")
    void afterTheClockWasTurnedNothingIsTakenFromAHolderWhoHadNoTimeToRenew() {
        var turned = new AtomicLong();
        var outbox = new Outbox(desk.database, new ClockWatch(Duration.ofSeconds(1),
                () -> System.nanoTime() + turned.get()));
        put(effect("a", "a1", null));
        var held = virtually(() -> outbox.lease(SMS, 100)).getFirst();
        leasesRunOut(); // by a clock that was put forward
        turned.set(-Duration.ofHours(1).toNanos());
        put(effect("b", "b1", null));
        assertEquals(List.of("b1"), keys(virtually(() -> outbox.lease(SMS, 100))), "and all else goes on");
        assertEquals(List.of(), virtually(() -> outbox.lease(SMS, 100)));
        renew(held);
        assertTrue(held(held));
        leasesRunOut();
        var taken = new ArrayList<Outbox.Leased>();
        until(() -> taken.addAll(virtually(() -> outbox.lease(SMS, 100))));
        assertEquals(List.of("a1", "b1"), keys(taken), "once the clock has been steady for long enough");
    }
}
