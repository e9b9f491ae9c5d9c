package switchboard.ticketing.journal;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A loop on a virtual thread of its own: runs its step until the step says that there is nothing to do, then sleeps
/// until woken or until `idle` has passed. An error is logged and tried again after a pause; the loop never dies.
public final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration AFTER_ERROR = Duration.ofMillis(500);
    /// The usual pace: what comes in a burst is done together, what comes alone is done at once.
    private static final Duration PACE = Duration.ofMillis(10);

    private final String name;
    private final BooleanSupplier step;
    private final Duration idle;
    private final Duration pace;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopping;

    /// @param step one batch of work; true when there may be more
    public Worker(String name, Duration idle, BooleanSupplier step) {
        this(name, idle, PACE, step);
    }

    /// @param pace from the beginning of one step to that of the next, at least
    public Worker(String name, Duration idle, Duration pace, BooleanSupplier step) {
        this.name = name;
        this.step = step;
        this.idle = idle;
        this.pace = pace;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::loop);
    }

    public Worker start() {
        thread.start();
        return this;
    }

    public void wake() {
        if (wake.availablePermits() == 0) wake.release();
    }

    private void loop() {
        while (!stopping) {
            try {
                long started = System.nanoTime();
                if (!step.getAsBoolean()) rest(started);
            } catch (InterruptedException stop) {
                return;
            } catch (UncheckedIOException lost) {
                if (stopping) return;
                LOG.warn("{}: {}", name, lost.getMessage());
                pause();
            } catch (Throwable failed) {
                if (stopping) return;
                LOG.warn("{}: {}", name, failed.toString(), failed);
                pause();
            }
        }
    }

    private void rest(long startedNanos) throws InterruptedException {
        if (!wake.tryAcquire(idle.toMillis(), TimeUnit.MILLISECONDS) || stopping) return;
        TimeUnit.NANOSECONDS.sleep(startedNanos + pace.toNanos() - System.nanoTime());
        wake.drainPermits();
    }

    private void pause() {
        try {
            Thread.sleep(AFTER_ERROR);
        } catch (InterruptedException stop) {
            stopping = true;
        }
    }

    /// Lets the step under way finish, at most for `patience`.
    public void stop(Duration patience) {
        stopping = true;
        wake.release();
        try {
            if (!thread.join(patience)) thread.interrupt();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop(Duration.ofSeconds(5));
    }
}
