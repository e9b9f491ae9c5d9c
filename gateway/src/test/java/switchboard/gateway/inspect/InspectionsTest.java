package switchboard.gateway.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.channels.email.mime.MailDecoder;
import switchboard.gateway.Settings;
import switchboard.ticketing.base.Json;

class InspectionsTest {
    @TempDir
    Path folder;

    private void mail(String name, String headers) throws IOException {
        Files.writeString(folder.resolve(name), "From: carl@example.test\r\nMessage-ID: <" + name + "@x>\r\n" + headers
                + "\r\n\r\nHello\r\n");
    }

    @Test
    void twoAnswersToAMissingMailAreOneThreadInAnyOrder() throws IOException {
        mail("a", "References: <lost@x>");
        mail("b", "In-Reply-To: <lost@x>");
        mail("c", "Subject: alone");
        mail("d", "References: <b@x>");
        var expected = "{\"threads\":[[\"a@x\",\"b@x\",\"d@x\"],[\"c@x\"]]}";
        assertEquals(expected, Inspections.threads(List.of(folder.toString())));
        for (int seed = 0; seed < 10; seed++) {
            assertEquals(expected, Inspections.threads(List.of(folder.toString(), "--order", "" + seed)));
        }
    }

    @Test
    void listMailIsPartedAsAnIndependentProgramPartsIt() throws IOException {
        var corpus = corpus();
        for (var set : List.of("threading", "default", "lkml")) {
            var ours = partition(Json.read(Inspections.threads(List.of(corpus.resolve(set).toString(), "--order", "7")),
                    JsonNode.class).path("threads"), name -> name);
            var theirs = partition(Json.API.readTree(corpus.resolve(set + ".threads.json").toFile()), name -> {
                var raw = read(corpus.resolve(name));
                return MailThreads.id(raw, MailDecoder.decode(raw));
            });
            double score = pairwiseF1(ours, theirs);
            System.out.printf("threads of %s: %d mails, pairwise F1 %.4f%n", set, ours.size(), score);
            assertTrue(score >= 0.97, set + " " + score);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<String, Integer> partition(JsonNode threads, java.util.function.UnaryOperator<String> name) {
        var partition = new HashMap<String, Integer>();
        for (int i = 0; i < threads.size(); i++) {
            for (var one : threads.get(i)) partition.put(name.apply(one.asText()), i);
        }
        return partition;
    }

    private static double pairwiseF1(Map<String, Integer> ours, Map<String, Integer> theirs) {
        assertEquals(theirs.keySet(), ours.keySet());
        var ids = List.copyOf(ours.keySet());
        long both = 0;
        long mine = 0;
        long other = 0;
        for (int i = 0; i < ids.size(); i++) {
            for (int j = 0; j < i; j++) {
                boolean here = ours.get(ids.get(i)).equals(ours.get(ids.get(j)));
                boolean there = theirs.get(ids.get(i)).equals(theirs.get(ids.get(j)));
                if (here) mine++;
                if (there) other++;
                if (here && there) both++;
            }
        }
        return 2.0 * both / (mine + other);
    }

    private static Path corpus() {
        var set = System.getProperty("switchboard.corpora");
        if (set != null) return Path.of(set).resolve("threading-notmuch");
        for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            var here = at.resolve("shared/corpora/threading-notmuch");
            if (Files.isDirectory(here)) return here;
        }
        return abort("SKIPPED: no corpus threading-notmuch here; set -Dswitchboard.corpora=<folder> to measure");
    }

    @Test
    void staffingAnswersAsTheContractSays() {
        var words = List.of("--calls", "100", "--per", "30m", "--aht", "3m", "--within", "20s", "--agents", "14",
                "--shrinkage", "0.3");
        var answer = Inspections.staffing(words);
        assertEquals("erlang-c", answer.get("model"));
        assertEquals(20, answer.get("scheduled"));
        assertEquals(0.88835, (double) answer.get("serviceLevel"), 1e-5);
        assertEquals(14, Inspections.staffing(List.of("--calls", "100", "--per", "30m", "--aht", "3m", "--within", "20",
                "--target", "0.8")).get("agents"));
        assertThrows(Settings.Wrong.class, () -> Inspections.staffing(List.of("--calls", "many")));
        assertThrows(Settings.Wrong.class, () -> Inspections.staffing(List.of("--cals", "1")));
        assertThrows(Settings.Wrong.class, () -> Inspections.run(List.of("mail", "no-such-file")));
    }
}
