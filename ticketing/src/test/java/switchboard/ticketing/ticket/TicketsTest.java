package switchboard.ticketing.ticket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.mail;
import static switchboard.ticketing.Desk.virtually;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import switchboard.ticketing.Desk;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.intake.Received;
import switchboard.ticketing.ticket.Tickets.Change;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TicketsTest {
    private static final List<String> SORTS = List.of("waiting", "newest", "updated", "priority");
    private Desk desk;
    private UUID agent;
    private int strangers;

    @BeforeAll
    void open() {
        desk = new Desk();
        agent = desk.agent("Ada", "available");
    }

    @AfterAll
    void close() {
        desk.close();
    }

    /// By somebody new, whose address has no number in it that a search could find.
    private UUID written() {
        return desk.receive(mail("x".repeat(++strangers) + "@x.test", "S", "t", null)).getFirst().ticketId();
    }

    private Ticket change(UUID id, Change change) {
        return virtually(() -> desk.tickets.change(Where.ALL, agent, Actor.agent(agent), id, change));
    }

    private static Change status(String status, Instant until) {
        return new Change(status, until, null, null, null, null, null, null);
    }

    private static TicketQuery query(String view, String status, String sort, String after, int limit) {
        return new TicketQuery(view, status, null, null, null, null, null, null, sort, after, limit);
    }

    private List<UUID> paged(String view, String sort) {
        var ids = new ArrayList<UUID>();
        String after = null;
        do {
            var cursor = after;
            var page = virtually(() -> desk.tickets.list(Where.ALL, agent, query(view, null, sort, cursor, 3)));
            assertTrue(page.items().size() <= 3);
            page.items().forEach(one -> ids.add(one.id()));
            after = page.next();
        } while (after != null);
        return ids;
    }

    @Test
    void everyViewInEveryOrderIsPagedThroughOnceEvenWhenAllKeysAreEqual() {
        desk.receive(IntStream.range(0, 28).mapToObj(i -> mail("page" + i + "@page.test", "S", "t", null))
                .toArray(Received[]::new));
        virtually(() -> desk.database.sql().execute("""
                with x as (select t.id, row_number() over (order by t.id) n from ticket t where exists (
                  select 1 from identity i where i.customer_id = t.customer_id and i.value like 'page%'))
                update ticket t set created_at = '2026-01-01', last_at = '2026-01-02', mentions = array[$1::uuid],
                  waiting_since = case when n % 2 = 0 then timestamptz '2026-01-01' end,
                  channel = (array['email', 'chat', 'phone'])[n % 3 + 1],
                  status = (array['open', 'open', 'pending', 'snoozed', 'solved'])[n % 5 + 1],
                  assignee_id = case when n % 4 = 0 then $1::uuid end,
                  priority = (array['urgent', 'normal'])[n % 2 + 1] from x where x.id = t.id""", agent));
        var views = new ArrayList<>(TicketQuery.VIEWS);
        views.addAll(List.of("solved", "all"));
        for (var view : views) {
            var whole = virtually(() -> desk.tickets.list(Where.ALL, agent, TicketQuery.of(view, 200))).items().stream()
                    .map(Ticket::id).toList();
            assertFalse(whole.isEmpty(), view);
            for (var sort : SORTS) {
                var ids = paged(view, sort);
                assertEquals(whole.size(), ids.size(), view + " by " + sort);
                assertEquals(new HashSet<>(whole), new HashSet<>(ids), view + " by " + sort);
                assertEquals(virtually(() -> desk.tickets.list(Where.ALL, agent, query(view, null, sort, null, 200)))
                        .items().stream().map(Ticket::id).toList(), ids, "the pages together are the list");
            }
        }
        for (var count : virtually(() -> desk.tickets.counts(Where.ALL, agent))) {
            assertEquals(paged(count.view(), "updated").size(), count.count(), count.view());
        }
    }

    @Test
    void aChangeOnAnOldVersionIsRefusedAndShowsTheTicketAsItIs() {
        var id = written();
        int version = desk.ticket(id).version();
        var changed = change(id, new Change(null, null, null, null, "high", null, null, version));
        assertTrue(changed.version() > version);
        var stale = assertThrows(Failure.Conflict.class,
                () -> change(id, new Change(null, null, null, null, "low", null, null, version)));
        assertEquals("stale", stale.code());
        assertEquals("high", ((Ticket) stale.current()).priority());
        assertEquals(changed.version(), change(id, new Change(null, null, null, null, "high", null, null, null))
                .version(), "what changes nothing is no change");
    }

    @Test
    void aSnoozedTicketWakesWhenItsTimeHasComeAndNotBefore() {
        var id = written();
        assertEquals("snoozed", change(id, status("snoozed", Instant.now().plusSeconds(600))).status());
        assertNull(desk.ticket(id).queuedAt());
        virtually(() -> desk.tickets.wake());
        assertEquals("snoozed", desk.ticket(id).status());
        virtually(() -> desk.database.sql().execute("update ticket set snoozed_until = now() where id = $1", id));
        virtually(() -> desk.tickets.wake());
        assertEquals("open", desk.ticket(id).status());
        assertNotNull(desk.ticket(id).queuedAt());
        assertNotNull(desk.ticket(id).waitingSince());
        assertEquals(1, virtually(() -> desk.database.sql().value(Long.class, "select count(*) from journal "
                + "where ticket_id = $1 and facts ->> 'reason' = 'snooze-over'", id)).orElse(0L));
    }

    @Test
    void unknownWordsAreRefusedByName() {
        for (var wrong : List.of(query("nowhere", null, null, null, 3),
                query(null, null, "size", null, 3), query(null, null, "newest", "yesterday_" + UUID.randomUUID(), 3))) {
            assertThrows(Failure.Invalid.class, () -> virtually(() -> desk.tickets.list(Where.ALL, agent, wrong)),
                    wrong.toString());
        }
        assertThrows(Failure.Invalid.class, () -> query(null, "bogus", null, null, 3));
        assertThrows(Failure.Invalid.class, () -> TicketQuery.of("open", 0));
        assertThrows(Failure.Invalid.class, () -> TicketQuery.of("open", 201));
        var id = written();
        for (var wrong : List.of(status("closed", null), status("snoozed", null),
                status("snoozed", Instant.now().minusSeconds(1)),
                new Change(null, null, null, null, "dire", null, null, null),
                new Change(null, null, null, null, null, null, " ", null),
                new Change(null, null, null, null, null, null, "x".repeat(251), null),
                new Change(null, null, null, null, null, List.of("x".repeat(41)), null, null),
                new Change(null, null, null, null, null, IntStream.range(0, 31).mapToObj(i -> "t" + i).toList(), null,
                null))) {
            assertThrows(Failure.Invalid.class, () -> change(id, wrong), wrong.toString());
        }
        for (var nobody : List.of(new Change(null, null, "nobody", null, null, null, null, null),
                new Change(null, null, UUID.randomUUID().toString(), null, null, null, null, null),
                new Change(null, null, null, UUID.randomUUID().toString(), null, null, null, null))) {
            assertThrows(Failure.NotFound.class, () -> change(id, nobody));
        }
    }

    @Test
    void oneChangeOfManyFieldsIsAllOrNothingAndToldFieldByField() {
        var id = written();
        var team = desk.team("Team" + id);
        assertThrows(Failure.Invalid.class, () ->
                change(id, new Change("solved", null, agent.toString(), team.toString(), "dire", null, null, null)));
        assertEquals("open", desk.ticket(id).status());
        change(id, new Change("solved", null, agent.toString(), team.toString(), "urgent", List.of("a", " a ", "b"),
                "New", null));
        var ticket = desk.ticket(id);
        assertEquals(List.of("a", "b"), ticket.tags());
        assertEquals(team, ticket.team().id());
        assertNotNull(ticket.solvedAt());
        assertNull(ticket.waitingSince());
        assertEquals(6, virtually(() -> desk.database.sql().value(Long.class, "select count(*) from journal "
                + "where ticket_id = $1 and kind = 'ticket.changed'", id)).orElse(0L));
    }

    @Test
    void aTicketThatMayNotBeSeenWasNotFound() {
        var id = written();
        assertThrows(Failure.NotFound.class, () -> virtually(() -> desk.tickets.get(Where.NONE, agent, id)));
        assertThrows(Failure.NotFound.class, () -> virtually(() -> desk.tickets.change(Where.NONE, agent,
                Actor.agent(agent), id, status("solved", null))));
        assertEquals(0, virtually(() -> desk.tickets.list(Where.NONE, agent, TicketQuery.of("all", 10))).items()
                .size());
        assertTrue(virtually(() -> desk.tickets.counts(Where.NONE, agent)).stream().allMatch(one -> one.count() == 0));
    }

    @Test
    void aNumberFindsTheTicketOfThatNumberAndEveryTicketThatSaysIt() {
        var ticket = desk.receive(mail("order@x.test", "Order 48213", "where is it", null)).getFirst().ticketId();
        var number = desk.ticket(ticket).number();
        assertEquals(List.of(ticket), found("48213"));
        assertEquals(List.of(ticket), found("#" + number));
        var naming = desk.receive(mail("order@x.test", "S", "see ticket " + number, null)).getFirst().ticketId();
        assertEquals(new HashSet<>(List.of(ticket, naming)), new HashSet<>(found(String.valueOf(number))));
        assertEquals(List.of(ticket), found("#" + number));
    }

    private List<UUID> found(String q) {
        return virtually(() -> desk.tickets.list(Where.ALL, agent, new TicketQuery(null, null, null, null, null, null,
                null, q, null, null, 50))).items().stream().map(Ticket::id).toList();
    }
}
