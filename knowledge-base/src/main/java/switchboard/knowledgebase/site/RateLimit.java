package switchboard.knowledgebase.site;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How often one address may do something that costs. The program may put a limit shared by all nodes in its place.
@FunctionalInterface
public interface RateLimit {
    Duration WINDOW = Duration.ofMinutes(10);
    int ADDRESSES_MAX = 20_000;

    /// @param what `contact` or `vote`
    /// @param who the client's address
    boolean allows(String what, String who);

    /// Counts in this process, in windows of ten minutes: 10 messages or 60 votes an address.
    static RateLimit inProcess() {
        Map<String, Integer> limits = Map.of("contact", 10, "vote", 60);
        var counts = new ConcurrentHashMap<String, Integer>();
        var window = new long[1];
        return (what, who) -> {
            synchronized (window) {
                long now = System.nanoTime() / WINDOW.toNanos();
                if (now != window[0] || counts.size() > ADDRESSES_MAX) counts.clear();
                window[0] = now;
                return counts.merge(what + " " + who, 1, Integer::sum) <= limits.getOrDefault(what, Integer.MAX_VALUE);
            }
        };
    }
}
