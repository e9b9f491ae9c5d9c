package switchboard.gateway.desk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import switchboard.gateway.content.Uploads;
import switchboard.gateway.http.Call;
import switchboard.gateway.session.SignIn;
import switchboard.knowledgebase.KnowledgeBase;
import switchboard.knowledgebase.article.Article;
import switchboard.knowledgebase.article.ArticleChange;
import switchboard.knowledgebase.article.ArticleDraft;
import switchboard.knowledgebase.article.ArticleFilter;
import switchboard.knowledgebase.article.CategoryChange;
import switchboard.knowledgebase.article.Pictures;
import switchboard.knowledgebase.search.Hit;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Page;
import switchboard.ticketing.reply.Search;
import switchboard.ticketing.ticket.Sought;

/// The API's calls about articles, and the one search over everything.
public final class ArticleRoutes {
    private static final int SEARCHED = 10;
    private static final List<String> LANGUAGES = List.of("en", "zh-CN");

    private final KnowledgeBase articles;
    private final Search search;

    public ArticleRoutes(KnowledgeBase articles, Search search) {
        this.articles = articles;
        this.search = search;
    }

    public record Version(Integer version) {}

    /// What the one search found, by kind, best first.
    ///
    /// @param refused operators with an invalid value; the result is then empty
    public record Everything(List<Search.TicketHit> tickets, List<Search.MessageHit> messages,
                             List<Search.CustomerHit> customers, List<Hit> articles, List<Sought.Refused> refused) {}

    private static Actor actor(Call call) {
        return Actor.agent(call.caller().id());
    }

    public Object everything(Call call) {
        var q = call.queryOr("q", "");
        int limit = call.limit(SEARCHED);
        var hits = search.find(TicketRoutes.visible(call.caller()), CustomerRoutes.visible(call.caller()),
                call.caller().id(), q, limit);
        var found = q.isBlank() || hits.ticketsOnly() ? List.<Hit>of()
                : inAllLanguages(call.queryOr("locale", call.caller().language()), q, limit);
        return new Everything(hits.tickets(), hits.messages(), hits.customers(), found, hits.refused());
    }

    /// Customers may not write in the agent's language: articles in the agent's own language come first.
    private List<Hit> inAllLanguages(String own, String q, int limit) {
        return Stream.concat(Stream.of(own), LANGUAGES.stream()).distinct()
                .flatMap(locale -> articles.suggest(locale, q, limit).items().stream())
                .collect(Collectors.toMap(Hit::id, hit -> hit, (first, _) -> first, LinkedHashMap::new))
                .values().stream().limit(limit).toList();
    }

    /// Anybody's, and so counted as the help centre's own searches are. The best 200 at most; how many there are
    /// beyond the page is asked for only where the page may have a next one.
    public Object search(Call call) {
        if (!articles.maySearch(SignIn.network(call.clientAddress()))) throw new Failure.TooMany("Too many searches");
        int limit = call.limit(SEARCHED);
        int most = call.after() == null ? Math.min(limit + 1, Page.LIMIT_MAX) : Page.LIMIT_MAX;
        var found = articles.search(call.queryOr("locale", "en"), call.queryOr("q", ""), most).items();
        return Page.cut(found, call.after(), limit, at -> found.get(at).id());
    }

    public Object list(Call call) {
        return articles.list(new ArticleFilter(call.queryOr("locale", null), call.queryOr("status", null), null,
                call.queryOr("q", null)), call.limit(), call.after());
    }

    public Object categories(Call call) {
        return new Page<>(articles.categories(), null);
    }

    public Object newCategory(Call call, CategoryChange category) {
        return articles.newCategory(category, actor(call));
    }

    public Object changeCategory(Call call, CategoryChange change) {
        return articles.changeCategory(call.id(), change, actor(call));
    }

    public Object deleteCategory(Call call) {
        articles.deleteCategory(call.id(), actor(call));
        return null;
    }

    public Object create(Call call, ArticleDraft draft) {
        return articles.create(draft, actor(call));
    }

    public Article get(Call call) {
        return articles.get(call.id());
    }

    public Object change(Call call, ArticleChange change) {
        return articles.update(call.id(), change, actor(call));
    }

    public Object translations(Call call) {
        return new Page<>(articles.translations(call.id()), null);
    }

    public Object revisions(Call call) {
        return articles.revisions(call.id(), call.limit(), call.after());
    }

    public Object revision(Call call) {
        return articles.revision(call.id(), call.id("revisionId"));
    }

    public Object restore(Call call, Version version) {
        return articles.restore(call.id(), call.id("revisionId"), version.version(), actor(call));
    }

    public Object addPicture(Call call) {
        var file = Uploads.file(call);
        if (file.size() > Pictures.SIZE_BYTES_MAX) throw Pictures.tooLarge();
        return articles.addPicture(Uploads.read(file), actor(call));
    }

    public Object publish(Call call, Version version) {
        return articles.publish(call.id(), version.version(), actor(call));
    }

    public Object archive(Call call, Version version) {
        return articles.archive(call.id(), version.version(), actor(call));
    }
}
