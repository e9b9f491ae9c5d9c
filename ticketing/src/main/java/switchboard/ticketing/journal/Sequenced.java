package switchboard.ticketing.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;

/// A journal entry in its place: `seq` is dense, starts at 1 and never changes.
public record Sequenced(long seq, Instant at, String kind, String actorType, UUID actorId, UUID customerId,
                        UUID ticketId, UUID messageId, Long cause, JsonNode facts) {}
