package switchboard.knowledgebase.article;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// One saved text of an article; never changed afterwards.
public record Revision(UUID id, UUID translationId, int number, String slug, String title, String summary, String body,
                       List<String> keywords, UUID authorId, Instant createdAt) {}
