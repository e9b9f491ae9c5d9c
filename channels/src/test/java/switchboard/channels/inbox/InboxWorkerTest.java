package switchboard.channels.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.mail;
import static switchboard.ticketing.Desk.until;
import static switchboard.ticketing.Desk.virtually;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.channels.Channel;
import switchboard.ticketing.Desk;
import switchboard.ticketing.intake.Arrival;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.intake.Received;
import switchboard.ticketing.outbox.Delivery;
import switchboard.ticketing.outbox.Outbox;
import switchboard.ticketing.people.Address;
import switchboard.ticketing.reply.Card;

class InboxWorkerTest {
    private final Desk desk = new Desk();
    private final Words words = new Words();
    private final InboxWorker worker = worker();

    private InboxWorker worker() {
        return new InboxWorker(desk.database, desk.inbox, desk.intake, desk.journal, List.of(words));
    }

    @AfterEach
    void close() {
        words.open.countDown();
        virtually(() -> {
            worker.close();
            return null;
        });
        desk.close();
    }

    /// Every row is a text; some words break it.
    private static final class Words implements Channel {
        final Map<String, Integer> tries = new ConcurrentHashMap<>();
        final CountDownLatch open = new CountDownLatch(1);
        volatile boolean cured;

        @Override
        public String name() {
            return "email";
        }

        @Override
        public int cost() {
            return 10;
        }

        @Override
        public Card card() {
            return Card.sending("email", Address.EMAIL);
        }

        @Override
        public Set<String> doors() {
            return Set.of("words");
        }

        @Override
        public List<Received> decode(Inbox.Raw row) {
            var text = new String(row.raw(), StandardCharsets.UTF_8);
            tries.merge(text, 1, Integer::sum);
            if (text.equals("f150")) await(open);
            if (text.startsWith("never")) throw new Undecodable("no words");
            if (text.startsWith("poison") && !cured) throw new IllegalStateException("poison");
            // Fails in the database, after its neighbours of the batch were written.
            if (text.startsWith("late")) {
                return List.of(mail("late@x.test", "S", text, null), new Received.Status(
                        new Received.Origin(row.id(), row.receivedAt()), "id", "no-uuid", "sent", "",
                        row.receivedAt(), java.util.Optional.empty()));
            }
            if (text.equals("early")) {
                return List.of(new Received.Status(new Received.Origin(row.id(), row.receivedAt()), "provider", "soon",
                        "sent", "", row.receivedAt(), java.util.Optional.empty()));
            }
            return List.of(mail(row.lane() + "@x.test", "S", text, text + "@x.test", row.lane() + "@thread.test"));
        }

        private static void await(CountDownLatch open) {
            try {
                open.await();
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
        }

        @Override
        public Delivery deliver(Outbox.Leased row) {
            throw new AssertionError("nothing leaves here");
        }
    }

    private void put(String lane, String... texts) {
        virtually(() -> {
            for (var text : texts) {
                desk.inbox.put(new Arrival("words", lane, text, Map.of(), text.getBytes(StandardCharsets.UTF_8)));
            }
            return null;
        });
    }

    private long count(String sql) {
        return virtually(() -> desk.database.sql().value(Long.class, sql)).orElse(0L);
    }

    private List<String> texts(String lane) {
        return virtually(() -> desk.database.sql().column(String.class,
                "select m.text from message m join journal j on j.message_id = m.id where m.sender = $1 order by j.id",
                lane + "@x.test"));
    }

    private String state(String key) {
        return virtually(() -> desk.database.sql().value(String.class, "select state from inbox where key = $1", key))
                .orElse("none");
    }

    /// Without the pauses between tries: each next one is due at once.
    private void untilTried(BooleanSupplier condition) {
        until(() -> {
            if (condition.getAsBoolean()) return true;
            for (var lane : virtually(() -> desk.database.sql().column(String.class, "update inbox set next_at = now() "
                    + "where state = 'new' and next_at > now() returning lane"))) {
                desk.inbox.arrived(lane);
            }
            return false;
        });
    }

    @Test
    void aPoisonedRowIsTriedThreeTimesThenPutAsideWhileOtherLanesGoOn() {
        put("a", "a1", "poison", "a3");
        put("b", "b1", "b2");
        worker.start();
        until(() -> texts("b").size() == 2);
        untilTried(() -> state("poison").equals("quarantined"));
        until(() -> texts("a").size() == 2);
        assertEquals(List.of("a1", "a3"), texts("a"));
        assertEquals(3, count("select attempts from inbox where key = 'poison'"));
        words.cured = true;
        long id = count("select id from inbox where key = 'poison'");
        assertTrue(virtually(() -> desk.inbox.replay(id)));
        until(() -> state("poison").equals("done"));
        assertEquals(List.of("a1", "a3", "poison"), texts("a"));
        assertFalse(virtually(() -> desk.inbox.replay(id)));
    }

    @Test
    void manySmallLanesAreWorkedTogetherEachInOrderAndOneBadRowHoldsUpOnlyItsOwn() {
        for (int lane = 0; lane < 30; lane++) {
            put("l" + lane, lane + "a", lane == 7 ? "poison" : lane + "b", lane + "c");
        }
        worker.start();
        untilTried(() -> count("select count(*) from message") == 89);
        for (int lane = 0; lane < 30; lane++) {
            var rest = lane == 7 ? List.of("7a", "7c") : List.of(lane + "a", lane + "b", lane + "c");
            assertEquals(rest, texts("l" + lane));
        }
        assertEquals("quarantined", state("poison"));
        assertTrue(count("select count(distinct done_at) from inbox where state = 'done'") < 60, "in few transactions");
    }

