package switchboard.knowledgebase.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.knowledgebase.article.ArticleDraft;
import switchboard.knowledgebase.article.ArticleFilter;
import switchboard.knowledgebase.article.Articles;
import switchboard.knowledgebase.article.Categories;
import switchboard.knowledgebase.article.Category;
import switchboard.knowledgebase.article.Locales;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.journal.Journal;

/// Loads a help centre from the class path: `<root>/categories.json` and `<root>/<locale>/<category>/<article>.md`.
/// A file with a fault is logged and left out. Loading again adds only what is missing.
public final class DemoArticles {
    public static final String ROOT = "switchboard/knowledgebase/demo";
    private static final Logger LOG = LoggerFactory.getLogger(DemoArticles.class);

    private final Articles articles;
    private final Categories categories;
    private final Map<String, UUID> categoryIds = new HashMap<>();
    private final Map<String, UUID> articleIds = new HashMap<>();
    private final java.util.Set<String> present = new java.util.HashSet<>();
    private int loaded;

    private DemoArticles(Articles articles, Categories categories) {
        this.articles = articles;
        this.categories = categories;
    }

    /// @return how many texts were added and published
    public static int load(Database database, Journal journal) {
        return load(database, journal, ROOT);
    }

    static int load(Database database, Journal journal, String root) {
        var demo = new DemoArticles(new Articles(database, journal), new Categories(database, journal));
        try {
            demo.remember();
            for (var url : java.util.Collections.list(DemoArticles.class.getClassLoader().getResources(root))) {
                demo.folder(path(url.toURI()));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
        return demo.loaded;
    }

    private static Path path(URI uri) throws IOException {
        if (uri.getScheme().equals("jar")) {
            try {
                FileSystems.newFileSystem(uri, Map.of());
            } catch (FileSystemAlreadyExistsException open) {
                LOG.trace("The jar is open", open);
            }
        }
        return Path.of(uri);
    }

    private void remember() {
        categories.list().forEach(category -> categoryIds.put(category.slug(), category.id()));
        String after = null;
        do {
            var page = articles.list(ArticleFilter.ALL, 200, after);
            page.items().forEach(article -> {
                articleIds.put(article.slug(), article.articleId());
                present.add(article.locale() + "/" + article.slug());
            });
            after = page.next();
        } while (after != null);
    }

    private void folder(Path folder) throws IOException {
        var list = folder.resolve("categories.json");
        if (Files.exists(list)) categories(Json.read(Files.readString(list), JsonNode.class));
        for (var locale : Locales.ALL) {
            var texts = folder.resolve(locale);
            if (!Files.isDirectory(texts)) continue;
            try (var files = Files.walk(texts, 2)) {
                for (var file : files.filter(one -> one.toString().endsWith(".md")).sorted().toList()) one(locale,
                        file);
            }
        }
    }

    private void categories(JsonNode list) {
        for (var node : list) {
            var slug = node.path("slug").asText();
            if (slug.isBlank() || categoryIds.containsKey(slug)) continue;
            var saved = categories.save(new Category(null, slug, node.path("icon").asText("book"),
                    texts(node.path("title")), texts(node.path("description")), node.path("position").asInt()),
                            Actor.SYSTEM);
            categoryIds.put(slug, saved.id());
        }
    }

    private static Map<String, String> texts(JsonNode node) {
        var texts = new HashMap<String, String>();
        node.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    private void one(String locale, Path file) {
        try {
            var text = Files.readString(file, StandardCharsets.UTF_8).replace("\r\n", "\n").replace("\uFEFF", "");
            var slug = file.getFileName().toString().replaceFirst("\\.md$", "");
            var category = file.getParent().getFileName().toString().replace("/", "");
            add(locale, category, slug, text);
        } catch (IOException | RuntimeException faulty) {
            LOG.warn("The demo article {} was left out: {}", file, faulty.getMessage());
        }
    }

    private void add(String locale, String category, String slug, String text) {
        if (!present.add(locale + "/" + slug)) return;
        var front = new HashMap<String, String>();
        var body = front(text, front);
        if (!categoryIds.containsKey(category)) {
            categoryIds.put(category, categories.save(new Category(null, category, "book",
                    Map.of(Locales.DEFAULT, category), Map.of(), 1000), Actor.SYSTEM).id());
        }
        var keywords = Arrays.stream(front.getOrDefault("keywords", "").split("[,，、;；]")).map(String::strip).toList();
        var article = articles.create(new ArticleDraft(locale, categoryIds.get(category),
                front.getOrDefault("title", slug.replace('-', ' ')), front.getOrDefault("summary", ""), body,
                        keywords, slug,
                number(front.get("position")), articleIds.get(slug)), Actor.SYSTEM);
        articleIds.put(slug, article.articleId());
        articles.publish(article.id(), null, Actor.SYSTEM);
        loaded++;
    }

    /// Reads `name: value` lines up to `---`; a first `---` is skipped. Without them all is body.
    private static String front(String text, Map<String, String> front) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        while (!lines.isEmpty() && lines.getFirst().isBlank()) lines.removeFirst();
        if (!lines.isEmpty() && lines.getFirst().strip().equals("---")) lines.removeFirst();
        int end = 0;
        while (end < lines.size() && lines.get(end).matches("[A-Za-z]+:.*|\\s*")) end++;
        if (end == lines.size() || !lines.get(end).strip().equals("---")) return text;
        for (var line : lines.subList(0, end)) {
            int colon = line.indexOf(':');
            if (colon > 0) front.put(line.substring(0, colon).strip(),
                    line.substring(colon + 1).strip().replaceAll("^\"|\"$", ""));
        }
        return String.join("\n", lines.subList(end + 1, lines.size())).strip();
    }

    private static Integer number(String text) {
        return text == null || !text.matches("\\d{1,6}") ? null : Integer.valueOf(text);
    }
}
