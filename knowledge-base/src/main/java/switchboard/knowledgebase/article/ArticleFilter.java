package switchboard.knowledgebase.article;

import java.util.UUID;

/// Which articles the console lists; null means any. `query` is looked for in title and slug.
public record ArticleFilter(String locale, String status, UUID categoryId, String query) {
    public static final ArticleFilter ALL = new ArticleFilter(null, null, null, null);
}
