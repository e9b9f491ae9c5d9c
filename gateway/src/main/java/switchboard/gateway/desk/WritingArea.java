package switchboard.gateway.desk;

import static switchboard.gateway.http.Answer.one;
import static switchboard.gateway.http.Answer.page;
import static switchboard.gateway.http.Permission.PUBLIC;
import static switchboard.gateway.http.Permission.SIGNED_IN;
import static switchboard.gateway.http.Route.delete;
import static switchboard.gateway.http.Route.get;
import static switchboard.gateway.http.Route.patch;
import static switchboard.gateway.http.Route.post;
import static switchboard.gateway.http.Route.upload;

import java.util.List;
import switchboard.gateway.area.Area;
import switchboard.gateway.area.Ground;
import switchboard.gateway.http.Route;
import switchboard.knowledgebase.article.Article;
import switchboard.knowledgebase.article.ArticleChange;
import switchboard.knowledgebase.article.ArticleDraft;
import switchboard.knowledgebase.article.Category;
import switchboard.knowledgebase.article.CategoryChange;
import switchboard.knowledgebase.article.Pictures;
import switchboard.knowledgebase.article.Revision;
import switchboard.knowledgebase.article.RevisionHead;
import switchboard.knowledgebase.search.Hit;
import switchboard.ticketing.reply.Macros;
import switchboard.ticketing.reply.Search;

/// Macros, articles, and the one search over everything.
public final class WritingArea implements Area {
    private MacroRoutes macros;
    private ArticleRoutes articles;

    @Override
    public List<Route> routes() {
        return List.of(
                get(API + "/macros", SIGNED_IN, page(Macros.Macro.class), c -> macros.list(c))
                        .whole(Macros.Macro::id),
                post(API + "/macros", SIGNED_IN, Macros.Macro.class, one(Macros.Macro.class),
                        (c, b) -> macros.create(c, b)).created(),
                patch(API + "/macros/{id}", SIGNED_IN, Macros.Macro.class, one(Macros.Macro.class),
                        (c, b) -> macros.change(c, b)),
                delete(API + "/macros/{id}", SIGNED_IN, c -> macros.delete(c)),
                post(API + "/macros/{id}/apply", SIGNED_IN, MacroRoutes.ApplyTo.class, one(Macros.Applied.class),
                        (c, b) -> macros.apply(c, b)),
                get(API + "/search", SIGNED_IN, one(ArticleRoutes.Everything.class), c -> articles.everything(c))
                        .query("q", "limit", "locale"),
                get(API + "/articles/search", PUBLIC, page(Hit.class), c -> articles.search(c))
                        .paged("q", "locale"),
                get(API + "/articles", SIGNED_IN, page(Article.class), c -> articles.list(c))
                        .paged("locale", "status", "q"),
                get(API + "/categories", SIGNED_IN, page(Category.class), c -> articles.categories(c))
                        .whole(Category::id),
                post(API + "/categories", SIGNED_IN, CategoryChange.class, one(Category.class),
                        (c, b) -> articles.newCategory(c, b)).created(),
                patch(API + "/categories/{id}", SIGNED_IN, CategoryChange.class, one(Category.class),
                        (c, b) -> articles.changeCategory(c, b)),
                delete(API + "/categories/{id}", SIGNED_IN, c -> articles.deleteCategory(c)),
                post(API + "/articles", SIGNED_IN, ArticleDraft.class, one(Article.class),
                        (c, b) -> articles.create(c, b)).created(),
                get(API + "/articles/{id}", SIGNED_IN, one(Article.class), c -> articles.get(c)),
                patch(API + "/articles/{id}", SIGNED_IN, ArticleChange.class, one(Article.class),
                        (c, b) -> articles.change(c, b)),
                post(API + "/articles/{id}/publish", SIGNED_IN, ArticleRoutes.Version.class, one(Article.class),
                        (c, b) -> articles.publish(c, b)),
                post(API + "/articles/{id}/archive", SIGNED_IN, ArticleRoutes.Version.class, one(Article.class),
                        (c, b) -> articles.archive(c, b)),
                get(API + "/articles/{id}/translations", SIGNED_IN, page(Article.class),
                        c -> articles.translations(c)).whole(Article::id),
                get(API + "/articles/{id}/revisions", SIGNED_IN, page(RevisionHead.class),
                        c -> articles.revisions(c)).paged(),
                get(API + "/articles/{id}/revisions/{revisionId}", SIGNED_IN, one(Revision.class),
                        c -> articles.revision(c)),
                post(API + "/articles/{id}/revisions/{revisionId}/restore", SIGNED_IN, ArticleRoutes.Version.class,
                        one(Article.class), (c, b) -> articles.restore(c, b)),
                upload(API + "/articles/pictures", SIGNED_IN, one(Pictures.Picture.class),
                        c -> articles.addPicture(c)));
    }

    @Override
    public void open(Ground ground) {
        macros = new MacroRoutes(new Macros(ground.stores().database()));
        articles = new ArticleRoutes(ground.doors().help(), new Search(ground.stores().database()));
    }
}
