package switchboard.ticketing.base;

import java.util.Optional;
import java.util.UUID;

/// Who did something: a person at one of the two ends, or the program itself.
public record Actor(Type type, Optional<UUID> id) {
    public enum Type { AGENT, CUSTOMER, SYSTEM, RULE;
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public static final Actor SYSTEM = new Actor(Type.SYSTEM, Optional.empty());

    public static Actor agent(UUID id) {
        return new Actor(Type.AGENT, Optional.of(id));
    }

    public static Actor customer(UUID id) {
        return new Actor(Type.CUSTOMER, Optional.of(id));
    }
}
