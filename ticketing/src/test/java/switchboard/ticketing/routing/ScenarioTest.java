package switchboard.ticketing.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
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
}
