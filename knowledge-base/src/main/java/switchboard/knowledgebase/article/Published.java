package switchboard.knowledgebase.article;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// An article as readers see it: the published text in one language.
///
/// @param url its path, for example `/help/en/articles/refund-timing-h7k2m9q`
public record Published(UUID id, UUID articleId, String shortId, String locale, UUID categoryId, String slug,
                        String title, String summary, String body, List<String> keywords, Instant publishedAt,
                        String url) {}
