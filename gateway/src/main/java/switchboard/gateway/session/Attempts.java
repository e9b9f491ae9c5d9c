package switchboard.gateway.session;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import switchboard.ticketing.base.Failure;

/// Counts failed tries by key in a sliding window. Bounded: the longest untouched keys are forgotten first.
public final class Attempts {
    private static final int KEYS_MAX = 50_000;

    private final Duration window;
    private final LongSupplier nanos;
    private final Map<String, Tries> tries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
            return size() > KEYS_MAX;
        }
    };

    private record Tries(int count, long sinceNanos) {}

    public Attempts(Duration window) {
        this(window, System::nanoTime);
    }

    Attempts(Duration window, LongSupplier nanos) {
        this.window = window;
        this.nanos = nanos;
    }

    /// Counts a try before it is made, so that tries at the same instant count too.
    ///
    /// @throws Failure.TooMany when the key has had `max` in the window
    public synchronized void count(String key, int max) {
        var now = nanos.getAsLong();
        var before = tries.get(key);
        if (before == null || now - before.sinceNanos() > window.toNanos()) before = new Tries(0, now);
        if (before.count() >= max) throw new Failure.TooMany("Too many attempts; please wait some minutes");
        tries.put(key, new Tries(before.count() + 1, before.sinceNanos()));
    }

    /// Takes back one try that turned out to be good.
    public synchronized void forgive(String key) {
        tries.computeIfPresent(key, (_, was) -> was.count() <= 1 ? null : new Tries(was.count() - 1, was.sinceNanos()));
    }
}
