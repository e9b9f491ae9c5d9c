package switchboard.ticketing.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.mail;
import static switchboard.ticketing.Desk.virtually;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import switchboard.ticketing.Desk;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.conversation.Blobs;
import switchboard.ticketing.conversation.Timeline;
import switchboard.ticketing.intake.Intake;
import switchboard.ticketing.reply.Forwarding.Forward;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForwardingTest {
    private Desk desk;
    private UUID agent;
    private int count;

    @BeforeAll
    void open() {
        desk = new Desk();
        agent = desk.agent("Ada", "available");
        virtually(() -> desk.database.sql().execute("insert into mailbox (id, name, address) values ($1, 'Support', "
                + "'support@desk.test')", UUID.randomUUID()));
    }

    @AfterAll
    void close() {
        desk.close();
    }

    private Intake.Placed written() {
        int n = ++count;
        return desk.receive(mail("f" + n + "@x.test", "Lamp " + n, "It is broken", "fw" + n + "@x.test")).getFirst();
    }

    private Replies.Sent forward(UUID ticket, Forward wanted, String key) {
        return virtually(() -> desk.forwarding.forward(Where.ALL, agent, ticket, wanted, key));
    }

    private <T> T value(Class<T> type, String sql, Object... arguments) {
        return virtually(() -> desk.database.sql().value(type, sql, arguments).orElseThrow());
    }

    private void file(UUID message) {
        virtually(() -> desk.database.transaction(tx -> {
            var sha = Blobs.store(tx, List.of("a picture".getBytes())).getFirst();
            return tx.execute("""
                    insert into attachment (id, message_id, position, name, type, size_bytes, sha256)
                    values ($1, $2, 1, 'lamp.png', 'image/png', 9, $3)""", Ids.next(), message, sha);
        }));
    }

    @Test
    void aMessageGoesOnWithItsFilesByTheTicketsMailboxAndTheTicketStandsAsItStood() {
        var placed = written();
        file(placed.messageId());
        var before = desk.ticket(placed.ticketId());
        var wanted = new Forward(List.of("workshop@MAKER.test"), "Can you mend it?", placed.messageId());
        var sent = forward(placed.ticketId(), wanted, "once");
        assertEquals(sent.id(), forward(placed.ticketId(), wanted, "once").id(), "a repeat sends nothing again");
        assertEquals(1L, value(Long.class, "select count(*) from outbox where message_id = $1", sent.id()));

        var effect = Json.read(value(String.class, "select payload::text from outbox where message_id = $1",
                sent.id()), Outgoing.class);
        assertEquals("support@desk.test", effect.from());
        assertEquals(List.of("workshop@maker.test"), effect.to());
        assertEquals("Fwd: Lamp " + count, effect.subject());
        assertEquals("Can you mend it?", effect.text());
        assertTrue(effect.quoted().contains("From: ") && effect.quoted().endsWith("It is broken"), effect.quoted());
        assertEquals("lamp.png", effect.files().getFirst().name());

        desk.settle();
        var items = virtually(() -> desk.timeline.ofTicket(placed.ticketId(), Timeline.Query.ALL)).items();
        var item = items.getLast();
        assertEquals(sent.id().toString(), item.id());
        assertEquals("forward", item.kind());
        assertEquals("Can you mend it?", item.visibleText());
        assertEquals("lamp.png", item.attachments().getFirst().name());
        var original = items.stream().filter(one -> one.id().equals(placed.messageId().toString())).findFirst();
        assertNotEquals(original.orElseThrow().attachments().getFirst().id(), item.attachments().getFirst().id());
        var after = desk.ticket(placed.ticketId());
        assertEquals(before.status(), after.status());
        assertEquals(before.waitingSince(), after.waitingSince(), "the customer still waits");
        assertEquals(List.of(item), virtually(() -> desk.timeline.ofMessages(List.of(sent.id()))));
    }

    @Test
    void theAnswerToWhatWasForwardedComesToTheTicket() {
        var placed = written();
        var sent = forward(placed.ticketId(), new Forward(List.of("m@maker.test"), "", placed.messageId()), null);
        var rfcId = value(String.class, "select rfc_id from message where id = $1", sent.id());
        var answer = desk.receive(mail("m@maker.test", "Re: Fwd: Lamp", "Yes, we can", "an" + count + "@maker.test",
                rfcId)).getFirst();
        assertEquals(placed.ticketId(), answer.ticketId());
    }

    @Test
    void whatCannotBeForwardedIsRefusedAndLeavesNothing() {
        var placed = written();
        var other = written();
        long before = value(Long.class, "select count(*) from outbox");
        for (var wrong : List.of(new Forward(List.of(), "x", placed.messageId()),
                new Forward(List.of("no address"), "x", placed.messageId()),
                new Forward(List.of("a@b.test"), "x", null))) {
            assertThrows(Failure.Invalid.class, () -> forward(placed.ticketId(), wrong, null), wrong.toString());
        }
        assertThrows(Failure.NotFound.class, () -> forward(placed.ticketId(),
                new Forward(List.of("a@b.test"), "x", other.messageId()), null), "a message of another ticket");
        assertThrows(Failure.NotFound.class, () -> virtually(() -> desk.forwarding.forward(Where.of("false"), agent,
                placed.ticketId(), new Forward(List.of("a@b.test"), "x", placed.messageId()), null)));
        virtually(() -> desk.database.sql().execute("insert into consent (channel, address, our_address, allowed, "
                + "source) values ('email', 'out@b.test', 'support@desk.test', false, 'test')"));
        assertThrows(Failure.Conflict.class, () -> forward(placed.ticketId(),
                new Forward(List.of("out@b.test"), "x", placed.messageId()), null));
        assertEquals(before, value(Long.class, "select count(*) from outbox"));
    }
}
