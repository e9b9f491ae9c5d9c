package switchboard.channels.email.quote;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import switchboard.channels.email.Corpora;

class QuoteCorpusTest {
    @Test void folds_other_peoples_replies_as_their_readers_did() throws Exception {
        var folder = Corpora.folder("reply-discourse-trimmer");
        var missed = new ArrayList<String>();
        int all = 0;
        for (var file : Corpora.files(folder.resolve("emails"))) {
            all++;
            var expected = Files.readString(folder.resolve("trimmed").resolve(file.getFileName()));
            var mail = new String(Corpora.bytes(file), StandardCharsets.UTF_8);
            if (!normal(QuoteFolding.fold(mail).visibleText()).equals(normal(expected)))
                    missed.add(file.getFileName().toString());
        }
        System.out.println("quote folding: exact " + (all - missed.size()) + " of " + all + ", missed " + missed);
        assertTrue(missed.size() <= all * 0.05, () -> "missed " + missed);
    }

    private static String normal(String text) {
        return text.replace("\r\n", "\n").lines().map(String::stripTrailing).collect(Collectors.joining("\n"))
                .replaceAll("^\n+|\n+$", "");
    }
}
