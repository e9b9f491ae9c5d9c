package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.access.Teams;
import switchboard.ticketing.base.Json;

/// Length limits of typed text, and names limited to one line: the largest accepted value and one more.
@Tag("S15")
class NameLimitsTest {
    private static Server server;
    private static UUID agent;
    private static String token;
    private static UUID ticket;
    private static UUID customer;
    private static UUID team;

    @BeforeAll
    static void start() {
        server = new Server();
        agent = server.agent("ann", Role.ADMIN);
        token = server.token(agent);
        team = server.app.teams.create(new Teams.Change("A", null, null)).id();
        ticket = server.ticket(team, null);
        customer = server.app.database.sql().value(UUID.class, "select customer_id from ticket where id = $1", ticket)
                .orElseThrow();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Server.Answer send(String where, Map<String, ?> body) {
        var words = where.replace("$customer", customer.toString()).replace("$ticket", ticket.toString())
                .replace("$team", team.toString()).split(" ");
        return server.call(words[0], "/api/v1" + words[1], token, Json.write(body));
    }

    private static void refused(Server.Answer answer, String field) {
        assertEquals(400, answer.status(), answer.text());
        assertEquals(field, answer.json().at("/errors/0/field").asText(), answer.text());
        assertTrue(answer.json().path("detail").asText().length() > 20, answer.text());
    }

    @ParameterizedTest
    @CsvSource({"PATCH /agents/me,signature,10000", "PATCH /customers/$customer,notes,20000", 
        "PATCH /agents/me,name,200",
        "PATCH /customers/$customer,name,200", "PATCH /customers/$customer,company,200",
        "PATCH /teams/$team,description,2000", "PATCH /teams/$team,name,200", "PATCH /company,name,100",
        "PATCH /tickets/$ticket,subject,250", "POST /skills,name,80"})
    void aTextIsTakenUpToItsLimitAndNotBeyond(String where, String field, int charsMax) {
        var taken = send(where, Map.of(field, "x".repeat(charsMax)));
        assertTrue(taken.status() < 300, taken.text());
        refused(send(where, Map.of(field, "x".repeat(charsMax + 1))), field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A\nB", "A\r\nBcc: b@x.test", "A\u2028B", "A\u202eB", "A\u2066B", "A\u200fB",
        "A\u0000B\u0007",
        "\u202d", "A\u200bB", "A\ufeffB"})
    void aNameIsOneLineWithoutMarksOfDirection(String name) {
        for (var where : List.of("PATCH /agents/me", "PATCH /customers/$customer", "PATCH /teams/$team",
                "PATCH /company",                "POST /skills")) {
            refused(send(where, Map.of("name", name)), "name");
        }
        refused(send("PATCH /tickets/$ticket", Map.of("subject", name)), "subject");
        refused(send("POST /customers", Map.of("name", name)), "name");
        refused(send("POST /invitations", Map.of("name", name, "email", "new@demo.test")), "name");
        refused(send("POST /macros", Map.of("title", name, "text", "t", "shared", true, "version", 0)), "title");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Zoë O’Brien-Łuczak", "محمد علی", "می‌خواهم", "李小龍", "क्‍षत्रिय", "João d'Ávila (IT)"})
    void peoplesNamesAreNames(String name) {
        assertEquals(200, send("PATCH /customers/$customer", Map.of("name", name)).status());
        assertEquals(name, server.get("/api/v1/customers/" + customer, token).json().path("name").asText());
    }

    @Test
    void aNoteMentionsFiftyAgentsAndNoStranger() {
        var agents = IntStream.range(0, 51).mapToObj(i -> server.agent("m" + i, Role.AGENT)).toList();
        assertEquals(201, note(agents.subList(0, 50)).status());
        refused(note(agents), "mentions");
        refused(note(List.of(new UUID(0, 1))), "mentions");
        // Repeated mentions of one agent count once.
        assertEquals(201, note(IntStream.range(0, 200).mapToObj(_ -> agents.getFirst()).toList()).status());
    }

    private static Server.Answer note(List<UUID> mentions) {
        return send("POST /tickets/$ticket/notes", Map.of("text", "t", "mentions", mentions));
    }

    private static Server.Answer upload() {
        return server.call("POST", "/api/v1/attachments", token, "--b\r\n"
                + "Content-Disposition: form-data; name=\"file\"; "
                + "filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nxy\r\n--b--\r\n", "Content-Type",
                "multipart/form-data; boundary=b");
    }

    @Test
    void anAgentUploadsAGigabyteADay() {
        var sql = server.app.database.sql();
        assertEquals(201, upload().status());
        sql.execute("update attachment set size_bytes = (1::bigint << 30) - 2 where uploaded_by = $1", agent);
        assertEquals(201, upload().status());
        var refused = upload();
        assertEquals(429, refused.status(), refused.text());
        assertTrue(refused.headers().firstValue("Retry-After").isPresent());
        sql.execute("update attachment set created_at = now() - interval '25 hours' where uploaded_by = $1", agent);
        assertEquals(201, upload().status());
    }
}
