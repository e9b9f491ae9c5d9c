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

    /// @param reasons why not (`status:away`, `team`, `skill:x`, `capacity`, `channel:x` (no more of that
    ///                channel), `no-phone`, `skipped`), or what spoke for the agent (`preferred`, `skill:x=7`); last,
    ///                for an agent who could have got it, what another one had before them: `lost:preferred`,
    ///                `lost:skill`, `lost:idle` or, all else being equal, `lost:tie`
    /// @param loadBefore units taken of those that this kind of work is taken from, live or written; `capacity` all of
    ///                   them
    public record Considered(Named agent, double score, boolean eligible, List<String> reasons, int loadBefore,
                             int capacity, long idleSeconds) {}
}
