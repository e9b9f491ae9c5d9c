package switchboard.knowledgebase;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import switchboard.knowledgebase.article.Article;
import switchboard.knowledgebase.article.ArticleChange;
import switchboard.knowledgebase.article.ArticleDraft;
import switchboard.knowledgebase.article.ArticleFilter;
import switchboard.knowledgebase.article.Articles;
import switchboard.knowledgebase.article.Categories;
import switchboard.knowledgebase.article.Category;
import switchboard.knowledgebase.article.CategoryChange;
import switchboard.knowledgebase.article.Pictures;
import switchboard.knowledgebase.article.Revision;
import switchboard.knowledgebase.article.RevisionHead;
import switchboard.knowledgebase.article.Votes;
import switchboard.knowledgebase.search.Found;
import switchboard.knowledgebase.search.Search;
import switchboard.knowledgebase.search.SearchLog;
import switchboard.knowledgebase.site.ContactDoor;
import switchboard.knowledgebase.site.RateLimit;
import switchboard.knowledgebase.site.Site;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Page;
import switchboard.ticketing.journal.Journal;

/// The help centre: articles, their search and the public site. `mount` gives readers their pages; the other methods
/// are what the API offers, one line each, and need a virtual thread.
public final class KnowledgeBase implements AutoCloseable {
    private final Articles articles;
    private final Categories categories;
    private final Pictures pictures;
    private final Search search;
    private final Site site;

    /// @param indexFolder this node's search index; may be deleted while the program is stopped, or running
    /// @param publicUrl scheme, host and port under which readers see the site
    public KnowledgeBase(Vertx vertx, Database database, Journal journal, Path indexFolder, URI publicUrl,
            ContactDoor door) {
        java.util.Objects.requireNonNull(vertx);
        articles = new Articles(database, journal);
        categories = new Categories(database, journal);
        pictures = new Pictures(database, journal);
        search = new Search(indexFolder, database, journal);
        site = new Site(database, categories, new Votes(database, journal), pictures, search, publicUrl, door);
    }

    /// Opens the search index and follows the journal. Pages are served without it; only searches find nothing.
    public KnowledgeBase start() {
        search.start();
        return this;
    }

    /// Declares `/`, `/help/...`, `/robots.txt`, `/sitemap.xml`, `/llms.txt` and `/favicon.ico`.
    public void mount(Router router) {
        site.mount(router);
    }

    /// Puts a limit that all nodes share in the place of the one that counts in this process.
    public void limit(RateLimit shared) {
        site.limit(shared);
    }

    /// Who is counted as one reader by the limits; without this, the peer's address.
    public void clientBy(Function<HttpServerRequest, String> client) {
        site.clientBy(client);
    }

    /// Whether that reader may search once more.
    public boolean maySearch(String client) {
        return site.maySearch(client);
    }

    public Page<Article> list(ArticleFilter filter, int limit, String after) {
        return articles.list(filter, limit, after);
    }

    public Article get(UUID id) {
        return articles.get(id);
    }

    public List<Article> translations(UUID id) {
        return articles.translations(id);
    }

    public Page<RevisionHead> revisions(UUID id, int limit, String after) {
        return articles.revisions(id, limit, after);
    }

    public Revision revision(UUID id, UUID revision) {
        return articles.revision(id, revision);
    }

    public Article restore(UUID id, UUID revision, Integer version, Actor author) {
        return articles.restore(id, revision, version, author);
    }

    public Pictures.Picture addPicture(byte[] bytes, Actor author) {
        return pictures.add(bytes, author);
    }

    public Article create(ArticleDraft draft, Actor author) {
        return articles.create(draft, author);
    }

    public Article update(UUID id, ArticleChange change, Actor author) {
        var article = articles.update(id, change, author);
        search.applyNow(id);
        return article;
    }

    public Article publish(UUID id, Integer version, Actor author) {
        var article = articles.publish(id, version, author);
        search.applyNow(id);
        return article;
    }

    public Article archive(UUID id, Integer version, Actor author) {
        var article = articles.archive(id, version, author);
        search.applyNow(id);
        return article;
    }

    public List<Category> categories() {
        return categories.list();
    }

    public Category saveCategory(Category category, Actor actor) {
        return categories.save(category, actor);
    }

    public Category newCategory(CategoryChange category, Actor actor) {
        return categories.create(category, actor);
    }

    public Category changeCategory(UUID id, CategoryChange change, Actor actor) {
        return categories.change(id, change, actor);
    }

    public void deleteCategory(UUID id, Actor actor) {
        categories.delete(id, actor);
    }

    public Found search(String locale, String query, int limit) {
        return search.find(locale, query, limit);
    }

    /// While someone types: the last word may be a beginning, and nothing is counted.
    public Found suggest(String locale, String query, int limit) {
        return search.asTyped(locale, query, limit);
    }

    public boolean rebuilding() {
        return search.rebuilding();
    }

    /// What readers looked for in vain since then.
    public List<SearchLog.Count> gaps(java.time.Instant since, int limit) {
        return search.log().gaps(since, limit);
    }

    @Override
    public void close() {
        search.close();
    }
}
