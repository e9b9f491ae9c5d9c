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
import switchboard.gateway.Server;
import switchboard.gateway.Settings;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.access.Teams;
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
        var corpus = corpus("threading-notmuch");
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

    @Test
    void aDocumentIsPrintedAsTheConsoleWouldFrameIt() throws IOException {
        var hostile = "<script>1</script><b onclick=1>x</b><img src=\"https://tracker.example/p.gif\"><p>Grüße</p>";
        var file = Files.writeString(folder.resolve("mail.html"), hostile);
        try (var server = new Server()) {
            var team = server.app.teams.create(new Teams.Change("A", null, null)).id();
            var ada = server.agent("ada", Role.AGENT, team);
            server.token(ada);
            var framed = server.get(server.app.links.mail(server.message(server.ticket(team, null), hostile), ada),
                    null);
            assertEquals(200, framed.status(), framed.text());
            assertEquals(framed.text(), Inspections.html(List.of(file.toString())));
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

    private static Path corpus(String name) {
        var set = System.getProperty("switchboard.corpora");
        if (set != null) return Path.of(set).resolve(name);
        for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            var here = at.resolve("shared/corpora").resolve(name);
            if (Files.isDirectory(here)) return here;
        }
        return abort("SKIPPED: no corpus " + name + " here; set -Dswitchboard.corpora=<folder> to measure");
    }

    @Test
    void anIntentIsGuessedForEachRowInOrderAndAWrongFileIsOneLine() throws IOException {
        var train = Files.writeString(folder.resolve("train.csv"), "\uFEFFText,category\r\n"
                + "\"where, please, is\nmy order\",delivery\r\n".repeat(8) + "refund me,refund\r\n".repeat(8));
        var test = Files.writeString(folder.resolve("test.csv"), "category;text\n;a refund\n\n;Ω\n;my order\n");
        var lines = new java.util.ArrayList<String>();
        IntentLines.run(train.toString(), test.toString(), lines::add);
        var guesses = lines.stream().map(line -> Json.read(line, JsonNode.class)).toList();
        assertEquals(List.of("refund", "null", "delivery"), guesses.stream().map(one -> one.get("label").asText())
                .toList());
        assertEquals(List.of("best", "confidence", "label"), List.copyOf(guesses.getFirst().properties().stream()
                .map(Map.Entry::getKey).toList()));
        assertEquals("delivery", guesses.get(2).get("best").asText());
        var headless = Files.writeString(folder.resolve("headless.csv"), "where is it,delivery\n");
        var ragged = Files.writeString(folder.resolve("ragged.csv"), "text,category\nwhere is it\n");
        wrong("headless.csv: the header row has no column text, only where is it, delivery", headless, test);
        wrong("ragged.csv: line 2 has 1 columns, the header row has 2", ragged, test);
        wrong("There is no file " + folder.resolve("none.csv") + " to read", train, folder.resolve("none.csv"));
        assertThrows(Settings.Wrong.class, () -> Inspections.run(List.of("intent", train.toString())));
    }

    private static void wrong(String line, Path train, Path test) {
        var told = assertThrows(Settings.Wrong.class, () -> IntentLines.run(train.toString(), test.toString(),
                _ -> {})).getMessage();
        assertTrue(told.endsWith(line), told);
    }

    @Test
    void customersQuestionsAreToldApartAndTheLabelledOnesRightly() throws IOException {
        var set = corpus("intent-banking77");
        var lines = new java.util.ArrayList<String>();
        IntentLines.run(set.resolve("train.csv").toString(), set.resolve("test.csv").toString(), lines::add);
        var wanted = new java.util.ArrayList<String>();
        var file = set.resolve("test.csv");
        try (var csv = switchboard.gateway.files.Csv.open(file)) {
            for (var row = csv.next(); row.isPresent(); row = csv.next()) wanted.add(row.get().cells().get(1).strip());
        }
        assertEquals(wanted.size(), lines.size());
        int right = 0;
        int labelled = 0;
        int labelledRight = 0;
        double confidence = 0;
        for (int i = 0; i < lines.size(); i++) {
            var guess = Json.read(lines.get(i), JsonNode.class);
            boolean good = guess.get("best").asText().equals(wanted.get(i));
            confidence += guess.get("confidence").asDouble();
            if (good) right++;
            if (guess.get("label").isNull()) continue;
            labelled++;
            if (good) labelledRight++;
        }
        double accuracy = (double) right / lines.size();
        double coverage = (double) labelled / lines.size();
        double precision = (double) labelledRight / labelled;
        System.out.printf("banking77: accuracy %.4f, mean confidence %.4f, labelled %.4f, of these right %.4f%n",
                accuracy, confidence / lines.size(), coverage, precision);
        assertTrue(accuracy > 0.89 && coverage > 0.8 && precision > 0.94, accuracy + " " + coverage + " " + precision);
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
