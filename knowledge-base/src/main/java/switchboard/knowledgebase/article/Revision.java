package switchboard.knowledgebase.article;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import switchboard.ticketing.base.Json.Nullable;

/// One saved text of an article; never changed afterwards.
public record Revision(UUID id, UUID translationId, int number, String slug, String title, String summary, String body,
                       List<String> keywords, @Nullable UUID authorId,
                       Instant createdAt) {}
