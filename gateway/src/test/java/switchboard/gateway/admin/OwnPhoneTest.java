package switchboard.gateway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.gateway.Server;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.base.Json;

/// Calls to an agent's own phone are at the company's cost.
@Tag("S5")
@Tag("T90")
class OwnPhoneTest {
    private static Server server;
    private static String token;
    private static UUID agent;

    @BeforeAll
    static void start() {
        server = new Server(Map.of("SWITCHBOARD_TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000009",
                "SWITCHBOARD_TWILIO_AUTH_TOKEN", "of-the-tests-only", "SWITCHBOARD_TWILIO_BASE_URL",
                "http://127.0.0.1:1"));
        agent = server.agent("ann", Role.ADMIN);
        token = server.token(agent);
        server.app.database.sql().execute("insert into phone_number (id, number, name) values (gen_random_uuid(), "
                + "'+15005550006', 'Line')");
        server.app.database.sql().execute("insert into setting (name, value) values ('calls', "
                + "'{\"callingCodes\":[49,883]}')");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Server.Answer own(String phone) {
        return server.call("PATCH", "/api/v1/agents/me", token, Json.write(Map.of("phone", phone)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+883510000000123", "+881612345678", "+870773111222", "+97912345678", "+1 900 234 5678",
        "+1 976 234 5678", "sip:ann@evil.example", "client:ann", "tel:+14155550100", "+442079460000", "5550100",
        "nonsense",
        "+1", "+14155550100;ext=1", "+14155550100,,9", "+49 900 1234567"})
    void whatMayNotBeCalledIsNoAgentsPhone(String phone) {
        var refused = own(phone);
        assertEquals(400, refused.status(), refused.text());
        assertEquals("phone", refused.json().at("/errors/0/field").asText());
        var version = server.app.agents.get(agent).version();
        assertEquals(400, server.call("PATCH", "/api/v1/agents/" + agent, token, Json.write(Map.of("phone", phone,
                "version", version))).status());
    }

    @ParameterizedTest
    @CsvSource({"+1 (415) 555-0100,+14155550100", "+49 30 901820,+4930901820", "'',''"})
    void anyOtherIsKeptInOneSpelling(String given, String kept) {
        var taken = own(given);
        assertEquals(200, taken.status(), taken.text());
        assertEquals(kept, taken.json().path("phone").asText());
    }

    @Test
    void onesOwnPhoneIsLookedAtAgainBeforeItRings() {
        for (var phone : new String[] {"+883510000000123", "+19002345678", "sip:ann@evil.example", "+442079460000"}) {
            server.app.database.sql().execute("update agent set phone = $2 where id = $1", agent, phone);
            var refused = server.call("POST", "/api/v1/calls", token, "{\"number\":\"+14155550111\"}");
            assertEquals(409, refused.status(), refused.text());
            assertEquals("no-phone", refused.code());
        }
        server.app.database.sql().execute("update agent set phone = '+14155550100' where id = $1", agent);
        assertEquals(201, server.call("POST", "/api/v1/calls", token, "{\"number\":\"+14155550111\"}").status());
    }
}
