package switchboard.ticketing.routing;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// An agent as the matcher sees one.
///
/// @param used capacity units taken by open conversations
/// @param skills level by name, 0 to 10
/// @param idleSince end of the last work handled, through any channel
public record Candidate(UUID id, String name, int version, String status, int capacity, int used, Set<UUID> teams,
                        Map<String, Integer> skills, String language, Instant idleSince) {
    Candidate with(int more, Instant busySince) {
        return new Candidate(id, name, version, status, capacity, used + more, teams, skills, language, busySince);
    }
}
