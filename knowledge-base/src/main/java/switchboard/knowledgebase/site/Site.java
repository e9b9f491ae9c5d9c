package switchboard.knowledgebase.site;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.knowledgebase.article.Categories;
import switchboard.knowledgebase.article.Locales;
import switchboard.knowledgebase.article.Pictures;
import switchboard.knowledgebase.article.Shelf;
import switchboard.knowledgebase.article.Votes;
import switchboard.knowledgebase.search.Search;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Json;

/// The help centre for readers: every address is one line of `mount`, the pages are in `Pages` and `ContactPage`.
/// Each request is worked on a virtual thread of its own.
public final class Site {
    private static final Logger LOG = LoggerFactory.getLogger(Site.class);
    private static final int FORM_BYTES_MAX = 128 * 1024;
    /// Pages in the making; more readers at once than this are told to come back, for each waits for the database.
    static final int AT_ONCE_MAX = 256;
    /// Pictures read into memory at once, 5 MB each at most; further requests wait.
    private static final int PICTURES_AT_ONCE_MAX = 16;
    private static final int SUGGESTIONS = 6;
    private static final int QUERY_CHARS_MAX = 200;
    private static final String VOTER = "sb_help_voter";

    private final Pages pages;
    private final ContactPage contact;
    private final Crawlers crawlers;
    private final Frames frames;
    private final Votes votes;
    private final Pictures pictures;
    private final Search search;
    private final Semaphore places = new Semaphore(AT_ONCE_MAX);
    private final Semaphore loads = new Semaphore(PICTURES_AT_ONCE_MAX);
    private volatile RateLimit limit = RateLimit.inProcess();
    private volatile Function<HttpServerRequest, String> client = request ->
            request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();

    public Site(Database database, Categories categories, Votes votes, Pictures pictures, Search search,
            URI publicUrl, ContactDoor door) {
        var shelf = new Shelf(database);
        this.frames = new Frames(database, publicUrl);
        this.pages = new Pages(frames, categories, shelf, search);
        this.contact = new ContactPage(frames, door);
        this.crawlers = new Crawlers(frames.origin(), shelf, categories);
        this.votes = votes;
        this.pictures = pictures;
        this.search = search;
    }

    public void limit(RateLimit shared) {
        limit = shared;
    }

    public void clientBy(Function<HttpServerRequest, String> known) {
        client = known;
    }

    public boolean maySearch(String client) {
        return limit.allows("search", client);
    }

    public void mount(Router router) {
        get(router, "/", ctx -> toLanguage(ctx));
        get(router, "/help", ctx -> toLanguage(ctx));
        get(router, "/robots.txt", _ -> crawlers.robots());
        get(router, "/sitemap.xml", _ -> crawlers.sitemap());
        get(router, "/llms.txt", _ -> crawlers.forModels());
        get(router, "/favicon.ico", _ -> Answer.moved(301, frames.assets.url("favicon.svg")));
        get(router, Assets.PATH + ":name", ctx -> frames.assets.find(ctx.pathParam("name")).map(Answer::asset)
                .orElseThrow(() -> new Failure.NotFound("The file")));
        get(router, "/help/pictures/:name", this::picture);
        get(router, "/help/:locale", ctx -> ctx.request().path().endsWith("/") ? pages.home(locale(ctx))
                : Answer.moved(301, "/help/" + locale(ctx) + "/"));
        get(router, "/help/:locale/categories/:slug", ctx -> pages.category(locale(ctx), ctx.pathParam("slug")));
        get(router, "/help/:locale/articles/:address", this::article);
        get(router, "/help/:locale/search", this::results);
        get(router, "/help/:locale/suggest", this::suggest);
        get(router, "/help/:locale/contact", ctx -> contact.form(locale(ctx), query(ctx, "subject")));
        get(router, "/help/:locale/contact/sent",
                ctx -> pages.message(200, locale(ctx), "contact.sentTitle", "contact.sentText"));
        post(router, "/help/:locale/contact", this::send);
        post(router, "/help/:locale/articles/:address/vote", this::vote);
        get(router, "/help/*", _ -> { throw new Failure.NotFound("The page"); });
    }

