package switchboard.ticketing.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.mail;
import static switchboard.ticketing.Desk.sms;
import static switchboard.ticketing.Desk.until;
import static switchboard.ticketing.Desk.virtually;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.Desk;
import switchboard.ticketing.access.Agent;
import switchboard.ticketing.access.Agents;
import switchboard.ticketing.access.Caller;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.intake.Intake;
import switchboard.ticketing.intake.Received;

class RoutingTest {
    @Test
    void aNewTicketIsAssignedAtOnceAndTheReasonsOfEveryCandidateAreKept() {
        try (var desk = new Desk(); var routing = desk.routing().start()) {
            var free = desk.agent("Free", "available");
            var away = desk.agent("Away", "away");
            var placed = desk.receive(mail("a@x.test", "S", "t", "1@x.test")).getFirst();
            until(() -> desk.ticket(placed.ticketId()).assignee() != null);
            assertEquals(free, desk.ticket(placed.ticketId()).assignee().id());
            var explained = virtually(() -> routing.explain(placed.ticketId())).getFirst();
            assertEquals("assigned", explained.outcome());
            var loser = explained.candidates().stream().filter(one -> one.agent().id().equals(away)).findFirst()
                    .orElseThrow();
            assertEquals(java.util.List.of("status:away"), loser.reasons());
        }
    }

    @Test
    void whatNobodyCouldTakeIsTakenWhenAnAgentBecomesFree() {
        try (var desk = new Desk(); var routing = desk.routing().start()) {
            var agent = desk.agent("Late", "away");
            var placed = desk.receive(mail("a@x.test", "S", "t", "1@x.test")).getFirst();
            until(() -> !virtually(() -> routing.explain(placed.ticketId())).isEmpty());
            assertEquals("no-candidate", virtually(() -> routing.explain(placed.ticketId())).getFirst().outcome());
            assertNull(desk.ticket(placed.ticketId()).assignee());
            virtually(() -> desk.database.sql().execute("update agent set status = 'available' where id = $1", agent));
            until(() -> desk.ticket(placed.ticketId()).assignee() != null);
        }
    }

    @Test
    void capacityIsNeverExceededHoweverMuchArrivesAtOnce() {
        try (var desk = new Desk(); var routing = desk.routing().start(); var second = desk.routing().start()) {
            var agents = IntStream.range(0, 3).mapToObj(i -> desk.agent("A" + i, "available")).toList();
            var mails = IntStream.range(0, 60).mapToObj(i -> mail("a" + i + "@x.test", "S", "t", i + "@x.test"))
                    .toArray(Received[]::new);
            desk.receive(mails);
            until(() -> assigned(desk) == 30);
            var most = virtually(() -> desk.database.sql().value(Long.class,
                    "select max(n) from (select count(*) n from ticket where assignee_id is not null group by "
                    + "assignee_id) x")).orElse(0L);
            assertEquals(10, most, agents.size() + " agents of 100 units, 10 units a mail");
        }
    }

    private static long assigned(Desk desk) {
        return virtually(() -> desk.database.sql().value(Long.class,
                "select count(*) from ticket where assignee_id is not null")).orElse(0L);
    }

    @Test
    void aCustomersSecondChannelGoesToTheAgentWhoHasTheFirst() {
        try (var desk = new Desk(); var routing = desk.routing().start()) {
            IntStream.range(0, 5).forEach(i -> desk.agent("A" + i, "available"));
            virtually(() -> desk.customers.create(switchboard.ticketing.base.Actor.SYSTEM,
                    new switchboard.ticketing.people.Customers.NewCustomer("Mia", null, null, null, null, null, null,
                            java.util.List.of(new switchboard.ticketing.people.Customers.NewIdentity("email",
                            "m@x.test", null),
                                    new switchboard.ticketing.people.Customers.NewIdentity("phone", "+15550123456",
                                    null))), "api"));
            var first = desk.receive(mail("m@x.test", "S", "t", "1@x.test")).getFirst();
            until(() -> desk.ticket(first.ticketId()).assignee() != null);
            desk.receive(mail("o1@x.test", "S", "t", "2@x.test"), mail("o2@x.test", "S", "t", "3@x.test"));
            var second = desk.receive(sms("+15550123456", "me again")).getFirst();
            until(() -> desk.ticket(second.ticketId()).assignee() != null);
            assertEquals(desk.ticket(first.ticketId()).assignee().id(), desk.ticket(second.ticketId()).assignee().id());
            assertEquals("preferred", virtually(() -> routing.explain(second.ticketId())).getFirst().reason());
        }
    }

