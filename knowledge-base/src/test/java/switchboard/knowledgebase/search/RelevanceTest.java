package switchboard.knowledgebase.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelevanceTest {
    @TempDir Path folder;

    @Test
    void gainsAreDiscountedByRankAndNormalisedByTheBestOrder() {
        assertEquals(1, Relevance.ndcg(List.of("a", "b"), Map.of("a", 2, "b", 1)), 1e-9);
        double swapped = (1 + 2 / (Math.log(3) / Math.log(2))) / (2 + 1 / (Math.log(3) / Math.log(2)));
        assertEquals(swapped, Relevance.ndcg(List.of("b", "a"), Map.of("a", 2, "b", 1)), 1e-9);
        assertEquals(0, Relevance.ndcg(List.of("x"), Map.of("a", 1)), 1e-9);
        assertEquals(0.5, Relevance.recall(List.of("a", "x"), Map.of("a", 1, "b", 1, "c", 0)), 1e-9);
    }

    @Test
    void aFolderInBeirLayoutGivesOneJsonObject() throws IOException {
        Files.createDirectories(folder.resolve("qrels"));
        Files.writeString(folder.resolve("corpus.jsonl"), """
                {"_id": "1", "title": "Wings", "text": "Lift of a thin wing at supersonic speed"}
                {"_id": "2", "title": "Heat", "text": "Heat transfer in a boundary layer"}
                """);
        Files.writeString(folder.resolve("queries.jsonl"), """
                {"_id": "q1", "text": "how do thin wings give lift"}
                {"_id": "q2", "text": "nobody judged this"}
                """);
        Files.writeString(folder.resolve("qrels/test.tsv"), "query-id\tcorpus-id\tscore\nq1\t1\t1\n");
        var figures = Relevance.evaluate(folder);
        assertTrue(figures.contains("\"documents\":2,\"queries\":1,\"ndcg10\":1.0,\"recall100\":1.0"), figures);
    }
}
