package switchboard.ticketing.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.mail;
import static switchboard.ticketing.Desk.sms;
import static switchboard.ticketing.Desk.until;
import static switchboard.ticketing.Desk.virtually;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.Desk;
import switchboard.ticketing.access.Agents;
import switchboard.ticketing.access.Caller;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.people.Customers;

class RoutingCommitTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    /// What the matcher saw may be over by the time of its commit: here the agent leaves the team, or forgets the
    /// skill, in a transaction that ends in between.
    @Test
    void theCommitLooksAgainAtTeamAndSkills() throws Exception {
        for (var change : List.of("delete from team_member where agent_id = $1",
                "delete from agent_skill where agent_id = $1")) {
            try (var desk = new Desk(); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var routing = desk.routing();
                var team = desk.team("Repairs");
                var agent = desk.agent("Moves", "available", team);
                virtually(() -> desk.database.sql().execute("insert into agent_skill values ($1, 'sewing', 5)", agent));
                var ticket = desk.receive(mail("a@x.test", "S", "t", "1@x.test")).getFirst().ticketId();
                virtually(() -> desk.database.sql().execute("update ticket set team_id = $2, skills = '{sewing}' "
                        + "where id = $1", ticket, team));
                var passed = virtually(() -> desk.database.transaction(tx -> {
                    tx.execute("update agent set version = version + 1 where id = $1", agent);
                    tx.execute(change, agent);
                    var pass = threads.submit(routing::pass);
                    until(() -> virtually(() -> desk.database.sql().exists("select 1 from pg_stat_activity where "
                            + "datname = current_database() and wait_event_type = 'Lock'")));
                    return pass;
                }));
                assertFalse(passed.get(), change);
                assertNull(desk.ticket(ticket).assignee(), change);
            }
        }
    }

    @Test
    void theAgentOfAMergedCustomersOtherTicketIsPreferred() {
        try (var desk = new Desk(); var routing = desk.routing().start()) {
            for (int i = 0; i < 5; i++) desk.agent("A" + i, "available");
            var first = desk.receive(mail("m@x.test", "S", "t", "1@x.test")).getFirst();
            until(() -> desk.ticket(first.ticketId()).assignee() != null);
            desk.receive(mail("o1@x.test", "S", "t", "2@x.test"), mail("o2@x.test", "S", "t", "3@x.test"));
            var root = virtually(() -> desk.customers.create(Actor.SYSTEM, new Customers.NewCustomer("Mia", null, null,
                    null, null, null, null, List.of(new Customers.NewIdentity("phone", "+15550123456", null))), "api"));
            virtually(() -> {
                desk.customers.merge(Actor.SYSTEM, first.customerId(), root);
                return null;
            });
            var second = desk.receive(sms("+15550123456", "me again")).getFirst();
            until(() -> desk.ticket(second.ticketId()).assignee() != null);
            assertEquals("preferred", virtually(() -> routing.explain(second.ticketId())).getFirst().reason());
            assertEquals(desk.ticket(first.ticketId()).assignee().id(), desk.ticket(second.ticketId()).assignee().id());
        }
    }

    /// Measures by stored instants, so that a slow reader of the result doesn't count.
    @Test
    void workIsGivenWithinASecondOfComingAndOfSomebodyBeingFree() {
        try (var desk = new Desk(); var routing = desk.routing().start()) {
            var agents = new Agents(desk.database, desk.journal, Desk.COSTS);
            var agent = desk.agent("Ready", "available");
            var caller = new Caller(agent, Caller.Role.AGENT, Set.of(), "", "", "");
            assigned(desk, desk.receive(mail("warm@x.test", "S", "t", "0@x.test")).getFirst().ticketId());
            for (int i = 1; i <= 5; i++) {
                var ticket = desk.receive(mail("a" + i + "@x.test", "S", "t", i + "@x.test")).getFirst().ticketId();
                var decided = assigned(desk, ticket);
                within(desk.ticket(ticket).queuedAt(), decided, "arrival " + i);
            }
            for (int i = 6; i <= 8; i++) {
                virtually(() -> agents.status(caller, "away"));
                var ticket = desk.receive(mail("a" + i + "@x.test", "S", "t", i + "@x.test")).getFirst().ticketId();
                until(() -> virtually(() -> routing.explain(ticket)).stream().anyMatch(one ->
                        one.outcome().equals("no-candidate")));
                virtually(() -> agents.status(caller, "available"));
                var decided = assigned(desk, ticket);
                within(virtually(() -> desk.database.sql().value(Instant.class,
                        "select status_since from agent where id = $1", agent)).orElseThrow(), decided, "free " + i);
            }
        }
    }

    private static void within(Instant from, Instant decided, String what) {
        var took = Duration.between(from, decided);
        assertTrue(took.compareTo(AT_ONCE) < 0, what + " took " + took);
    }

    private static Instant assigned(Desk desk, UUID ticket) {
        var at = new Instant[1];
        until(() -> {
            Optional<Instant> decided = virtually(() -> desk.database.sql().value(Instant.class,
                    "select at from routing_decision where ticket_id = $1 and outcome = 'assigned'", ticket));
            at[0] = decided.orElse(null);
            return at[0] != null;
        });
        return at[0];
    }
}
