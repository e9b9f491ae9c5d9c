package switchboard.ticketing.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static switchboard.ticketing.Desk.sms;
import static switchboard.ticketing.Desk.virtually;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import switchboard.ticketing.Desk;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.conversation.MessageStatus;
import switchboard.ticketing.outbox.Delivery;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeliveriesTest {
    private Desk desk;
    private UUID agent;
    private UUID ticket;
    private Deliveries deliveries;

    @BeforeAll
    void open() {
        desk = new Desk();
        agent = desk.agent("Ada", "available");
        ticket = desk.receive(sms("+14155550001", "hello")).getFirst().ticketId();
        deliveries = new Deliveries(desk.database, desk.journal, desk.outbox);
    }

    @AfterAll
    void close() {
        desk.close();
    }

    private UUID message() {
        virtually(() -> desk.database.sql().execute("update outbox set state = 'sent' where state <> 'sent'"));
        return virtually(() -> desk.replies.send(Where.ALL, agent, ticket, Replies.Draft.of("a"), null)).id();
    }

    private String status(UUID message) {
        return virtually(() -> desk.database.sql().value(String.class, "select status from message where id = $1",
                message))
                .orElseThrow();
    }

    private String after(List<String> reports) {
        var message = message();
        virtually(() -> {
            for (var report : reports) {
                // A report comes twice at times.
                for (int i = 0; i < 2; i++) {
                    desk.database.run(tx -> MessageStatus.advance(tx, desk.journal, message, report, "",
                            Instant.now()));
                }
            }
            return null;
        });
        return status(message);
    }

    private static List<List<String>> permutations(List<String> words) {
        if (words.isEmpty()) return List.of(List.of());
        var all = new ArrayList<List<String>>();
        for (var first : words) {
            var rest = new ArrayList<>(words);
            rest.remove(first);
            for (var tail : permutations(rest)) {
                var one = new ArrayList<>(List.of(first));
                one.addAll(tail);
                all.add(one);
            }
        }
        return all;
    }

    @Test
    void reportsInAnyOrderEndInTheSameStatus() {
        for (var reports : List.of(List.of("queued", "sending", "sent", "delivered"),
                List.of("uncertain", "sending", "sent"), List.of("sent", "failed", "delivered"),
                List.of("failed", "undelivered"), List.of("bounced", "delivered", "read"),
                List.of("uncertain", "failed", "sent"))) {
            var ends = new HashSet<String>();
            for (var order : permutations(reports)) ends.add(after(order));
            assertEquals(1, ends.size(), reports + " ended as " + ends);
        }
    }

    @Test
    void everyTwoReportsAgreeWhicheverComesFirst() {
        var words = MessageStatus.RANKS.keySet().stream().sorted().toList();
        for (var one : words) {
            for (var other : words) {
                if (one.compareTo(other) < 0) {
                    assertEquals(after(List.of(one, other)), after(List.of(other, one)), one + " and " + other);
                }
            }
        }
    }

    @Test
    void deliveredSentQueuedReversedEndsAsDeliveredAndEachStepIsToldOnce() {
        assertEquals("delivered", after(List.of("delivered", "sent", "queued")));
        var message = message();
        virtually(() -> {
            for (int i = 0; i < 10; i++) {
                desk.database.run(tx -> MessageStatus.advance(tx, desk.journal, message, "sent", "", Instant.now()));
            }
            return null;
        });
        assertEquals(1, count("select count(*) from delivery_step where message_id = $1", message));
        assertEquals(1, count("select count(*) from journal where kind = 'message.status' and message_id = $1",
                message));
    }

    private long count(String sql, UUID message) {
        return virtually(() -> desk.database.sql().value(Long.class, sql, message)).orElse(0L);
    }

    private void attempt(UUID message, Delivery delivery) {
        virtually(() -> {
            desk.database.sql().execute("update outbox set next_at = now() - interval '1 second' where message_id = $1",
                    message);
            for (var row : desk.outbox.lease(Set.of("sms"), 10)) deliveries.record(row, delivery);
            return null;
        });
    }

    @Test
    void eachOutcomeIsSaidOnTheMessage() {
        var message = message();
        attempt(message, new Delivery.RetryLater("busy", Optional.empty()));
        assertEquals("queued", status(message));
        attempt(message, new Delivery.Unknown("timeout"));
        assertEquals("uncertain", status(message));
        attempt(message, new Delivery.Accepted("SM77", "sent"));
        assertEquals("sent", status(message));
        assertEquals(1, count("select count(*) from message where id = $1 and provider_id = 'SM77'", message));
        var refused = message();
        attempt(refused, new Delivery.Refused("21610", "stopped"));
        assertEquals("failed", status(refused));
        assertEquals(1, count("select count(*) from journal where kind = 'delivery.failed' and message_id = $1",
                refused));
    }

    @Test
    void whatIsTooLateIsSaidOnTheMessageToo() {
        var message = message();
        virtually(() -> desk.database.sql().execute("update outbox set deadline = now() - interval '1 second' "
                + "where message_id = $1", message));
        virtually(deliveries::expire);
        assertEquals("failed", status(message));
        assertEquals(1, count("select count(*) from journal where kind = 'delivery.expired' and message_id = $1",
                message));
    }

    private void tries(UUID message, int attempts) {
        virtually(() -> desk.database.sql().execute("update outbox set attempts = $2 where message_id = $1", message,
                attempts));
    }

    private String state(UUID message) {
        return virtually(() -> desk.database.sql().value(String.class,
                "select state from outbox where message_id = $1 order by id desc limit 1", message)).orElseThrow();
    }

    @Test
    void whatIsGivenUpIsSaidOnTheMessage() {
        var message = message();
        tries(message, 39);
        attempt(message, new Delivery.RetryLater("busy", Optional.empty()));
        assertEquals("failed", state(message));
        assertEquals("failed", status(message));
        assertEquals(1, count("select count(*) from journal where kind = 'delivery.failed' and message_id = $1",
                message));
        assertEquals(1, count("select count(*) from message where id = $1 and status_detail = 'given up: busy'",
                message));
    }

    @Test
    void aProviderThatCannotBeAskedHoldsItsLaneOnlySoLong() {
        var message = message();
        for (int i = 1; i < 16; i++) {
            attempt(message, new Delivery.Unknown("no word"));
            assertEquals("uncertain", state(message), "attempt " + i);
        }
        attempt(message, new Delivery.Unknown("no word"));
        assertEquals("failed", state(message));
        assertEquals("failed", status(message));
        assertEquals(1, count("select count(*) from message where id = $1 and status_detail like '%may have arrived%'",
                message));
    }

    @Test
    void whatIsSentAgainAfterItFailedEndsAsSentAndCanFailAgain() {
        var message = message();
        attempt(message, new Delivery.Refused("550", "no"));
        assertEquals("failed", status(message));
        var row = count("select id from outbox where message_id = $1", message);
        assertEquals(Boolean.TRUE, virtually(() -> deliveries.retry(row)));
        assertEquals("queued", status(message));
        attempt(message, new Delivery.Accepted("SM78", "sent"));
        assertEquals("sent", status(message));
        assertEquals(Boolean.FALSE, virtually(() -> deliveries.retry(row)), "it has left");
        assertEquals("sent", status(message));
    }
}
