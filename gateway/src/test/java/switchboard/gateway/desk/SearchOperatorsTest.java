package switchboard.gateway.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.Server;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.access.Teams;

/// Operators in the API's searches, within what the reader may see.
@Tag("U14")
class SearchOperatorsTest {
    private static Server server;
    private static String ann;
    private static UUID shown;

    @BeforeAll
    static void start() {
        server = new Server();
        var own = server.app.teams.create(new Teams.Change("Returns", null, null)).id();
        var other = server.app.teams.create(new Teams.Change("Hidden", null, null)).id();
        ann = server.token(server.agent("ann", Role.AGENT, own));
        shown = server.ticket(own, null);
        server.ticket(other, null);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Server.Answer ask(String path, String q) {
        return server.get("/api/v1/" + path + "?q=" + URLEncoder.encode(q, StandardCharsets.UTF_8), ann);
    }

    @Test
    void theyFindWhatTheReaderMaySeeAndNoMore() {
        for (var q : new String[] {"status:open", "状态:未结 from:carl", "channel:email help", "team:returns",
            "\"Help\""}) {
            var found = ask("search", q).json();
            assertEquals(1, found.path("tickets").size(), q);
            assertEquals(shown.toString(), found.path("tickets").path(0).path("id").asText(), q);
            assertTrue(found.path("refused").isEmpty(), q);
            assertEquals(1, ask("tickets", q).json().path("items").size(), q);
        }
        assertEquals(0, ask("search", "team:hidden").json().path("tickets").size());
    }

    @Test
    void aWrongValueIsToldInWords() {
        var answer = ask("search", "help status:foo");
        assertEquals(200, answer.status());
        assertEquals(
                "{\"operator\":\"status\",\"value\":\"foo\",\"allowed\":[\"open\",\"pending\",\"snoozed\",\"solved\"]}",
                answer.json().path("refused").path(0).toString());
        assertEquals(0, answer.json().path("tickets").size());
        var list = ask("tickets", "status:foo");
        assertEquals(400, list.status());
        assertEquals("search-operator", list.code());
        assertTrue(list.text().contains("there is no status foo; it is one of open, pending, snoozed, solved"));
    }
}
