package switchboard.knowledgebase.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.ByteBuffersDirectory;
import switchboard.ticketing.base.Json;

/// How good the search is, by judged queries: the same analyzers, fields and query as for readers, over a folder in
/// BEIR layout (`corpus.jsonl`, `queries.jsonl`, `qrels/test.tsv`).
public final class Relevance {
    private static final int DEPTH = 100;
    private static final int TOP = 10;

    private final Map<String, Map<String, Integer>> judged = new LinkedHashMap<>();
    private final Analyzers analyzers = new Analyzers();
    private String locale = "en";
    private int documents;

    private Relevance() {}

    /// @return one JSON object: name, locale, documents, queries, ndcg10, recall100, queryMillisP50, queryMillisP99
    public static String evaluate(Path folder) {
        try {
            return Json.write(new Relevance().measure(folder));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Map<String, Object> measure(Path folder) throws IOException {
        for (var line : Files.readAllLines(folder.resolve("qrels/test.tsv"))) {
            var parts = line.split("\t");
            if (!parts[2].matches("-?\\d+")) continue; // the heading
            judged.computeIfAbsent(parts[0], _ -> new HashMap<>()).put(parts[1], Integer.parseInt(parts[2]));
        }
        try (var directory = new ByteBuffersDirectory()) {
            index(folder.resolve("corpus.jsonl"), directory);
            try (var reader = DirectoryReader.open(directory)) {
                var searcher = new IndexSearcher(reader);
                searcher.setSimilarity(Documents.SIMILARITY);
                return figures(folder, searcher);
            }
        }
    }

    private void index(Path corpus, ByteBuffersDirectory directory) throws IOException {
        var lines = Files.readAllLines(corpus);
        locale = lines.subList(0, Math.min(20, lines.size())).stream().flatMapToInt(String::codePoints)
                .filter(Character::isIdeographic).count() > 200 ? "zh-CN" : "en";
        var config = new IndexWriterConfig(analyzers).setSimilarity(Documents.SIMILARITY);
        try (var writer = new IndexWriter(directory, config)) {
            for (var line : lines) {
                var row = Json.read(line, JsonNode.class);
                writer.addDocument(Documents.of(new Documents.Source(row.path("_id").asText(), locale, "", "",
                        row.path("title").asText(), "", List.of(), row.path("text").asText())));
                documents++;
            }
        }
    }

    private Map<String, Object> figures(Path folder, IndexSearcher searcher) throws IOException {
        double gain = 0;
        double recall = 0;
        var nanos = new java.util.ArrayList<Long>();
        for (var line : Files.readAllLines(folder.resolve("queries.jsonl"))) {
            var row = Json.read(line, JsonNode.class);
            var wanted = judged.get(row.path("_id").asText());
            if (wanted == null) continue;
            long start = System.nanoTime();
            var found = ask(searcher, row.path("text").asText());
            nanos.add(System.nanoTime() - start);
            gain += ndcg(found, wanted);
            recall += recall(found, wanted);
        }
        nanos.sort(null);
        int queries = Math.max(1, nanos.size());
        var figures = new LinkedHashMap<String, Object>();
        figures.put("name", folder.getFileName().toString());
        figures.put("locale", locale);
        figures.put("documents", documents);
        figures.put("queries", nanos.size());
        figures.put("ndcg10", round(gain / queries));
        figures.put("recall100", round(recall / queries));
        figures.put("queryMillisP50", nanos.isEmpty() ? 0 : round(nanos.get(nanos.size() / 2) / 1e6));
        figures.put("queryMillisP99", nanos.isEmpty() ? 0 : round(nanos.get(nanos.size() * 99 / 100) / 1e6));
        return figures;
    }

    private List<String> ask(IndexSearcher searcher, String text) throws IOException {
        var cut = text.substring(0, Math.min(text.length(), QueryText.CHARS_MAX));
        var query = new Queries(analyzers, searcher.getIndexReader(), locale).of(QueryText.parse(cut, false));
        var ids = new java.util.ArrayList<String>();
        for (var hit : Search.top(searcher, query, locale, DEPTH)) {
            ids.add(searcher.storedFields().document(hit.doc).get(Documents.ID));
        }
        return ids;
    }

    /// Normalised discounted cumulative gain with linear gains, as trec_eval's `ndcg_cut_10`.
    static double ndcg(List<String> found, Map<String, Integer> wanted) {
        double gained = 0;
        for (int i = 0; i < Math.min(TOP, found.size()); i++) {
            gained += Math.max(0, wanted.getOrDefault(found.get(i), 0)) / log2(i + 2);
        }
        var best = wanted.values().stream().filter(grade -> grade > 0).sorted(java.util.Comparator
                .reverseOrder()).toList();
        double ideal = 0;
        for (int i = 0; i < Math.min(TOP, best.size()); i++) ideal += best.get(i) / log2(i + 2);
        return ideal == 0 ? 0 : gained / ideal;
    }

    static double recall(List<String> found, Map<String, Integer> wanted) {
        long all = wanted.values().stream().filter(grade -> grade > 0).count();
        return all == 0 ? 0 : (double) found.stream().filter(id -> wanted.getOrDefault(id, 0) > 0).count() / all;
    }

    private static double log2(int value) {
        return Math.log(value) / Math.log(2);
    }

    private static double round(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
