package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import switchboard.knowledgebase.site.RateLimit;
import switchboard.ticketing.access.Caller.Role;

/// Who is counted as one client, and who may read what operators read.
class LimitsTest {
    private static final String VOTE = "/help/en/articles/none-abcdefg/vote";

    private static int vote(Server server, String forwarded) {
        return server.call("POST", VOTE, null, "helpful=yes", "X-Forwarded-For", forwarded, "Content-Type",
                "application/x-www-form-urlencoded").status();
    }

    @Test
    void behindATrustedProxyEachReaderIsCountedByTheAddressThatTheProxyNames() {
        try (var server = new Server(Map.of("SWITCHBOARD_TRUSTED_PROXIES", "127.0.0.1"))) {
            for (int i = 0; i < RateLimit.max("vote"); i++) assertEquals(404, vote(server, "203.0.113.1"));
            assertEquals(429, vote(server, "203.0.113.1"));
            assertEquals(429, vote(server, "198.51.100.7, 203.0.113.1"), "what the reader says of itself is nothing");
            assertEquals(404, vote(server, "203.0.113.2"));
        }
    }

    @Test
    void whatAnUntrustedPeerSaysOfItsAddressIsNothing() {
        try (var server = new Server()) {
            for (int i = 0; i < RateLimit.max("vote"); i++) assertEquals(404, vote(server, "203.0.113." + i));
            assertEquals(429, vote(server, "203.0.113.200"));
        }
    }

    @Test
    void everyPublicSearchCountsInOneLimitOfItsOwn() {
        try (var server = new Server(Map.of("SWITCHBOARD_TRUSTED_PROXIES", "127.0.0.1"))) {
            Set<String> asked = ConcurrentHashMap.newKeySet();
            server.app.help.limit((what, who) -> {
                asked.add(what + " " + who);
                return !who.equals("203.0.113.9");
            });
            for (var path : List.of("/help/en/search?q=x", "/help/en/suggest?q=x", "/api/v1/articles/search?q=x")) {
                asked.clear();
                assertEquals(429, from(server, path, "203.0.113.9"), path);
                assertEquals(200, from(server, path, "2001:db8:1:2::7"), path);
                assertEquals(Set.of("search 203.0.113.9", "search 2001:db8:1:2"), asked, path);
            }
        }
    }

    private static int from(Server server, String path, String client) {
        return server.call("GET", path, null, null, "X-Forwarded-For", client).status();
    }

    @Test
    void aSearchIsRefusedOnlyFarAboveWhatAnOfficeTypes() {
        var limit = RateLimit.inProcess();
        for (int i = 0; i < RateLimit.max("search"); i++) assertTrue(limit.allows("search", "a"));
        assertFalse(limit.allows("search", "a"));
        assertTrue(limit.allows("search", "b"));
        assertTrue(limit.allows("vote", "a"));
    }

    @Test
    void figuresAreForThisMachineAndForAdmins() {
        try (var server = new Server(Map.of("SWITCHBOARD_TRUSTED_PROXIES", "127.0.0.1"))) {
            var admin = server.token(server.agent("root", Role.ADMIN));
            var agent = server.token(server.agent("ada", Role.AGENT));
            assertEquals(200, metrics(server, null, null), "a scraper on this machine");
            assertEquals(200, metrics(server, null, "127.0.0.1"));
            assertEquals(401, metrics(server, null, "203.0.113.9"));
            assertEquals(401, metrics(server, "no-token", "203.0.113.9"));
            assertEquals(403, metrics(server, agent, "203.0.113.9"));
            assertEquals(200, metrics(server, admin, "203.0.113.9"));
            assertEquals(200, server.call("GET", "/health/live", null, null, "X-Forwarded-For", "203.0.113.9")
                    .status());
        }
        try (var server = new Server()) {
            assertEquals(401, metrics(server, null, "127.0.0.1"), "through a proxy that nobody trusts");
            assertEquals(200, metrics(server, null, null));
        }
    }

    private static int metrics(Server server, String token, String forwarded) {
        return (forwarded == null ? server.get("/metrics", token)
                : server.call("GET", "/metrics", token, null, "X-Forwarded-For", forwarded)).status();
    }
}
