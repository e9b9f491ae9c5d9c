package switchboard.ticketing.access;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import switchboard.ticketing.base.Json.Nullable;
import switchboard.ticketing.base.Json.OneOf;

/// An agent as colleagues see one. Loads and capacities are in units: the cost, by channel, of the agent's open tickets
/// and calls. Live work (calls, chats) and written work (mails, forms, texts) have separate units.
///
/// @param statusReason the reason for the status: empty when the agent chose it; `missed` (didn't take a ringing call),
///     `signed-out`, `no-console` (closed the last console), `unplayed` (a role of the demo)
/// @param capacity units for written work; `load` counts all work, `liveLoad` its live part
/// @param channelMax how many conversations of a channel may be open at once, where that is bounded
public record Agent(UUID id, String name, String email,
                    @OneOf({"agent", "lead", "admin"}) String role,
                    @OneOf({"available", "away", "offline", "missed"}) String status, String statusReason,
                    String language, @Nullable String phone, List<Named> teams, List<Skill> skills, int capacity,
                    int load, int liveCapacity, int liveLoad,
                    Map<String, Integer> channelMax,
                    boolean active, int version) {
    public record Named(UUID id, String name) {}

    /// @param level 0 to 10
    public record Skill(String name, int level) {}
}
