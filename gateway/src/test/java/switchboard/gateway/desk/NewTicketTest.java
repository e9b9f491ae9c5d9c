package switchboard.gateway.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.Server;
import switchboard.ticketing.access.Caller.Role;

/// A ticket that an agent opens together with a new customer.
class NewTicketTest {
    private static Server server;
    private static String agent;

    @BeforeAll
    static void start() {
        server = new Server();
        agent = server.token(server.agent("ann", Role.AGENT));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String body(String name, String more) {
        return "{\"customer\":{\"name\":\"" + name + "\"},\"channel\":\"note\",\"subject\":\"S\"" + more + "}";
    }

    private static long count(String table, String name) {
        return server.app.database.sql().value(Long.class, "select count(*) from customer c " + table
                + " where c.name = $1", name).orElseThrow();
    }

    @Test
    @Tag("S8")
    void tenAtOnceUnderOneKeyMakeOneCustomerAndOneTicket() throws Exception {
        var key = UUID.randomUUID().toString();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Server.Answer> send = () -> server.call("POST", "/api/v1/tickets", agent, body("Tina", ""),
                    "Idempotency-Key", key);
            var answers = threads.invokeAll(IntStream.range(0, 10).mapToObj(_ -> send).toList());
            var ids = new java.util.HashSet<String>();
            for (var answer : answers) {
                assertEquals(201, answer.get().status(), answer.get().text());
                ids.add(answer.get().json().path("id").asText());
            }
            assertEquals(1, ids.size());
        }
        assertEquals(1, count("", "Tina"));
        assertEquals(1, count("join ticket t on t.customer_id = c.id", "Tina"));
        var other = server.call("POST", "/api/v1/tickets", agent, body("Tina Two", ""), "Idempotency-Key", key);
        assertEquals(422, other.status(), other.text());
        assertEquals(0, count("", "Tina Two"));
    }

    @Test
    @Tag("S8")
    void aRefusedTicketLeavesNoCustomer() {
        var wrong = List.of(",\"priority\":\"dire\"", ",\"team\":\"" + new UUID(0, 1) + "\"",
                ",\"assignee\":\"" + new UUID(0, 1) + "\"", ",\"subject\":\"\"");
        for (var more : wrong) {
            var refused = server.call("POST", "/api/v1/tickets", agent, body("Ghost", more));
            assertEquals(4, refused.status() / 100, more + refused.text());
        }
        var mail = "{\"customer\":{\"name\":\"Ghost\"},\"channel\":\"email\",\"subject\":\"S\",\"text\":\"\"}";
        assertEquals(400, server.call("POST", "/api/v1/tickets", agent, mail).status());
        assertEquals(0, count("", "Ghost"));
    }
}
