package switchboard.ticketing.ticket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.mail;
import static switchboard.ticketing.Desk.virtually;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import switchboard.ticketing.Desk;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.intake.Intake;
import switchboard.ticketing.intake.Received;
import switchboard.ticketing.reply.Replies;

/// Who waits, since when, and what was said last, through merges, splits and late mail.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandingTest {
    private static final Instant NOON = Instant.now().minus(Duration.ofHours(5)).truncatedTo(ChronoUnit.SECONDS);
    private Desk desk;
    private UUID agent;
    private Merging merging;
    private int count;

    @BeforeAll
    void open() {
        desk = new Desk();
        agent = desk.agent("Ada", "available");
        virtually(() -> desk.database.sql().execute("insert into mailbox (id, name, address) values ($1, 'Support', "
                + "'support@desk.test')", UUID.randomUUID()));
        merging = new Merging(desk.database, desk.journal);
    }

    @AfterAll
    void close() {
        desk.close();
    }

    private static Received.Message at(Instant at, Received.Message mail) {
        return new Received.Message(mail.origin(), mail.channel(), mail.ourAddress(), at, mail.kind(), mail.quiet(),
                mail.sender(), mail.proofs(), mail.window(), mail.content(), mail.files(), mail.keys(), mail.flags(),
                mail.team(), mail.callId(), mail.messageId());
    }

    private Intake.Placed written(Instant at, String text) {
        int n = ++count;
        return desk.receive(at(at, mail("s" + n + "@x.test", "S", text, "s" + n + "@x.test"))).getFirst();
    }

    private Intake.Placed more(Instant at, String text) {
        return desk.receive(at(at, mail("s" + count + "@x.test", "Re: S", text, UUID.randomUUID() + "@x.test",
                "s" + count + "@x.test"))).getFirst();
    }

    /// Everything about a ticket but what counts its changes.
    private String facts(UUID id) {
        return virtually(() -> desk.database.sql().value(String.class, "select (to_jsonb(t) - '{version,updated_at,"
                + "merge_before}'::text[])::text from ticket t where id = $1", id)).orElseThrow();
    }

    private void put(UUID id, String change) {
        virtually(() -> desk.database.sql().execute("update ticket set " + change + " where id = $1", id));
    }

    private Ticket merge(UUID from, UUID into) {
        return virtually(() -> merging.merge(Where.ALL, agent, Actor.agent(agent), from, into));
    }

    private Ticket unmerge(UUID id) {
        return virtually(() -> merging.unmerge(Where.ALL, agent, Actor.agent(agent), id));
    }

    private Ticket split(UUID id, UUID... messages) {
        return virtually(() -> merging.split(Where.ALL, agent, Actor.agent(agent), id, List.of(messages), "Split"));
    }

    @Test
    void aMergeTakenBackLeavesBothAsTheyWere() {
        for (var aside : List.of("status = 'open'", "status = 'open', waiting_since = null, assignee_id = '" + agent
                + "', queued_at = null", "status = 'pending', waiting_since = null, queued_at = null",
                "status = 'solved', waiting_since = null, queued_at = null, solved_at = now() - interval '1 hour'",
                "status = 'snoozed', queued_at = null, snoozed_until = now() + interval '1 day'")) {
            var target = written(NOON, "target").ticketId();
            put(target, aside);
            var source = written(NOON.plusSeconds(60), "source").ticketId();
            put(source, "queued_at = now() - interval '3 hours'");
            var before = List.of(facts(source), facts(target));
            merge(source, target);
            assertEquals("source", desk.ticket(target).lastMessage().preview());
            unmerge(source);
            assertEquals(before, List.of(facts(source), facts(target)), aside);
        }
    }

    @Test
    void whatWasWrittenWhileMergedStaysAndCounts() {
        var source = written(NOON, "source").ticketId();
        var target = written(NOON.plusSeconds(60), "target").ticketId();
        put(target, "status = 'solved', waiting_since = null, queued_at = null, solved_at = now()");
        merge(source, target);
        more(NOON.plusSeconds(120), "and another thing");
        unmerge(source);
        var after = desk.ticket(target);
        assertEquals("open", after.status());
        assertEquals("and another thing", after.lastMessage().preview());
        assertEquals(NOON.plusSeconds(60), after.waitingSince());
        assertEquals(NOON, desk.ticket(source).waitingSince());
    }

    @Test
    void aSplitTellsOfBothSidesWhatIsTrueOfThem() {
        var first = written(NOON, "first thing");
        var second = more(NOON.plusSeconds(60), "second thing");
        var third = more(NOON.plusSeconds(120), "third thing");
        var split = split(first.ticketId(), first.messageId(), third.messageId());
        assertEquals(NOON, split.waitingSince());
        assertEquals("third thing", split.lastMessage().preview());
        assertEquals(NOON.plusSeconds(120), split.lastMessage().at());
        var rest = desk.ticket(first.ticketId());
        assertEquals(NOON.plusSeconds(60), rest.waitingSince());
        assertEquals("second thing", rest.lastMessage().preview());
        assertEquals(NOON.plusSeconds(60), rest.lastMessage().at());
        assertNotNull(second);
    }

    @Test
    void whatWasAnsweredBeforeTheSplitIsAnsweredAfterIt() {
        var first = written(NOON, "first thing");
        virtually(() -> desk.replies.send(Where.ALL, agent, first.ticketId(), Replies.Draft.of("done"), null));
        var later = more(Instant.now().plusSeconds(60), "new thing");
        var split = split(first.ticketId(), later.messageId());
        assertEquals(later.ticketId(), first.ticketId());
        assertNotNull(split.waitingSince());
        assertNull(desk.ticket(first.ticketId()).waitingSince());
        assertEquals("outbound", desk.ticket(first.ticketId()).lastMessage().direction());
    }

    private boolean unread(UUID ticket) {
        boolean one = virtually(() -> desk.tickets.get(Where.ALL, agent, ticket)).unread();
        assertEquals(one, virtually(() -> desk.tickets.list(Where.ALL, agent, TicketQuery.of("all", 200))).items()
                .stream().filter(it -> it.id().equals(ticket)).findFirst().orElseThrow().unread());
        return one;
    }

    private void read(UUID ticket, Long seq) {
        virtually(() -> {
            desk.tickets.markRead(agent, ticket, seq);
            return null;
        });
    }

    private long seq(UUID ticket) {
        desk.settle();
        return desk.ticket(ticket).lastSeq();
    }

    @Test
    void aMailThatComesLateIsUnreadWhateverItsDateSays() {
        var ticket = written(NOON, "first").ticketId();
        assertTrue(unread(ticket));
        read(ticket, seq(ticket));
        assertFalse(unread(ticket));
        more(NOON.minusSeconds(3600), "sent before, came after");
        assertTrue(unread(ticket));
        read(ticket, null);
        assertFalse(unread(ticket));
    }

    @Test
    void whatCameWhileTheReaderLookedIsUnread() {
        var ticket = written(NOON, "first").ticketId();
        long seen = seq(ticket);
        more(NOON.plusSeconds(60), "meanwhile");
        read(ticket, seen);
        assertTrue(unread(ticket), "not in the journal's order yet, or after what was seen");
        desk.settle();
        read(ticket, seen);
        assertTrue(unread(ticket));
        read(ticket, seq(ticket));
        assertFalse(unread(ticket));
        read(ticket, seen);
        assertFalse(unread(ticket), "an older mark takes nothing back");
    }
}
