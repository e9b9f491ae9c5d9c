package switchboard.gateway.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import switchboard.gateway.Server;
import switchboard.ticketing.access.Agents;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.access.Sessions;
import switchboard.ticketing.base.Json;

/// Whether an address is an agent's is not told by what anyone may call: not by the answer and not by the work for it.
@Tag("T52")
class UnknownAddressTest {
    private static Server server;
    private static UUID ada;

    @BeforeAll
    static void start() {
        server = new Server();
        ada = server.agent("ada", Role.AGENT);
        var left = server.agent("left", Role.AGENT);
        server.agent("invited", Role.AGENT);
        var hash = server.app.passwords.hash("the right password");
        for (var one : List.of(ada, left)) server.app.database.run(tx -> Agents.password(tx, one, hash));
        server.app.database.sql().execute("update agent set active = false where id = $1", left);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// Everything of an answer.
    private static String ask(String path, Map<String, String> body) {
        var answer = server.call("POST", "/api/v1" + path, null, Json.write(body));
        return answer.status() + " " + new TreeMap<>(answer.headers().map()) + " " + answer.text();
    }

    @Test
    void signingInAnswersAlikeToAWrongPasswordAndToEveryAddressThatCannot() {
        var unknown = ask("/session", Map.of("email", "nobody@demo.test", "password", "the right password"));
        assertTrue(unknown.startsWith("401 "), unknown);
        assertEquals(unknown, ask("/session", Map.of("email", "ada@demo.test", "password", "a wrong password")));
        assertEquals(unknown, ask("/session", Map.of("email", "left@demo.test", "password", "the right password")));
        assertEquals(unknown, ask("/session", Map.of("email", "invited@demo.test", "password", "")));
    }

    @Test
    void anUnknownAddressCostsTheSamePasswordHash() {
        var passwords = server.app.passwords;
        var cost = "^(\\$[^$]+\\$[^$]+\\$[^$]+\\$).*";
        assertEquals(passwords.hash("x").replaceFirst(cost, "$1"), passwords.nobody().replaceFirst(cost, "$1"));
        assertFalse(passwords.verify("x", null));
    }

    /// While nobody can be looked up, both are answered: looking up is no part of the answer.
    @Test
    @Timeout(60)
    void askingForANewPasswordIsAnsweredBeforeAnybodyIsLookedUp() {
        server.app.database.run(tx -> {
            tx.execute("lock table agent in access exclusive mode");
            var unknown = ask("/password/forgot", Map.of("email", "nobody@demo.test"));
            assertTrue(unknown.startsWith("204 "), unknown);
            assertEquals(unknown, ask("/password/forgot", Map.of("email", "ada@demo.test")));
            assertEquals(unknown, ask("/password/forgot", Map.of("email", "left@demo.test")));
        });
    }

    @Test
    void tooManyRequestsForANewPasswordAreStoppedAlike() {
        var last = new TreeMap<String, String>();
        for (var who : List.of("often@demo.test", "invited@demo.test")) {
            for (int i = 0; i < 6; i++) last.put(who, ask("/password/forgot", Map.of("email", who)));
        }
        assertTrue(last.get("invited@demo.test").startsWith("429 "), last.toString());
        assertEquals(last.get("invited@demo.test"), last.get("often@demo.test"));
    }

    @Test
    void aLinkThatIsUsedOrTooOldOrOfNobodyIsRefusedAlike() {
        var used = link();
        assertTrue(ask("/password/reset", reset(used)).startsWith("204 "));
        var old = link();
        server.app.database.sql().execute("update session set expires_at = now() - interval '1 minute' "
                + "where kind = 'reset'");
        var unknown = ask("/password/reset", reset("no-such-link"));
        assertTrue(unknown.startsWith("404 ") && unknown.contains("\"link-over\"")
                && unknown.contains("This link has been used or is too old"), unknown);
        assertEquals(unknown, ask("/password/reset", reset(used)));
        assertEquals(unknown, ask("/password/reset", reset(old)));
    }

    @Test
    void anInvitationWorksOnceAndAPasswordThatIsRefusedDoesNotUseItUp() {
        var link = server.app.database.transaction(tx -> Sessions.link(tx, ada, true));
        var tooShort = ask("/password/reset", Map.of("token", link, "password", "short"));
        assertTrue(tooShort.startsWith("400 "), tooShort);
        assertTrue(ask("/password/reset", reset(link)).startsWith("204 "));
        var again = ask("/password/reset", reset(link));
        assertTrue(again.startsWith("404 ") && again.contains("\"link-over\""), again);
    }

    private static String link() {
        return server.app.database.transaction(tx -> Sessions.link(tx, ada, false));
    }

    private static Map<String, String> reset(String token) {
        return Map.of("token", token, "password", "another password");
    }
}
