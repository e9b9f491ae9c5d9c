package switchboard.gateway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.Server;
import switchboard.gateway.area.Area;
import switchboard.ticketing.access.Caller.Role;

/// The company's name, its chat hours and the key by which its pages say who chats.
class CompanyTest {
    private static Server server;
    private static String admin;

    @BeforeAll
    static void start() {
        server = new Server();
        admin = server.token(server.agent("root", Role.ADMIN));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Server.Answer change(int status, String path, String body) {
        var answer = server.call("PATCH", Area.API + path, admin, body);
        assertEquals(status, answer.status(), answer.text());
        return answer;
    }

    @Test
    void theNameOfTheCompanyIsSetAndHoldsAtOnce() {
        change(200, "/company", "{\"name\":\" Lamps & Co. \"}");
        assertEquals("Lamps & Co.", server.get("/api/v1/company", admin).json().path("name").asText());
        assertEquals("Lamps & Co.", server.get("/api/v1/session", admin).json().at("/settings/companyName").asText());
        for (var wrong : new String[] {"", " ", "a\\nb", "x".repeat(101)}) {
            change(400, "/company", "{\"name\":\"" + wrong + "\"}");
        }
        change(200, "/company", "{\"name\":\"" + "x".repeat(100) + "\"}");
    }

    @Tag("D41")
    @Test
    void theRegionIsASettingOfTheCompanyAndOfEachLineAndComesFromTheFirstLine() {
        assertEquals("", server.get("/api/v1/company", admin).json().path("region").asText(), "to be asked");
        var line = server.call("POST", Area.API + "/numbers", admin, "{\"number\":\"+8675566667777\"}");
        assertEquals(201, line.status(), line.text());
        assertEquals("CN", line.json().path("region").asText());
        assertEquals("CN", server.get("/api/v1/company", admin).json().path("region").asText());
        assertEquals("DE", change(200, "/company", "{\"region\":\"de\"}").json().path("region").asText());
        assertEquals("GB", change(200, "/numbers/" + line.json().path("id").asText(),
                "{\"region\":\"GB\",\"version\":2}").json().path("region").asText());
        for (var wrong : new String[] {"ZZ", "China", ""}) change(400, "/company", "{\"region\":\"" + wrong + "\"}");
        change(400, "/numbers/" + line.json().path("id").asText(), "{\"region\":\"XX\",\"version\":3}");
        server.call("DELETE", Area.API + "/numbers/" + line.json().path("id").asText(), admin, null);
    }

    @Tag("D21")
    @Tag("D26")
    @Test
    void aLineSaysHowLongACallerWaitsAndAKeySaysWhichLanguageItSpeaks() {
        var line = server.call("POST", Area.API + "/numbers", admin, """
                {"number": "+8675566668888", "menu": [{"digit": "1", "label": "VIP", "language": "zh-CN"}]}""");
        assertEquals(300, line.json().path("waitSecondsMax").asInt());
        assertEquals("zh-CN", line.json().at("/menu/0/language").asText());
        var path = "/numbers/" + line.json().path("id").asText();
        for (int wrong : new int[] {29, 3601}) {
            change(400, path, "{\"waitSecondsMax\":" + wrong + ",\"version\":2}");
        }
        change(400, path, "{\"menu\":[{\"digit\":\"1\",\"label\":\"x\",\"language\":\"fr\"}],\"version\":2}");
        assertEquals(30, change(200, path, "{\"waitSecondsMax\":30,\"version\":2}").json()
                .path("waitSecondsMax").asInt());
        server.call("DELETE", Area.API + path, admin, null);
    }

    @Tag("U12")
    @Test
    void theCountriesThatMayBeCalledAreASetting() {
        var kept = change(200, "/company", "{\"callCountries\":[\"gb\",\"FR\",\"GB\"]}").json();
        assertEquals("[\"FR\",\"GB\"]", kept.path("callCountries").toString());
        change(400, "/company", "{\"callCountries\":[\"GB\",\"44\"]}");
        assertEquals(2, server.get("/api/v1/company", admin).json().path("callCountries").size());
    }

    private static String hours(String timezone, String day, String from, String to) {
        return "{\"hours\":{\"timezone\":\"%s\",\"days\":{\"%s\":[{\"from\":\"%s\",\"to\":\"%s\"}]}}}"
                .formatted(timezone, day, from, to);
    }

    @Test
    void chatHoursAreKeptAsTheChatReadsThemAndOthersAreRefused() {
        var kept = change(200, "/widget", hours("Asia/Shanghai", "mon", "09:00", "24:00")).json();
        assertEquals("24:00", kept.at("/hours/days/mon/0/to").asText());
        var read = server.app.database.sql().value(String.class, """
                select value -> 'hours' -> 'days' -> 'mon' -> 0 ->> 'from' from setting where name = 'widget'""");
        assertEquals("09:00", read.orElseThrow());
        var night = change(200, "/widget", hours("Europe/Berlin", "fri", "22:00", "06:00")).json();
        assertEquals("06:00", night.at("/hours/days/fri/0/to").asText());
        assertTrue(night.at("/hours/days/mon").isMissingNode(), night.toString());
        change(400, "/widget", hours("Mars/Olympus", "mon", "09:00", "17:00"));
        change(400, "/widget", hours("UTC", "monday", "09:00", "17:00"));
        for (var span : new String[] {"09:00-09:00", "9:00-17:00", "09:00-25:00", "24:00-24:00", "24:00-06:00", "-"}) {
            var ends = span.split("-", 2);
            var refused = change(400, "/widget", hours("UTC", "mon", ends[0], ends[1])).json();
            assertEquals("hours", refused.at("/errors/0/field").asText(), refused.toString());
        }
        var always = change(200, "/widget", "{\"hours\":{}}").json();
        assertTrue(always.at("/hours/days").isNull(), always.toString());
    }

    @Test
    void theIdentitySecretIsSetTakenAwayAndNeverShown() {
        change(400, "/widget", "{\"identitySecret\":\"short\"}");
        var secret = "0123456789abcdef0123456789abcdef";
        var set = change(200, "/widget", "{\"identitySecret\":\"" + secret + "\"}");
        assertTrue(set.json().path("identitySecretSet").asBoolean());
        assertFalse(set.text().contains(secret));
        change(200, "/widget", "{\"name\":\"Chat\"}");
        assertTrue(server.get("/api/v1/widget", admin).json().path("identitySecretSet").asBoolean());
        assertFalse(change(200, "/widget", "{\"identitySecret\":\"\"}").json().path("identitySecretSet").asBoolean());
    }

    @Test
    void theWidgetGreetsInEachLanguage() {
        change(200, "/widget", "{\"greeting\":{\"en\":\"Ahoy\"}}");
        var greets = change(200, "/widget", "{\"greeting\":{\"zh-CN\":\"您好\"}}").json().path("greeting");
        assertEquals("{\"en\":\"Ahoy\",\"zh-CN\":\"您好\"}", greets.toString(), "the other language keeps its words");
        change(400, "/widget", "{\"greeting\":{\"tlh\":\"nuqneH\"}}");
        change(400, "/widget", "{\"greeting\":{\"en\":\"" + "x".repeat(201) + "\"}}");
    }
}
