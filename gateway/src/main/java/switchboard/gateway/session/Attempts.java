package switchboard.gateway.session;

import java.time.Duration;
import switchboard.gateway.redis.Ephemeral;
import switchboard.ticketing.base.Failure;

/// Counts failed tries by key, over all nodes. While the nodes' store is gone each node still counts its own.
public final class Attempts {
    private final Ephemeral store;
    private final String what;
    private final Duration window;

    /// @param what keeps the keys of one limit from those of another
    public Attempts(Ephemeral store, String what, Duration window) {
        this.store = store;
        this.what = what;
        this.window = window;
    }

    /// Counts a try before it is made, so that tries at the same instant count too.
    ///
    /// @throws Failure.TooMany when the key has had `max` in the window
    public void count(String key, int max) {
        if (!store.allow(bucket(key), max, window)) {
            throw new Failure.TooMany("Too many attempts; please wait some minutes");
        }
    }

    /// Takes back one try that turned out to be good.
    public void forgive(String key) {
        store.forgive(bucket(key));
    }

    private String bucket(String key) {
        return what + ":" + key;
    }
}