    private void get(Router router, String path, Function<RoutingContext, Answer> page) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(ctx -> work(ctx, page));
    }

    private void post(Router router, String path, Function<RoutingContext, Answer> page) {
        router.post(path).handler(BodyHandler.create(false).setBodyLimit(FORM_BYTES_MAX))
                .handler(ctx -> work(ctx, page));
    }

    private void work(RoutingContext ctx, Function<RoutingContext, Answer> page) {
        if (!places.tryAcquire()) {
            broken(503).send(ctx);
            return;
        }
        Thread.startVirtualThread(() -> {
            Answer answer;
            try {
                answer = page.apply(ctx);
            } catch (Failure refused) {
                answer = refused(ctx, refused);
            } catch (Throwable bug) {
                LOG.error("{} {}", ctx.request().method(), ctx.request().path(), bug);
                answer = broken(500);
            } finally {
                places.release();
            }
            answer.send(ctx);
        });
    }

    private Answer refused(RoutingContext ctx, Failure refused) {
        var locale = spoken(ctx);
        try {
            return switch (refused) {
                case Failure.NotFound _ -> pages.missing(locale, java.util.List.of());
                case Failure.TooMany _ -> pages.message(429, locale, "problem.title", "problem.tooMany");
                case Failure.Unavailable _ -> pages.message(503, locale, "problem.title", "problem.busy");
                case Failure.Forbidden _ -> pages.message(403, locale, "problem.title", "problem.origin");
                default -> pages.message(400, locale, "problem.title", "problem.request");
            };
        } catch (RuntimeException down) {
            LOG.error("No page for {}", refused.code(), down);
            return broken(500);
        }
    }

    /// Needs nothing that may be broken.
    private static Answer broken(int status) {
        return Answer.ownPage(status,
                "<!doctype html><title>" + status + "</title><p>Something went wrong. Please try again in a moment."
                + "<p lang=zh-CN>出了点问题，请稍后再试。");
    }

    private Answer toLanguage(RoutingContext ctx) {
        return Answer.moved(302, "/help/" + spoken(ctx) + "/").with("Vary", "Accept-Language, Cookie");
    }

    private Answer article(RoutingContext ctx) {
        var address = ctx.pathParam("address");
        return address.endsWith(".md") ? pages.markdown(locale(ctx), address.substring(0, address.length() - 3))
                : pages.article(locale(ctx), address);
    }

    private Answer picture(RoutingContext ctx) {
        var known = pictures.find(ctx.pathParam("name")).orElseThrow(() -> new Failure.NotFound("The picture"));
        // `Answer` makes the tag from the bytes' digest, as `Pictures` makes the key.
        var copy = ctx.request().getHeader("If-None-Match");
        if (copy != null && copy.contains(known.key().substring(0, 24))) return Answer.unchanged();
        loads.acquireUninterruptibly();
        try {
            return Answer.picture(known.type(), pictures.bytes(known));
        } finally {
            loads.release();
        }
    }

    private Answer results(RoutingContext ctx) {
        requireSearch(ctx);
        return pages.results(locale(ctx), query(ctx, "q"));
    }

    private void requireSearch(RoutingContext ctx) {
        if (!maySearch(client(ctx))) throw new Failure.TooMany("Too many searches");
    }

    /// What fits while the reader types. `done` says that the reader has stopped: only that is counted.
    private Answer suggest(RoutingContext ctx) {
        requireSearch(ctx);
        var typed = query(ctx, "q");
        var cut = typed.substring(0, Math.min(typed.length(), QUERY_CHARS_MAX));
        var found = search.asTyped(locale(ctx), cut, SUGGESTIONS);
        if (!query(ctx, "done").isEmpty()) search.log().count(locale(ctx), cut, found.items().size());
        var answer = Answer.of("application/json; charset=utf-8", Json.write(found));
        return found.rebuilding() ? answer.uncached() : answer; // What is missing now must not stay missing.
    }

    private Answer send(RoutingContext ctx) {
        requireOwnOrigin(ctx);
        boolean allowed = limit.allows("contact", client(ctx));
        return contact.send(locale(ctx), ctx.request().formAttributes(), allowed);
    }

    private Answer vote(RoutingContext ctx) {
        requireOwnOrigin(ctx);
        if (!limit.allows("vote", client(ctx))) throw new Failure.TooMany("Too many votes");
        var article = pages.published(locale(ctx), ctx.pathParam("address"));
        var cookie = ctx.request().getCookie(VOTER);
        var voter = cookie != null && cookie.getValue().matches("[A-Za-z0-9_-]{20,64}")
                ? cookie.getValue() : Ids.secret();
        votes.record(article.id(), voter, "yes".equals(ctx.request().getFormAttribute("helpful")));
        var answer = "application/json".equals(ctx.request().getHeader("Accept")) ? Answer.empty()
                : pages.message(200, locale(ctx), "vote.thanksTitle", "vote.thanksText");
        return answer.with("Set-Cookie", VOTER + "=" + voter + "; Path=/help/; Max-Age=31536000; HttpOnly; SameSite=Lax"
                + (frames.origin().startsWith("https:") ? "; Secure" : ""));
    }

    /// A form of another site cannot speak for our readers. Programs that send no Origin have no reader to speak for.
    private void requireOwnOrigin(RoutingContext ctx) {
        var origin = ctx.request().getHeader("Origin");
        if (origin == null || origin.equals(frames.origin())) return;
        var authority = ctx.request().authority();
        if (authority == null || !origin.replaceFirst("^https?://", "").equals(authority.toString())) {
            throw new Failure.Forbidden("The form came from another site");
        }
    }

    private String client(RoutingContext ctx) {
        return client.apply(ctx.request());
    }

    private static String query(RoutingContext ctx, String name) {
        var value = ctx.request().getParam(name);
        return value == null ? "" : value;
    }

    private static String locale(RoutingContext ctx) {
        var locale = ctx.pathParam("locale");
        if (!Locales.known(locale)) throw new Failure.NotFound("The language");
        return locale;
    }

    /// The language of the address, else of the cookie that the language switch sets, else of the browser.
    private static String spoken(RoutingContext ctx) {
        var path = ctx.pathParam("locale");
        if (path != null && Locales.known(path)) return path;
        var cookie = ctx.request().getCookie("sb_help_locale");
        if (cookie != null && Locales.known(cookie.getValue())) return cookie.getValue();
        for (var language : ctx.acceptableLanguages()) {
            var matching = Locales.matching(language.tag());
            if (matching.isPresent()) return matching.get();
        }
        return Locales.DEFAULT;
    }
}
