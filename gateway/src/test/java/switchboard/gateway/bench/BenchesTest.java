package switchboard.gateway.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.ticketing.base.Json;

/// Each benchmark in small, as the real command; what it measures is not looked at, only that it says it.
class BenchesTest {
    private static final int PATIENCE_MINUTES = 5;

    @TempDir
    Path folder;

    @Test
    void routingTellsItsDecisionsBesideTheRowsAlone() throws Exception {
        var line = lastLine("routing", "--tickets", "120");
        conditions(line);
        figures(line, "/decisionsPerSecond", "/seconds");
        ceiling(line.path("ceiling"));
        figures(line, "/ceiling/rowsPerSecond");
        assertEquals(120, line.at("/ceiling/events").asInt());
        assertTrue(line.at("/ceiling/batches").asInt() >= 2, "no pass takes all: " + line);
    }

    @Test
    void searchTellsItsQueriesBesideLuceneAlone() throws Exception {
        var articles = folder.resolve("articles.jsonl");
        for (var word : List.of("refund", "delivery", "warranty", "zip")) {
            Files.writeString(articles, Json.write(Map.of("title", "All about your " + word, "summary", word,
                    "body", "This is how a " + word + " works.")) + "\n", StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
        var line = lastLine("search", articles.toString(), "--queries", "40");
        conditions(line);
        figures(line, "/queriesPerSecond", "/p50Millis", "/p99Millis");
        ceiling(line.path("ceiling"));
        assertEquals(4, line.path("articles").asInt());
        assertEquals(40, line.path("answered").asInt(), line.toString());
    }

    @Test
    void fanoutTellsItsMessagesBesideTheFramesAlone() throws Exception {
        var line = lastLine("fanout", "--consoles", "5", "--seconds", "1");
        conditions(line);
        figures(line, "/messages", "/eventsPerSecond", "/framesPerSecond", "/framesReceived");
        ceiling(line.path("ceiling"));
        figures(line, "/ceiling/framesPerSecond");
    }

    @Test
    void ingestTellsItsEventsBesideTheRowsAlone() throws Exception {
        var line = lastLine("ingest", "--seconds", "1", "--connections", "2", "--mailboxes", "1", "--phones", "1",
                "--windows", "2");
        conditions(line);
        figures(line, "/mailsPerSecond", "/mixed/perSecond");
        ceiling(line.path("mailCeiling"));
        ceiling(line.path("mixedCeiling"));
        assertTrue(line.at("/mixedCeiling/events").asInt() >= line.at("/mixed/events").asInt(), line.toString());
    }

    private static void conditions(JsonNode line) {
        figures(line, "/machine/cores", "/machine/memoryMiB");
        for (var setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            assertEquals("on", line.path("durability").path(setting).asText(), line.toString());
        }
    }

    private static void ceiling(JsonNode ceiling) {
        assertFalse(ceiling.path("what").asText().isBlank(), ceiling.toString());
        figures(ceiling, "/perSecond", "/ratio");
    }

    private static void figures(JsonNode line, String... paths) {
        for (var path : paths) {
            var figure = line.at(path);
            assertTrue(figure.isNumber() && Double.isFinite(figure.asDouble()) && figure.asDouble() > 0,
                    path + " in " + line);
        }
    }

    private JsonNode lastLine(String... words) throws IOException, InterruptedException {
        var said = folder.resolve("out.txt");
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "switchboard.gateway.Switchboard", "bench"));
        command.addAll(List.of(words));
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        try {
            assertTrue(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES), () -> "not done: " + text(said));
        } finally {
            process.destroy();
        }
        assertEquals(0, process.exitValue(), () -> text(said));
        var lines = text(said).lines().toList();
        var last = Json.API.readTree(lines.getLast());
        assertTrue(last.isObject(), lines.getLast());
        return last;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
