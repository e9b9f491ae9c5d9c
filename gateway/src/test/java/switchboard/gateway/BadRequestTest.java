package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.area.Area;
import switchboard.gateway.http.Api;
import switchboard.gateway.http.Problem;
import switchboard.gateway.http.Route;
import switchboard.gateway.session.SessionArea;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.access.Teams;
import switchboard.ticketing.reply.Attachments;

/// Every route with everything wrong that a client can send: each answer is a problem in words, none is a failure of
/// ours, and the next request is answered as if nothing had been. `good-bodies.txt` has a good body for each route that
/// takes one, and every field of it is made bad in turn; a route without a line fails here.
class BadRequestTest {
    /// The present version, as `good-bodies.txt` has it. The number alone also stands within one id of sixteen.
    static final String VERSION = "\"version\":-42";
    private static final Map<String, String> GOOD = new TreeMap<>();
    private static final Map<String, String> NAMES = new TreeMap<>();
    private static Server server;
    private static String admin;
    private static int made;
    private static String version;

    @BeforeAll
    static void start() throws IOException {
        server = new Server(Map.of("SWITCHBOARD_TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000009",
                "SWITCHBOARD_TWILIO_AUTH_TOKEN", "of-the-tests-only", "SWITCHBOARD_TWILIO_BASE_URL",
                "http://127.0.0.1:1"));
        admin = server.token(server.agent("root", Role.ADMIN));
        try (var file = BadRequestTest.class.getResourceAsStream("good-bodies.txt")) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
                        var parts = line.split("\\s+", 3);
                        if (!parts[1].contains("#")) GOOD.put(parts[0] + " " + parts[1], parts[2].strip());
                    });
        }
    }

    @BeforeEach
    void something() {
        int n = ++made;
        NAMES.put("#n", String.valueOf(n));
        var team = server.app.teams.create(new Teams.Change("A" + n, null, null)).id();
        var ticket = server.ticket(team, null);
        var second = server.ticket(team, null);
        name("$team", team);
        name("$agent", server.agent("ada" + n, Role.AGENT, team));
        name("$ticket", ticket);
        name("$second", second);
        name("$message", server.message(ticket, "<p>Hello</p>"));
        name("$customer", customer(ticket));
        var identity = UUID.randomUUID();
        server.app.database.sql().execute("insert into identity (id, customer_id, kind, value, raw, verified, source)"
                + " values ($1, $2, 'email', $3, $3, true, 'agent')", identity, customer(ticket),
                "i" + n + "@home.test");
        NAMES.put("$phone", "+1415555" + (1000 + n));
        server.app.database.sql().execute("insert into identity (id, customer_id, kind, value, raw, verified, source)"
                + " values (gen_random_uuid(), $1, 'phone', $2, $2, true, 'agent')", customer(ticket),
                NAMES.get("$phone"));
        name("$identity", identity);
        name("$other", customer(second));
        name("$mailbox", made("/mailboxes", "{\"name\":\"S\",\"address\":\"support" + n + "@demo.test\"}"));
        name("$number", made("/numbers", "{\"number\":\"+1500555" + (1000 + n) + "\",\"name\":\"Main\"}"));
        name("$macro", made("/macros", "{\"title\":\"T\",\"text\":\"x\",\"actions\":[],\"shared\":true,"
                + "\"version\":0}"));
        name("$category", server.app.database.sql().value(UUID.class,
                "insert into article_category (id, slug, title) values (gen_random_uuid(), 'c' || $1, "
                + "'{\"en\":\"C\"}') returning id", String.valueOf(n)).orElseThrow());
        name("$article", made("/articles", at("{\"locale\":\"en\",\"categoryId\":\"$category\",\"title\":\"T\","
                + "\"summary\":\"s\",\"body\":\"b\",\"keywords\":[]}")));
        name("$revision", server.app.database.sql().value(UUID.class, "select latest_revision from article_translation "
                + "where id = $1", UUID.fromString(NAMES.get("$article"))).orElseThrow());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void name(String name, UUID id) {
        NAMES.put(name, id.toString());
    }

    private static UUID customer(UUID ticket) {
        return server.app.database.sql().value(UUID.class, "select customer_id from ticket where id = $1", ticket)
                .orElseThrow();
    }

    private static UUID made(String path, String body) {
        var answer = server.call("POST", Area.API + path, admin, body);
        assertEquals(201, answer.status(), answer.text());
        return UUID.fromString(answer.json().path("id").asText());
    }

    private static String file() {
        var root = server.app.agents.credentials("root@demo.test").orElseThrow().id();
        return server.app.database.transaction(tx -> Attachments.upload(tx, root, "a.txt", "text/plain",
                new byte[] {1})).id().toString();
    }

    private static String at(String text) {
        while (text.contains("$file")) text = text.replaceFirst("\\$file", file());
        for (var one : NAMES.entrySet()) text = text.replace(one.getKey(), one.getValue());
        return text;
    }

    /// The route's address, of something that is there.
    private static String path(Route route) {
        var path = route.path();
        for (var kind : List.of("ticket", "customer", "agent", "team", "message", "macro", "article", "number")) {
            path = path.replace("/" + kind + "s/{id}", "/" + kind + "s/$" + kind);
        }
        path = path.replace("/categories/{id}", "/categories/$category").replace("{identityId}", "$identity")
                .replace("{revisionId}", "$revision");
        return at(path.replace("/mailboxes/{id}", "/mailboxes/$mailbox")).replaceAll("\\{\\w+}", "1");
    }

    /// A changed object moves on; what is tried next must not fail for that.
    private static String fresh(Route route, String body) {
        if (!body.contains(VERSION)) return body;
        if (version == null) version = version(route);
        return body.replace(VERSION, "\"version\":" + version);
    }

    private static String version(Route route) {
        var thing = path(route).replaceFirst("/(publish|archive|revisions/.*)$", "");
        var id = thing.substring(thing.lastIndexOf('/') + 1);
        var alone = server.get(thing, admin);
        var from = alone.status() == 200 ? alone.json() : StreamSupport.stream(server.get(thing.substring(0,
                thing.lastIndexOf('/')), admin).json().path("items").spliterator(), false)
                .filter(one -> one.path("id").asText().equals(id)).findFirst().orElseThrow();
        return from.path("version").asText();
    }

    private static List<Route> withBody() {
        return new Areas().routes().stream().filter(route -> route.body() != Void.class).toList();
    }

    private static Server.Answer send(Route route, String body) {
        var answer = server.call(route.method().name(), path(route), admin, fresh(route, body), "Idempotency-Key",
                UUID.randomUUID().toString());
        if (answer.status() < 400) version = null;
        return answer;
    }

    /// @return what is wrong with an answer to a bad request; empty when nothing is
    private static String wrong(Server.Answer answer) {
        if (answer.status() < 400) return "";
        boolean clear = answer.status() < 500 && answer.json() != null
                && answer.headers().firstValue("Content-Type").orElse("").equals(Problem.MEDIA_TYPE)
                && answer.json().path("detail").asText().length() > 8 && !answer.code().isEmpty()
                && answer.json().path("status").asInt() == answer.status();
        boolean discreet = !answer.text().matches("(?s).*(Exception|switchboard\\.|io\\.vertx|SQLSTATE|22P05).*");
        return clear && discreet ? "" : answer.status() + " " + answer.text();
    }

    private static void note(List<String> found, String what, Server.Answer answer) {
        var wrong = wrong(answer);
        if (!wrong.isEmpty()) found.add(what + " -> " + wrong);
    }

    private static void goesOn(List<String> found, String after) {
        var next = server.get("/api/v1/tickets?limit=1", admin);
        if (next.status() != 200) found.add("after " + after + ": " + next.status() + " " + next.text());
    }

    @Test
    void everyRouteThatTakesABodyHasAGoodOne() {
        assertEquals(withBody().stream().map(Route::name).collect(Collectors.toCollection(TreeSet::new)),
                new TreeSet<>(GOOD.keySet()));
        var refused = new ArrayList<String>();
        // Whoever speaks cannot begin a call, and other tests have begun some.
        server.app.database.sql().execute("update call set state = 'ended', deadline = null where state <> 'ended'");
        for (var route : withBody()) {
            version = null;
            var answer = send(route, at(GOOD.get(route.name())));
            if (route.name().endsWith("/merge")) {
                server.call("POST", path(route).replace("merge", "unmerge"), admin, "{}");
            }
            // No such password, no such link.
            boolean cannot = List.of("POST /api/v1/session", "POST /api/v1/password/reset",
                    "POST /api/v1/password/change", "POST /api/v1/session/proof").contains(route.name());
            if (answer.status() >= 400 != cannot) refused.add(route.name() + " " + answer.status() + answer.text());
        }
        assertEquals(List.of(), refused);
    }

    @Test
    @Tag("T35")
    @Tag("T57")
    void everyFieldOfEveryRouteMayBeAnythingAndNothingBreaks() {
        var found = new ArrayList<String>();
        for (var route : withBody()) {
            version = null;
            // A file can be used once, so the second body would be refused for that alone.
            var good = at(GOOD.get(route.name()).replace("[\"$file\"]", "[]"));
            for (var body : Bodies.spoilt(good, route.body())) {
                note(found, route.name() + " " + body.replaceAll("(.{300}).+", "$1..."), send(route, body));
                if (found.size() > 30) break;
            }
            goesOn(found, route.name());
        }
        assertEquals("", String.join("\n", found));
        assertTrue(server.app.database.sql().exists("select 1 from agent"));
    }

    @Test
    void whatIsNoJsonIsAProblemAtEveryRoute() {
        var bodies = new ArrayList<>(List.of("", "{", "null", "[]", "\"x\"", "1", "{}{}", "{\"a\":1,\"a\":2}",
                "{'a':1}",
                "{\"no such field\":1}", "{\"\\u0000\":1}", "[".repeat(100_000), "{\"a\":".repeat(5000),
                "{\"a\":" + "9".repeat(5000) + "}", "{\"__proto__\":{}}", "<a/>", "a=b&c=d"));
        var found = new ArrayList<String>();
        for (var route : withBody()) {
            for (var body : bodies) {
                var answer = send(route, body);
                note(found, route.name() + " " + body.replaceAll("(.{60}).+", "$1..."), answer);
                if (answer.status() < 400) found.add(route.name() + " took " + body);
            }
            for (var raw : List.of(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}, new byte[] {0, 0, 0},
                    "{}".getBytes(StandardCharsets.UTF_16))) {
                note(found, route.name() + " raw bytes", bytes(route, "application/json", raw));
            }
            for (var type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
                var answer = bytes(route, type, "{}".getBytes(StandardCharsets.UTF_8));
                note(found, route.name() + " " + type, answer);
                if (answer.status() != 400) found.add(route.name() + " took " + type);
            }
            var large = send(route, "{\"a\":\"" + "x".repeat(Api.JSON_BYTES_MAX) + "\"}");
            if (large.status() != 413 || !wrong(large).isEmpty()) found.add(route.name() + " large " + large.status());
            goesOn(found, route.name());
        }
        assertEquals("", String.join("\n", found));
    }

    private static Server.Answer bytes(Route route, String type, byte[] body) {
        return server.send(HttpRequest.newBuilder(URI.create(server.app.url + path(route)))
                .header("Authorization", "Bearer " + admin).header("Content-Type", type)
                .method(route.method().name(), BodyPublishers.ofByteArray(body)).build());
    }

    @Test
    void everyAddressAndParameterMayBeAnything() {
        var words = List.of("\0", "a\0b", "'; drop table agent; --", "%", "_", "\ud800", "<script>alert(1)</script>",
                "-1",
                "99999999999999999999", "1e9", "{}", "\"", "\\", "a:b", "*:*", "(((", "title:/(.*)*x/",
                "[* TO *]", "٣",
                "\u202e", "x".repeat(1900), "x".repeat(2100));
        var found = new ArrayList<String>();
        for (var route : new Areas().routes()) {
            if (route.changesState() || route.path().equals(SessionArea.STREAM)) continue;
            for (var word : words) {
                var said = URLEncoder.encode(word, StandardCharsets.UTF_8);
                for (var name : route.query()) {
                    note(found, route.name() + "?" + name + "=" + said,
                            server.get(path(route) + "?" + name + "=" + said, admin));
                }
                if (route.path().contains("{") && word.length() < 1000) {
                    note(found, route.name() + " of " + said,
                            server.get(route.path().replaceAll("\\{\\w+}", said), admin));
                }
            }
        }
        for (var path : List.of("/api/v1/none", "/api/v1/%00", "/api/v1/tickets/%00", "/api/v1/tickets/%ff",
                "/api/v1//tickets", "/api/v1/tickets/..%2f..%2fagents", "/api/v2/tickets", "/api", "/api/",
                "/api/v1/skills/%00")) {
            for (var method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
                note(found, method + " " + path, server.call(method, path, admin, method.equals("GET") ? null : "{}"));
            }
        }
        goesOn(found, "all addresses");
        assertEquals("", String.join("\n", found));
    }

    /// The timeline as soon as it holds so many messages: an entry gets its place in the order after its commit.
    private static JsonNode newest(int messages) {
        JsonNode seen = null;
        for (int i = 0; i < 1_000; i++) {
            seen = server.get(at("/api/v1/tickets/$ticket/timeline?order=desc"), admin).json();
            if (seen.findValuesAsText("kind").stream().filter("note"::equals).count() >= messages) break;
        }
        return seen;
    }

    @Test
    void whatLooksLikeTheEscapeOfANulIsKeptAsItWasWrittenAndANulIsLeftOut() {
        var written = "a literal \\u0000, a \\\\u0000 and a path C:\\users";
        var answer = server.call("POST", at("/api/v1/tickets/$ticket/notes"), admin,
                Bodies.json(Map.of("text", written + "\0.")), "Idempotency-Key", UUID.randomUUID().toString());
        assertEquals(201, answer.status(), answer.text());
        JsonNode kept = newest(1);
        assertTrue(kept.findValuesAsText("text").contains(written + "."), kept.toString());
        var preferences = Bodies.json(Map.of("preferences", Map.of("x\0", written + "\0")));
        assertEquals(200, server.call("PATCH", "/api/v1/agents/me", admin, preferences).status());
        assertEquals(written, server.get("/api/v1/session", admin).json().at("/preferences/x").asText());
    }
}
