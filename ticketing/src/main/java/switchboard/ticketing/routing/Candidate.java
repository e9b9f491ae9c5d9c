package switchboard.ticketing.routing;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// An agent as the matcher sees one.
///
/// @param used capacity units taken by open conversations
/// @param live of these, the units of conversations in which somebody is waiting at the other end right now
/// @param skills level by name, 0 to 10
/// @param idleSince end of the last work handled, through any channel
/// @param phone whether there is a telephone to ring
/// @param open how many conversations of each channel are open
/// @param channelMax how many of a channel may be at once; a channel that is not named has no bound of its own
public record Candidate(UUID id, String name, int version, String status, int capacity, int used, int live,
                        Set<UUID> teams, Map<String, Integer> skills, String language, Instant idleSince,
                        boolean phone, Map<String, Integer> open, Map<String, Integer> channelMax) {
    /// A conversation that costs this much or more is live: it cannot be laid aside, and others can for it.
    public static final int LIVE_COST_MIN = 25;

    /// An agent all of whose work is live, with a telephone and without bounds by channel.
    public Candidate(UUID id, String name, int version, String status, int capacity, int used, Set<UUID> teams,
                     Map<String, Integer> skills, String language, Instant idleSince) {
        this(id, name, version, status, capacity, used, used, teams, skills, language, idleSince, true, Map.of(),
                Map.of());
    }

    /// Mails and texts wait while a call or a chat goes on: for live work only live work counts.
    boolean fits(int cost) {
        return (cost >= LIVE_COST_MIN ? live : used) + cost <= capacity;
    }

    /// Whether one more of this channel is within the agent's own bound for it.
    boolean admits(String channel) {
        return open.getOrDefault(channel, 0) < channelMax.getOrDefault(channel, Integer.MAX_VALUE);
    }

    Candidate taking(Work work, Instant busySince) {
        return with(work.cost(), work.channel(), 1, busySince);
    }

    Candidate returning(Work work, Instant idleSince) {
        return with(-work.cost(), work.channel(), -1, idleSince);
    }

    private Candidate with(int more, String channel, int one, Instant since) {
        var now = new HashMap<>(open);
        now.merge(channel, one, Integer::sum);
        return new Candidate(id, name, version, status, capacity, used + more,
                Math.abs(more) >= LIVE_COST_MIN ? live + more : live, teams, skills, language, since, phone, now,
                channelMax);
    }

    Candidate in(String otherStatus) {
        return new Candidate(id, name, version + 1, otherStatus, capacity, used, live, teams, skills, language,
                idleSince, phone, open, channelMax);
    }
}
