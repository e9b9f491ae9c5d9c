package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import switchboard.gateway.http.Permission;
import switchboard.gateway.http.Route;
import switchboard.gateway.journey.ChatSocket;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.access.Teams;

/// Calls a running program as every actor on every object and records the results. Requests are valid, so that only an
/// action that was carried out counts as allowed.
final class RouteMatrix implements AutoCloseable {
    static final List<String> ACTORS = List.of("anonymous", "visitor", "revoked", "in-team", "out-of-team",
            "assigned", "own-lead", "other-lead", "admin");
    /// Actors who may use the route and its own object, so that only the id in the body decides.
    static final List<String> WRITERS = List.of("in-team", "own-lead", "admin");
    private static final String NOBODY = new UUID(0, 1).toString();
    private static final String BOUNDARY = "----matrix";

    private final Server server;
    private final Map<String, UUID> agents = new TreeMap<>();
    private final Map<String, String> good = new TreeMap<>();
    private final Map<String, String> tokens = new TreeMap<>();
    private final Map<String, MatrixWorld> worlds = new TreeMap<>();
    private final List<String> told = new ArrayList<>();
    private final String admin;
    private final String visitor;
    private final String revoked;
    private final UUID team;
    private final UUID third;

    /// @param table applied to the route table before it is served
    RouteMatrix(UnaryOperator<List<Route>> table) throws IOException {
        server = new Server(Map.of("SWITCHBOARD_TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000009",
                "SWITCHBOARD_TWILIO_AUTH_TOKEN", "of-the-tests-only", "SWITCHBOARD_TWILIO_BASE_URL",
                "http://127.0.0.1:1"), table);
        team = server.app.teams.create(new Teams.Change("A", null, null)).id();
        var other = server.app.teams.create(new Teams.Change("B", null, null)).id();
        third = server.app.teams.create(new Teams.Change("C", null, null)).id();
        agents.put("in-team", server.agent("in", Role.AGENT, team));
        agents.put("out-of-team", server.agent("out", Role.AGENT, other));
        agents.put("assigned", server.agent("assigned", Role.AGENT, other));
        agents.put("own-lead", server.agent("lead", Role.LEAD, team));
        agents.put("other-lead", server.agent("other", Role.LEAD, other));
        agents.put("admin", server.agent("root", Role.ADMIN));
        agents.put("nobody", server.agent("nobody", Role.AGENT));
        admin = server.token(server.agent("keeper", Role.ADMIN));
        revoked = server.token(server.agent("gone", Role.ADMIN));
        server.app.database.sql().execute("insert into mailbox (id, name, address) values (gen_random_uuid(), 'M', "
                + "'desk@demo.test')");
        server.app.sessions.revoke(server.app.sessions.caller(revoked).orElseThrow().sessionHash());
        try (var socket = new ChatSocket(server.app.url)) {
            visitor = socket.hello(server.get("/api/v1/widget", admin).json().path("key").asText()).path("token")
                    .asText();
        }
        assertTrue(visitor.length() > 20, "a visitor's token: " + visitor);
        lines("good-bodies.txt").forEach(line -> {
            var parts = line.split("\\s+", 3);
            good.put(parts[0] + " " + parts[1], parts[2].strip());
        });
        var knows = "the right password";
        var hash = server.app.passwords.hash(knows);
        agents.values().forEach(agent -> server.app.database.run(tx ->
                switchboard.ticketing.access.Agents.password(tx, agent, hash)));
        good.put("POST /api/v1/password/forgot", "{\"email\":\"nobody#n@demo.test\"}");
        good.put("POST /api/v1/session", "{\"email\":\"nobody@demo.test\",\"password\":\"" + knows + "\"}");
        good.put("POST /api/v1/attachments", file("x"));
        good.put("POST /api/v1/articles/pictures", file("GIF89a\1\0\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2L\1\0;"));
    }

