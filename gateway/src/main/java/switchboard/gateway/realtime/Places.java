package switchboard.gateway.realtime;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Counts how many of something each agent holds at once.
final class Places {
    private final int max;
    private final ConcurrentHashMap<UUID, Integer> taken = new ConcurrentHashMap<>();

    Places(int max) {
        this.max = max;
    }

    /// @return false when the agent holds the maximum
    boolean take(UUID agent) {
        var got = new boolean[1];
        taken.compute(agent, (_, held) -> {
            int before = held == null ? 0 : held;
            got[0] = before < max;
            return got[0] ? before + 1 : before;
        });
        return got[0];
    }

    void give(UUID agent) {
        taken.computeIfPresent(agent, (_, held) -> held == 1 ? null : held - 1);
    }
}
