package switchboard.ticketing.access;

import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import switchboard.ticketing.base.Actor;

/// The agent on whose behalf something is done, as read from the database for this very request.
///
/// @param sessionHash SHA-256 of the session's token; empty when the program itself acts for the agent
public record Caller(UUID id, Role role, Set<UUID> teamIds, String name, String language, String sessionHash) {
    public enum Role {
        AGENT, LEAD, ADMIN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// @throws IllegalArgumentException for any word but agent, lead and admin
        public static Role of(String word) {
            for (var role : values()) if (role.word().equals(word)) return role;
            throw new IllegalArgumentException(word);
        }
    }

    public boolean isAdmin() {
        return role == Role.ADMIN;
    }

    public Actor actor() {
        return Actor.agent(id);
    }
}
