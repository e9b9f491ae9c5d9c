package switchboard.gateway.desk;

import java.util.UUID;
import switchboard.gateway.http.Call;
import switchboard.knowledgebase.KnowledgeBase;
import switchboard.knowledgebase.article.ArticleChange;
import switchboard.knowledgebase.article.ArticleDraft;
import switchboard.knowledgebase.article.ArticleFilter;
import switchboard.knowledgebase.article.Category;
import switchboard.ticketing.base.Page;

/// The API's calls about articles. Writing is for every agent, publishing is what readers see.
public final class ArticleRoutes {
    private final KnowledgeBase knowledge;

    public ArticleRoutes(KnowledgeBase knowledge) {
        this.knowledge = knowledge;
    }

    /// @param version the one that the writer saw; null: whatever it is
    public record Seen(Integer version) {}

    public Object list(Call call) {
        var category = call.query("category").map(id -> switchboard.ticketing.base.Ids.parse(id, "The category"));
        return knowledge.list(new ArticleFilter(call.queryOr("locale", null), call.queryOr("status", null),
                category.orElse((UUID) null), call.queryOr("q", null)), call.limit(), call.after());
    }

    public Object search(Call call) {
        return knowledge.search(call.queryOr("locale", "en"), call.queryOr("q", ""), Math.min(call.limit(), 50));
    }

    public Object get(Call call) {
        return knowledge.get(call.id());
    }

    public Object create(Call call, ArticleDraft draft) {
        return knowledge.create(draft, call.caller().actor());
    }

    public Object change(Call call, ArticleChange change) {
        return knowledge.update(call.id(), change, call.caller().actor());
    }

    public Object publish(Call call, Seen seen) {
        return knowledge.publish(call.id(), seen.version(), call.caller().actor());
    }

    public Object archive(Call call, Seen seen) {
        return knowledge.archive(call.id(), seen.version(), call.caller().actor());
    }

    public Object revisions(Call call) {
        return new Page<>(knowledge.revisions(call.id()), null);
    }

    public Object categories(Call call) {
        return new Page<>(knowledge.categories(), null);
    }

    public Object saveCategory(Call call, Category category) {
        return knowledge.saveCategory(category, call.caller().actor());
    }
}
