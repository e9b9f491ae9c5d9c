package switchboard.ticketing.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static switchboard.ticketing.Desk.sms;
import static switchboard.ticketing.Desk.until;
import static switchboard.ticketing.Desk.virtually;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.Desk;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.call.Calls;
import switchboard.ticketing.intake.Received;

class RoutingOfCallsTest {
    private static final AtomicInteger NUMBERS = new AtomicInteger(1000);

    private static Received.Message phone(String from) {
        var sms = sms(from, "a call");
        return new Received.Message(sms.origin(), "phone", sms.ourAddress(), sms.at(), sms.kind(), false, sms.sender(),
                sms.proofs(), sms.window(), sms.content(), sms.files(), sms.keys(), sms.flags(), sms.team(),
                sms.callId(), sms.messageId());
    }

    /// A call in this state, with its ticket, which is queued only when the call is.
    private static UUID call(Desk desk, String state, UUID agent) {
        return virtually(() -> desk.database.transaction(tx -> {
            var placed = desk.intake.receive(tx, List.of(phone("+1555012" + NUMBERS.incrementAndGet())))
                    .getFirst();
            tx.execute("""
                    insert into call (id, direction, state, customer_id, number, our_number, agent_id, ticket_id,
                      message_id, enqueued_at) values ($1, 'inbound', $2, $3, '+15550120001', '+15005550006', $4, $5,
                      $6, now())""", Ids.next(), state, placed.customerId(), agent, placed.ticketId(),
                    placed.messageId());
            if (agent != null) {
                tx.execute("update ticket set assignee_id = $2, status = 'pending', queued_at = null where id = $1",
                        placed.ticketId(), agent);
            }
            return placed.ticketId();
        }));
    }

    private static UUID agent(Desk desk, String name, String phone) {
        var id = desk.agent(name, "available");
        virtually(() -> desk.database.sql().execute("update agent set phone = $2 where id = $1", id, phone));
        return id;
    }

    private static List<String> reasons(Routing routing, Desk desk, UUID ticket, UUID agent) {
        desk.journal.committed();
        until(() -> !virtually(() -> routing.explain(ticket)).isEmpty());
        return virtually(() -> routing.explain(ticket)).getFirst().candidates().stream()
                .filter(one -> one.agent().id().equals(agent)).findFirst().orElseThrow().reasons();
    }

    @Test
    void whoTalksIsOfferedNoOtherCallWhateverBecameOfTheTicket() {
        for (var state : List.of("ringing-agent", "active", "held", "wrapup")) {
            try (var desk = new Desk(); var routing = desk.routing()) {
                var talking = agent(desk, "Talking", "+15551239001");
                call(desk, state, talking);
                var next = call(desk, "queued", null);
                routing.start();
                assertEquals(List.of("capacity"), reasons(routing, desk, next, talking), state);
                assertNull(desk.ticket(next).assignee());
            }
        }
    }

    @Test
    void whoHasNoTelephoneIsOfferedNoCall() {
        try (var desk = new Desk(); var routing = desk.routing()) {
            var mute = agent(desk, "Mute", null);
            var next = call(desk, "queued", null);
            routing.start();
            assertEquals(List.of("no-phone"), reasons(routing, desk, next, mute));
            var heard = agent(desk, "Heard", "+15551239002");
            until(() -> desk.ticket(next).assignee() != null);
            assertEquals(heard, desk.ticket(next).assignee().id());
        }
    }

    @Test
    void aCallToBeReturnedIsWorkThatCanWaitLikeAMail() {
        try (var desk = new Desk(); var routing = desk.routing()) {
            var agent = agent(desk, "Returns", "+15551239001");
            call(desk, "active", agent);
            var over = call(desk, "ended", null);
            routing.start();
            until(() -> desk.ticket(over).assignee() != null);
            assertEquals(agent, desk.ticket(over).assignee().id());
            assertEquals(0, virtually(() -> routing.explain(over)).getFirst().candidates().getFirst().loadBefore());
        }
    }

    /// Routing holds tickets while it waits for agents; who accepts a call must wait for the ticket first.
    @Test
    void acceptingACallTakesItsTicketBeforeTheAgent() throws Exception {
        try (var desk = new Desk(); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var agent = agent(desk, "Quick", "+15551239001");
            virtually(() -> desk.database.sql().execute("""
                    insert into phone_number (id, number, name) values ($1, $2, $3)""", UUID.randomUUID(),
                    "+15005550006", "Ours, so that its country may be called"));
            var ticket = call(desk, "queued", null);
            var id = virtually(() -> desk.database.sql().value(UUID.class, "select id from call")).orElseThrow();
            var calls = new Calls(desk.database, desk.journal, desk.outbox, desk.intake);
            var accepted = virtually(() -> desk.database.transaction(tx -> {
                tx.query("select 1 from ticket where id = $1 for no key update", ticket);
                var accepting = threads.submit(() -> calls.accept(agent, id));
                until(() -> virtually(() -> desk.database.sql().exists("select 1 from pg_stat_activity where "
                        + "datname = current_database() and wait_event_type = 'Lock'")));
                tx.query("select 1 from agent where id = $1 for no key update nowait", agent);
                return accepting;
            }));
            assertEquals("ringing-agent", accepted.get().state());
        } catch (Failure unexpected) {
            throw new AssertionError(unexpected);
        }
    }
}
