package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.http.Route;
import switchboard.ticketing.access.Caller.Role;

/// Who gets what from every route: `route-matrix.txt` has a row for each, and a route without one fails here.
/// `ok` is anything but a refusal of the caller: a good answer, or a complaint about the request itself.
class RouteMatrixTest {
    private static final List<String> ACTORS =
            List.of("anonymous", "visitor", "revoked", "in-team", "out-of-team", "assigned", "other-lead", "admin");

    private static Server server;
    private static final Map<String, UUID> AGENTS = new TreeMap<>();
    private static final Map<String, String> IDS = new LinkedHashMap<>();
    /// Where a request is looked at before its object is, it must be right.
    private static final Map<String, String> BODIES = new TreeMap<>();
    private static String revoked;

    @BeforeAll
    static void people() {
        server = new Server(Map.of("SWITCHBOARD_TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000009",
                "SWITCHBOARD_TWILIO_AUTH_TOKEN", "of-the-tests-only", "SWITCHBOARD_TWILIO_BASE_URL",
                "http://127.0.0.1:1"));
        var team = server.app.teams.create(new switchboard.ticketing.access.Teams.Change("A", null, null)).id();
        var other = server.app.teams.create(new switchboard.ticketing.access.Teams.Change("B", null, null)).id();
        AGENTS.put("in-team", server.agent("in", Role.AGENT, team));
        AGENTS.put("out-of-team", server.agent("out", Role.AGENT, other));
        AGENTS.put("assigned", server.agent("assigned", Role.AGENT, other));
        AGENTS.put("other-lead", server.agent("lead", Role.LEAD, other));
        AGENTS.put("admin", server.agent("admin", Role.ADMIN));
        revoked = server.token(server.agent("gone", Role.ADMIN));
        server.app.sessions.revoke(server.app.sessions.caller(revoked).orElseThrow().sessionHash());
        var ticket = server.ticket(team, AGENTS.get("assigned"));
        var message = server.message(ticket, null);
        IDS.put("/tickets/{id}", ticket.toString());
        IDS.put("/messages/{id}", message.toString());
        IDS.put("/customers/{id}", server.app.database.sql()
                .value(UUID.class, "select customer_id from ticket where id = $1",
                ticket).orElseThrow().toString());
        IDS.put("/agents/{id}", AGENTS.get("out-of-team").toString());
        var second = server.ticket(team, AGENTS.get("assigned"));
        var customer = server.app.database.sql().value(UUID.class, "select customer_id from ticket where id = $1",
                second);
        BODIES.put("POST /api/v1/tickets/{id}/merge", "{\"into\":\"" + second + "\"}");
        BODIES.put("POST /api/v1/customers/{id}/merge", "{\"into\":\"" + customer.orElseThrow() + "\"}");
        BODIES.put("POST /api/v1/tickets/{id}/split", "{\"messageIds\":[\"" + new UUID(0, 1)
                + "\"],\"subject\":\"x\"}");
        BODIES.put("POST /api/v1/tickets/{id}/notes", "{\"text\":\"x\"}");
        BODIES.put("POST /api/v1/tickets/{id}/replies", "{\"text\":\"x\"}");
        BODIES.put("POST /api/v1/tickets/{id}/forward", "{\"to\":[\"a@b.test\"],\"messageId\":\"" + message + "\"}");
        BODIES.put("PUT /api/v1/tickets/{id}/presence", "{\"state\":\"viewing\"}");
        IDS.put("/inbox/{id}", String.valueOf(server.app.database.sql().value(Long.class, "select id from inbox")
                .orElseThrow()));
    }

    @AfterAll
    static void over() {
        server.close();
    }

    @Test
    @Tag("T27")
    void everyRouteAnswersEveryActorAsTheMatrixSays() throws IOException {
        var expected = new TreeMap<String, String>();
        try (var file = RouteMatrixTest.class.getResourceAsStream("route-matrix.txt")) {
            new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
                        var parts = line.split("\\s+", 3);
                        expected.put(parts[0] + " " + parts[1], parts[2].strip().replaceAll("\\s+", " "));
                    });
        }
        var actual = new TreeMap<String, String>();
        for (var route : Routes.all(Features.none())) actual.put(route.name(), row(route));
        assertEquals(lines(expected), lines(actual));
    }

    private static String lines(Map<String, String> rows) {
        var lines = new TreeSet<String>();
        rows.forEach((route, row) -> lines.add("%-75s %s".formatted(route, row)));
        return String.join("\n", lines);
    }

    private static String row(Route route) {
        return String.join(" ", ACTORS.stream().map(actor -> word(call(route, actor))).toList());
    }

    private static String word(int status) {
        return status < 400 || List.of(400, 409, 422).contains(status) ? "ok" : String.valueOf(status);
    }

    private static int call(Route route, String actor) {
        var token = switch (actor) {
            case "anonymous" -> null;
            case "visitor" -> "a-visitors-token-is-nothing-here";
            case "revoked" -> revoked;
            default -> server.token(AGENTS.get(actor));
        };
        var path = route.path();
        for (var id : IDS.entrySet()) {
            path = path.replace(id.getKey(), id.getKey().replace("{id}", id.getValue()));
        }
        path = path.replaceAll("\\{\\w+}", new UUID(0, 1).toString());
        var body = route.changesState() ? BODIES.getOrDefault(route.name(), "{}") : null;
        return server.call(route.method().name(), path, token, body, "Idempotency-Key", UUID.randomUUID().toString())
                .status();
    }
}
