package switchboard.gateway.session;

import java.time.Duration;
import java.util.List;
import switchboard.gateway.redis.Ephemeral;
import switchboard.ticketing.base.Failure;

/// Counts failed tries by key, over all nodes. While the nodes' store is gone each node still counts its own.
public final class Attempts {
    /// For one guesser against one account: the wait grows with the failures.
    static final List<Limit> GROWING = List.of(new Limit(10, Duration.ofMinutes(1)),
            new Limit(20, Duration.ofMinutes(10)), new Limit(40, Duration.ofHours(1)),
            new Limit(80, Duration.ofDays(1)));

    private final Ephemeral store;
    private final String what;

    /// At most `max` attempts per period.
    record Limit(int max, Duration per) {}

    /// @param what keeps the keys of one limit from those of another
    public Attempts(Ephemeral store, String what) {
        this.store = store;
        this.what = what;
    }

    /// Counts a try before it is made, so that tries at the same instant count too.
    ///
    /// @throws Failure.TooMany when the key has used up its attempts
    void count(String key, Limit limit) {
        if (!store.allow(bucket(key, limit), limit.max(), limit.per())) {
            throw new Failure.TooMany("Too many attempts; please wait some minutes", limit.per());
        }
    }

    void count(String key, List<Limit> limits) {
        limits.forEach(limit -> count(key, limit));
    }

    /// Takes back one try that turned out to be good.
    void forgive(String key, List<Limit> limits) {
        limits.forEach(limit -> store.forgive(bucket(key, limit)));
    }

    private String bucket(String key, Limit limit) {
        return what + ":" + limit.per().toSeconds() + ":" + key;
    }
}