    @Test
    void chineseGoesToWhoWorksInChinese() {
        try (var desk = new Desk(); var routing = desk.routing().start()) {
            desk.agent("English", "available");
            var mei = desk.agent("Mei", "available");
            virtually(() -> desk.database.sql().execute("update agent set language = 'zh-CN' where id = $1", mei));
            var placed = desk.receive(mail("a@x.test", "订单", "我的订单还没有发货，请问什么时候可以收到？", "1@x.test")).getFirst();
            until(() -> desk.ticket(placed.ticketId()).assignee() != null);
            assertEquals(mei, desk.ticket(placed.ticketId()).assignee().id());
            assertTrue(desk.ticket(placed.ticketId()).language().equals("zh-CN"));
        }
    }

    @Test
    void mailsWaitForACallAndChatsDoNot() {
        try (var desk = new Desk(); var routing = desk.routing().start()) {
            var agent = desk.agent("Busy", "available");
            virtually(() -> desk.database.sql().execute("update agent set phone = '+15551239001'"));
            desk.receive(IntStream.range(0, 3).mapToObj(i -> mail("m" + i + "@x.test", "S", "t", i + "@x.test"))
                    .toArray(Received[]::new));
            until(() -> assigned(desk) == 3);
            var placed = call(desk, "+15550120009");
            until(() -> desk.ticket(placed.ticketId()).assignee() != null);
            assertEquals(agent, desk.ticket(placed.ticketId()).assignee().id());
            var second = call(desk, "+15550120010");
            until(() -> !virtually(() -> routing.explain(second.ticketId())).isEmpty());
            assertNull(desk.ticket(second.ticketId()).assignee(), "one call at a time");
        }
    }

    private static Intake.Placed call(Desk desk, String from) {
        var sms = sms(from, "a call");
        var message = new Received.Message(sms.origin(), "phone", sms.ourAddress(), sms.at(), sms.kind(), false,
                sms.sender(), sms.proofs(), sms.window(), sms.content(), sms.files(), sms.keys(), sms.flags(),
                sms.team(), sms.callId(), sms.messageId());
        return virtually(() -> {
            var placed = desk.database.transaction(tx -> {
                var one = desk.intake.receive(tx, List.of(message)).getFirst();
                tx.execute("""
                        insert into call (id, direction, state, customer_id, number, our_number, ticket_id, message_id)
                        values ($1, 'inbound', 'queued', $2, $3, '+15005550006', $4, $5)""", Ids.next(),
                        one.customerId(), from, one.ticketId(), one.messageId());
                return one;
            });
            desk.journal.committed();
            return placed;
        });
    }

    @Test
    void ofAChannelNobodyHasMoreThanTheirOwnBound() {
        try (var desk = new Desk(); var routing = desk.routing().start()) {
            var agents = new Agents(desk.database, desk.journal, Desk.COSTS);
            var ada = desk.agent("Ada", "available");
            var admin = new Caller(ada, Caller.Role.ADMIN, Set.of(), "", "", "");
            assertThrows(Failure.Invalid.class, () -> bound(agents, admin, ada, Map.of("fax", 1)));
            assertThrows(Failure.Invalid.class, () -> bound(agents, admin, ada, Map.of("email", -1)));
            assertEquals(Map.of("email", 2), bound(agents, admin, ada, Map.of("email", 2)).channelMax());
            desk.receive(IntStream.range(0, 5).mapToObj(i -> mail("m" + i + "@x.test", "S", "t", i + "@x.test"))
                    .toArray(Received[]::new));
            until(() -> virtually(() -> desk.database.sql().value(Long.class, "select count(*) from routing_decision "
                    + "where outcome = 'no-candidate' and candidates @> "
                    + "'[{\"reasons\": [\"channel:email\"]}]'")).orElse(0L) > 0);
            assertEquals(2, assigned(desk));
            var text = desk.receive(sms("+15550120011", "another channel")).getFirst();
            until(() -> desk.ticket(text.ticketId()).assignee() != null);
            assertEquals(3, assigned(desk));
            bound(agents, admin, ada, Map.of());
            until(() -> assigned(desk) == 6);
        }
    }

    private static Agent bound(Agents agents, Caller admin, UUID agent, Map<String, Integer> channelMax) {
        return virtually(() -> agents.change(admin, agent,
                new Agents.Change(null, "admin", null, null, null, null, channelMax,
                null, null, null, agents.get(agent).version())));
    }

    @Test
    @Tag("R10")
    void whatWasDeclinedBeforeTheClockWasTurnedBackIsOfferedAgain() {
        try (var desk = new Desk(); var routing = desk.routing()) {
            var ada = desk.agent("Ada", "available");
            var placed = desk.receive(mail("a@x.test", "S", "t", "1@x.test")).getFirst();
            virtually(() -> desk.database.sql().execute("insert into routing_decision (id, ticket_id, at, outcome, "
                    + "agent_id) values ($1, $2, now() + interval '1 hour', 'declined', $3)", Ids.next(),
                    placed.ticketId(), ada));
            routing.start();
            until(() -> desk.ticket(placed.ticketId()).assignee() != null);
        }
    }
}
