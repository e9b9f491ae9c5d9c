package switchboard.knowledgebase.article;

import java.time.Instant;
import java.util.UUID;
import switchboard.ticketing.base.Json.Nullable;

/// A saved text in the list of an article's versions.
///
/// @param authorId the agent who saved it, or null for the program
/// @param published whether it is the text that readers see now
public record RevisionHead(UUID id, int number, String title, @Nullable UUID authorId, Instant createdAt,
                           boolean published) {}
