package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.http.Permission;
import switchboard.gateway.http.Route;
import switchboard.gateway.journey.ChatSocket;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.access.Teams;

/// Who gets what from every route, for every object: `route-matrix.txt` has a row for each, and a route without one
/// fails here. A cell is the status for the object of the actor's desk, for that of another team, and for none at all;
/// one number where there is no object. Requests are good: nothing is taken for allowed that is not done.
class RouteMatrixTest {
    private static final List<String> ACTORS = List.of("anonymous", "visitor", "revoked", "in-team", "out-of-team",
            "assigned", "own-lead", "other-lead", "admin");
    /// Where a good request of somebody allowed conflicts: another agent's call, a row that is not there to be
    /// replayed.
    private static final Set<String> CONFLICTS = Set.of("/api/v1/calls/{id}/accept", "/api/v1/calls/{id}/decline",
            "/api/v1/calls/{id}/hold", "/api/v1/calls/{id}/unhold", "/api/v1/calls/{id}/hangup");
    private static final String BOUNDARY = "----matrix";

    private static Server server;
    private static final Map<String, UUID> AGENTS = new TreeMap<>();
    private static final Map<String, String> GOOD = new TreeMap<>();
    private static final Map<String, String> TOKENS = new TreeMap<>();
    private static final Map<String, MatrixWorld> WORLDS = new TreeMap<>();
    private static final List<String> TOLD = new ArrayList<>();
    private static String admin;
    private static String visitor;
    private static String revoked;
    private static UUID team;
    private static UUID third;

    @BeforeAll
    static void people() throws IOException {
        server = new Server(Map.of("SWITCHBOARD_TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000009",
                "SWITCHBOARD_TWILIO_AUTH_TOKEN", "of-the-tests-only", "SWITCHBOARD_TWILIO_BASE_URL",
                "http://127.0.0.1:1"));
        team = server.app.teams.create(new Teams.Change("A", null, null)).id();
        var other = server.app.teams.create(new Teams.Change("B", null, null)).id();
        third = server.app.teams.create(new Teams.Change("C", null, null)).id();
        AGENTS.put("in-team", server.agent("in", Role.AGENT, team));
        AGENTS.put("out-of-team", server.agent("out", Role.AGENT, other));
        AGENTS.put("assigned", server.agent("assigned", Role.AGENT, other));
        AGENTS.put("own-lead", server.agent("lead", Role.LEAD, team));
        AGENTS.put("other-lead", server.agent("other", Role.LEAD, other));
        AGENTS.put("admin", server.agent("root", Role.ADMIN));
        AGENTS.put("nobody", server.agent("nobody", Role.AGENT));
        admin = server.token(server.agent("keeper", Role.ADMIN));
        revoked = server.token(server.agent("gone", Role.ADMIN));
        server.app.sessions.revoke(server.app.sessions.caller(revoked).orElseThrow().sessionHash());
        try (var socket = new ChatSocket(server.app.url)) {
            visitor = socket.hello(server.get("/api/v1/widget", admin).json().path("key").asText()).path("token")
                    .asText();
        }
        assertTrue(visitor.length() > 20, "a visitor's token: " + visitor);
        lines("good-bodies.txt").forEach(line -> {
            var parts = line.split("\\s+", 3);
            GOOD.put(parts[0] + " " + parts[1], parts[2].strip());
        });
        var knows = "the right password";
        server.app.database.run(tx -> switchboard.ticketing.access.Agents.password(tx, AGENTS.get("nobody"),
                server.app.passwords.hash(knows)));
        GOOD.put("POST /api/v1/password/forgot", "{\"email\":\"nobody#n@demo.test\"}");
        GOOD.put("POST /api/v1/session", "{\"email\":\"nobody@demo.test\",\"password\":\"" + knows + "\"}");
        GOOD.put("POST /api/v1/attachments", "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; "
                + "filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nx\r\n--" + BOUNDARY + "--\r\n");
    }

    private static List<String> lines(String name) throws IOException {
        try (var file = RouteMatrixTest.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        }
    }

