package switchboard.ticketing.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static switchboard.ticketing.Desk.mail;
import static switchboard.ticketing.Desk.until;
import static switchboard.ticketing.Desk.virtually;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.Desk;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.ticket.Tickets;

class LeavingTest {
    private static UUID owned(Desk desk, UUID owner, String status) {
        var ticket = desk.receive(mail(UUID.randomUUID() + "@x.test", "S", "t", UUID.randomUUID() + "@x.test"))
                .getFirst().ticketId();
        virtually(() -> desk.database.sql().execute("update ticket set assignee_id = $2, status = $3, "
                + "queued_at = case when $2::uuid is null then queued_at end where id = $1", ticket, owner, status));
        return ticket;
    }

    @Test
    void whoLeavesLeavesNoTicketBehind() {
        try (var desk = new Desk()) {
            var agents = new Agents(desk.database, desk.journal, Desk.COSTS);
            var admin = desk.agent("Admin", "away");
            virtually(() -> desk.database.sql().execute("update agent set role = 'admin' where id = $1", admin));
            var leaver = desk.agent("Leaver", "available");
            var open = owned(desk, leaver, "open");
            var pending = owned(desk, leaver, "pending");
            var solved = owned(desk, leaver, "solved");
            var others = owned(desk, admin, "open");
            var waiting = desk.ticket(open).waitingSince();
            virtually(() -> agents.change(new Caller(admin, Caller.Role.ADMIN, Set.of(), "", "", ""), leaver,
                    new Agents.Change(null, null, null, null, null, null, null, null, null, false,
                            agents.get(leaver).version())));
            assertNull(desk.ticket(open).assignee());
            assertEquals(waiting, desk.ticket(open).queuedAt(), "it keeps its age");
            assertNull(desk.ticket(pending).assignee());
            assertNull(desk.ticket(pending).queuedAt());
            assertNull(desk.ticket(solved).assignee());
            assertEquals(admin, desk.ticket(others).assignee().id());
            assertEquals(3L, virtually(() -> desk.database.sql().value(Long.class, "select count(*) from journal where "
                    + "kind = 'ticket.unassigned' and facts ->> 'from' = $1 and actor_id = $2", leaver.toString(),
                    admin)).orElseThrow());
            try (var _ = desk.routing().start()) {
                var next = desk.agent("Next", "available");
                until(() -> desk.ticket(open).assignee() != null);
                assertEquals(next, desk.ticket(open).assignee().id());
                assertNotNull(desk.ticket(pending));
            }
        }
    }

    /// The account closes while mail arrives, routing assigns it and the agent takes some.
    @Test
    @Tag("D33")
    void whatIsGivenInTheMomentOfLeavingDoesNotStay() throws Exception {
        try (var desk = new Desk(); var _ = desk.routing().start();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var agents = new Agents(desk.database, desk.journal, Desk.COSTS);
            var admin = desk.agent("Admin", "away");
            virtually(() -> desk.database.sql().execute("update agent set role = 'admin' where id = $1", admin));
            var by = new Caller(admin, Caller.Role.ADMIN, Set.of(), "", "", "");
            for (int round = 0; round < 8; round++) {
                var leaver = desk.agent("Leaver" + round, "available");
                var mine = owned(desk, leaver, "open");
                var pouring = threads.submit(() -> {
                    for (int i = 0; i < 5; i++) owned(desk, null, "open");
                });
                var working = threads.submit(() -> desk.tickets.change(Where.ALL, leaver, Actor.agent(leaver), mine,
                        new Tickets.Change("pending", null, null, null, null, null, null, null)));
                virtually(() -> agents.change(by, leaver, new Agents.Change(null, null, null, null, null, null, null,
                        null, null, false, agents.get(leaver).version())));
                pouring.get();
                working.get();
                until(() -> !virtually(() -> desk.database.sql().exists(
                        "select 1 from ticket where assignee_id = $1", leaver)));
            }
        }
    }
}
