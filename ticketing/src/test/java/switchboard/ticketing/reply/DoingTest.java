package switchboard.ticketing.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.reply.Macros.Action;

/// A macro's actions run with the reply: not before it, not without it, and not after it was undone.
@Tag("U7")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoingTest {
    private Desk desk;
    private UUID agent;
    private UUID team;
    private int count;

    @BeforeAll
    void open() {
        desk = new Desk();
        agent = desk.agent("Ada", "available");
        team = UUID.randomUUID();
        virtually(() -> {
            desk.database.sql().execute("insert into mailbox (id, name, address) values ($1, 'Support', "
                    + "'support@desk.test')", UUID.randomUUID());
            desk.database.sql().execute("insert into team (id, name) values ($1, 'Repairs')", team);
            return desk.database.sql().execute("insert into team_member (team_id, agent_id) values ($1, $2)", team,
                    agent);
        });
    }

    @AfterAll
    void close() {
        desk.close();
    }

    private UUID ticket() {
        int n = ++count;
        return desk.receive(mail("d" + n + "@x.test", "Lamp", "broken", "d" + n + "@x.test")).getFirst().ticketId();
    }

    private Replies.Draft draft(String thenStatus, Action... actions) {
        return new Replies.Draft("answer", null, null, null, null, null, null, null, thenStatus, 30, List.of(actions));
    }

    private Replies.Sent send(UUID ticket, Replies.Draft draft) {
        return virtually(() -> desk.replies.send(Where.ALL, agent, ticket, draft, null));
    }

    private void undo(UUID ticket, UUID message) {
        virtually(() -> {
            desk.replies.undo(Where.ALL, agent, ticket, message);
            return null;
        });
    }

    private static final Action[] ALL = {new Action("status", "solved"), new Action("tag", "refund"),
        new Action("priority", "high"), new Action("assign-me", null)};

    @Test
    void theActionsAreDoneWithTheAnswerAndTakenBackWithIt() {
        var ticket = ticket();
        var before = desk.ticket(ticket);
        var sent = send(ticket, draft(null, ALL));
        var after = desk.ticket(ticket);
        assertEquals("solved", after.status());
        assertEquals(List.of("refund"), after.tags());
        assertEquals("high", after.priority());
        assertEquals(agent, after.assignee().id());
        undo(ticket, sent.id());
        var back = desk.ticket(ticket);
        assertEquals("open", back.status());
        assertEquals(before.tags(), back.tags());
        assertEquals(before.priority(), back.priority());
        assertNull(back.assignee());
        assertEquals(before.waitingSince(), back.waitingSince());
    }

    @Test
    void aTeamIsNamedByIdOrName() {
        for (var named : List.of(team.toString(), "repairs")) {
            var ticket = ticket();
            var sent = send(ticket, draft(null, new Action("team", named)));
            assertEquals(team, desk.ticket(ticket).team().id());
            undo(ticket, sent.id());
            assertNull(desk.ticket(ticket).team());
        }
    }

    @Test
    void whatTheWriterSaysComesBeforeWhatTheMacroSays() {
        var ticket = ticket();
        send(ticket, draft("open", new Action("status", "solved")));
        assertEquals("open", desk.ticket(ticket).status());
    }

    @Test
    void whatAColleagueChangedSinceStays() {
        var ticket = ticket();
        var sent = send(ticket, draft(null, new Action("tag", "refund"), new Action("priority", "high")));
        virtually(() -> desk.database.sql().execute("update ticket set priority = 'urgent', tags = tags || '{vip}' "
                + "where id = $1", ticket));
        undo(ticket, sent.id());
        assertEquals("urgent", desk.ticket(ticket).priority());
        assertEquals(List.of("vip"), desk.ticket(ticket).tags());
    }

    @Test
    void anAnswerThatIsRefusedDoesNothing() {
        var ticket = ticket();
        var before = desk.ticket(ticket);
        for (var wrong : List.of(new Action("dance", "x"), new Action("priority", "very"),
                new Action("team", UUID.randomUUID().toString()), new Action("status", "gone"))) {
            assertThrows(Failure.Invalid.class, () -> send(ticket, draft(null, new Action("tag", "x"), wrong)));
        }
        assertEquals(before.version(), desk.ticket(ticket).version());
        assertEquals(before.tags(), desk.ticket(ticket).tags());
    }

    @Test
    void aNotesActionsAreDoneWithTheNote() {
        var ticket = ticket();
        virtually(() -> desk.replies.note(Where.ALL, agent, ticket, new Replies.Note("look", null, null, null,
                List.of(ALL))));
        var after = desk.ticket(ticket);
        assertEquals("solved", after.status());
        assertEquals(List.of("refund"), after.tags());
        assertEquals("high", after.priority());
    }
}
