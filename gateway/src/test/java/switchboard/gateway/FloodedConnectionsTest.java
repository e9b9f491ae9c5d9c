package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.until;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import switchboard.channels.twilio.FormBody;
import switchboard.channels.twilio.Signature;
import switchboard.gateway.journey.ChatSocket;

/// Connections without number, bodies without end, frames without measure: what they may take is bounded, and they take
/// nothing from anybody else.
@Timeout(120)
@Tag("T96")
class FloodedConnectionsTest {
    /// Of one address: twenty windows for each of the five conversations that it may begin in an hour.
    private static final int SOCKETS = 5 * 20;
    private static final int SMTP_CONNECTIONS = 20;
    /// What lies in the buffers of both ends of a connection on one machine is far less.
    private static final long ENDLESS_BYTES = 256L * 1024 * 1024;
    private static final String SHAPED = "x".repeat(28);
    private static Floods floods;
    private static Server server;

    @BeforeAll
    static void start() {
        floods = new Floods();
        server = floods.server;
    }

    @AfterAll
    static void stop() {
        floods.close();
    }

    private static String status(RawRequest request) {
        var head = request.head();
        return head.split(" ", 3)[1] + (head.toLowerCase(java.util.Locale.ROOT).contains("\nretry-after: ") ? " later"
                : "");
    }

    @Test
    void thousandsOfSocketsThatSayNothingLeaveTheOthersTheirChat() {
        var open = new ArrayList<RawRequest>();
        for (int i = 0; i < 20 * SOCKETS; i++) {
            var socket = RawRequest.upgrade(server.app.url, "198.51.100." + i / SOCKETS);
            open.add(socket);
            assertEquals("101", status(socket), "socket " + i);
        }
        try (var more = RawRequest.upgrade(server.app.url, "198.51.100.1")) {
            assertEquals("429 later", status(more), "one more of an address");
        }
        try (var network = RawRequest.upgrade(server.app.url, "2001:db8:1:2::1")) {
            assertEquals("101", status(network));
        }
        try (var chat = new ChatSocket(server.app.url)) {
            chat.hello(floods.widget);
            chat.say("message", Map.of("id", UUID.randomUUID(), "text", "I am here"));
            chat.next("ack");
        }
        open.forEach(RawRequest::close);
        until(() -> {
            try (var again = RawRequest.upgrade(server.app.url, "198.51.100.1")) {
                return status(again).equals("101");
            }
        });
    }

    @Test
    void aNetworkOfIpv6IsOneAddress() {
        var open = new ArrayList<RawRequest>();
        for (int i = 0; i < SOCKETS; i++) {
            var socket = RawRequest.upgrade(server.app.url, "2001:db8:7:7::" + Integer.toHexString(i));
            open.add(socket);
            assertEquals("101", status(socket));
        }
        try (var more = RawRequest.upgrade(server.app.url, "2001:db8:7:7:ffff::1");
                var other = RawRequest.upgrade(server.app.url, "2001:db8:7:8::1")) {
            assertEquals("429 later", status(more));
            assertEquals("101", status(other));
        }
        open.forEach(RawRequest::close);
    }

    @Test
    void aFrameThatIsTooLargeEndsItsOwnSocketAlone() {
        try (var well = new ChatSocket(server.app.url)) {
            var token = well.hello(floods.widget).path("token").asText();
            try (var large = new ChatSocket(server.app.url)) {
                large.say("hello", Map.of("key", floods.widget, "token", token));
                large.next("welcome");
                var ping = "{\"type\":\"ping\"}";
                large.raw(ping + " ".repeat(64 * 1024 - ping.length()));
                large.next("pong");
                large.raw(ping + " ".repeat(64 * 1024 - ping.length() + 1));
                until(() -> large.closed() != 0);
                assertEquals(1009, large.closed());
            }
            well.say("message", Map.of("id", UUID.randomUUID(), "text", "still here"));
            well.next("ack");
        }
    }

    /// The addresses that the channels mount, each of them.
    private static List<String> webhooks() {
        var all = server.app.served.stream().map(io.vertx.ext.web.Route::getPath)
                .filter(path -> path != null && path.startsWith("/webhooks"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(all.size() > 10, "the telephone's webhooks are mounted: " + all);
        return List.copyOf(all);
    }

    @Test
    void everyWebhookTakesSixtyFourKibibytesOfFiveHundredFieldsAndNoMore() {
        for (var path : webhooks()) {
            var most = FormBody.of("Body", "x".repeat(FormBody.SIZE_BYTES_MAX - "Body=".length()));
            assertEquals(403, floods.post(path, most, null, SHAPED).status(), path);
            var over = FormBody.of("Body", "x".repeat(FormBody.SIZE_BYTES_MAX - "Body=".length() + 1));
            assertEquals(413, floods.post(path, over, null, SHAPED).status(), path);
            var crowd = FormBody.empty();
            for (int i = 0; i < FormBody.FIELDS_MAX; i++) crowd = crowd.with("a" + i, "");
            assertEquals(403, floods.post(path, crowd, null, SHAPED).status(), path);
            assertEquals(413, floods.post(path, crowd.with("b", ""), null, SHAPED).status(), path);
        }
    }

    @Test
    void aBodyWithoutEndIsNotReadToItsEnd() {
        for (var path : List.of("/webhooks/twilio/sms", "/webhooks/twilio/voice", "/help/en/contact",
                "/api/v1/session")) {
            try (var request = RawRequest.open(server.app.url, "POST " + path + " HTTP/1.1\r\n" + Signature.HEADER
                    + ": " + SHAPED + "\r\nContent-Type: " + (path.startsWith("/api") ? "application/json"
                    : "application/x-www-form-urlencoded") + "\r\nContent-Length: 10000000000")) {
                assertTrue(request.write(ENDLESS_BYTES) < ENDLESS_BYTES, path);
            }
            assertEquals("200", floods.text("+15551230077", path.length()), "others are served");
        }
    }

    @Test
    void oneClientHasTwentyConnectionsForMailAndComesBackWhenOneIsFree() throws Exception {
        var open = new ArrayList<java.net.Socket>();
        for (int i = 0; i < SMTP_CONNECTIONS; i++) open.add(greeted("220"));
        greeted("421").close();
        try (var chat = new ChatSocket(server.app.url)) {
            chat.hello(floods.widget);
        }
        for (var one : open) one.close();
        until(() -> {
            try {
                return floods.mail("support", 1).equals("250");
            } catch (UncheckedIOException refused) {
                return false; // its 421 came with a reset
            }
        });
    }

    private static java.net.Socket greeted(String code) throws java.io.IOException {
        var socket = new java.net.Socket("127.0.0.1", server.smtpPort());
        var greeting = new String(socket.getInputStream().readNBytes(3), java.nio.charset.StandardCharsets.US_ASCII);
        assertEquals(code, greeting);
        return socket;
    }
}
