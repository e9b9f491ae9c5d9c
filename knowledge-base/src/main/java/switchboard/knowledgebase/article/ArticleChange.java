package switchboard.knowledgebase.article;

import java.util.List;
import java.util.UUID;

/// A change of an article's draft; null leaves as it is. Category and position belong to all its languages
/// and take effect at once; the text waits for `publish`.
///
/// @param version the one that the writer saw
public record ArticleChange(String title, String summary, String body, List<String> keywords, String slug,
                            UUID categoryId, Integer position, Integer version) {
    boolean changesText() {
        return title != null || summary != null || body != null || keywords != null || slug != null;
    }

    boolean changesPlace() {
        return categoryId != null || position != null;
    }
}
