package switchboard.knowledgebase.site;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import switchboard.knowledgebase.article.Categories;
import switchboard.knowledgebase.article.Category;
import switchboard.knowledgebase.article.Markdown;
import switchboard.knowledgebase.article.Published;
import switchboard.knowledgebase.article.Shelf;
import switchboard.knowledgebase.search.Found;
import switchboard.knowledgebase.search.Search;
import switchboard.ticketing.base.Failure;

/// The pages that readers read, and the shapes that their templates take. Each is made from the database at every
/// request; caches stand in front of it.
public final class Pages {
    private static final int POPULAR = 6;
    private static final int RELATED = 4;
    private static final int RESULTS = 20;

    private final Frames frames;
    private final Categories categories;
    private final Shelf shelf;
    private final Search search;

    Pages(Frames frames, Categories categories, Shelf shelf, Search search) {
        this.frames = frames;
        this.categories = categories;
        this.shelf = shelf;
        this.search = search;
    }

    /// A category on the home page.
    public record Card(String url, String icon, String title, String description, long articles) {}

    /// An article in a list.
    public record Entry(String url, String title, String summary) {}

    /// One step of the way from the home page; the last is the page itself.
    public record Crumb(String url, String title) {}

    Answer home(String locale) {
        var counts = shelf.counts(locale);
        var cards = categories.list().stream().filter(category -> counts.containsKey(category.id()))
                .map(category -> new Card(url(locale, category), category.icon(), category.title(locale),
                        category.description(locale), counts.get(category.id()))).toList();
        var popular = shelf.popular(locale, POPULAR).stream().map(Pages::entry).toList();
        var words = Words.in(locale);
        var frame = frames.frame(locale, words.say("home.title"), words.say("home.description"),
                other -> "/help/" + other + "/");
        var site = Map.<String, Object>of("@type", "WebSite", "name", frame.company() + " " + words.say("site.name"),
                "url", frame.canonical(), "inLanguage", locale, "potentialAction", Map.of("@type", "SearchAction",
                        "target", frame.canonical() + "search?q={query}", "query-input", "required name=query"));
        return Answer.page(frames.render("home", Map.of("frame", Frames.withJsonLd(frame, List.of(site)),
                "cards", cards, "popular", popular)));
    }

    Answer category(String locale, String slug) {
        var category = categories.bySlug(slug).orElseThrow(() -> new Failure.NotFound("The category"));
        var articles = shelf.inCategory(category.id(), locale).stream().map(Pages::entry).toList();
        var others = shelf.counts(locale);
        var siblings = categories.list().stream().filter(other -> others.containsKey(other.id())).map(other ->
                new Card(url(locale, other), other.icon(), other.title(locale), "", others.get(other.id()))).toList();
        var frame = frames.frame(locale, category.title(locale), category.description(locale),
                other -> url(other, category));
        var crumbs = List.of(new Crumb("/help/" + locale + "/", Words.in(locale).say("site.name")),
                new Crumb(url(locale, category), category.title(locale)));
        return Answer.page(frames.render("category", Map.of("frame", Frames.withJsonLd(frame, List.of(trail(crumbs))),
                "icon", category.icon(), "articles", articles, "siblings", siblings, "crumbs", crumbs)));
    }

    /// @param address `slug-shortid`; another slug with the right id moves to the right address
    Answer article(String locale, String address) {
        var shortId = shortId(address);
        var found = shelf.article(locale, shortId);
        if (found.isEmpty()) return missing(locale, shelf.languages(shortId));
        var article = found.get();
        if (!article.url().endsWith("/" + address)) return Answer.moved(301, article.url());
        var category = categories.list().stream().filter(one -> one.id().equals(article.categoryId())).findFirst()
                .orElseThrow();
        var body = Markdown.page(article.body(), slug -> shelf.urlOfSlug(locale, slug).orElse(null));
        var urls = new LinkedHashMap<String, String>();
        shelf.languages(shortId).forEach(one -> urls.put(one.locale(), one.url()));
        var crumbs = List.of(new Crumb("/help/" + locale + "/", Words.in(locale).say("site.name")),
                new Crumb(url(locale, category), category.title(locale)), new Crumb(article.url(), article.title()));
        var frame = Frames.withJsonLd(frames.frame(locale, article.title(), article.summary(), urls::get),
                List.of(trail(crumbs), structured(article)));
        return Answer.page(frames.render("article", Map.of("frame", frame, "article", article, "body", body,
                "crumbs", crumbs, "related", related(article))))
                .with("Link", "<" + article.url() + ".md>; rel=\"alternate\"; type=\"text/markdown\"");
    }

