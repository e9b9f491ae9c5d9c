package switchboard.ticketing.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.base.Failure;

class SessionsTest {
    private World world;
    private UUID agent;

    @BeforeEach
    void people() {
        world = new World();
        agent = world.agent("ada", Role.AGENT);
        world.agent("root", Role.ADMIN);
    }

    @AfterEach
    void over() {
        world.close();
    }

    private String open() {
        return world.sessions.open(agent, Sessions.Kind.BROWSER, "");
    }

    @Test
    @Tag("T47")
    void aTokenIsNowhereInTheDatabaseAndItsHashIsNoToken() {
        var token = open();
        var hash = world.sessions.caller(token).orElseThrow().sessionHash();
        assertFalse(world.database.sql().exists("select 1 from session s where s::text like '%' || $1 || '%'", token));
        assertEquals(Optional.empty(), world.sessions.caller(hash));
    }

    @Test
    @Tag("T46")
    void aSignInThatWasBegunWithThePasswordOfBeforeAResetOpensNothing() {
        world.database.sql().execute("update agent set password_hash = 'old' where id = $1", agent);
        assertTrue(world.sessions.signIn(agent, "old").flatMap(world.sessions::caller).isPresent());
        world.database.sql().execute("update agent set password_hash = 'new' where id = $1", agent);
        assertEquals(Optional.empty(), world.sessions.signIn(agent, "old"));
        world.database.sql().execute("update agent set active = false where id = $1", agent);
        assertEquals(Optional.empty(), world.sessions.signIn(agent, "new"));
    }

    @Test
    @Tag("T46")
    void theTwentyFirstSessionEndsTheOldest() {
        var tokens = new ArrayList<String>();
        IntStream.range(0, Sessions.LIVE_MAX).forEach(_ -> tokens.add(open()));
        assertTrue(tokens.stream().allMatch(token -> world.sessions.caller(token).isPresent()));
        tokens.add(open());
        assertEquals(Optional.empty(), world.sessions.caller(tokens.getFirst()));
        assertTrue(tokens.stream().skip(1).allMatch(token -> world.sessions.caller(token).isPresent()));
    }

    @Test
    void aSessionEndsAfterTwelveHoursOfSilenceAndAfterItsTimeInAnyCase() {
        var idle = open();
        world.database.sql().execute("update session set seen_at = now() - interval '12 hours 1 minute'");
        var old = open();
        world.database.sql().execute("update session set expires_at = now() - interval '1 second' where token_hash = "
                + "$1",
                world.sessions.caller(old).orElseThrow().sessionHash());
        assertEquals(Optional.empty(), world.sessions.caller(idle));
        assertEquals(Optional.empty(), world.sessions.caller(old));
    }

    @Test
    @Tag("T46")
    void newPasswordNewRoleAndDeactivationEndEverySession() {
        var admin = world.caller(world.agent("boss", Role.ADMIN));
        var first = open();
        world.database.run(tx -> Agents.password(tx, agent, "$hash"));
        assertEquals(Optional.empty(), world.sessions.caller(first));
        var second = open();
        change(admin, "lead", null);
        assertEquals(Optional.empty(), world.sessions.caller(second));
        var third = open();
        change(admin, null, false);
        assertEquals(Optional.empty(), world.sessions.caller(third));
        assertEquals(Optional.empty(), world.sessions.caller(open()), "nor does a new one live");
    }

    private void change(Caller by, String role, Boolean active) {
        int version = world.agents.get(agent).version();
        world.agents.change(by, agent, new Agents.Change(null, role, null, null, null, null, null, null, null,
                active, version));
    }

    @Test
    void aStreamTicketOpensOnceAndNotAfterItsSessionIsOver() {
        var caller = world.sessions.caller(open()).orElseThrow();
        var ticket = world.sessions.streamTicket(caller);
        assertEquals(Optional.empty(), world.sessions.caller(ticket), "a ticket is no session");
        assertEquals(caller.id(), world.sessions.redeemStream(ticket).orElseThrow().id());
        assertEquals(Optional.empty(), world.sessions.redeemStream(ticket));
        var second = world.sessions.streamTicket(caller);
        world.sessions.revoke(caller.sessionHash());
        assertEquals(Optional.empty(), world.sessions.redeemStream(second));
    }

    @Test
    @Tag("T51")
    void aLinkWorksOnceForThirtyMinutesAndOnlyTheLastOneDoes() {
        var first = link();
        var second = link();
        assertEquals(Optional.empty(), redeem(first));
        assertEquals(Optional.of(agent), redeem(second));
        assertEquals(Optional.empty(), redeem(second));
        var late = link();
        world.database.sql().execute("update session set expires_at = expires_at - interval '30 minutes 1 second'");
        assertEquals(Optional.empty(), redeem(late));
        assertEquals(Optional.empty(), redeem(null));
        assertEquals(Optional.empty(), redeem(""));
    }

    private String link() {
        return world.database.transaction(tx -> Sessions.link(tx, agent, false));
    }

    private Optional<UUID> redeem(String token) {
        return world.database.transaction(tx -> Sessions.redeemLink(tx, token));
    }

    @Test
    void theLastAdministratorStaysOne() {
        var root = world.database.sql().value(UUID.class, "select id from agent where role = 'admin'").orElseThrow();
        var change = new Agents.Change(null, "agent", null, null, null, null, null, null, null, null, 1);
        var refused = assertThrows(Failure.Conflict.class, () -> world.agents.change(world.caller(root), root, change));
        assertEquals("last-admin", refused.code());
        assertEquals("admin", world.agents.get(root).role());
    }

    @Test
    void loadIsWhatTheOpenTicketsCost() {
        var customer = world.customer("Carl");
        for (var status : List.of("open", "open", "pending")) {
            world.ticket(new TicketFacts(UUID.randomUUID(), null, agent, java.util.Set.of(), customer, status,
                    "chat", java.util.Set.of(), "normal"));
        }
        assertEquals(50, world.agents.get(agent).load());
    }
}
