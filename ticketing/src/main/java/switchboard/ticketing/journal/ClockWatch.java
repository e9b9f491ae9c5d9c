package switchboard.ticketing.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import switchboard.ticketing.base.Sql;

/// Tells whether the database's clock has been steady. When the clock is put forward, every lease and heartbeat seems
/// to have run out at once, though its holder lives and is about to renew it. Code that takes over what has run out
/// waits until the clock has been steady for as long as holders need to renew.
public final class ClockWatch {
    /// A late answer of the database is no change of its clock.
    private static final Duration TOLERATED = Duration.ofSeconds(2);

    private final Duration calm;
    private final LongSupplier nanos;
    private Instant seen;
    private long seenNanos;
    private long turnedNanos;

    /// @param calm how long after a clock change nothing counts as run out
    public ClockWatch(Duration calm) {
        this(calm, System::nanoTime);
    }

    /// @param nanos a monotonic clock
    public ClockWatch(Duration calm, LongSupplier nanos) {
        this.calm = calm;
        this.nanos = nanos;
        this.turnedNanos = nanos.getAsLong() - calm.toNanos();
    }

    /// Compares the database's clock with the monotonic one. The first call has nothing to compare and returns true.
    ///
    /// @param tx the transaction whose next statements compare with `now()`
    public boolean steady(Sql tx) {
        return steady(tx.value(Instant.class, "select now()").orElseThrow());
    }

    synchronized boolean steady(Instant now) {
        long at = nanos.getAsLong();
        if (seen != null) {
            var turned = Duration.between(seen, now).minusNanos(at - seenNanos).abs();
            if (turned.compareTo(TOLERATED) > 0) turnedNanos = at;
        }
        seen = now;
        seenNanos = at;
        return at - turnedNanos >= calm.toNanos();
    }
}
