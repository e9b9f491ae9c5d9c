package switchboard.ticketing.journal;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import switchboard.ticketing.base.Sql;

/// Follows the journal in order, each entry once, from where it stopped.
///
/// `shared`: one process follows for all, under a lease; the batch is handled in the same transaction that moves the
/// cursor. `local`: every process follows for itself from a given point and keeps its cursor in memory (realtime,
/// search replica).
public final class Tailer implements AutoCloseable {
    private static final int BATCH_MAX = 500;
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final String CURSOR = "select seq from tailer where name = $1";
    private static final Duration RENEW = Duration.ofSeconds(5);

    private final Worker worker;
    private final Runnable onClose;

    private Tailer(Journal journal, Worker worker, Runnable onClose) {
        this.worker = worker;
        this.onClose = onClose;
        journal.onSequenced(worker::wake);
        worker.start();
    }

    public static Tailer shared(Journal journal, String name, BiConsumer<Sql, List<Sequenced>> handle) {
        var database = journal.database();
        var lease = new Lease(database, "tailer:" + name);
        var held = new long[1];
        var worker = new Worker("tailer:" + name, IDLE, () -> {
            if (System.nanoTime() - held[0] > 0) {
                if (!lease.hold()) return false;
                held[0] = System.nanoTime() + RENEW.toNanos();
            }
            long from = database.sql().value(Long.class, CURSOR, name).orElse(0L);
            var batch = journal.after(from, BATCH_MAX);
            if (batch.isEmpty()) return false;
            try {
                return database.transaction(tx -> follow(lease, name, from, batch, tx, handle));
            } catch (Lease.LostLease lost) {
                held[0] = 0;
                return false;
            }
        });
        return new Tailer(journal, worker, lease::release);
    }

    /// Under the fence the cursor is as it was read, unless another held the lease in between.
    private static boolean follow(Lease lease, String name, long from, List<Sequenced> batch, Sql tx,
                                  BiConsumer<Sql, List<Sequenced>> handle) {
        lease.fence(tx);
        if (tx.value(Long.class, CURSOR, name).orElse(0L) != from) return true;
        handle.accept(tx, batch);
        tx.execute("insert into tailer values ($1, $2) on conflict (name) do update set seq = excluded.seq",
                name, batch.getLast().seq());
        return batch.size() == BATCH_MAX;
    }

    public static Tailer local(Journal journal, String name, long from, Consumer<List<Sequenced>> handle) {
        var at = new long[] {from};
        var worker = new Worker("tailer:" + name, IDLE, () -> {
            var batch = journal.after(at[0], BATCH_MAX);
            if (batch.isEmpty()) return false;
            handle.accept(batch);
            at[0] = batch.getLast().seq();
            return batch.size() == BATCH_MAX;
        });
        return new Tailer(journal, worker, () -> {});
    }

    @Override
    public void close() {
        worker.close();
        onClose.run();
    }
}
