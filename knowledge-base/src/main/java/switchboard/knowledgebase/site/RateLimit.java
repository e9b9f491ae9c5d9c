package switchboard.knowledgebase.site;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How often one address may do something that costs. The program may put a limit shared by all nodes in its place.
@FunctionalInterface
public interface RateLimit {
    Duration WINDOW = Duration.ofMinutes(10);
    int ADDRESSES_MAX = 20_000;

    /// @param what `contact`, `vote` or `search`
    /// @param who the client's address
    boolean allows(String what, String who);

    /// How often an address may do it in a window. A search is one for each pause in typing, and a whole office may
    /// have one address.
    static int max(String what) {
        return Map.of("contact", 10, "vote", 60, "search", 3000).getOrDefault(what, Integer.MAX_VALUE);
    }

    /// Counts in this process, in windows of ten minutes.
    static RateLimit inProcess() {
        var counts = new ConcurrentHashMap<String, Integer>();
        var window = new long[1];
        return (what, who) -> {
            synchronized (window) {
                long now = System.nanoTime() / WINDOW.toNanos();
                if (now != window[0] || counts.size() > ADDRESSES_MAX) counts.clear();
                window[0] = now;
                return counts.merge(what + " " + who, 1, Integer::sum) <= max(what);
            }
        };
    }
}
