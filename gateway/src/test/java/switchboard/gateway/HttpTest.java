package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.http.Api;
import switchboard.gateway.http.Route;
import switchboard.ticketing.access.Caller.Role;

class HttpTest {
    private static final String NASTY = "\"><img src=x onerror=alert(1)>{{7*7}}${7*7}'; drop table agent; --";

    private static Server server;
    private static UUID ada;
    private static String admin;
    private static String agent;

    @BeforeAll
    static void start() {
        server = new Server();
        ada = server.agent("ada", Role.AGENT);
        agent = server.token(ada);
        admin = server.token(server.agent("root", Role.ADMIN));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void problem(int status, String code, Server.Answer answer) {
        assertEquals(status, answer.status(), answer.text());
        assertEquals("application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
        assertEquals(code, answer.code());
        assertEquals(status, answer.json().path("status").asInt());
        assertFalse(answer.text().contains("switchboard.") || answer.text().contains("Exception"), answer.text());
    }

    private static Server.Answer own(String body) {
        return server.call("PATCH", "/api/v1/agents/me", agent, body);
    }

    @Test
    void whatIsWrongWithABodyIsAProblemAndNothingOfTheInsidesShows() {
        problem(400, "invalid", own("{"));
        problem(400, "invalid", own("null"));
        problem(400, "invalid", own(""));
        problem(400, "invalid", own("[]"));
        problem(400, "invalid", own("{\"name\":{}}"));
        problem(400, "invalid", own("{\"name\":\"a\"} {}"));
        problem(400, "invalid", own("{\"name\":\"a\",\"name\":\"b\"}"));
        problem(400, "invalid", own("{\"preferences\":" + "[".repeat(100_000) + "}"));
        problem(400, "invalid", own("{\"preferences\":{\"n\":" + "9".repeat(60) + "}}"));
        problem(413, "too-large", own("{\"name\":\"" + "a".repeat(Api.JSON_BYTES_MAX) + "\"}"));
        problem(404, "not-found", server.get("/api/v1/nothing", agent));
        problem(404, "not-found", server.get("/api/v1/agents/no-id", agent));
        var wrongMethod = server.call("POST", "/api/v1/agents/me/status", agent, "{}");
        problem(405, "method-not-allowed", wrongMethod);
        assertEquals("PUT", wrongMethod.headers().firstValue("Allow").orElse(""));
    }

    @Test
    @Tag("T35")
    void aFieldThatTheRequestDoesNotHaveIsRefusedByName() {
        for (var field : List.of("id", "role", "brandId", "password", "passwordHash", "ROLE", "isAdmin", "createdAt")) {
            var refused = own("{\"name\":\"Ada\",\"" + field + "\":\"admin\"}");
            problem(400, "invalid", refused);
            assertEquals(field, refused.json().at("/errors/0/field").asText());
        }
        assertEquals("agent", server.app.agents.get(ada).role());
    }

    @Test
    @Tag("T6")
    void whateverIsWrittenIsKeptAndAnsweredLiterally() {
        var json = switchboard.ticketing.base.Json.write(java.util.Map.of("signature", NASTY, "name", NASTY));
        var answer = own(json);
        assertEquals(200, answer.status(), answer.text());
        assertEquals(NASTY, answer.json().path("name").asText());
        assertEquals("application/json", answer.headers().firstValue("Content-Type").orElse(""));
        assertEquals(NASTY, server.get("/api/v1/session", agent).json().path("signature").asText());
        for (var path : List.of("tickets?q=", "customers?q=", "search?q=", "tickets?view=", "tickets?sort=",
                "agents?after=",
                "tickets?after=", "inbox?state=", "tickets?limit=", "customers?after=")) {
            var found = server.get("/api/v1/" + path + java.net.URLEncoder.encode(NASTY,
                    java.nio.charset.StandardCharsets.UTF_8), admin);
            assertTrue(found.status() == 200 || found.status() == 400 || found.status() == 404, path + " "
                    + found.text());
        }
        assertTrue(server.app.database.sql().exists("select 1 from agent"));
    }

    @Test
    @Tag("T96")
    void pageSizesAreBounded() {
        for (var limit : List.of("0", "201", "1000000000", "-1", "x", "99999999999999999999")) {
            problem(400, "invalid", server.get("/api/v1/agents?limit=" + limit, agent));
        }
        assertEquals(200, server.get("/api/v1/agents?limit=200", agent).status());
    }

    @Test
    @Tag("T10")
    @Tag("T48")
    void everyAnswerOfEveryRouteHasTheBrowsersSafeguards() {
        var bare = new ArrayList<String>();
        var other = server.token(ada);
        for (var route : new Areas().routes()) {
            for (var token : new String[] {null, other, admin}) {
                // Keep the other tests' sessions alive.
                if (token != null && route.name().startsWith("DELETE /api/v1/session")) continue;
                check(route.name(), call(route, token), true, bare);
            }
        }
        for (var path : List.of("/", "/console/", "/console/inbox/mine", "/console/assets/none.js", "/widget.js",
                "/widget/app/",
                "/content/none", "/health/live", "/health/ready", "/metrics", "/nothing", "/api/v1/openapi.json",
                "/help/en/",
                "/%2e%2e/", "/.git/config", "//etc/passwd", "/console/assets/%2e%2e/index.html")) {
            check(path, server.get(path, null), false, bare);
        }
        assertEquals(List.of(), bare);
    }

    private static Server.Answer call(Route route, String token) {
        var path = route.path().replaceAll("\\{\\w+}", new UUID(0, 1).toString());
        return server.call(route.method().name(), path, token, route.changesState() ? "{}" : null);
    }

    private static void check(String name, Server.Answer answer, boolean api, List<String> bare) {
        var headers = answer.headers();
        boolean good = headers.firstValue("Content-Security-Policy").isPresent()
                && headers.firstValue("X-Content-Type-Options").orElse("").equals("nosniff")
                && headers.firstValue("Referrer-Policy").isPresent();
        if (api) {
            good &= headers.firstValue("Content-Security-Policy").orElse("").startsWith("default-src 'none'")
                    && headers.firstValue("Cache-Control").orElse("").equals("no-store");
        }
        if (!good || answer.status() >= 500 && answer.status() != 503) {
            bare.add(name + " " + answer.status() + " " + headers.map());
        }
    }

    @Test
    @Tag("T97")
    void onlyWhatWasLoadedAtTheStartIsServed() {
        for (var path : List.of("/console/assets/../../logback.xml", "/console/assets/%2e%2e/%2e%2e/logback.xml",
                "/.env",
                "/console/.git/config", "/console/assets/index-old.js")) {
            var status = server.get(path, null).status();
            assertTrue(status == 404 || status == 400 || path.startsWith("/console/.git"), path + " " + status);
        }
    }

    @Test
    void metricsNameTheQueuesAndNoCustomer() {
        var metrics = server.get("/metrics", null);
        for (var name : List.of("switchboard_inbox_depth", "switchboard_inbox_quarantined",
                "switchboard_sequencer_lag_seconds")) {
            assertTrue(metrics.text().contains(name), name);
        }
        assertFalse(metrics.text().contains("@"));
    }

    @Test
    @Tag("T38")
    void noAnswerHasAFieldForASecret() {
        var document = server.get("/api/v1/openapi.json", null).json();
        var found = new TreeSet<String>();
        document.at("/components/schemas").properties().forEach(schema -> {
            if (schema.getValue().path("additionalProperties").isBoolean()) return; // a request's
            schema.getValue().path("properties").fieldNames().forEachRemaining(field -> {
                if (field.matches("(?i).*(secret|hash|password|token).*") && !field.endsWith("Set")) {
                    found.add(schema.getKey() + "." + field);
                }
            });
        });
        // What signing in is for; and the shape of a mail server, whose password is only ever written.
        found.removeAll(List.of("SignInSignedIn.token", "MailboxesServer.password"));
        assertEquals(new TreeSet<>(), found);
    }

    @Test
    void aMailboxesPasswordIsSealedAndNeverReadBack() {
        var made = server.call("POST", "/api/v1/mailboxes", admin, """
                {"name":"Support","address":"support@demo.test","imap":{"host":"127.0.0.1","port":993,"tls":true,
                 "user":"u","password":"hunter2-hunter2"}}""");
        assertEquals(201, made.status(), made.text());
        var id = made.json().path("id").asText();
        var kept = server.app.database.sql().value(String.class, "select imap::text from mailbox where id = $1",
                UUID.fromString(id)).orElseThrow();
        assertFalse(kept.contains("hunter2"));
        assertFalse(made.text().contains("v1."), made.text());
        var changed = server.call("PATCH", "/api/v1/mailboxes/" + id, admin, """
                {"imap":{"host":"127.0.0.1","port":993,"tls":true,"user":"u2"},"version":%d}"""
                .formatted(made.json().path("version").asInt()));
        assertEquals(200, changed.status(), changed.text());
        var sealed = server.app.database.sql()
                .value(String.class, "select imap ->> 'password' from mailbox where id = $1",
                UUID.fromString(id)).orElseThrow();
        assertEquals("hunter2-hunter2", server.app.signer.open("mailbox:imap:" + id, sealed));
        problem(409, "stale", server.call("PATCH", "/api/v1/mailboxes/" + id, admin, "{\"name\":\"x\",\"version\":1}"));
    }
}
