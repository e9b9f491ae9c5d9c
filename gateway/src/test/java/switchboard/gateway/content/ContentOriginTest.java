package switchboard.gateway.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import switchboard.gateway.Server;
import switchboard.ticketing.access.Caller.Role;

/// What strangers wrote, on an origin of its own.
class ContentOriginTest {
    @Test
    void theOriginForContentServesContentAndNothingElse() {
        try (var server = new Server(Map.of("SWITCHBOARD_PUBLIC_URL", "https://desk.example",
                "SWITCHBOARD_CONTENT_URL", "https://content.example"))) {
            var admin = server.agent("root", Role.ADMIN);
            server.token(admin);
            var link = server.app.links.mail(server.message(server.ticket(null, null), "<p>Hello</p>"), admin);
            assertTrue(link.startsWith("https://content.example/content/"), link);
            // The test comes to the program's own port; only the name is that of the origin.
            var path = link.substring("https://content.example".length());
            var port = server.app.port();
            var frame = server.send(java.net.http.HttpRequest.newBuilder(java.net.URI.create("http://127.0.0.1:" + port
                    + path)).header("Host", "content.example").build());
            assertEquals(200, frame.status(), frame.text());
            assertTrue(frame.text().contains("Hello"));
            for (var other : new String[] {"/console/", "/", "/help/en/", "/api/v1/session", "/api/v1/openapi.json",
                    "/widget.js", "/metrics", "/contents", "/content/../console/", "/content/%2e%2e/console/"}) {
                assertEquals(421, ask(port, "content.example", other), other);
            }
            assertEquals(200, ask(port, "content.example", "/health/live"));
            assertEquals(200, ask(port, "desk.example", "/console/"));
            assertEquals(200, ask(port, "127.0.0.1", path), "the main origin may still show it");
            assertEquals(421, ask(port, "elsewhere.example", path));
        }
    }

    private static int ask(int port, String host, String path) {
        try (var socket = new java.net.Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: " + host
                    + "\r\nConnection: close\r\n\r\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            var head = new String(socket.getInputStream().readNBytes(12), java.nio.charset.StandardCharsets.US_ASCII);
            return Integer.parseInt(head.substring(9));
        } catch (java.io.IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
