package switchboard.channels.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.sms;
import static switchboard.ticketing.Desk.until;
import static switchboard.ticketing.Desk.virtually;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import switchboard.channels.Channel;
import switchboard.ticketing.Desk;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.intake.Received;
import switchboard.ticketing.outbox.Delivery;
import switchboard.ticketing.outbox.Effect;
import switchboard.ticketing.outbox.Outbox;
import switchboard.ticketing.people.Address;
import switchboard.ticketing.reply.Card;
import switchboard.ticketing.reply.Deliveries;
import switchboard.ticketing.reply.Replies;

class OutboxWorkerTest {
    private final Desk desk = new Desk();
    private final Carrier carrier = new Carrier();
    private final OutboxWorker worker = new OutboxWorker(desk.outbox,
            new Deliveries(desk.database, desk.journal, desk.outbox), List.of(carrier));

    @AfterEach
    void close() {
        virtually(() -> {
            worker.close();
            return null;
        });
        desk.close();
    }

    /// A provider that can be asked what it has: an uncertain row is looked up, and sent only when it is not there.
    private static final class Carrier implements Channel {
        final List<String> tries = Collections.synchronizedList(new ArrayList<>());
        final List<String> has = Collections.synchronizedList(new ArrayList<>());
        private final Map<String, Queue<Supplier<Delivery>>> script = new ConcurrentHashMap<>();

        void next(String key, Supplier<Delivery> ending) {
            script.computeIfAbsent(key, _ -> new ConcurrentLinkedQueue<>()).add(ending);
        }

        @Override
        public String name() {
            return "sms";
        }

        @Override
        public int cost() {
            return 15;
        }

        @Override
        public Card card() {
            return Card.sending("sms", Address.PHONE);
        }

        @Override
        public Set<String> doors() {
            return Set.of();
        }

        @Override
        public List<Received> decode(Inbox.Raw row) {
            throw new AssertionError("nothing arrives here");
        }

        @Override
        public Delivery deliver(Outbox.Leased row) {
            var key = row.payload().path("text").asText();
            tries.add(key + (row.uncertain() ? "?" : ""));
            if (row.uncertain() && has.contains(key)) return new Delivery.Accepted("SM-" + key, "sent");
            var ending = script.getOrDefault(key, new ConcurrentLinkedQueue<>()).poll();
            if (ending != null) return ending.get();
            return take(key);
        }

        Delivery take(String key) {
            has.add(key);
            return new Delivery.Accepted("SM-" + key, "sent");
        }
    }

    private void put(String lane, Instant deadline, String... texts) {
        virtually(() -> {
            desk.database.run(tx -> desk.outbox.put(tx, Arrays.stream(texts).map(text -> new Effect("sms", lane, text,
                    Map.of("text", text), null, null, null, Instant.now(), deadline)).toList()));
            desk.outbox.committed();
            return null;
        });
    }

    /// An agent's answer by SMS, due at once.
    private UUID reply(String text) {
        var ticket = desk.receive(sms("+14155550001", "hello")).getFirst().ticketId();
        return virtually(() -> {
            desk.database.sql().execute("insert into phone_number (id, number, name) values ($1, '+15005550006', "
                    + "'Main') on conflict do nothing", UUID.randomUUID());
            var draft = new Replies.Draft(text, null, null, null, null, null, null, null, null, 0);
            var id = desk.replies.send(Where.ALL, desk.agent("Ada", "available"), ticket, draft, null).id();
            desk.database.sql().execute("update outbox set next_at = now() - interval '1 second'");
            return id;
        });
    }

    private <T> T value(Class<T> type, String sql, Object... args) {
        return virtually(() -> desk.database.sql().value(type, sql, args)).orElseThrow();
    }

    private String state(String text) {
        return value(String.class, "select state from outbox where payload ->> 'text' = $1", text);
    }

    private String status(UUID message) {
        return value(String.class, "select status from message where id = $1", message);
    }

    private void due() {
        virtually(() -> desk.database.sql().execute("update outbox set next_at = now() where state in "
                + "('pending', 'uncertain')"));
        virtually(() -> {
            desk.outbox.committed();
            return null;
        });
    }

