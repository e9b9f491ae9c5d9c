package switchboard.channels.chat;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// How often something may be done, by whom, in fixed windows of time: in this process, and where the program says so
/// over all nodes as well.
final class Limits {
    /// Windows kept at once; when all are taken and none has passed, strangers are refused rather than uncounted.
    private static final int WINDOWS_MAX = 200_000;

    private record Window(long endsAtNanos, int used) {}

    private volatile ChatChannel.SharedLimit shared = (_, _, _) -> true;
    private final ConcurrentHashMap<String, Window> windows = new ConcurrentHashMap<>();

    void share(ChatChannel.SharedLimit limit) {
        shared = limit;
    }

    /// @return false when `who` has used up `max` within `per`
    boolean take(String who, int max, Duration per) {
        return takeHere(who, max, per) && shared.take(who, max, per);
    }

    /// As `take`, for what is too frequent to ask another machine about: counted in this process alone.
    boolean takeHere(String who, int max, Duration per) {
        long now = System.nanoTime();
        if (windows.size() >= WINDOWS_MAX && !windows.containsKey(who) && !sweep(now)) return false;
        var window = windows.compute(who, (_, old) -> old == null || now - old.endsAtNanos() >= 0
                ? new Window(now + per.toNanos(), 1)
                : new Window(old.endsAtNanos(), Math.min(old.used() + 1, max + 1)));
        return window.used() <= max;
    }

    /// Seconds until `who` may try again.
    long waitSeconds(String who) {
        var window = windows.get(who);
        if (window == null) return 0;
        return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(window.endsAtNanos() - System.nanoTime()));
    }

    private synchronized boolean sweep(long now) {
        windows.values().removeIf(window -> now - window.endsAtNanos() >= 0);
        return windows.size() < WINDOWS_MAX;
    }
}
