package switchboard.gateway.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.Server;
import switchboard.ticketing.access.Agents;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.base.Json;

/// A password guesser locks out only their own network.
@Tag("S7")
@Tag("T56")
class LockTest {
    private static final String PASSWORD = "a good password";
    private static Server server;

    @BeforeAll
    static void start() {
        server = new Server(Map.of("SWITCHBOARD_TRUSTED_PROXIES", "127.0.0.1"));
        var hash = server.app.passwords.hash(PASSWORD);
        for (var name : new String[] {"ada", "bo", "cleo"}) {
            var agent = server.agent(name, Role.AGENT);
            server.app.database.run(tx -> Agents.password(tx, agent, hash));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Server.Answer signIn(String name, String password, String from, String... headers) {
        var all = new java.util.ArrayList<>(java.util.List.of(headers));
        all.addAll(java.util.List.of("X-Forwarded-For", from));
        return server.call("POST", "/api/v1/session", null, Json.write(Map.of("email", name + "@demo.test", "password",
                password)), all.toArray(String[]::new));
    }

    private static void guess(String name, String from) {
        for (int i = 0; i < 10; i++) assertEquals(401, signIn(name, "guess " + i, from).status());
        var stopped = signIn(name, PASSWORD, from);
        assertEquals(429, stopped.status());
        int wait = Integer.parseInt(stopped.headers().firstValue("Retry-After").orElseThrow());
        assertTrue(wait >= 30, "a wait that keeps a guesser out: " + wait);
    }

    @Test
    void aStrangersGuessesLockTheStrangerOutOnly() {
        guess("ada", "198.51.100.7");
        assertEquals(200, signIn("ada", PASSWORD, "203.0.113.5").status());
        // The stranger tried only one account; other accounts stay open from that network.
        assertEquals(401, signIn("bo", "guess", "198.51.100.7").status());
    }

    @Test
    void aKnownDeviceIsLetThroughFromTheStrangersOwnNetwork() {
        var known = signIn("bo", PASSWORD, "198.51.100.8").headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.contains("sb_device_")).findFirst().orElseThrow();
        assertTrue(known.contains("HttpOnly") && known.contains("SameSite=Strict"), known);
        var cookie = known.split(";")[0];
        for (int i = 0; i < 10; i++) signIn("bo", "guess " + i, "198.51.100.8");
        assertEquals(429, signIn("bo", PASSWORD, "198.51.100.8").status());
        assertEquals(200, signIn("bo", PASSWORD, "198.51.100.8", "Cookie", cookie).status());
    }

    @Test
    void aForgedOrAnothersDeviceIsNoKnownOne() {
        var bos = signIn("bo", PASSWORD, "198.51.100.9").headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.contains("sb_device_")).findFirst().orElseThrow().split(";")[0];
        guess("cleo", "198.51.100.10");
        var name = "sb_device_" + switchboard.ticketing.base.Signer.digest("cleo@demo.test").substring(0, 8);
        for (var value : new String[] {bos.split("=")[1], "x~y", "~", bos.split("=")[1] + "x"}) {
            assertEquals(429, signIn("cleo", PASSWORD, "198.51.100.10", "Cookie", name + "=" + value).status());
        }
    }

    @Test
    void aKnownDeviceHasItsTriesToo() {
        var cookie = signIn("cleo", PASSWORD, "198.51.100.11").headers().allValues("Set-Cookie").stream()
                .filter(one -> one.contains("sb_device_")).findFirst().orElseThrow().split(";")[0];
        for (int i = 0; i < 10; i++) {
            assertEquals(401, signIn("cleo", "guess " + i, "203.0.113." + i, "Cookie", cookie).status());
        }
        assertEquals(429, signIn("cleo", PASSWORD, "203.0.113.99", "Cookie", cookie).status());
    }
}