    private List<String> triesOf(String start) {
        return carrier.tries.stream().filter(one -> one.startsWith(start)).toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    @Test
    void aLaneLeavesInOrderAndWaitsForItsHeadWhileOthersLeave() {
        var held = new CountDownLatch(1);
        carrier.next("a1", () -> {
            await(held);
            return new Delivery.RetryLater("busy", Optional.of(Duration.ofMillis(10)));
        });
        put("a", null, "a1", "a2", "a3");
        put("b", null, "b1", "b2");
        worker.start();
        until(() -> triesOf("b").equals(List.of("b1", "b2")) && state("b2").equals("sent"));
        assertEquals(List.of("a1"), triesOf("a"));
        held.countDown();
        until(() -> triesOf("a").size() == 4 && state("a3").equals("sent"));
        assertEquals(List.of("a1", "a1", "a2", "a3"), triesOf("a"));
        assertEquals(List.of("a1", "a2", "a3"), carrier.has.stream().filter(one -> one.startsWith("a")).toList());
    }

    @Test
    void whatIsTooLateNeverLeavesAndIsSaidAndJournalled() {
        var message = reply("too late");
        virtually(() -> desk.database.sql().execute("update outbox set deadline = now() - interval '1 second'"));
        put("other", null, "in time");
        worker.start();
        until(() -> state("too late").equals("expired") && carrier.has.contains("in time"));
        assertEquals(List.of(), triesOf("too late"));
        assertEquals("failed", status(message));
        assertEquals("too late to send", value(String.class, "select status_detail from message where id = $1",
                message));
        assertEquals(1L, value(Long.class, "select count(*) from journal where kind = 'delivery.expired' "
                + "and message_id = $1", message));
    }

    /// After so many tries.
    private record Pause(long tries, Double seconds, String error) {}

    @Test
    void aRetryComesLaterEachTimeAndEveryAttemptIsWrittenDown() {
        for (int i = 0; i < 3; i++) {
            carrier.next("again", () -> new Delivery.RetryLater("busy", Optional.empty()));
        }
        put("a", null, "again");
        worker.start();
        var seen = new TreeMap<Long, Pause>();
        until(() -> {
            virtually(() -> desk.database.sql().one(Pause.class, """
                    select count(*) as tries, extract(epoch from max(o.next_at) - max(a.ended_at))::float8 as seconds,
                      max(o.last_error) as error
                    from outbox o join outbox_attempt a on a.outbox_id = o.id where o.state = 'pending'
                    having count(*) > 0 and count(*) = count(*) filter (where a.outcome = 'retry')"""))
                    .filter(now -> seen.putIfAbsent(now.tries(), now) == null).ifPresent(_ -> due());
            return state("again").equals("sent");
        });
        assertEquals(Set.of(1L, 2L, 3L), seen.keySet());
        seen.forEach((tries, pause) -> {
            assertTrue(pause.seconds() >= Math.pow(2, tries - 1) - 0.01, pause.toString());
            assertEquals("busy", pause.error());
        });
        assertEquals(List.of("again"), carrier.has);
        assertEquals(4L, value(Long.class, "select count(*) from outbox_attempt where ended_at is not null"));
    }

    @Test
    void afterAnUnknownEndingTheProviderIsAskedBeforeAnythingIsSentAgain() {
        var message = reply("answer lost");
        carrier.next("answer lost", () -> {
            carrier.take("answer lost");
            throw new IllegalStateException("the connection broke while the answer was read");
        });
        worker.start();
        until(() -> status(message).equals("uncertain"));
        due();
        until(() -> status(message).equals("sent"));
        assertEquals(List.of("answer lost", "answer lost?"), carrier.tries);
        assertEquals(List.of("answer lost"), carrier.has, "sent once");
    }

    @Test
    void aLeaseThatIsLostOverADeliveryLeavesTheRowToItsNewHolder() {
        var delivering = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var message = reply("slow");
        carrier.next("slow", () -> {
            delivering.countDown();
            await(goOn);
            return carrier.take("slow");
        });
        worker.start();
        await(delivering);
        // As another process does after this one slept for longer than a lease lasts.
        var other = UUID.randomUUID();
        virtually(() -> desk.database.sql().execute("update outbox set lease_token = $1, "
                + "lease_until = now() + interval '15 seconds'", other));
        goOn.countDown();
        until(() -> value(Long.class, "select count(*) from outbox_attempt where outcome = 'accepted'") == 1);
        assertEquals(other, value(UUID.class, "select lease_token from outbox where state = 'leased'"));
        assertEquals("queued", status(message), "only the holder says how it ended");
        virtually(() -> desk.database.sql().execute("update outbox set lease_until = now() - interval '1 second'"));
        until(() -> status(message).equals("sent"));
        assertEquals(List.of("slow", "slow?"), carrier.tries);
        assertEquals(List.of("slow"), carrier.has, "sent once");
    }

    @Test
    void aLongDeliveryKeepsItsLease() {
        var goOn = new CountDownLatch(1);
        carrier.next("long", () -> {
            await(goOn);
            return carrier.take("long");
        });
        put("a", null, "long");
        worker.start();
        until(() -> state("long").equals("leased"));
        var first = value(Instant.class, "select lease_until from outbox");
        until(() -> value(Instant.class, "select lease_until from outbox").isAfter(first));
        goOn.countDown();
        until(() -> state("long").equals("sent"));
        assertEquals(List.of("long"), carrier.tries);
    }

    @Test
    void aRefusalIsShownOnItsMessageAndNotTriedAgain() {
        var message = reply("no");
        carrier.next("no", () -> new Delivery.Refused("21610", "The customer has stopped texts"));
        worker.start();
        until(() -> status(message).equals("failed"));
        assertEquals("The customer has stopped texts", value(String.class,
                "select status_detail from message where id = $1", message));
        assertEquals(1L, value(Long.class, "select count(*) from journal where kind = 'delivery.failed' "
                + "and message_id = $1", message));
        assertEquals("failed", state("no"));
        due();
        put("other", null, "after");
        until(() -> state("after").equals("sent"));
        assertEquals(List.of("no", "after"), carrier.tries);
    }
}
