package switchboard.ticketing.access;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import switchboard.ticketing.base.Json.Nullable;
import switchboard.ticketing.base.Json.OneOf;

/// An agent as colleagues see them. Loads and capacities are in units: what the agent's open tickets and calls cost by
/// channel. Live work (calls, chats) and written work (mails, forms, texts) have units of their own.
///
/// @param statusReason why the status is what it is: empty for the agent's own word; `missed` (a call that rang and was
///     not taken), `signed-out`, `no-console` (the last console was closed), `unplayed` (a part of the demo)
/// @param capacity units for written work; `load` is what all work takes, `liveLoad` the part of it that is live
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
