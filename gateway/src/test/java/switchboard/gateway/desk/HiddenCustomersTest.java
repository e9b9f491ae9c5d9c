package switchboard.gateway.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.Server;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.access.Teams;

/// An agent can't see or change a customer whose tickets belong to another team.
class HiddenCustomersTest {
    private static final String NAME = "Hidden Hilda";
    private static Server server;
    private static String agent;
    private static String admin;
    private static UUID team;
    private static UUID hidden;
    private static int made;

    @BeforeAll
    static void start() {
        server = new Server(Map.of("SWITCHBOARD_TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000009",
                "SWITCHBOARD_TWILIO_AUTH_TOKEN", "of-the-tests-only", "SWITCHBOARD_TWILIO_BASE_URL",
                "http://127.0.0.1:1"));
        team = server.app.teams.create(new Teams.Change("Own", null, null)).id();
        var other = server.app.teams.create(new Teams.Change("Other", null, null)).id();
        var id = server.agent("ann", Role.AGENT, team);
        agent = server.token(id);
        admin = server.token(server.agent("root", Role.ADMIN));
        server.app.database.sql().execute("update agent set phone = '+14155550100'");
        server.app.database.sql().execute("insert into phone_number (id, number, name) values (gen_random_uuid(), "
                + "'+15005550006', 'Line')");
        hidden = customer(server.ticket(other, null), NAME, "+14155550123", "hilda@demo.test");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static UUID customer(UUID ticket, String name, String phone, String email) {
        var id = server.app.database.sql().value(UUID.class, "select customer_id from ticket where id = $1", ticket)
                .orElseThrow();
        server.app.database.sql().execute("update customer set name = $2 where id = $1", id, name);
        identity(id, "phone", phone, true);
        identity(id, "email", email, true);
        return id;
    }

    private static UUID identity(UUID customer, String kind, String value, boolean verified) {
        return server.app.database.sql().value(UUID.class, """
                insert into identity (id, customer_id, kind, value, raw, verified, source)
                values (gen_random_uuid(), $1, $2, $3, $3, $4, 'inbound') returning id""", customer, kind, value,
                verified).orElseThrow();
    }

    private static void saysNothing(Server.Answer answer) {
        assertFalse(answer.text().contains(NAME) || answer.text().contains(hidden.toString()), answer.text());
    }

    private static long calls() {
        return server.app.database.sql().value(Long.class, "select count(*) from call").orElseThrow();
    }

    @Test
    @Tag("S2")
    @Tag("T27")
    void aCallToAHiddenCustomerIsAnsweredAsOneToNobody() {
        long before = calls();
        var absent = server.call("POST", "/api/v1/calls", agent, "{\"customerId\":\"" + new UUID(0, 1) + "\"}");
        assertEquals(404, absent.status(), absent.text());
        for (var more : new String[] {"", ",\"number\":\"+14155550123\"", ",\"number\":\"+14155550199\""}) {
            var found = server.call("POST", "/api/v1/calls", agent, "{\"customerId\":\"" + hidden + "\"" + more + "}");
            assertEquals(404, found.status(), found.text());
            assertEquals(absent.text(), found.text());
        }
        assertEquals(before, calls());
        assertEquals(404, server.get("/api/v1/customers/" + hidden, agent).status());
    }

    @Test
    @Tag("S2")
    @Tag("T27")
    void aHiddenCustomersNumberOpensNoDoorToThem() {
        var found = server.call("POST", "/api/v1/calls", agent, "{\"number\":\"+1 415 555 0123\"}");
        assertEquals(409, found.status(), found.text());
        saysNothing(found);
        assertEquals(404, server.get("/api/v1/customers/" + hidden, agent).status());
    }

    @Test
    @Tag("S2")
    void aNumberBesideACustomerIsOneOfTheirs() {
        var own = customer(server.ticket(team, null), "Own Otto", "+14155550124", "otto@demo.test");
        identity(own, "phone", "+14155550125", true);
        for (var number : new String[] {"+14155550123", "+14155550199"}) {
            var refused = server.call("POST", "/api/v1/calls", agent, "{\"customerId\":\"" + own + "\",\"number\":\""
                    + number + "\"}");
            assertEquals(400, refused.status(), refused.text());
            assertEquals("number", refused.json().at("/errors/0/field").asText());
        }
        var placed = server.call("POST", "/api/v1/calls", agent, "{\"customerId\":\"" + own
                + "\",\"number\":\"+1 (415) 555-0125\"}");
        assertEquals(201, placed.status(), placed.text());
        server.app.database.sql().execute("update call set state = 'ended', deadline = null");
    }

    @Test
    @Tag("S2")
    void aCallAboutATicketIsToItsCustomer() {
        var ticket = server.ticket(team, null);
        customer(ticket, "Own Olga", "+14155550126", "olga@demo.test");
        var other = customer(server.ticket(team, null), "Own Oskar", "+14155550127", "oskar@demo.test");
        var refused = server.call("POST", "/api/v1/calls", agent, "{\"customerId\":\"" + other + "\",\"ticketId\":\""
                + ticket + "\"}");
        assertEquals(400, refused.status(), refused.text());
        assertEquals(400, server.call("POST", "/api/v1/calls", agent, "{\"ticketId\":\"" + ticket
                + "\",\"number\":\"+14155550127\"}").status());
        var placed = server.call("POST", "/api/v1/calls", agent, "{\"ticketId\":\"" + ticket + "\"}");
        assertEquals(201, placed.status(), placed.text());
        assertEquals("+14155550126", placed.json().path("number").asText());
        server.app.database.sql().execute("update call set state = 'ended', deadline = null");
    }

    @Test
    @Tag("S2")
    @Tag("T34")
    void anAddressThatIsTakenNamesItsOwnerToThoseWhoMaySeeThem() {
        var identity = "{\"kind\":\"email\",\"value\":\"hilda@demo.test\"}";
        var created = "{\"name\":\"New\",\"identities\":[" + identity + "]}";
        var own = customer(server.ticket(team, null), "Own Omar", "+14155550128", "omar@demo.test");
        var bodies = Map.of("/api/v1/customers", created, "/api/v1/customers/" + own + "/identities", identity,
                "/api/v1/tickets", "{\"customer\":" + created + ",\"channel\":\"note\",\"subject\":\"S\"}");
        bodies.forEach((path, body) -> {
            var refused = server.call("POST", path, agent, body);
            assertEquals(409, refused.status(), refused.text());
            assertEquals("identity-taken", refused.code());
            saysNothing(refused);
            var told = server.call("POST", path, admin, body);
            assertEquals(409, told.status(), told.text());
            assertTrue(told.text().contains(NAME), told.text());
        });
    }

    private record Suggested(UUID customer, UUID identity) {}

    /// A customer of the agent's team with a suggested address of a hidden customer.
    private static Suggested suggested() {
        int n = ++made;
        var own = customer(server.ticket(team, null), "Own " + n, "+1415555020" + n, "own" + n + "@demo.test");
        var doubtful = identity(hidden, "email", "maybe" + n + "@demo.test", false);
        server.app.database.sql().execute("insert into identity_suggestion (identity_id, customer_id, reason) "
                + "values ($1, $2, 'name')", doubtful, own);
        return new Suggested(own, doubtful);
    }

    @Test
    @Tag("S3")
    @Tag("T27")
    void aSuggestionNamesNoHiddenCustomer() {
        var one = suggested();
        for (var path : new String[] {"/api/v1/customers/" + one.customer(), "/api/v1/customers?q=Own"}) {
            var shown = server.get(path, agent);
            assertEquals(200, shown.status());
            saysNothing(shown);
            assertFalse(shown.text().contains("maybe"), shown.text());
            assertTrue(server.get(path, admin).text().contains(NAME));
        }
        var changed = server.call("PATCH", "/api/v1/customers/" + one.customer(), agent, "{\"notes\":\"n\"}");
        assertEquals(200, changed.status(), changed.text());
        saysNothing(changed);
    }

    @Test
    @Tag("S3")
    @Tag("T27")
    void whatMayNotBeSeenIsNeitherMergedNorRejected() {
        var one = suggested();
        var base = "/api/v1/customers/" + one.customer() + "/suggestions/";
        for (var word : new String[] {"/confirm", "/reject"}) {
            var absent = server.call("POST", base + new UUID(0, 1) + word, agent, null);
            var refused = server.call("POST", base + one.identity() + word, agent, null);
            assertEquals(404, refused.status(), refused.text());
            assertEquals(absent.text(), refused.text());
        }
        assertEquals(0L, server.app.database.sql().value(Long.class,
                "select count(*) from customer where merged_into is not null").orElseThrow());
        assertEquals(200, server.call("POST", base + one.identity() + "/reject", admin, null).status());
    }

    @Test
    @Tag("S3")
    void aHiddenCustomerIsNotTakenOutOfAnother() {
        var own = customer(server.ticket(team, null), "Own Ole", "+14155550129", "ole@demo.test");
        var part = customer(server.ticket(server.app.teams.create(new Teams.Change("Third", null, null)).id(), null),
                "Hidden Part", "+14155550130", "part@demo.test");
        assertEquals(200, server.call("POST", "/api/v1/customers/" + part + "/merge", admin, "{\"into\":\"" + own
                + "\"}").status());
        assertEquals(404, server.call("POST", "/api/v1/customers/" + part + "/unmerge", agent, null).status());
        assertEquals(200, server.call("POST", "/api/v1/customers/" + part + "/unmerge", admin, null).status());
    }
}
