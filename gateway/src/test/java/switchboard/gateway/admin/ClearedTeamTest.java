package switchboard.gateway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import switchboard.gateway.Server;
import switchboard.gateway.area.Area;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.access.Teams;

/// A number, a mailbox and the widget lose their team when it is said, and not when nothing is said of it.
class ClearedTeamTest {
    private static Server server;
    private static String admin;
    private static UUID team;

    @BeforeAll
    static void start() {
        server = new Server();
        admin = server.token(server.agent("root", Role.ADMIN));
        team = server.app.teams.create(new Teams.Change("A", null, null)).id();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Server.Answer call(int status, String method, String path, String body) {
        var answer = server.call(method, Area.API + path, admin, body);
        assertEquals(status, answer.status(), answer.text());
        return answer;
    }

    private static void keepsAndClears(String path, int version) {
        var given = call(200, "PATCH", path, "{\"teamId\":\"" + team + "\",\"version\":" + version + "}");
        assertEquals(team.toString(), given.json().path("teamId").asText());
        var kept = call(200, "PATCH", path, "{\"name\":\"New\",\"version\":" + (version + 1) + "}");
        assertEquals(team.toString(), kept.json().path("teamId").asText());
        for (var wrong : new String[] {"\"\"", "1", "{}", "\"" + new UUID(0, 1) + "\""}) {
            call(400, "PATCH", path, "{\"teamId\":" + wrong + ",\"version\":" + (version + 2) + "}");
        }
        var cleared = call(200, "PATCH", path, "{\"teamId\":null,\"version\":" + (version + 2) + "}");
        assertTrue(cleared.json().path("teamId").isNull(), cleared.text());
        assertEquals("New", cleared.json().path("name").asText());
    }

    private static void made(String path, String body) {
        var made = call(201, "POST", path, body).json();
        assertEquals(team.toString(), made.path("teamId").asText());
        keepsAndClears(path + "/" + made.path("id").asText(), made.path("version").asInt());
    }

    @Test
    void aNumber() {
        made("/numbers", "{\"number\":\"+15005550199\",\"teamId\":\"" + team + "\"}");
    }

    @Test
    void aMailbox() {
        made("/mailboxes", "{\"address\":\"help@demo.test\",\"teamId\":\"" + team + "\"}");
    }

    @Test
    void theWidget() {
        keepsAndClears("/widget", call(200, "GET", "/widget", null).json().path("version").asInt());
    }
}
