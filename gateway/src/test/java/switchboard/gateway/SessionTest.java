package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.access.Agents;
import switchboard.ticketing.access.Caller.Role;

class SessionTest {
    private static Server server;
    private static UUID ada;

    @BeforeAll
    static void start() {
        server = new Server();
        ada = server.agent("ada", Role.AGENT);
        var hash = server.app.passwords.hash("a good password");
        server.app.database.run(tx -> Agents.password(tx, ada, hash));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Server.Answer signIn(String email, String password, String... headers) {
        return server.call("POST", "/api/v1/session", null,
                "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}", headers);
    }

    @Test
    void signingInGivesATokenAndACookieThatBothWorkUntilSignedOut() {
        var in = signIn("Ada@Demo.test", "a good password");
        assertEquals(200, in.status(), in.text());
        assertEquals("ada", in.json().at("/agent/name").asText());
        var token = in.json().path("token").asText();
        var set = in.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(set.startsWith("sb_session=" + token) && set.contains("HttpOnly") && set.contains("SameSite=Lax"),
                set);
        assertEquals(200, server.get("/api/v1/session", token).status());
        assertEquals(200, server.call("GET", "/api/v1/session", null, null, "Cookie", "sb_session=" + token).status());
        assertEquals(204, server.call("DELETE", "/api/v1/session", token, null).status());
        assertEquals(401, server.get("/api/v1/session", token).status());
    }

    @Test
    @Tag("T46")
    void aCookieThatWasThereBeforeSigningInIsNotTheSession() {
        var in = signIn("ada@demo.test", "a good password", "Cookie", "sb_session=planted");
        assertEquals(200, in.status());
        assertNotEquals("planted", in.json().path("token").asText());
        assertEquals(401, server.call("GET", "/api/v1/session", null, null, "Cookie", "sb_session=planted").status());
    }

    @Test
    @Tag("T52")
    void aWrongPasswordAndAnUnknownAddressAreAnsweredAlike() {
        var wrong = signIn("ada@demo.test", "not the password");
        var unknown = signIn("nobody@demo.test", "not the password");
        assertEquals(401, wrong.status());
        assertEquals(wrong.text(), unknown.text());
        assertEquals(wrong.headers().map().keySet(), unknown.headers().map().keySet());
    }

    @Test
    @Tag("T55")
    void anOverlongPasswordIsRefusedBeforeItCostsAnything() {
        assertEquals(400, signIn("ada@demo.test", "x".repeat(129)).status());
    }

    @Test
    @Tag("T56")
    void tooManyTriesForOneAccountAreStoppedWhateverForwardedForSays() {
        for (int i = 0; i < 10; i++) {
            assertEquals(401, signIn("target@demo.test", "guess", "X-Forwarded-For", "10.0.0." + i).status());
        }
        var stopped = signIn("target@demo.test", "guess", "X-Forwarded-For", "10.0.1.1");
        assertEquals(429, stopped.status());
        assertTrue(stopped.headers().firstValue("Retry-After").isPresent());
    }

    @Test
    @Tag("T53")
    void aCookieChangesNothingWithoutOurHeaderAndOurOrigin() {
        var cookie = "sb_session=" + server.token(ada);
        var url = server.app.url;
        assertEquals(403, status(cookie));
        assertEquals(403, status(cookie, "X-Switchboard", "1"));
        assertEquals(403, status(cookie, "Origin", url));
        assertEquals(403, status(cookie, "X-Switchboard", "1", "Origin", "https://evil.example"));
        assertEquals(403, status(cookie, "X-Switchboard", "1", "Origin", "null"));
        assertEquals(403, status(cookie, "X-Switchboard", "1", "Origin", url + ".evil.example"));
        assertEquals(403, status(cookie, "X-Switchboard", "1", "Origin", url, "Sec-Fetch-Site", "cross-site"));
        assertEquals(200, status(cookie, "X-Switchboard", "1", "Origin", url));
        assertEquals(200, status(cookie, "X-Switchboard", "1", "Sec-Fetch-Site", "same-origin"));
    }

    private static int status(String cookie, String... headers) {
        var all = new java.util.ArrayList<>(java.util.List.of(headers));
        all.addAll(java.util.List.of("Cookie", cookie));
        return server.call("PUT", "/api/v1/agents/me/status", null, "{\"status\":\"away\"}", all.toArray(String[]::new))
                .status();
    }

    @Test
    @Tag("T54")
    void noForeignOriginIsEverAllowedToRead() {
        for (var origin : new String[] {"https://evil.example", "null", server.app.url + ".evil.example"}) {
            var answer = server.call("GET", "/api/v1/session", server.token(ada), null, "Origin", origin);
            assertFalse(answer.headers().firstValue("Access-Control-Allow-Origin").isPresent());
        }
    }

    @Test
    @Tag("T49")
    void aRequestForAnotherHostIsMisdirected() {
        assertEquals(421, server.call("GET", "/api/v1/session", null, null, "Host", "evil.example").status());
        assertEquals(401, server.call("GET", "/api/v1/session", null, null, "Host", "localhost").status());
    }

    @Test
    @Tag("T50")
    void aForgottenPasswordIsMailedToTheStoredAddressOnlyAndItsLinkWorksOnce() throws InterruptedException {
        for (var body : new String[] {"{\"email\":[\"ada@demo.test\",\"evil@x.test\"]}",
                "{\"email\":\"ada@demo.test\\r\\nBcc: b@x.test\"}"}) {
            assertEquals(400, server.call("POST", "/api/v1/password/forgot", null, body).status());
        }
        assertEquals(204, server.call("POST", "/api/v1/password/forgot", null, "{\"email\":\"nobody@demo.test\"}")
                .status());
        assertEquals(204, server.call("POST", "/api/v1/password/forgot", null, "{\"email\":\"ADA@demo.test\"}")
                .status());
        var letter = awaitLetter();
        assertEquals("ada@demo.test", letter.path("to").asText());
        var link = letter.path("text").asText().lines().filter(line -> line.startsWith("http")).findFirst()
                .orElseThrow();
        assertTrue(link.startsWith(server.app.url + "/console/reset?token="), link);
        var body = "{\"token\":\"" + link.substring(link.indexOf('=') + 1) + "\",\"password\":\"a good password\"}";
        assertEquals(204, server.call("POST", "/api/v1/password/reset", null, body).status());
        var again = server.call("POST", "/api/v1/password/reset", null, body);
        assertEquals(404, again.status());
        assertEquals("link-over", again.code());
    }

    private static com.fasterxml.jackson.databind.JsonNode awaitLetter() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            var found = server.app.database.sql()
                    .value(String.class, "select payload::text from outbox where channel = 'email'");
            if (found.isPresent()) return switchboard.ticketing.base.Json.read(found.get(),
                    com.fasterxml.jackson.databind.JsonNode.class);
            Thread.sleep(50);
        }
        throw new AssertionError("no letter");
    }
}
