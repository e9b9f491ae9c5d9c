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
import switchboard.gateway.App;
import switchboard.gateway.Settings;
import switchboard.gateway.inspect.Options;
import switchboard.knowledgebase.article.ArticleDraft;
import switchboard.knowledgebase.article.Category;
import switchboard.knowledgebase.demo.DemoArticles;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Json;

/// How long a reader's search takes, over the demo's articles or over a file of them (JSON lines with `title`,
/// `summary`
/// and `body`): one after another, as the help centre asks, with snippets.
final class SearchBench {
    private static final int PATIENCE_SECONDS = 60;
    private static final int ARTICLES_MAX = 3000;

    private SearchBench() {}

    static Map<String, Object> run(List<String> words) throws Exception {
        var options = Options.of(words, List.of("queries"));
        int queries = Math.max(100, options.number("queries", 2000));
        var out = new LinkedHashMap<String, Object>();
        out.put("machine", BenchHome.machine());
        try (var home = BenchHome.open()) {
            if (options.plain().isEmpty()) DemoArticles.load(home.app.database, home.app.journal);
            else load(home.app, Path.of(options.plain().getFirst()));
            home.app.journal.committed();
            var titles = home.app.database.sql().column(String.class, """
                    select r.title from article_translation t join article_revision r on r.id = t.published_revision
                    where t.locale = 'en' order by r.title""");
            if (titles.isEmpty()) throw new Settings.Wrong("There are no articles to search");
            await(home.app, titles.getLast());
            out.put("articles", titles.size());
            measure(home.app, titles, queries, out);
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

    private static void measure(App app, List<String> titles, int queries, Map<String, Object> out) {
        var random = new Random(1);
        var millis = new ArrayList<Double>();
        int found = 0;
        for (int i = -queries / 4; i < queries; i++) {
            var words = titles.get(random.nextInt(titles.size())).split("\\s+");
            int from = random.nextInt(words.length);
            var query = String.join(" ", List.of(words).subList(from, Math.min(words.length, from + 3)));
            long start = System.nanoTime();
            var hits = app.help.search("en", query, 10);
            if (i < 0) continue; // the compiler's turn
            millis.add((System.nanoTime() - start) / 1e6);
            if (!hits.items().isEmpty()) found++;
        }
        millis.sort(null);
        out.put("queries", queries);
        out.put("answered", found);
        out.put("p50Millis", Math.round(millis.get(queries / 2) * 100) / 100.0);
        out.put("p99Millis", Math.round(millis.get(queries * 99 / 100) * 100) / 100.0);
    }
}