    /// Whatever lanes are worked together, and however many there are.
    @Test
    void aFloodInOneLaneDelaysNoOther() {
        flood("f", 900);
        for (int lane = 0; lane < 30; lane++) put("l" + lane, "calm" + lane);
        worker.start();
        until(() -> count("select count(*) from inbox where lane <> 'f' and state = 'done'") == 30);
        assertTrue(count("select count(*) from inbox where lane = 'f' and state = 'new'") >= 750, "most of it waits");
        words.open.countDown();
        until(() -> count("select count(*) from inbox where state = 'done'") == 930);
        assertEquals(IntStream.range(0, 900).mapToObj(i -> "f" + i).toList(), texts("f"), "in its order");
    }

    /// They go on without a pause, and still make room for what has little.
    @Test
    void floodsInMoreLanesThanAreWorkedAtOnceDelayNoOther() {
        for (int lane = 0; lane < 8; lane++) flood("g" + lane, 900);
        worker.start();
        until(() -> count("select count(*) from inbox where state = 'done'") > 0);
        for (int lane = 0; lane < 30; lane++) put("l" + lane, "calm" + lane);
        until(() -> count("select count(*) from inbox where lane like 'l%' and state = 'done'") == 30);
        until(() -> count("select count(*) from inbox where state = 'done'") == 7230);
        long before = count("""
                select max(beside) from inbox calm cross join lateral (select count(*) beside from inbox flood
                  where flood.lane like 'g%' and flood.done_at between calm.received_at and calm.done_at) x
                where calm.lane like 'l%'""");
        assertTrue(before < 3600, before + " of the floods were done while one of the others waited");
        for (int lane = 0; lane < 8; lane++) {
            var name = "g" + lane;
            assertEquals(IntStream.range(0, 900).mapToObj(i -> name + i).toList(), texts(name), "in its order");
        }
    }

    @Test
    void whatAnEarlierRunLeftIsFoundBehindMoreLanesThanAreLookedAtAtOnce() {
        virtually(() -> desk.database.transaction(tx -> desk.inbox.put(tx, IntStream.range(0, 200)
                .mapToObj(i -> new Arrival("words", (i < 70 ? "a" : "z") + i, "w" + i, Map.of(),
                        ("w" + i).getBytes(StandardCharsets.UTF_8))).toList())));
        virtually(() -> desk.database.transaction(tx -> {
            // Another process works on the first of them.
            tx.query("select pg_advisory_xact_lock(hashtextextended('a' || i, 7)) from generate_series(0, 69) i");
            worker.start();
            until(() -> count("select count(*) from inbox where state = 'done'") == 130);
            return null;
        }));
        until(() -> count("select count(*) from inbox where state = 'done'") == 200);
    }

    private void flood(String lane, int rows) {
        virtually(() -> desk.database.transaction(tx -> desk.inbox.put(tx, IntStream.range(0, rows)
                .mapToObj(i -> new Arrival("words", lane, lane + i, Map.of(),
                        (lane + i).getBytes(StandardCharsets.UTF_8))).toList())));
        desk.inbox.arrived(lane);
    }

    @Test
    void whatCanNeverBeReadIsPutAsideAtOnceAndHoldsNothingUp() {
        put("a", "never", "a2");
        put("unknown", "u1");
        virtually(() -> desk.inbox.put(new Arrival("no-such-door", "c", "k", Map.of(), new byte[0])));
        worker.start();
        until(() -> texts("a").size() == 1 && state("k").equals("quarantined"));
        assertEquals("quarantined", state("never"));
        assertEquals(1, count("select attempts from inbox where key = 'never'"));
    }

    @Test
    void aRowWhoseTransactionFailsLeavesNothing() {
        put("a", "a1", "late", "a3");
        worker.start();
        untilTried(() -> state("late").equals("quarantined") && texts("a").size() == 2);
        assertEquals(0, count("select count(*) from message where text = 'late'"));
        assertEquals(0, count("select count(*) from customer c join identity i on i.customer_id = c.id "
                + "where i.value = 'late@x.test'"));
        assertEquals(2, count("select count(*) from journal where kind = 'message.received'"));
    }

    @Test
    void aReportThatOvertookItsMessageWaitsForItHoweverOften() {
        put("a", "early");
        put("b", "b1");
        worker.start();
        untilTried(() -> words.tries.getOrDefault("early", 0) > 4);
        assertEquals("new", state("early"));
        assertEquals(0, count("select attempts from inbox where key = 'early'"));
        virtually(() -> desk.database.sql().execute("update message set provider_id = 'soon' where text = 'b1'"));
        until(() -> state("early").equals("done"));
    }

    @Test
    void twoWorkersOnOneLaneDoEachRowOnceAndInOrder() {
        var expected = IntStream.range(0, 250).mapToObj(i -> "w" + i).toList();
        try (var second = worker().start()) {
            worker.start();
            put("a", expected.toArray(String[]::new));
            until(() -> count("select count(*) from inbox where state = 'done'") == expected.size());
            assertEquals(expected, texts("a"));
            assertEquals(0, count("select count(*) from inbox where attempts > 0"));
        }
    }

    @Test
    @Tag("R10")
    void whatCameBeforeTheClockWasTurnedBackIsWorkedAtOnce() {
        for (int lane = 0; lane < 30; lane++) put("l" + lane, lane + "a", lane + "b");
        virtually(() -> desk.database.sql().execute("update inbox set next_at = next_at + interval '1 hour'"));
        worker.start();
        until(() -> count("select count(*) from inbox where state = 'done'") == 60);
        for (int lane = 0; lane < 30; lane++) assertEquals(List.of(lane + "a", lane + "b"), texts("l" + lane));
    }
}
