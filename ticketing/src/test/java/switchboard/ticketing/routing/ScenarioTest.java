package switchboard.ticketing.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.base.Json;

class ScenarioTest {
    private static final String AGENTS = """
            "agents": [{"name": "ann", "teams": ["support"], "skills": {"billing": 8}},
                       {"name": "bob", "teams": ["support"]}]""";

    private static List<String> run(String events) {
        return Scenario.run("{" + AGENTS + ", \"events\": [" + events + "]}").stream()
                .map(line -> Json.read(line, JsonNode.class)).map(line -> line.path("at").asText() + " "
                        + line.path("work").asText() + " " + line.path("agent").asText() + " " + line.path("reason")
                                .asText())
                .toList();
    }

    @Test
    void theMostProficientThenTheLongestIdleAgentGetsTheWork() {
        assertEquals(List.of("1.0 a ann only-candidate", "2.0 b bob longest-idle"), run("""
                {"at": 1, "arrive": {"id": "a", "channel": "chat", "skills": ["billing"]}},
                {"at": 2, "arrive": {"id": "b", "channel": "chat"}}"""));
    }

    @Test
    void declinedWorkGoesToTheOtherAndWaitsWhenBothDeclined() {
        assertEquals(List.of("0.0 a ann longest-idle", "5.0 a bob only-candidate", "9.0 a null nobody-available"),
                run("""
                {"at": 0, "arrive": {"id": "a", "channel": "phone"}},
                {"at": 5, "decline": "a"}, {"at": 9, "decline": "a"}, {"at": 10}"""));
    }

    @Test
    void aFullAgentGetsMoreOnceFreeAndTheUrgentComesFirst() {
        assertEquals(List.of("0.0 a bob only-candidate", "1.0 b null all-busy", "2.0 c null all-busy",
                "3.0 c bob only-candidate"), run("""
                {"at": 0, "status": {"agent": "ann", "is": "away"}},
                {"at": 0, "arrive": {"id": "a", "channel": "phone"}},
                {"at": 1, "arrive": {"id": "b", "channel": "phone"}},
                {"at": 2, "arrive": {"id": "c", "channel": "phone", "priority": "urgent"}},
                {"at": 3, "free": "a"}"""));
    }

    @Test
    void theAgentOfTheSameCustomerIsPreferred() {
        var lines = run("""
                {"at": 0, "arrive": {"id": "a", "channel": "chat", "customer": "carl"}},
                {"at": 1, "arrive": {"id": "b", "channel": "chat", "customer": "carl"}}""");
        assertEquals("1.0 b ann preferred", lines.get(1));
    }

    @Test
    void aWrongScenarioSaysWhatIsWrong() {
        var unknown = assertThrows(IllegalArgumentException.class, () -> run("{\"at\": 0, \"free\": \"x\"}"));
        assertTrue(unknown.getMessage().contains("work:x"), unknown.getMessage());
        assertThrows(IllegalArgumentException.class, () -> run("{\"at\": 2}, {\"at\": 1}"));
        assertThrows(IllegalArgumentException.class, () -> Scenario.run("{\"agents\": 3}"));
    }

    @Test
    @Tag("U1")
    void writtenWorkAndChatsKeepNobodyFromACallUnlessTheChatsDo() {
        assertEquals(List.of("0.0 m ann only-candidate", "1.0 c ann only-candidate", "2.0 x null all-busy",
                "3.0 n ann only-candidate"), run("""
                {"at": 0, "status": {"agent": "bob", "is": "away"}},
                {"at": 0, "arrive": {"id": "m", "channel": "email"}},
                {"at": 1, "arrive": {"id": "c", "channel": "phone"}},
                {"at": 2, "arrive": {"id": "x", "channel": "chat"}},
                {"at": 3, "arrive": {"id": "n", "channel": "email"}}""").stream().filter(line ->
                !line.contains(" x ") || line.startsWith("2")).toList());
    }

    @Test
    @Tag("D34")
    void noUnitsAreNoWork() {
        var lines = Scenario.run("""
                {"agents": [{"name": "ann", "capacity": 0}, {"name": "bob", "capacity": 10, "liveCapacity": 0}],
                 "events": [{"at": 0, "arrive": {"id": "a", "channel": "chat"}},
                            {"at": 1, "arrive": {"id": "b", "channel": "email"}}]}""");
        assertTrue(lines.get(0).contains("no-candidate")
                && lines.get(1).contains("\"agent\":\"bob\""), lines.toString());
    }

    @Test
    @Tag("U20")
    void whoeverCouldHaveGotItAndDidNotIsToldWhy() {
        var lines = Scenario.run("""
                {"agents": [{"name": "old", "skills": {"billing": 2}}, {"name": "wise", "skills": {"billing": 8}}],
                 "events": [{"at": 1, "arrive": {"id": "a", "skills": ["billing"]}},
                            {"at": 5, "arrive": {"id": "b", "customer": "carl"}},
                            {"at": 6, "arrive": {"id": "c", "customer": "carl"}}]}""").stream()
                .map(line -> Json.read(line, JsonNode.class)).toList();
        assertEquals(List.of("skill:billing=2", "lost:skill"), reasons(lines.get(0), 0));
        assertEquals(List.of("lost:idle"), reasons(lines.get(1), 1));
        assertEquals(List.of("lost:preferred"), reasons(lines.get(2), 1));
        var tie = Json.read(Scenario.run("""
                {"agents": [{"name": "a"}, {"name": "b"}],
                 "events": [{"at": 0, "arrive": {"id": "x"}}]}""").getFirst(), JsonNode.class);
        assertEquals(List.of("lost:tie"), reasons(tie, 1));
    }

    private static List<String> reasons(JsonNode line, int candidate) {
        var all = new ArrayList<String>();
        line.path("candidates").path(candidate).path("reasons").forEach(one -> all.add(one.asText()));
        return all;
    }
}