    /// The text as it was written, for programs.
    Answer markdown(String locale, String address) {
        var article = shelf.article(locale, shortId(address)).orElseThrow(() -> new Failure.NotFound("The article"));
        return Answer.of("text/markdown; charset=utf-8",
                "# " + article.title() + "\n\n" + article.summary() + "\n\n" + article.body());
    }

    Published published(String locale, String address) {
        return shelf.article(locale, shortId(address)).orElseThrow(() -> new Failure.NotFound("The article"));
    }

    Answer results(String locale, String query) {
        var cut = query.substring(0, Math.min(query.length(), 200)).strip();
        var found = cut.isEmpty() ? new Found(List.of(), null, search.rebuilding()) : search.find(locale, cut,
                RESULTS).strong();
        var titles = new LinkedHashMap<UUID, String>();
        categories.list().forEach(category -> titles.put(category.id(), category.title(locale)));
        var words = Words.in(locale);
        var frame = Frames.withQuery(frames.unlisted(locale, cut.isEmpty() ? words.say("search.title")
                : words.say("search.titleFor", cut), other -> "/help/" + other + "/search"
                        + (cut.isEmpty() ? "" : "?q=" + encode(cut))), cut);
        return Answer.ownPage(200, frames.render("search", Map.of("frame", frame, "found", found, "categories",
                titles)));
    }

    Answer missing(String locale, List<Published> elsewhere) {
        var words = Words.in(locale);
        var frame = frames.unlisted(locale, words.say("missing.title"), other -> null);
        var links = elsewhere.stream().map(Pages::entry).toList();
        return Answer.ownPage(404, frames.render("message", Map.of("frame", frame, "heading",
                words.say("missing.title"),
                "text", words.say(links.isEmpty() ? "missing.text" : "missing.elsewhere"), "links", links)));
    }

    /// A page that only says something.
    Answer message(int status, String locale, String headingKey, String textKey) {
        var words = Words.in(locale);
        var frame = frames.unlisted(locale, words.say(headingKey), other -> null);
        return Answer.ownPage(status, frames.render("message", Map.of("frame", frame, "heading", words.say(headingKey),
                "text", words.say(textKey), "links", List.of())));
    }

    private List<Entry> related(Published article) {
        var entries = new ArrayList<Entry>();
        var seen = new java.util.HashSet<>(List.of(article.url()));
        search.related(article.locale(), article.id(), article.title(), RELATED).forEach(hit -> {
            if (seen.add(hit.url())) entries.add(new Entry(hit.url(), hit.title(), ""));
        });
        for (var other : shelf.inCategory(article.categoryId(), article.locale())) {
            if (entries.size() < RELATED && seen.add(other.url())) entries.add(entry(other));
        }
        return entries;
    }

    private Map<String, Object> trail(List<Crumb> crumbs) {
        var items = new ArrayList<Map<String, Object>>();
        for (var crumb : crumbs) {
            items.add(Map.of("@type", "ListItem", "position", items.size() + 1, "name", crumb.title(),
                    "item", frames.origin() + crumb.url()));
        }
        return Map.of("@type", "BreadcrumbList", "itemListElement", items);
    }

    private Map<String, Object> structured(Published article) {
        return Map.of("@type", "Article", "headline", article.title(), "description", article.summary(),
                "inLanguage", article.locale(), "dateModified", article.publishedAt().toString(),
                "mainEntityOfPage", frames.origin() + article.url());
    }

    private static Entry entry(Published article) {
        return new Entry(article.url(), article.title(), article.summary());
    }

    private static String url(String locale, Category category) {
        return "/help/" + locale + "/categories/" + category.slug();
    }

    private static String shortId(String address) {
        return address.substring(address.lastIndexOf('-') + 1);
    }

    private static String encode(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }
}
