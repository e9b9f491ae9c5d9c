package switchboard.ticketing.routing;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import switchboard.ticketing.access.Load;

/// A ticket that waits for an agent.
///
/// @param channel that it is worked on by: a call that is over and a chat that has ended are answered like mails
/// @param cost capacity units that it will take
/// @param skills what the agent must have, as skill names; `language:xx` is met by an agent who works in that language
///     too
/// @param queuedAt when it began to wait; kept over decline, missed offer and requeue
/// @param preferred the agent who had it before or has another conversation with the same customer; may be null
/// @param skipped agents to whom it is not offered again
public record Work(UUID id, int version, String channel, int cost, UUID teamId, List<String> skills, String priority,
                   Instant queuedAt, UUID preferred, Set<UUID> skipped) {
    /// The customer is waiting at the other end.
    boolean live() {
        return cost >= Load.LIVE_COST_MIN;
    }
}
