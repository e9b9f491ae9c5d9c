package switchboard.ticketing.access;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import switchboard.ticketing.base.Json.Nullable;
import switchboard.ticketing.base.Json.OneOf;

/// An agent as colleagues see them. `load` and `capacity` are in units: what the agent's open tickets and calls cost by
/// channel.
///
/// @param channelMax how many conversations of a channel may be open at once, where that is bounded
public record Agent(UUID id, String name, String email,
                    @OneOf({"agent", "lead", "admin"}) String role,
                    @OneOf({"available", "away", "offline", "missed"}) String status, String language,
                    @Nullable String phone, List<Named> teams, List<Skill> skills, int capacity, int load,
                    Map<String, Integer> channelMax,
                    boolean active, int version) {
    public record Named(UUID id, String name) {}

    /// @param level 0 to 10
    public record Skill(String name, int level) {}
}
