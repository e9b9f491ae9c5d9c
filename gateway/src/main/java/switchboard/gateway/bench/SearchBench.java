package switchboard.gateway.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import switchboard.gateway.App;
import switchboard.gateway.Settings;
import switchboard.gateway.inspect.Options;
import switchboard.knowledgebase.article.ArticleDraft;
import switchboard.knowledgebase.article.Category;
import switchboard.knowledgebase.demo.DemoArticles;
import switchboard.knowledgebase.search.LuceneAlone;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Json;

/// How long a reader's search takes, over the demo's articles or over a file of them (JSON lines with `title`,
/// `summary` and `body`): one after another, as the help centre asks, with snippets; and how long Lucene alone takes.
final class SearchBench {
    private static final int PATIENCE_SECONDS = 60;
    private static final int ARTICLES_MAX = 3000;
    private static final String LOCALE = "en";
    private static final int LIMIT = 10;
    private static final String WHAT = "the parsed query's top 10 by Lucene alone, same index, no snippets";

    private SearchBench() {}

    static Map<String, Object> run(List<String> words) throws Exception {
        var options = Options.of(words, List.of("queries"));
        int queries = Math.max(10, options.number("queries", 2000));
        var out = new LinkedHashMap<String, Object>();
        out.put("machine", Conditions.machine());
        try (var home = BenchHome.open()) {
            out.put("durability", Conditions.durability(home.app.database));
            if (options.plain().isEmpty()) DemoArticles.load(home.app.database, home.app.journal);
            else load(home.app, Path.of(options.plain().getFirst()));
            home.app.journal.committed();
            var titles = home.app.database.sql().column(String.class, """
                    select r.title from article_translation t join article_revision r on r.id = t.published_revision
                    where t.locale = 'en' order by r.title""");
            if (titles.isEmpty()) throw new Settings.Wrong("There are no articles to search");
            await(home.app, titles.getLast());
            out.put("articles", titles.size());
            measure(home, titles, queries, out);
        }
        return out;
    }

    private static void load(App app, Path file) throws IOException {
        if (!Files.isRegularFile(file)) throw new Settings.Wrong("There is no file " + file);
        var category = app.help.saveCategory(new Category(null, "all", "", Map.of("en", "All"), Map.of("en", ""), 0),
                Actor.SYSTEM);
        for (var line : Files.readAllLines(file).stream().limit(ARTICLES_MAX).toList()) {
            var row = Json.read(line, JsonNode.class);
            if (row.path("title").asText().isBlank() || row.path("body").asText().isBlank()) continue;
            var article = app.help.create(new ArticleDraft("en", category.id(), row.path("title").asText(),
                    row.path("summary").asText(), row.path("body").asText(), List.of(), null, null, null),
                            Actor.SYSTEM);
            app.help.publish(article.id(), null, Actor.SYSTEM);
        }
    }

    private static void await(App app, String title) throws InterruptedException {
        for (int i = 0; i < PATIENCE_SECONDS * 10; i++) {
            if (!app.help.rebuilding() && !app.help.search("en", title, 10).items().isEmpty()) return;
            Thread.sleep(100);
        }
        throw new IllegalStateException("The articles did not come to the index");
    }

    private static void measure(BenchHome home, List<String> titles, int queries, Map<String, Object> out)
            throws Exception {
        var random = new Random(1);
        var program = new ArrayList<Double>();
        var alone = new ArrayList<Double>();
        int found = 0;
        try (var lucene = committed(home)) {
            for (int i = -queries / 4; i < queries; i++) {
                var words = titles.get(random.nextInt(titles.size())).split("\\s+");
                int from = random.nextInt(words.length);
                var query = String.join(" ", List.of(words).subList(from, Math.min(words.length, from + 3)));
                var prepared = lucene.prepare(LOCALE, query, LIMIT);
                // Each goes first every other time, so that neither always finds the caches warm.
                var early = i % 2 == 0 ? timed(prepared) : null;
                var hits = timed(() -> home.app.help.search(LOCALE, query, LIMIT).items().size());
                var top = early == null ? timed(prepared) : early;
                if (hits.found() > 0 != top.found() > 0) throw new IllegalStateException("Lucene alone found "
                        + top.found() + " articles, the program " + hits.found() + " for " + query);
                if (i < 0) continue; // the compiler's turn
                program.add(hits.millis());
                alone.add(top.millis());
                if (hits.found() > 0) found++;
            }
        }
        out.put("queries", queries);
        out.put("answered", found);
        double perSecond = perSecond(program);
        out.put("queriesPerSecond", IngestBench.round(perSecond));
        out.putAll(waits(program));
        System.out.printf("%-26s %d queries, %.0f/s, %s%n", "search:", queries, perSecond, waits(program));
        out.put("ceiling", new Ceiling(WHAT, perSecond(alone), waits(alone)).beside("search", perSecond));
    }

    private record Timed(int found, double millis) {}

    private static Timed timed(Callable<Integer> search) throws Exception {
        long start = System.nanoTime();
        int found = search.call();
        return new Timed(found, (System.nanoTime() - start) / 1e6);
    }

    private static double perSecond(List<Double> millis) {
        return 1000 * millis.size() / millis.stream().mapToDouble(Double::doubleValue).sum();
    }

    private static Map<String, Object> waits(List<Double> millis) {
        var sorted = millis.stream().sorted().toList();
        var waits = new LinkedHashMap<String, Object>();
        waits.put("p50Millis", Math.round(sorted.get(sorted.size() / 2) * 1000) / 1000.0);
        waits.put("p99Millis", Math.round(sorted.get(sorted.size() * 99 / 100) * 1000) / 1000.0);
        return waits;
    }

    /// The index that the program searches, as soon as it has written all of it to its folder.
    private static LuceneAlone committed(BenchHome home) throws Exception {
        long published = home.app.database.sql().value(Long.class,
                "select count(*) from article_translation where state = 'published'").orElseThrow();
        for (int i = 0; i < PATIENCE_SECONDS * 10; i++) {
            try {
                var lucene = LuceneAlone.open(home.searchFolder());
                if (lucene.documents() == published) return lucene;
                lucene.close();
            } catch (IOException notYet) {
                // The first commit comes with the first articles.
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("The index was not written to its folder");
    }
}
