package switchboard.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.Server;
import switchboard.ticketing.access.Caller.Role;

/// What the program reveals to clients that come through a web server on the same machine.
@Tag("S20")
class BehindProxyTest {
    private static Server.Answer get(Server server, String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.app.port() + path));
        for (int i = 0; i < headers.length; i += 2) request.setHeader(headers[i], headers[i + 1]);
        return server.send(request.build());
    }

    @Test
    void everySubdomainIsSecureToo() {
        try (var server = new Server(Map.of("SWITCHBOARD_PUBLIC_URL", "https://desk.example"))) {
            assertEquals("max-age=31536000; includeSubDomains", get(server, "/health/live").headers()
                    .firstValue("Strict-Transport-Security").orElse(""));
        }
    }

    @Test
    void theFiguresOfAPublicProgramNeedAnAdminsToken() {
        try (var server = new Server(Map.of("SWITCHBOARD_PUBLIC_URL", "https://desk.example"))) {
            // A proxy that adds no headers looks like a local client.
            assertEquals(401, get(server, "/metrics").status());
            assertEquals(401, get(server, "/metrics", "Host", "desk.example").status());
            var agent = server.token(server.agent("ann", Role.AGENT));
            assertEquals(403, get(server, "/metrics", "Authorization", "Bearer " + agent).status());
            var admin = server.token(server.agent("root", Role.ADMIN));
            assertEquals(200, get(server, "/metrics", "Authorization", "Bearer " + admin).status());
        }
    }

    @Test
    void theSettingOpensThemToThisMachineAlone() {
        try (var server = new Server(Map.of("SWITCHBOARD_PUBLIC_URL", "https://desk.example", "SWITCHBOARD_METRICS",
                "local"))) {
            assertEquals(200, get(server, "/metrics").status());
            for (var header : new String[] {"X-Forwarded-For", "Forwarded", "X-Real-IP", "Via", "X-Forwarded-Host"}) {
                assertEquals(401, get(server, "/metrics", header, "203.0.113.5").status(), header);
            }
        }
    }
}
