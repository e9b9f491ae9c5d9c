package switchboard.ticketing.routing;

import java.util.List;
import java.util.UUID;

/// What the matcher decided for one piece of work, with every candidate's reasons.
///
/// @param outcome `assigned` or `no-candidate`
/// @param chosen null without a candidate
public record Decision(UUID workId, String outcome, Named chosen, double score, String reason,
                       List<Considered> candidates) {
    public record Named(UUID id, String name) {}

    /// @param reasons why not (`status:away`, `team`, `skill:x`, `capacity`, `channel:x` (limit of that channel),
    ///     `no-phone`, `skipped`), or what favoured the agent (`preferred`, `skill:x=7`); last, for an eligible agent
    ///     who lost, what decided it: `lost:preferred`, `lost:skill`, `lost:idle`, or `lost:tie` when all else was
    ///     equal
    /// @param loadBefore units in use in the pool of this kind of work, live or written; `capacity` is the size of that
    ///     pool
    public record Considered(Named agent, double score, boolean eligible, List<String> reasons, int loadBefore,
                             int capacity, long idleSeconds) {}
}
