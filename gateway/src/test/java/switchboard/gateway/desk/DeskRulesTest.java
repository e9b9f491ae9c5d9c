package switchboard.gateway.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.Server;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.access.Teams;
import switchboard.ticketing.base.Json;

/// Through the API only: teams and owners, mentions, and counts.
class DeskRulesTest {
    private static Server server;
    private static UUID repairs;
    private static UUID orders;
    private static UUID ada;
    private static String token;
    private static String admin;

    @BeforeAll
    static void start() {
        server = new Server();
        repairs = server.app.teams.create(new Teams.Change("Repairs", null, null)).id();
        orders = server.app.teams.create(new Teams.Change("Orders", null, null)).id();
        ada = server.agent("ada", Role.AGENT, orders);
        token = server.token(ada);
        admin = server.token(server.agent("root", Role.ADMIN));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode ok(Server.Answer answer) {
        assertTrue(answer.status() < 300, answer.status() + " " + answer.text());
        return answer.json();
    }

    private static JsonNode ticket(UUID id) {
        return ok(server.get("/api/v1/tickets/" + id, admin));
    }

    private static JsonNode patch(String path, Object body) {
        return ok(server.call("PATCH", "/api/v1" + path, admin, Json.write(body)));
    }

    @Test
    @Tag("D33")
    void aTicketThatMovesToATeamLeavesAnOwnerWhoIsNotInIt() {
        var ticket = server.ticket(orders, ada);
        var moved = patch("/tickets/" + ticket, Map.of("team", repairs.toString()));
        assertTrue(moved.path("assignee").isMissingNode() || moved.path("assignee").isNull(), moved.toString());
        assertFalse(moved.path("queuedAt").isMissingNode(), "it waits for somebody of the new team");
        var back = patch("/tickets/" + ticket, Map.of("team", orders.toString(), "assignee", ada.toString()));
        assertEquals(ada.toString(), back.at("/assignee/id").asText(), "undone");
    }

    @Test
    @Tag("D33")
    void anOwnerWhoIsInTheTeamStaysAndSoDoesOneWhoIsNamedWithIt() {
        var stays = server.ticket(repairs, ada);
        assertEquals(ada.toString(), patch("/tickets/" + stays, Map.of("team", orders.toString()))
                .at("/assignee/id").asText());
        var named = server.ticket(orders, null);
        assertEquals(ada.toString(), patch("/tickets/" + named, Map.of("team", repairs.toString(), "assignee",
                ada.toString())).at("/assignee/id").asText());
        var free = server.ticket(orders, ada);
        assertEquals(ada.toString(), patch("/tickets/" + free, Map.of("team", "")).at("/assignee/id").asText(),
                "without a team everybody may have it");
    }

    private static List<String> listed(String view) {
        return ok(server.get("/api/v1/tickets?view=" + view, token)).path("items").findValuesAsText("id");
    }

    private static JsonNode count(String view) {
        for (var one : ok(server.get("/api/v1/views", token)).path("items")) {
            if (one.path("view").asText().equals(view)) return one;
        }
        throw new AssertionError(view);
    }

    @Test
    @Tag("U10")
    void aMentionStaysUntilItIsReadAlsoWhenItsTicketIsSolved() {
        var ticket = server.ticket(repairs, null);
        ok(server.call("POST", "/api/v1/tickets/" + ticket + "/notes", admin,
                Json.write(Map.of("text", "Please look", "mentions", List.of(ada)))));
        patch("/tickets/" + ticket, Map.of("status", "solved"));
        assertTrue(listed("mentions").contains(ticket.toString()));
        assertEquals(1, count("mentions").path("count").asInt());
        assertEquals(1, count("mentions").path("unread").asInt());
        ok(server.call("POST", "/api/v1/tickets/" + ticket + "/read", token, "{}"));
        assertFalse(listed("mentions").contains(ticket.toString()));
        assertEquals(0, count("mentions").path("count").asInt());
    }

    @Test
    @Tag("U11")
    void aCustomersTicketsAreCountedByTheReadersRights() {
        var mine = server.ticket(orders, null);
        var customer = ticket(mine).path("customerId").asText();
        for (int i = 0; i < 2; i++) {
            var other = server.ticket(repairs, null);
            server.app.database.sql().execute("update ticket set customer_id = $2::uuid where id = $1", other,
                    UUID.fromString(customer));
        }
        var seen = ok(server.get("/api/v1/customers/" + customer, token));
        assertEquals(1, seen.path("openTickets").asInt());
        assertEquals(1, seen.path("ticketCount").asInt());
        assertEquals(2, seen.path("otherOpenTickets").asInt());
        var all = ok(server.get("/api/v1/customers/" + customer, admin));
        assertEquals(3, all.path("openTickets").asInt());
        assertEquals(0, all.path("otherOpenTickets").asInt());
        var row = ok(server.get("/api/v1/customers?limit=1", token)).path("items").path(0);
        assertTrue(row.has("otherOpenTickets"), row.toString());
    }

    @Test
    @Tag("U20")
    void whatComesByTheFormIsForTheTeamOfTheForm() {
        patch("/routing/settings", Map.of("formTeamId", repairs.toString()));
        server.form("Fay", "fay@x.test", "A strap", "It broke.");
        var customers = new String[1];
        for (int i = 0; i < 600 && customers[0] == null; i++) {
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
            for (var one : ok(server.get("/api/v1/tickets?channel=form&limit=50", admin)).path("items")) {
                if (one.path("subject").asText().equals("A strap")) customers[0] = one.at("/team/name").asText("none");
            }
        }
        assertEquals("Repairs", customers[0]);
        assertEquals(409, server.call("DELETE", "/api/v1/teams/" + repairs, admin, null).status());
        var cleared = ok(server.call("PATCH", "/api/v1/routing/settings", admin, "{\"formTeamId\": null}"));
        assertFalse(cleared.hasNonNull("formTeamId"), cleared.toString());
    }

    @Test
    @Tag("D34")
    void aTeamThatChatOrFormOrTheTelephonesMenuLeadToIsNotDeleted() {
        var team = server.app.teams.create(new Teams.Change("Doors " + UUID.randomUUID(), null, null)).id();
        patch("/widget", Map.of("teamId", team.toString()));
        assertEquals(409, server.call("DELETE", "/api/v1/teams/" + team, admin, null).status());
        ok(server.call("PATCH", "/api/v1/widget", admin, "{\"teamId\": null}"));
        ok(server.call("POST", "/api/v1/numbers", admin, Json.write(Map.of("number", "+15550133001", "name", "Line",
                "menu", List.of(Map.of("digit", "1", "label", "Doors", "teamId", team.toString()))))));
        assertEquals(409, server.call("DELETE", "/api/v1/teams/" + team, admin, null).status());
    }

    @Test
    @Tag("D32")
    void theOwnersTimeIsASettingWithinBounds() {
        assertEquals(240, ok(server.get("/api/v1/routing/settings", token)).path("ownerPreferredMinutes").asInt());
        assertEquals(60, patch("/routing/settings", Map.of("ownerPreferredMinutes", 60))
                .path("ownerPreferredMinutes").asInt());
        for (int wrong : new int[] {-1, 10_081}) {
            assertEquals(400, server.call("PATCH", "/api/v1/routing/settings", admin,
                    Json.write(Map.of("ownerPreferredMinutes", wrong))).status());
        }
        assertEquals(403, server.call("PATCH", "/api/v1/routing/settings", token, "{}").status());
        patch("/routing/settings", Map.of("ownerPreferredMinutes", 240));
    }

    @Test
    @Tag("U1")
    void liveAndWrittenWorkHaveUnitsOfTheirOwn() {
        var before = ok(server.get("/api/v1/agents/" + ada, admin));
        assertEquals(100, before.path("capacity").asInt());
        assertEquals(100, before.path("liveCapacity").asInt());
        var changed = patch("/agents/" + ada, Map.of("capacity", 50, "version", before.path("version").asInt()));
        assertEquals(50, changed.path("liveCapacity").asInt(), "as many, unless it is said");
        changed = patch("/agents/" + ada, Map.of("liveCapacity", 100, "version", changed.path("version").asInt()));
        assertEquals(50, changed.path("capacity").asInt());
        assertEquals(100, changed.path("liveCapacity").asInt());
        var mail = server.ticket(orders, ada);
        var agent = ok(server.get("/api/v1/agents/" + ada, admin));
        assertEquals(agent.path("load").asInt(), agent.path("load").asInt() + agent.path("liveLoad").asInt());
        patch("/tickets/" + mail, Map.of("status", "solved"));
    }
}