    private static String file(String text) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\n" + text + "\r\n--" + BOUNDARY + "--\r\n";
    }

    static List<String> lines(String name) throws IOException {
        try (var file = RouteMatrix.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        }
    }

    static String inColumns(String row) {
        var parts = row.split(" ");
        return "%-6s %-61s %s".formatted(parts[0], parts[1], Stream.of(parts).skip(2)
                .map(cell -> "%-11s".formatted(cell)).collect(Collectors.joining(" "))).stripTrailing();
    }

    /// Hidden objects whose response differs from that for missing ones.
    List<String> told() {
        return told;
    }

    /// The status for an object of the actor's desk, of another team, and for a missing one; only the first and last
    /// where the route hides nothing; a single one where there is no object.
    String cell(Route route, String actor) {
        var agent = agents.getOrDefault(actor, agents.get("nobody"));
        var own = world(route, actor, "own", () -> own(route, agent));
        if (MatrixWorld.kind(route).isEmpty()) return String.valueOf(send(route, route.path(), actor, own).status());
        var absent = send(route, MatrixWorld.nowhere(route), actor, own);
        var mine = send(route, own.path(route), actor, own);
        if (MatrixWorld.shared(route)) return mine.status() + "/" + absent.status();
        var foreign = world(route, actor, "foreign", () -> foreign(route, agent));
        var theirs = send(route, foreign.path(route), actor, foreign);
        for (var hidden : List.of(mine, theirs)) {
            if (hidden.status() == 404) compare(route.name(), actor, hidden, absent);
        }
        return mine.status() + "/" + theirs.status() + "/" + absent.status();
    }

    /// As above for an object named in the body, with a route and path that are open to the actor.
    String cell(Route route, BodyIds field, String actor) {
        var agent = agents.get(actor);
        var own = own(route, agent);
        var absent = sendNaming(route, field, NOBODY, actor, own);
        if (MatrixWorld.shared(field.kind())) return send(route, field, actor, own).status() + "/" + absent.status();
        var theirs = sendNaming(route, field, foreign(route, agents.get("nobody")).id(field.kind()), actor, own);
        if (theirs.status() >= 400) compare(route.name() + " " + field.path(), actor, theirs, absent);
        // The request on the other team's object may have changed the object in the path.
        var mine = send(route, field, actor, theirs.status() < 400 ? own(route, agent) : own);
        return mine.status() + "/" + theirs.status() + "/" + absent.status();
    }

    private MatrixWorld own(Route route, UUID agent) {
        return new MatrixWorld(server, admin, team, agents.get("assigned"), agent, agent, route.name());
    }

    private MatrixWorld foreign(Route route, UUID uploader) {
        return new MatrixWorld(server, admin, third, null, agents.get("nobody"), uploader, route.name());
    }

    private void compare(String what, String actor, Server.Answer hidden, Server.Answer absent) {
        // Nothing is hidden from an admin: for an admin, not found means missing.
        if (!actor.equals("admin") && !hidden.text().equals(absent.text())) {
            told.add(what + " to " + actor + ": " + hidden.text() + " but " + absent.text());
        }
    }

    /// A fresh one for an actor who may change it.
    private MatrixWorld world(Route route, String actor, String whose, Supplier<MatrixWorld> fresh) {
        boolean may = agents.containsKey(actor) || route.permission() instanceof Permission.Public;
        if (route.changesState() && may) return fresh.get();
        var shared = worlds.get(actor + whose);
        if (shared == null) worlds.put(actor + whose, shared = fresh.get());
        return shared;
    }

    private Server.Answer send(Route route, String path, String actor, MatrixWorld world) {
        var body = route.changesState() ? world.body(route, good.getOrDefault(route.name(), "{}")) : null;
        return call(route, path, actor, body);
    }

    private Server.Answer send(Route route, BodyIds field, String actor, MatrixWorld world) {
        return call(route, world.path(route), actor, world.body(route, naming(route, field)));
    }

    private Server.Answer sendNaming(Route route, BodyIds field, String id, String actor, MatrixWorld world) {
        return call(route, world.path(route), actor, field.with(world.body(route, naming(route, field)), id));
    }

    /// The route's valid body, or a special one where its other fields would interfere with this field.
    private String naming(Route route, BodyIds field) {
        return good.getOrDefault(row(route, field), good.getOrDefault(route.name(), "{}"));
    }

    static String row(Route route, BodyIds field) {
        return route.name() + "#" + field.path().substring(1);
    }

    private Server.Answer call(Route route, String path, String actor, String body) {
        var token = switch (actor) {
            case "anonymous" -> null;
            case "visitor" -> visitor;
            case "revoked" -> revoked;
            default -> route.name().equals("DELETE /api/v1/session") ? server.token(agents.get(actor))
                    : tokens.computeIfAbsent(actor, one -> server.token(agents.get(one)));
        };
        return server.call(route.method().name(), path, token, body, "Idempotency-Key", UUID.randomUUID().toString(),
                "Content-Type", route.upload() ? "multipart/form-data; boundary=" + BOUNDARY : "application/json");
    }

    @Override
    public void close() {
        server.close();
    }
}