    @AfterAll
    static void over() {
        server.close();
    }

    @Test
    @Tag("T27")
    void everyRouteAnswersEveryActorAboutEveryObjectAsTheMatrixSays() throws IOException {
        var expected = lines("route-matrix.txt").stream().map(line -> line.strip().replaceAll("\\s+", " ")).sorted()
                .collect(Collectors.joining("\n"));
        var rows = new ArrayList<String>();
        for (var route : Routes.all(Features.none())) {
            rows.add(route.name() + " " + ACTORS.stream().map(actor -> cell(route, actor))
                    .collect(Collectors.joining(" ")));
        }
        Files.writeString(Path.of("target/route-matrix.txt"), rows.stream().map(RouteMatrixTest::inColumns).sorted()
                .collect(Collectors.joining("\n")));
        assertEquals(List.of(), TOLD, "what may not be seen is answered as if it were not there");
        assertEquals(expected, rows.stream().sorted().collect(Collectors.joining("\n")));
        var unclear = rows.stream().filter(row -> row.matches(".* \\S*(400|409|422|429|5\\d\\d)\\b.*"))
                .map(row -> row.split(" ")[1]).filter(path -> !CONFLICTS.contains(path)).toList();
        assertEquals(List.of(), unclear, "each request is a good one");
    }

    private static String inColumns(String row) {
        var parts = row.split(" ");
        return "%-6s %-61s %s".formatted(parts[0], parts[1], Stream.of(parts).skip(2)
                .map(cell -> "%-11s".formatted(cell)).collect(Collectors.joining(" "))).stripTrailing();
    }

    private static String cell(Route route, String actor) {
        var agent = AGENTS.getOrDefault(actor, AGENTS.get("nobody"));
        var own = world(route, actor, "own", () -> new MatrixWorld(server, admin, team, AGENTS.get("assigned"), agent,
                route.name()));
        if (MatrixWorld.kind(route).isEmpty()) return String.valueOf(send(route, route.path(), actor, own).status());
        var absent = send(route, MatrixWorld.nowhere(route), actor, own);
        var mine = send(route, own.path(route), actor, own);
        if (MatrixWorld.shared(route)) return mine.status() + "/" + absent.status();
        var foreign = world(route, actor, "foreign", () -> new MatrixWorld(server, admin, third, null,
                AGENTS.get("nobody"), route.name()));
        var theirs = send(route, foreign.path(route), actor, foreign);
        for (var hidden : List.of(mine, theirs)) {
            // To an admin nothing is hidden: what they do not find is not there.
            if (hidden.status() == 404 && !actor.equals("admin") && !hidden.text().equals(absent.text())) {
                TOLD.add(route.name() + " to " + actor + ": " + hidden.text() + " but " + absent.text());
            }
        }
        return mine.status() + "/" + theirs.status() + "/" + absent.status();
    }

    /// A fresh one for whoever may change it.
    private static MatrixWorld world(Route route, String actor, String whose, Supplier<MatrixWorld> fresh) {
        boolean may = AGENTS.containsKey(actor) || route.permission() instanceof Permission.Public;
        if (route.changesState() && may) return fresh.get();
        var shared = WORLDS.get(actor + whose);
        if (shared == null) WORLDS.put(actor + whose, shared = fresh.get());
        return shared;
    }

    private static Server.Answer send(Route route, String path, String actor, MatrixWorld world) {
        var token = switch (actor) {
            case "anonymous" -> null;
            case "visitor" -> visitor;
            case "revoked" -> revoked;
            default -> route.name().equals("DELETE /api/v1/session") ? server.token(AGENTS.get(actor))
                    : TOKENS.computeIfAbsent(actor, one -> server.token(AGENTS.get(one)));
        };
        var body = route.changesState() ? world.body(route, GOOD.getOrDefault(route.name(), "{}")) : null;
        return server.call(route.method().name(), path, token, body, "Idempotency-Key", UUID.randomUUID().toString(),
                "Content-Type", route.upload() ? "multipart/form-data; boundary=" + BOUNDARY : "application/json");
    }
}
