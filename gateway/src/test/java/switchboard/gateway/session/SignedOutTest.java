package switchboard.gateway.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.Server;
import switchboard.gateway.journey.ChatSocket;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.base.Json;

/// Through the API only: agents who sign out or go offline, and their waiting customers.
class SignedOutTest {
    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static Server server;
    private static String admin;
    private static String key;

    @BeforeAll
    static void start() {
        server = new Server();
        admin = server.token(server.agent("root", Role.ADMIN));
        key = ok(server.get("/api/v1/widget", admin)).path("key").asText();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void nobodyIsThere() {
        server.app.database.sql().execute("update agent set status = 'offline'");
        server.app.database.sql().execute("update ticket set status = 'solved'");
    }

    private static JsonNode ok(Server.Answer answer) {
        assertTrue(answer.status() < 300, answer.status() + " " + answer.text());
        return answer.json();
    }

    private static void status(String token, String status) {
        ok(server.call("PUT", "/api/v1/agents/me/status", token, Json.write(Map.of("status", status))));
    }

    /// What a page's widget is told before the visitor writes.
    private static boolean somebodyIsHere() {
        return ok(server.get("/chat/config?key=" + key, null)).path("open").asBoolean();
    }

    private static JsonNode ticket(UUID id) {
        return ok(server.get("/api/v1/tickets/" + id, admin));
    }

    private static String assignee(UUID id) {
        return ticket(id).path("assignee").path("name").asText("");
    }

    private static UUID chat(ChatSocket window, String text) {
        window.hello(key);
        window.say("message", Map.of("id", UUID.randomUUID(), "text", text));
        window.next("ack");
        until(() -> find(text) != null);
        return find(text);
    }

    private static UUID find(String text) {
        for (var ticket : ok(server.get("/api/v1/tickets?limit=50", admin)).path("items")) {
            if (ticket.path("lastMessage").path("preview").asText().equals(text)) {
                return UUID.fromString(ticket.path("id").asText());
            }
        }
        return null;
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "It did not happen");
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
    }

    @Test
    @Tag("D30")
    void signingOutEndsSomebodyIsHereAndGivesTheChatBack() {
        var ada = server.token(server.agent("ada-out", Role.AGENT));
        status(ada, "available");
        until(SignedOutTest::somebodyIsHere);
        try (var window = new ChatSocket(server.app.url); var next = new ChatSocket(server.app.url)) {
            var chat = chat(window, "Is anybody there?");
            until(() -> assignee(chat).equals("ada-out"));
            assertEquals(204, server.call("DELETE", "/api/v1/session", ada, null).status());
            assertFalse(somebodyIsHere());
            window.next("offline");
            assertEquals("", assignee(chat));
            var second = chat(next, "And now?");
            until(() -> !ok(server.get("/api/v1/tickets/" + second + "/routing", admin)).path("items").isEmpty());
            assertEquals("", assignee(second));
            var bea = server.token(server.agent("bea-out", Role.AGENT));
            status(bea, "available");
            until(() -> assignee(chat).equals("bea-out") && assignee(second).equals("bea-out"));
            window.next("online");
        }
    }

    @Test
    @Tag("D31")
    void goingOfflineGivesTheChatToAColleagueWhoIsFree() {
        var ada = server.token(server.agent("ada-off", Role.AGENT));
        status(ada, "available");
        try (var window = new ChatSocket(server.app.url)) {
            var chat = chat(window, "Where is my order?");
            until(() -> assignee(chat).equals("ada-off"));
            status(server.token(server.agent("bea-off", Role.AGENT)), "available");
            status(ada, "offline");
            until(() -> assignee(chat).equals("bea-off"));
        }
    }

    @Test
    @Tag("D30")
    void asLongAsAnotherSessionSaysSoTheAgentIsThere() {
        var id = server.agent("ada-two", Role.AGENT);
        var program = server.token(id);
        var person = server.token(id);
        status(program, "available");
        server.call("DELETE", "/api/v1/session", person, null);
        assertTrue(somebodyIsHere());
        assertEquals("available", ok(server.get("/api/v1/agents/" + id, admin)).path("status").asText());
    }

    @Test
    @Tag("U3")
    void aChatIsListedUntilItIsEnded() {
        var ada = server.token(server.agent("ada-chat", Role.AGENT));
        status(ada, "available");
        try (var window = new ChatSocket(server.app.url)) {
            var chat = chat(window, "Do you sell tents?");
            until(() -> assignee(chat).equals("ada-chat"));
            ok(server.call("POST", "/api/v1/tickets/" + chat + "/replies", ada, "{\"text\": \"We do.\"}",
                    "Idempotency-Key", UUID.randomUUID().toString()));
            assertEquals("open", ticket(chat).path("status").asText());
            assertTrue(listed("chats", ada, chat) && listed("mine", ada, chat));
            ok(server.call("PATCH", "/api/v1/tickets/" + chat, ada, "{\"status\": \"pending\"}"));
            assertTrue(listed("chats", ada, chat) && listed("mine", ada, chat), "even when it was put aside");
            ok(server.call("POST", "/api/v1/tickets/" + chat + "/chat/end", ada, "{}"));
            assertFalse(listed("chats", ada, chat) || listed("mine", ada, chat));
            assertEquals("pending", ticket(chat).path("status").asText());
        }
    }

    private static boolean listed(String view, String token, UUID ticket) {
        for (var one : ok(server.get("/api/v1/tickets?view=" + view, token)).path("items")) {
            if (one.path("id").asText().equals(ticket.toString())) return true;
        }
        return false;
    }
}
