package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.http.Permission;
import switchboard.gateway.http.Route;
import switchboard.ticketing.access.Caller.Role;

/// A browser that is signed in, and a foreign page that lets it send things: no route that changes anything is done.
class ForgedRequestTest {
    private static Server server;
    private static UUID root;
    private static String cookie;

    @BeforeAll
    static void start() {
        server = new Server();
        root = server.agent("root", Role.ADMIN);
        cookie = "sb_session=" + server.token(root);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// What pages can make a browser send without asking us first, and what they could if a safeguard failed.
    private static Map<String, List<String>> forgeries() {
        var own = server.app.url;
        var all = new LinkedHashMap<String, List<String>>();
        all.put("a form", List.of("Content-Type", "application/x-www-form-urlencoded", "Origin",
                "https://evil.example"));
        all.put("a form without an origin", List.of("Content-Type", "application/x-www-form-urlencoded"));
        all.put("JSON as plain text", List.of("Content-Type", "text/plain", "Origin", "https://evil.example"));
        all.put("JSON as plain text without an origin", List.of("Content-Type", "text/plain"));
        all.put("an upload", List.of("Content-Type", "multipart/form-data; boundary=x", "Origin", "null"));
        all.put("a foreign page with our header", List.of("X-Switchboard", "1", "Origin", "https://evil.example"));
        all.put("a sandboxed page with our header", List.of("X-Switchboard", "1", "Origin", "null"));
        all.put("a page with a name like ours", List.of("X-Switchboard", "1", "Origin", own + ".evil.example"));
        all.put("a cross-site fetch", List.of("X-Switchboard", "1", "Origin", own, "Sec-Fetch-Site", "cross-site"));
        all.put("a same-site fetch", List.of("X-Switchboard", "1", "Sec-Fetch-Site", "same-site"));
        return all;
    }

    private static Server.Answer send(Route route, List<String> headers, String body) {
        var all = new ArrayList<>(headers);
        all.addAll(List.of("Cookie", cookie));
        var path = MatrixWorld.nowhere(route);
        return server.call(route.method().name(), path, null, body, all.toArray(String[]::new));
    }

    @Test
    @Tag("T53")
    void noRouteThatChangesAnythingIsDoneForAForeignPage() {
        var done = new ArrayList<String>();
        int routes = 0;
        for (var route : new Areas().routes()) {
            if (!route.changesState()) continue;
            routes++;
            forgeries().forEach((what, headers) -> {
                var answer = send(route, headers, "{}");
                // Without a word about its page a request to a public route has no cookie's power: it is only wrong.
                boolean powerless = route.permission() instanceof Permission.Public && !headers.contains("Origin")
                        && !headers.contains("Sec-Fetch-Site");
                if (answer.status() != (powerless ? 400 : 403)) {
                    done.add(route.name() + " by " + what + ": " + answer.status() + " " + answer.text());
                }
            });
        }
        assertEquals("", String.join("\n", done));
        assertTrue(routes > 50, "there are " + routes);
        assertTrue(server.app.sessions.caller(cookie.substring(cookie.indexOf('=') + 1)).isPresent());
    }

    @Test
    void theSameRequestsFromAPageOfOursAreLookedAt() {
        for (var route : new Areas().routes()) {
            if (!route.changesState() || route.name().equals("DELETE /api/v1/session")) continue;
            var answer = send(route, List.of("X-Switchboard", "1", "Origin", server.app.url), "{}");
            assertTrue(answer.status() != 403 && answer.status() < 500 || answer.status() == 503,
                    route.name() + " " + answer.status() + " " + answer.text());
        }
    }
}
