package switchboard.gateway.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.Server;
import switchboard.ticketing.access.Agents;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.access.Sessions;
import switchboard.ticketing.base.Json;

class AccountTest {
    private static final String PASSWORD = "a good password";
    private static Server server;
    private static String hash;

    @BeforeAll
    static void start() {
        server = new Server();
        hash = server.app.passwords.hash(PASSWORD);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static UUID agent(String name, Role role) {
        var agent = server.agent(name, role);
        server.app.database.run(tx -> Agents.password(tx, agent, hash));
        return agent;
    }

    private static String signIn(String name, String password) {
        var in = server.call("POST", "/api/v1/session", null, Json.write(Map.of("email", name + "@demo.test",
                "password", password)), "User-Agent", "Firefox/150 of the tests");
        assertEquals(200, in.status(), in.text());
        return in.json().path("token").asText();
    }

    private static Server.Answer change(String token, String current, String password) {
        return server.call("POST", "/api/v1/password/change", token, Json.write(Map.of("current", current, "password",
                password)));
    }

    private static void forgetProof(UUID agent) {
        server.app.database.sql().execute("update session set proven_at = now() - interval '16 minutes' where "
                + "agent_id = $1", agent);
    }

    @Test
    @Tag("S10")
    void onesOwnPasswordIsChangedWithTheOldOneAndEndsTheOtherSessions() {
        agent("ada", Role.AGENT);
        var here = signIn("ada", PASSWORD);
        var elsewhere = signIn("ada", PASSWORD);
        var wrong = change(here, "not the password", "another good password");
        assertEquals(400, wrong.status(), wrong.text());
        assertEquals("current", wrong.json().at("/errors/0/field").asText());
        for (var bad : List.of("        ", "password1", "short", "ada@demo.test")) {
            var refused = change(here, PASSWORD, bad);
            assertEquals(400, refused.status(), refused.text());
            assertEquals("password", refused.json().at("/errors/0/field").asText());
        }
        assertEquals(200, server.get("/api/v1/session", elsewhere).status());
        assertEquals(204, change(here, PASSWORD, "another good password").status());
        assertEquals(200, server.get("/api/v1/session", here).status());
        assertEquals(401, server.get("/api/v1/session", elsewhere).status());
        signIn("ada", "another good password");
    }

    @Test
    @Tag("S10")
    void aLinksPasswordKeepsTheRulesAndTheLinkStaysGoodUntilOneIsTaken() {
        var bo = agent("bo", Role.AGENT);
        var link = server.app.database.transaction(tx -> Sessions.link(tx, bo, false));
        for (var bad : List.of("        ", "iloveyou1", "bo@demo.test")) {
            assertEquals(400, reset(link, bad).status(), bad);
        }
        assertEquals(204, reset(link, "another good password").status());
        assertEquals(404, reset(link, "another good password").status());
    }

    private static Server.Answer reset(String link, String password) {
        return server.call("POST", "/api/v1/password/reset", null, Json.write(Map.of("token", link, "password",
                password)));
    }

    private static List<JsonNode> sessions(String token) {
        var answer = server.get("/api/v1/sessions", token);
        assertEquals(200, answer.status(), answer.text());
        return StreamSupport.stream(answer.json().path("items").spliterator(), false).toList();
    }

    @Test
    @Tag("S21")
    void agentsSeeWhereTheyAreSignedInAndEndIt() {
        agent("cleo", Role.AGENT);
        agent("dan", Role.AGENT);
        var here = signIn("cleo", PASSWORD);
        var lost = signIn("cleo", PASSWORD);
        var third = signIn("cleo", PASSWORD);
        var dans = signIn("dan", PASSWORD);
        var seen = sessions(here);
        assertEquals(3, seen.size());
        assertEquals(1, seen.stream().filter(one -> one.path("current").asBoolean()).count());
        assertTrue(seen.stream().allMatch(one -> one.path("client").asText().startsWith("Firefox/150")
                && one.path("address").asText().equals("127.0.0.1")), seen.toString());
        var foreign = sessions(dans).getFirst().path("id").asText();
        assertEquals(404, server.call("DELETE", "/api/v1/sessions/" + foreign, here, null).status());
        var id = sessions(lost).stream().filter(one -> one.path("current").asBoolean()).findFirst().orElseThrow()
                .path("id").asText();
        assertEquals(204, server.call("DELETE", "/api/v1/sessions/" + id, here, null).status());
        assertEquals(401, server.get("/api/v1/session", lost).status());
        assertEquals(204, server.call("DELETE", "/api/v1/sessions", here, null).status());
        assertEquals(401, server.get("/api/v1/session", third).status());
        assertEquals(200, server.get("/api/v1/session", here).status());
        assertEquals(200, server.get("/api/v1/session", dans).status());
    }

    @Test
    @Tag("S21")
    void aSessionEndsAfterAnHourOfSilenceAndAfterAWorkingDayInAnyCase() {
        var eve = agent("eve", Role.AGENT);
        var in = server.call("POST", "/api/v1/session", null, Json.write(Map.of("email", "eve@demo.test", "password",
                PASSWORD)));
        assertTrue(in.headers().firstValue("Set-Cookie").orElseThrow().contains("Max-Age=" + 12 * 3600));
        var token = in.json().path("token").asText();
        var sql = server.app.database.sql();
        sql.execute("update session set seen_at = now() - interval '59 minutes' where agent_id = $1", eve);
        assertEquals(200, server.get("/api/v1/session", token).status());
        sql.execute("update session set seen_at = now() - interval '61 minutes' where agent_id = $1", eve);
        assertEquals(401, server.get("/api/v1/session", token).status());
        assertTrue(sql.exists("select 1 from session where agent_id = $1 and expires_at <= now() + interval '12 hours'",
                eve));
        sql.execute("update session set seen_at = now(), expires_at = now() where agent_id = $1", eve);
        assertEquals(401, server.get("/api/v1/session", token).status());
    }

    @Test
    @Tag("S21")
    void whatIsSensitiveWantsThePasswordAgain() {
        var root = agent("root", Role.ADMIN);
        var other = agent("fay", Role.AGENT);
        var token = signIn("root", PASSWORD);
        int version = server.app.agents.get(other).version();
        var calls = Map.of("POST /api/v1/mailboxes", "{\"name\":\"M\",\"address\":\"m@demo.test\",\"version\":0,"
                + "\"smtp\":{\"host\":\"mail.example\",\"port\":587,\"tls\":true,\"user\":\"u\",\"password\":\"p\"}}",
                "PATCH /api/v1/agents/" + other, "{\"role\":\"admin\",\"version\":" + version + "}",
                "POST /api/v1/invitations", "{\"email\":\"new@demo.test\",\"name\":\"New\",\"role\":\"admin\"}",
                "POST /api/v1/agents/" + other + "/letter", "{}",
                "PATCH /api/v1/widget", "{\"identitySecret\":\"0123456789abcdef0123456789abcdef\"}");
        forgetProof(root);
        calls.forEach((route, body) -> {
            var words = route.split(" ");
            var refused = server.call(words[0], words[1], token, body);
            assertEquals(403, refused.status(), route + refused.text());
            assertEquals("password-needed", refused.code());
        });
        // Other actions continue to work.
        assertEquals(200, server.call("PATCH", "/api/v1/agents/" + other, token, "{\"capacity\":90,\"version\":"
                + version + "}").status());
        assertEquals(400, prove(token, "not the password").status());
        assertEquals(403, server.call("POST", "/api/v1/agents/" + other + "/letter", token, "{}").status());
        assertEquals(204, prove(token, PASSWORD).status());
        assertEquals(204, server.call("POST", "/api/v1/agents/" + other + "/letter", token, "{}").status());
    }

    private static Server.Answer prove(String token, String password) {
        return server.call("POST", "/api/v1/session/proof", token, Json.write(Map.of("password", password)));
    }

    @Test
    @Tag("S21")
    void aProgramsTokenHasNoPasswordToGive() {
        var robot = agent("robot", Role.ADMIN);
        var token = server.app.sessions.open(robot, Sessions.Kind.API, "tests");
        forgetProof(robot);
        assertEquals(204, server.call("POST", "/api/v1/agents/" + agent("gus", Role.AGENT) + "/letter", token, "{}")
                .status());
        assertEquals("api", sessions(token).getFirst().path("kind").asText());
    }

    @Test
    @Tag("U25")
    @Tag("S10")
    void anAdministratorSendsAnInvitationAgainOrALinkToANewPassword() {
        var admin = server.token(agent("boss", Role.ADMIN));
        var agent = server.token(agent("hal", Role.AGENT));
        var invited = server.agent("invited", Role.AGENT);
        var known = agent("ida", Role.AGENT);
        assertEquals(403, server.call("POST", "/api/v1/agents/" + known + "/letter", agent, null).status());
        assertEquals(204, server.call("POST", "/api/v1/agents/" + invited + "/letter", admin, null).status());
        assertEquals(204, server.call("POST", "/api/v1/agents/" + known + "/letter", admin, null).status());
        assertTrue(letter("invited@demo.test").contains("/console/invitation?token="));
        var text = letter("ida@demo.test");
        assertTrue(text.contains("/console/reset?token="), text);
        var token = text.replaceFirst("(?s).*token=(\\S+).*", "$1");
        assertEquals(204, reset(token, "another good password").status());
        server.app.database.sql().execute("update agent set active = false where id = $1", invited);
        assertEquals(409, server.call("POST", "/api/v1/agents/" + invited + "/letter", admin, null).status());
        assertEquals(404, server.call("POST", "/api/v1/agents/" + new UUID(0, 1) + "/letter", admin, null).status());
    }

    private static String letter(String to) {
        return server.app.database.sql().value(String.class, "select payload ->> 'text' from outbox where channel = "
                + "'email' and payload ->> 'to' = $1 order by id desc limit 1", to).orElseThrow();
    }
}
