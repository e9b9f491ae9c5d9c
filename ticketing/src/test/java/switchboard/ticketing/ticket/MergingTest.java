package switchboard.ticketing.ticket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static switchboard.ticketing.Desk.mail;
import static switchboard.ticketing.Desk.virtually;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import switchboard.ticketing.Desk;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.conversation.Timeline;
import switchboard.ticketing.conversation.TimelineItem;
import switchboard.ticketing.intake.Intake;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MergingTest {
    private Desk desk;
    private UUID agent;
    private Merging merging;
    private int count;

    @BeforeAll
    void open() {
        desk = new Desk();
        agent = desk.agent("Ada", "available");
        merging = new Merging(desk.database, desk.journal);
    }

    @AfterAll
    void close() {
        desk.close();
    }

    private Intake.Placed written(String text) {
        int n = ++count;
        return desk.receive(mail("m" + n + "@x.test", "S", text, "in" + n + "@x.test")).getFirst();
    }

    private Ticket merge(UUID from, UUID into) {
        return virtually(() -> merging.merge(Where.ALL, agent, Actor.agent(agent), from, into));
    }

    private Ticket unmerge(UUID id) {
        return virtually(() -> merging.unmerge(Where.ALL, agent, Actor.agent(agent), id));
    }

    private List<String> texts(UUID ticket) {
        desk.settle();
        return virtually(() -> desk.timeline.ofTicket(ticket, Timeline.Query.ALL)).items().stream()
                .filter(item -> item.kind().equals("message")).map(TimelineItem::text).toList();
    }

    private void put(UUID ticket, String status) {
        virtually(() -> desk.database.sql().execute("update ticket set status = $2, queued_at = null, waiting_since = "
                + "case when $2 = 'open' then now() end, solved_at = case when $2 = 'solved' then now() end, "
                + "snoozed_until = case when $2 = 'snoozed' then now() + interval '1 day' end where id = $1", ticket,
                status));
    }

    @Test
    void whoeverWaitsOpensAgainWhatTheirTicketIsMergedInto() {
        for (var aside : List.of("solved", "pending", "snoozed")) {
            var waiting = written("still waiting").ticketId();
            var target = written("done long ago").ticketId();
            put(target, aside);
            var merged = merge(waiting, target);
            assertEquals("open", merged.status(), aside);
            assertNull(merged.snoozedUntil());
            assertEquals(1L, virtually(() -> desk.database.sql().value(Long.class, "select count(*) from ticket where "
                    + "id = $1 and solved_at is null and queued_at is not null and waiting_since is not null",
                    target)).orElseThrow());
            assertEquals(1L, virtually(() -> desk.database.sql().value(Long.class, "select count(*) from journal "
                    + "where kind = 'ticket.changed' and ticket_id = $1 and facts ->> 'from' = $2", target, aside))
                    .orElseThrow());
        }
        var over = written("over").ticketId();
        var solved = written("over too").ticketId();
        put(over, "solved");
        put(solved, "solved");
        assertEquals("solved", merge(over, solved).status(), "nobody waits");
    }

    @Test
    void twoBecomeOneAndTwoAgain() {
        var one = written("one");
        var two = written("two");
        assertEquals(one.ticketId(), merge(two.ticketId(), one.ticketId()).id());
        assertEquals(List.of("one", "two"), texts(one.ticketId()));
        assertNull(desk.ticket(two.ticketId()).queuedAt());
        var back = desk.receive(mail("m" + count + "@x.test", "Re: S", "more", null, "in" + count + "@x.test"))
                .getFirst();
        assertEquals(one.ticketId(), back.ticketId(), "an answer to the merged one comes here");
        assertNull(unmerge(two.ticketId()).mergedInto());
        assertEquals(List.of("one", "more"), texts(one.ticketId()));
        assertEquals(List.of("two"), texts(two.ticketId()));
        assertEquals("not-merged", assertThrows(Failure.Conflict.class, () -> unmerge(two.ticketId())).code());
        assertThrows(Failure.Invalid.class, () -> merge(one.ticketId(), one.ticketId()));
    }

    @Test
    void takingApartWhatWasMergedTwiceGoesBackOneStep() {
        var a = written("a").ticketId();
        var b = written("b").ticketId();
        var c = written("c").ticketId();
        merge(a, b);
        merge(b, c);
        assertEquals(List.of("a", "b", "c"), texts(c));
        assertEquals("merged-already", assertThrows(Failure.Conflict.class, () -> merge(a, b)).code());
        unmerge(b);
        assertEquals(List.of("a", "b"), texts(b));
        assertEquals(List.of("c"), texts(c));
        assertEquals(b, desk.ticket(a).mergedInto());
        unmerge(a);
        assertEquals(List.of("b"), texts(b));
    }

    @Test
    void aTicketMergedIntoTheWholeByItselfStaysThereWhenAnotherIsTakenOut() {
        var a = written("a").ticketId();
        var b = written("b").ticketId();
        var c = written("c").ticketId();
        merge(a, b);
        unmerge(a);
        merge(a, c);
        merge(b, c);
        unmerge(b);
        assertEquals(c, desk.ticket(a).mergedInto());
    }

    @Test
    void aIntoBAgainstBIntoAMergesOnceWhicheverIsFirst() throws Exception {
        for (int round = 0; round < 50; round++) {
            var a = written("a").ticketId();
            var b = written("b").ticketId();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var first = threads.submit(() -> merged(a, b));
                var second = threads.submit(() -> merged(b, a));
                assertNotEquals(first.get(), second.get(), "round " + round);
            }
            assertEquals(1, virtually(() -> desk.database.sql().value(Long.class,
                    "select count(*) from ticket where id in ($1, $2) and merged_into is not null", a, b)).orElse(0L));
        }
    }

    private boolean merged(UUID from, UUID into) {
        try {
            merging.merge(Where.ALL, agent, Actor.agent(agent), from, into);
            return true;
        } catch (Failure.Conflict already) {
            return false;
        }
    }

    @Test
    void aMessageSplitOffHasATicketOfItsOwnAndAnswersToItComeThere() {
        var placed = written("two things");
        var second = desk.receive(mail("m" + count + "@x.test", "Re: S", "the other thing", "other" + count + "@x.test",
                "in" + count + "@x.test")).getFirst();
        assertEquals(placed.ticketId(), second.ticketId());
        var split = virtually(() -> merging.split(Where.ALL, agent, Actor.agent(agent), placed.ticketId(),
                List.of(second.messageId()), " The other thing "));
        assertEquals("The other thing", split.subject());
        assertEquals(List.of("two things"), texts(placed.ticketId()));
        assertEquals(List.of("the other thing"), texts(split.id()));
        var back = desk.receive(mail("m" + count + "@x.test", "Re: S", "more", null, "other" + count + "@x.test"))
                .getFirst();
        assertEquals(split.id(), back.ticketId());
        merge(split.id(), placed.ticketId());
        assertEquals(List.of("two things", "the other thing", "more"), texts(placed.ticketId()));
    }

    @Test
    void aSplitOfWhatIsNotThereChangesNothing() {
        var placed = written("one");
        var other = written("other");
        assertThrows(Failure.NotFound.class,
                () -> split(placed.ticketId(), List.of(placed.messageId(), other.messageId()), "S"));
        assertEquals(List.of("one"), texts(placed.ticketId()));
        assertThrows(Failure.Invalid.class, () -> split(placed.ticketId(), List.of(), "S"));
        assertThrows(Failure.Invalid.class, () -> split(placed.ticketId(), List.of(placed.messageId()), ""));
    }

    private Ticket split(UUID id, List<UUID> messages, String subject) {
        return virtually(() -> merging.split(Where.ALL, agent, Actor.agent(agent), id, messages, subject));
    }
}
