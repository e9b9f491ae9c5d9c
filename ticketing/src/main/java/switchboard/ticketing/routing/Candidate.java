package switchboard.ticketing.routing;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// An agent as the matcher sees one.
///
/// @param written units for work that can be interrupted: mails, forms, texts
/// @param live units for work with a person waiting at the other end: calls, chats
/// @param skills level by name, 0 to 10
/// @param idleSince end of the last work handled, through any channel
/// @param phone whether there is a telephone to ring
/// @param open how many conversations of each channel are open
/// @param channelMax how many of a channel may be at once; a channel that is not named has no bound of its own
public record Candidate(UUID id, String name, int version, String status, Pool written, Pool live,
                        Set<UUID> teams, Map<String, Integer> skills, String language, Instant idleSince,
                        boolean phone, Map<String, Integer> open, Map<String, Integer> channelMax) {
    /// An agent with these units for each kind of work, with a phone and without limits per channel.
    public Candidate(UUID id, String name, int version, String status, int capacity, int used, Set<UUID> teams,
                     Map<String, Integer> skills, String language, Instant idleSince) {
        this(id, name, version, status, new Pool(capacity, used), new Pool(capacity, used), teams, skills, language,
                idleSince, true, Map.of(), Map.of());
    }

    /// The pool that this work counts against.
    Pool pool(Work work) {
        return work.live() ? live : written;
    }

    /// Whether one more of this channel is within the agent's own bound for it.
    boolean admits(String channel) {
        return open.getOrDefault(channel, 0) < channelMax.getOrDefault(channel, Integer.MAX_VALUE);
    }

    Candidate taking(Work work, Instant busySince) {
        return with(work, 1, busySince);
    }

    Candidate returning(Work work, Instant idleSince) {
        return with(work, -1, idleSince);
    }

    private Candidate with(Work work, int one, Instant since) {
        var now = new HashMap<>(open);
        now.merge(work.channel(), one, Integer::sum);
        int more = one * work.cost();
        return new Candidate(id, name, version, status, work.live() ? written : written.with(more),
                work.live() ? live.with(more) : live, teams, skills, language, since, phone, now, channelMax);
    }

    Candidate in(String otherStatus) {
        return new Candidate(id, name, version + 1, otherStatus, written, live, teams, skills, language, idleSince,
                phone, open, channelMax);
    }
}
