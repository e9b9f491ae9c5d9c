package switchboard.channels.simulator;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// What goes wrong, on request. Everything is off at first; each switch may be set while the carrier runs.
public final class Chaos {
    /// What happens to one REST request.
    enum Fault { NONE, THROTTLED, BROKEN, UNANSWERED }

    private final AtomicInteger throttled = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile boolean duplicates;
    private volatile boolean reorders;
    private volatile Duration delay = Duration.ZERO;

    /// The next requests are answered 429, code 20429, and have no effect.
    public Chaos throttleNext(int requests) {
        throttled.set(requests);
        return this;
    }

    /// The next POSTs are answered 503 and have no effect.
    public Chaos breakNext(int requests) {
        broken.set(requests);
        return this;
    }

    /// The next POSTs are carried out, but the connection closes without an answer.
    public Chaos leaveUnansweredNext(int requests) {
        unanswered.set(requests);
        return this;
    }

    /// Every webhook arrives twice, with the same idempotency token.
    public Chaos duplicateWebhooks(boolean on) {
        duplicates = on;
        return this;
    }

    /// Of two neighbouring status reports about the same thing the later one arrives first.
    public Chaos reorderWebhooks(boolean on) {
        reorders = on;
        return this;
    }

    /// Every webhook is late by this much.
    public Chaos delayWebhooks(Duration by) {
        delay = by;
        return this;
    }

    Fault next(String method) {
        if (taken(throttled)) {
            return Fault.THROTTLED;
        }
        if (method.equals("POST") && taken(broken)) {
            return Fault.BROKEN;
        }
        return method.equals("POST") && taken(unanswered) ? Fault.UNANSWERED : Fault.NONE;
    }

    boolean duplicates() {
        return duplicates;
    }

    boolean reorders() {
        return reorders;
    }

    Duration delay() {
        return delay;
    }

    private static boolean taken(AtomicInteger left) {
        return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
}
