package switchboard.gateway.realtime;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Replays take turns, batch by batch. A console that was away for a moment needs one batch and doesn't wait behind
/// consoles that read everything. The live stream waits for neither.
final class ReplayLanes {
    static final int SHORT_AT_ONCE = 4;
    static final int LONG_AT_ONCE = 1;

    private final Semaphore first = new Semaphore(SHORT_AT_ONCE, true);
    private final Semaphore further = new Semaphore(LONG_AT_ONCE, true);

    /// Waits on a virtual thread.
    ///
    /// @param batches how many this replay has already read
    <T> T inTurn(int batches, Supplier<T> batch) {
        var lane = batches == 0 ? first : further;
        lane.acquireUninterruptibly();
        try {
            return batch.get();
        } finally {
            lane.release();
        }
    }
}
