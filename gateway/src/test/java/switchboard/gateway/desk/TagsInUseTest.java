package switchboard.gateway.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.Server;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.access.Teams;

/// The tags that the tag picker suggests: those in use on what the reader may see, most used first.
@Tag("U13")
class TagsInUseTest {
    private static Server server;
    private static UUID own;

    @BeforeAll
    static void start() {
        server = new Server();
        own = server.app.teams.create(new Teams.Change("Own", null, null)).id();
        var other = server.app.teams.create(new Teams.Change("Other", null, null)).id();
        tagged(own, "refund", "vip");
        tagged(own, "refund");
        tagged(null, "退款");
        tagged(other, "secret", "refund");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void tagged(UUID team, String... tags) {
        server.app.database.sql().execute("update ticket set tags = $2 where id = $1", server.ticket(team, null), tags);
    }

    private static List<String> tags(String token) {
        var found = new ArrayList<String>();
        server.get("/api/v1/tags", token).json().path("items").forEach(one -> found.add(one.path("name").asText() + " "
                + one.path("tickets").asLong()));
        return found;
    }

    @Test
    void areThoseOfTheTicketsThatTheReaderSeesMostUsedFirst() {
        var found = tags(server.token(server.agent("ann", Role.AGENT, own)));
        assertEquals("refund 2", found.getFirst());
        assertEquals(Set.of("refund 2", "vip 1", "退款 1"), Set.copyOf(found));
    }

    @Test
    void anAdministratorSeesAll() {
        var found = tags(server.token(server.agent("root", Role.ADMIN)));
        assertEquals("refund 3", found.getFirst());
        assertEquals(Set.of("refund 3", "secret 1", "vip 1", "退款 1"), Set.copyOf(found));
    }
}
