package switchboard.ticketing.ticket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.mail;
import static switchboard.ticketing.Desk.virtually;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import switchboard.ticketing.Desk;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.conversation.Timeline;
import switchboard.ticketing.conversation.TimelineItem;
import switchboard.ticketing.intake.Intake;

/// Splitting a ticket and undoing the split.
@Tag("unsplit")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SplittingTest {
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

    private Intake.Placed first() {
        int n = ++count;
        return desk.receive(mail("m" + n + "@x.test", "S", "one", "in" + n + "@x.test")).getFirst();
    }

    private Intake.Placed next(String text, String answers) {
        return desk.receive(mail("m" + count + "@x.test", "Re: S", text, text + count + "@x.test",
                answers + count + "@x.test")).getFirst();
    }

    private Ticket split(UUID ticket, UUID message) {
        return virtually(() -> merging.split(Where.ALL, agent, Actor.agent(agent), ticket, List.of(message), "Two"));
    }

    private Ticket unsplit(UUID ticket) {
        return virtually(() -> merging.unsplit(Where.ALL, agent, Actor.agent(agent), ticket));
    }

    private List<String> said(UUID ticket) {
        desk.settle();
        return virtually(() -> desk.timeline.ofTicket(ticket, Timeline.Query.ALL)).items().stream()
                .filter(item -> item.kind().equals("message")).map(TimelineItem::text).toList();
    }

    @Test
    void aSplitThatIsTakenBackLeavesTheTicketAsItWas() {
        var one = first();
        var two = next("two", "in");
        var before = desk.ticket(one.ticketId());
        var why = virtually(() -> desk.database.sql().value(String.class, "select why_rule from message where id = $1",
                two.messageId())).orElseThrow();
        var split = split(one.ticketId(), two.messageId());
        assertEquals(List.of("one"), said(one.ticketId()));
        var after = unsplit(split.id());
        assertEquals(one.ticketId(), after.id());
        assertEquals(List.of("one", "two"), said(one.ticketId()));
        assertEquals(before.status(), after.status());
        assertEquals(before.waitingSince(), after.waitingSince());
        assertEquals(before.lastMessage(), after.lastMessage());
        assertEquals(why, virtually(() -> desk.database.sql().value(String.class,
                "select why_rule from message where id = $1", two.messageId())).orElseThrow());
        assertEquals(one.ticketId(), desk.ticket(split.id()).mergedInto(), "old links lead to it");
        assertTrue(virtually(() -> desk.timeline.ofTicket(one.ticketId(), Timeline.Query.ALL)).items().stream()
                .anyMatch(item -> item.event() != null && item.event().toString().contains("ticket.unsplit")));
    }

    @Test
    void whatIsWrittenInItMeanwhileComesAlongAndWhoeverWaitsOpensWhatWasSolved() {
        var one = first();
        var two = next("two", "in");
        var split = split(one.ticketId(), two.messageId());
        virtually(() -> desk.database.sql().execute("update ticket set status = 'solved', solved_at = now(), "
                + "waiting_since = null where id = $1", one.ticketId()));
        assertEquals(split.id(), next("three", "two").ticketId());
        var whole = unsplit(split.id());
        assertEquals(List.of("one", "two", "three"), said(one.ticketId()));
        assertEquals("open", whole.status());
        assertNotNull(whole.waitingSince());
        assertEquals(one.ticketId(), next("four", "two").ticketId(), "answers find it again");
    }

    @Test
    void aTicketThatWasPutAsideBeforeTheSplitIsNotOpenedByTakingItBack() {
        var one = first();
        var two = next("two", "in");
        virtually(() -> desk.database.sql().execute("update ticket set status = 'solved', solved_at = now(), "
                + "waiting_since = null where id = $1", one.ticketId()));
        var after = unsplit(split(one.ticketId(), two.messageId()).id());
        assertEquals("solved", after.status());
        assertNull(after.waitingSince());
    }

    @Test
    void onlyASplitIsTakenBackAndOnlyOnce() {
        var one = first();
        var two = next("two", "in");
        assertEquals("not-split", conflict(() -> unsplit(one.ticketId())));
        var split = split(one.ticketId(), two.messageId());
        unsplit(split.id());
        assertEquals("not-split", conflict(() -> unsplit(split.id())));
        assertEquals("not-merged", conflict(() -> virtually(() ->
                merging.unmerge(Where.ALL, agent, Actor.agent(agent), split.id()))));
        assertEquals(List.of("one", "two"), said(one.ticketId()));
    }

    @Test
    void nobodyTakesBackWhatTheyMayNotSee() {
        var one = first();
        var two = next("two", "in");
        var split = split(one.ticketId(), two.messageId());
        assertThrows(Failure.NotFound.class, () -> virtually(() -> merging.unsplit(
                Where.of("t.id <> ?", one.ticketId()), agent, Actor.agent(agent), split.id())));
        assertEquals(List.of("one"), said(one.ticketId()));
    }

    private static String conflict(Runnable work) {
        return assertThrows(Failure.Conflict.class, work::run).code();
    }
}
