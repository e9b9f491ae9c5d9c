package switchboard.knowledgebase.article;

import java.util.List;
import java.util.UUID;

/// A new article.
///
/// @param slug null: made from the title
/// @param position null: after the others of the category
/// @param articleId null: a new subject; otherwise this is that article in one more language
public record ArticleDraft(String locale, UUID categoryId, String title, String summary, String body,
                           List<String> keywords, String slug, Integer position, UUID articleId) {}
