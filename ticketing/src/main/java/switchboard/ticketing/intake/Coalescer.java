package switchboard.ticketing.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import switchboard.ticketing.base.Failure;

/// Group commit: callers hand in single items and wait; a few flushers take what has gathered meanwhile and write it
/// as one batch. A batch that fails is tried again item by item, so that one bad item fails alone.
final class Coalescer<T, R> {
    /// Items that may wait; beyond it callers are refused at once, which a sender hears as "try again later".
    static final int WAITING_MAX = 5_000;
    private static final int BATCH_MAX = 100;
    /// A batch also ends at this size, so that a hundred large items never go out in one statement; one item alone may
    /// be larger.
    static final long BATCH_BYTES_MAX = 16L * 1024 * 1024;

    private record Waiting<T, R>(T item, CompletableFuture<R> done) {}

    private final ArrayBlockingQueue<Waiting<T, R>> queue = new ArrayBlockingQueue<>(WAITING_MAX);
    private final ToLongFunction<T> bytes;
    private final Function<List<T>, List<R>> write;

    Coalescer(String name, int flushers, ToLongFunction<T> bytes, Function<List<T>, List<R>> write) {
        this.bytes = bytes;
        this.write = write;
        for (int i = 0; i < flushers; i++) Thread.ofVirtual().name(name + "-" + i).start(this::flush);
    }

    /// Blocks until the item is committed.
    ///
    /// @throws Failure.Unavailable when too many wait
    R submit(T item) {
        var waiting = new Waiting<T, R>(item, new CompletableFuture<>());
        if (!queue.offer(waiting)) throw new Failure.Unavailable("Too much is arriving at once; try again shortly");
        try {
            return waiting.done().join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) throw cause;
            throw failed;
        }
    }

    int waiting() {
        return queue.size();
    }

    private void flush() {
        var batch = new ArrayList<Waiting<T, R>>(BATCH_MAX);
        Waiting<T, R> next = null;
        while (true) {
            try {
                batch.clear();
                batch.add(next == null ? queue.take() : next);
                next = fill(batch);
                commit(batch);
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    /// @return the one that was taken and is too much for this batch; null when there is none
    private Waiting<T, R> fill(List<Waiting<T, R>> batch) {
        long size = bytes.applyAsLong(batch.getFirst().item());
        while (batch.size() < BATCH_MAX) {
            var one = queue.poll();
            if (one == null) return null;
            size += bytes.applyAsLong(one.item());
            if (size > BATCH_BYTES_MAX) return one;
            batch.add(one);
        }
        return null;
    }

    private void commit(List<Waiting<T, R>> batch) {
        try {
            var results = write.apply(batch.stream().map(Waiting::item).toList());
            for (int i = 0; i < batch.size(); i++) batch.get(i).done().complete(results.get(i));
        } catch (Throwable failed) {
            if (batch.size() == 1) {
                batch.getFirst().done().completeExceptionally(failed);
            } else {
                batch.forEach(one -> commit(List.of(one)));
            }
        }
    }
}
