package switchboard.ticketing.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static switchboard.ticketing.Desk.mail;
import static switchboard.ticketing.Desk.sms;
import static switchboard.ticketing.Desk.until;
import static switchboard.ticketing.Desk.virtually;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import switchboard.ticketing.Desk;
import switchboard.ticketing.conversation.Proof;
import switchboard.ticketing.intake.Received;
import switchboard.ticketing.journal.ClockWatch;
import switchboard.ticketing.people.Sender;
import switchboard.ticketing.routing.Routing;

/// No customer waits for an absent agent.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AbsenceTest {
    private Desk desk;
    private Agents agents;
    private Sessions sessions;
    private Consoles consoles;
    private Routing routing;

    @BeforeAll
    void open() {
        desk = new Desk();
        agents = new Agents(desk.database, desk.journal, Desk.COSTS);
        sessions = new Sessions(desk.database);
        consoles = new Consoles(desk.database, desk.journal, Duration.ofSeconds(5));
        routing = desk.routing().start();
    }

    @AfterAll
    void close() {
        routing.close();
        desk.close();
    }

    @BeforeEach
    void nobodyIsThere() {
        virtually(() -> desk.database.sql().execute(
                "update agent set status = 'offline', status_session = null, status_wanted = null"));
        virtually(() -> desk.database.sql().execute("update ticket set status = 'solved'"));
        virtually(() -> desk.database.sql().execute("delete from console"));
    }

    private Caller there(String name) {
        var agent = desk.agent(name + UUID.randomUUID(), "offline");
        var caller = signedIn(agent);
        virtually(() -> agents.status(caller, "available"));
        return caller;
    }

    private Caller signedIn(UUID agent) {
        return virtually(() -> sessions.caller(sessions.open(agent, Sessions.Kind.BROWSER, "")).orElseThrow());
    }

    private String status(Caller agent) {
        return virtually(() -> agents.get(agent.id())).status();
    }

    private UUID text(String from) {
        return desk.receive(sms(from, "Where is it?")).getFirst().ticketId();
    }

    private UUID letter() {
        var id = UUID.randomUUID().toString();
        return desk.receive(mail(id + "@x.test", "S", "t", id + "@x.test")).getFirst().ticketId();
    }

    private UUID chat() {
        var ticket = letter();
        virtually(() -> desk.database.sql().execute("update ticket set channel = 'chat' where id = $1", ticket));
        return ticket;
    }

    private void has(UUID ticket, Caller agent) {
        until(() -> desk.ticket(ticket).assignee() != null);
        assertEquals(agent.id(), desk.ticket(ticket).assignee().id());
    }

    private void signOut(Caller agent) {
        virtually(() -> {
            sessions.revoke(agent.sessionHash());
            consoles.signedOut(agent);
            return null;
        });
    }

    /// Lets this agent's consoles be silent for the whole grace period.
    private void silent(Caller agent) {
        virtually(() -> desk.database.sql().execute("update console set seen_at = now() - interval '6 seconds' "
                + "where session_hash = $1", agent.sessionHash()));
        sweep();
    }

    private void sweep() {
        sweep(consoles);
    }

    private void sweep(Consoles consoles) {
        virtually(() -> {
            consoles.sweep();
            return null;
        });
    }

    private void opens(Caller agent) {
        virtually(() -> {
            consoles.opened(agent);
            return null;
        });
    }

    @Test
    @Tag("D30")
    void whoeverHasSignedOutGetsNoWork() {
        var ada = there("Ada");
        has(text("+15550130001"), ada);
        signOut(ada);
        assertEquals("offline", status(ada));
        assertEquals("signed-out", virtually(() -> agents.get(ada.id())).statusReason());
        var next = text("+15550130002");
        until(() -> !virtually(() -> routing.explain(next)).isEmpty());
        assertNull(desk.ticket(next).assignee());
    }

    @Test
    @Tag("D30")
    void signingOutAndAClosedBrowserGiveWhatCustomersWaitForToAColleague() {
        for (boolean closed : new boolean[] {false, true}) {
            var ada = there("Ada");
            opens(ada);
            var chat = chat();
            var text = text("+1555013" + (closed ? "0011" : "0012"));
            var letter = letter();
            has(chat, ada);
            has(text, ada);
            has(letter, ada);
            var queued = desk.ticket(text).queuedAt();
            if (closed) silent(ada);
            else signOut(ada);
            assertEquals("offline", status(ada));
            assertNull(desk.ticket(chat).assignee());
            assertEquals(queued, desk.ticket(text).queuedAt(), "it keeps its age");
            assertEquals(ada.id(), desk.ticket(letter).assignee().id(), "a mail stays with its owner");
            var bea = there("Bea");
            has(chat, bea);
            has(text, bea);
            nobodyIsThere();
        }
    }

    @Test
    @Tag("D30")
    void theLastConsoleCountsAndAReloadIsNoLeaving() {
        var ada = there("Ada");
        var desktop = signedIn(ada.id());
        opens(ada);
        opens(desktop);
        has(chat(), ada);
        silent(ada);
        assertEquals("available", status(ada), "the other console is open");
        signOut(ada);
        assertEquals("available", status(ada));
        opens(desktop);
        sweep();
        assertEquals("available", status(ada));
        silent(desktop);
        assertEquals("offline", status(ada));
    }

    @Test
    @Tag("D30")
    void whoeverComesBackIsWhatTheyWereAndKeepsWhatIsNotGivenYet() {
        var ada = there("Ada");
        opens(ada);
        var chat = chat();
        has(chat, ada);
        silent(ada);
        assertNull(desk.ticket(chat).assignee());
        opens(ada);
        assertEquals("available", status(ada));
        has(chat, ada);
        virtually(() -> agents.status(ada, "offline"));
        silent(ada);
        opens(ada);
        assertEquals("offline", status(ada), "who said so stays offline");
    }

    @Test
    @Tag("D30")
    void aProgramWithoutAConsoleIsAvailableForAsLongAsItsSessionLives() {
        var robot = there("Robot");
        sweep();
        assertEquals("available", status(robot));
        var person = signedIn(robot.id());
        opens(person);
        silent(person);
        assertEquals("available", status(robot), "by the program's word");
        virtually(() -> {
            sessions.revoke(robot.sessionHash());
            return null;
        });
        sweep();
        assertEquals("offline", status(robot));
    }

    @Test
    @Tag("D31")
    void goingOfflineGivesChatsAndTextsToSomebodyWhoIsPresent() {
        var ada = there("Ada");
        var chat = chat();
        var text = text("+15550131001");
        has(chat, ada);
        has(text, ada);
        var bea = there("Bea");
        virtually(() -> agents.status(ada, "offline"));
        has(chat, bea);
        until(() -> desk.ticket(text).assignee() != null && desk.ticket(text).assignee().id().equals(bea.id()));
        assertEquals(2, virtually(() -> desk.database.sql().value(Long.class, "select count(*) from journal where "
                + "kind = 'ticket.unassigned' and facts ->> 'from' = $1 and facts ->> 'by' = 'offline'",
                ada.id().toString())).orElseThrow());
    }

    @Test
    @Tag("D31")
    void whoeverIsAwayKeepsTheConversationsTheyHave() {
        var ada = there("Ada");
        var chat = chat();
        has(chat, ada);
        there("Bea");
        virtually(() -> agents.status(ada, "away"));
        assertEquals(ada.id(), desk.ticket(chat).assignee().id());
    }

    @Test
    @Tag("D31")
    void aCustomerWhoWritesAgainToAnAbsentOwnerWaitsForSomebodyWhoIsPresent() {
        var ada = there("Ada");
        var letter = desk.receive(mail("again@x.test", "S", "t", "again-1@x.test")).getFirst().ticketId();
        has(letter, ada);
        virtually(() -> agents.status(ada, "offline"));
        virtually(() -> desk.database.sql().execute("update ticket set status = 'solved', solved_at = now() "
                + "where id = $1", letter));
        var bea = there("Bea");
        desk.receive(mail("again@x.test", "Re: S", "still", "again-2@x.test", "again-1@x.test"));
        assertEquals("open", desk.ticket(letter).status());
        has(letter, bea);
    }

    @Test
    @Tag("D32")
    void theAbsentOwnerIsPreferredForAsLongAsTheCompanySays() {
        for (int minutes : new int[] {240, 0}) {
            virtually(() -> {
                desk.database.run(new RoutingRules(minutes, 30, null)::store);
                return null;
            });
            var ada = there("Ada");
            var from = minutes + "@x.test";
            var letter = desk.receive(mail(from, "S", "t", "first-" + from)).getFirst().ticketId();
            has(letter, ada);
            virtually(() -> agents.status(ada, "offline"));
            desk.receive(mail(from, "Re: S", "still", "second-" + from, "first-" + from));
            until(() -> virtually(() -> routing.explain(letter)).getFirst().outcome().equals("no-candidate"));
            assertNull(desk.ticket(letter).assignee());
            // Both tickets arrive at the same moment; the other agent has been idle longer.
            var bea = desk.agent("Bea" + minutes, "offline");
            virtually(() -> desk.database.transaction(tx -> {
                tx.execute("update agent set status = 'available', idle_since = now() - interval '1 hour' "
                        + "where id = $1", bea);
                return tx.execute("update agent set status = 'available', idle_since = now() where id = $1", ada.id());
            }));
            until(() -> desk.ticket(letter).assignee() != null);
            assertEquals(minutes > 0 ? ada.id() : bea, desk.ticket(letter).assignee().id(), minutes + " minutes");
            nobodyIsThere();
        }
    }

    @Test
    @Tag("D32")
    void whatWakesForAnAbsentOwnerWaitsForSomebodyWhoIsPresent() {
        var ada = there("Ada");
        var letter = letter();
        has(letter, ada);
        virtually(() -> agents.status(ada, "offline"));
        virtually(() -> desk.database.sql().execute("update ticket set status = 'snoozed', snoozed_until = now() "
                + "where id = $1", letter));
        var bea = there("Bea");
        virtually(() -> desk.tickets.wake());
        has(letter, bea);
    }

    @Test
    @Tag("D31")
    void whatOnlyTellsSomethingLeavesTheTicketToItsAbsentOwner() {
        var ada = there("Ada");
        var letter = letter();
        has(letter, ada);
        virtually(() -> agents.status(ada, "offline"));
        var from = desk.ticket(letter).customer().id();
        var told = mail("told@x.test", "Out of office", "t", "told@x.test");
        desk.receive(new Received.Message(told.origin(), "email", told.ourAddress(), told.at(), "auto-reply", true,
                new Sender(Optional.empty(), "", Sender.Trust.PROVEN, Optional.of(from)),
                List.of(new Proof.Certain(letter, "test")), told.window(), told.content(), told.files(), told.keys(),
                told.flags(), told.team(), told.callId(), told.messageId()));
        assertEquals(ada.id(), desk.ticket(letter).assignee().id());
    }

    private void seen(Caller agent, String when) {
        virtually(() -> desk.database.sql().execute("update console set seen_at = now() + $2::text::interval "
                + "where session_hash = $1", agent.sessionHash(), when));
    }

    @Test
    @Tag("R10")
    void aConsoleThatWasLastSeenBeforeTheClockWasTurnedBackIsNotThereForAnHour() {
        var ada = there("Ada");
        opens(ada);
        seen(ada, "1 hour");
        sweep();
        assertEquals("offline", status(ada));
    }

    @Test
    @Tag("R10")
    void nobodyIsTakenForSilentBecauseTheClockWasTurned() {
        var turned = new AtomicLong();
        var watching = new Consoles(desk.database, desk.journal, Duration.ofSeconds(5), new ClockWatch(
                Duration.ofSeconds(1), () -> System.nanoTime() + turned.get()));
        var ada = there("Ada");
        opens(ada);
        sweep(watching);
        for (var by : List.of(1, -1)) {
            seen(ada, -by + " hours");
            turned.addAndGet(-Duration.ofHours(by).toNanos());
            sweep(watching);
            assertEquals("available", status(ada), "turned by " + by);
        }
        until(() -> {
            sweep(watching);
            return status(ada).equals("offline");
        });
    }
}
