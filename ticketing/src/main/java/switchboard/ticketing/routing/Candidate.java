package switchboard.ticketing.routing;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// An agent as the matcher sees one.
///
/// @param used capacity units taken by open conversations
/// @param live of these, the units of conversations in which somebody is waiting at the other end right now
/// @param skills level by name, 0 to 10
/// @param idleSince end of the last work handled, through any channel
public record Candidate(UUID id, String name, int version, String status, int capacity, int used, int live,
                        Set<UUID> teams, Map<String, Integer> skills, String language, Instant idleSince) {
    /// A conversation that costs this much or more is live: it cannot be laid aside, and others can for it.
    public static final int LIVE_COST_MIN = 25;

    /// An agent all of whose work is live.
    public Candidate(UUID id, String name, int version, String status, int capacity, int used, Set<UUID> teams,
                     Map<String, Integer> skills, String language, Instant idleSince) {
        this(id, name, version, status, capacity, used, used, teams, skills, language, idleSince);
    }

    /// Mails and texts wait while a call or a chat goes on: for live work only live work counts.
    boolean fits(int cost) {
        return (cost >= LIVE_COST_MIN ? live : used) + cost <= capacity;
    }

    /// @param more units taken, or given back when negative
    Candidate with(int more, Instant busySince) {
        return new Candidate(id, name, version, status, capacity, used + more,
                Math.abs(more) >= LIVE_COST_MIN ? live + more : live, teams, skills, language, busySince);
    }
}
