package switchboard.knowledgebase.search;

import switchboard.knowledgebase.article.Markdown;
import switchboard.knowledgebase.article.Published;

/// What the index takes from a published article.
final class Sources {
    private Sources() {}

    static Documents.Source of(Published article) {
        return new Documents.Source(article.id().toString(), article.locale(), article.categoryId().toString(),
                article.url(), article.title(), article.summary(), article.keywords(), Markdown.text(article.body()));
    }
}
