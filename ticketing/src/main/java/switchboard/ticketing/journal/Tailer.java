package switchboard.ticketing.journal;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import switchboard.ticketing.base.Sql;

/// Follows the journal in order, each entry once, from where it stopped.
///
/// `shared`: one process follows for all, under a lease; what concerns the follower is handled in the same transaction
/// that moves the cursor. `local`: every process follows for itself from a given point and keeps its cursor in memory
/// (realtime, search replica).
public final class Tailer implements AutoCloseable {
    private static final int BATCH_MAX = 500;
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration RENEW = Duration.ofSeconds(5);

    private final Worker worker;
    private final Runnable onClose;

    private Tailer(Journal journal, Worker worker, Runnable onClose) {
        this.worker = worker;
        this.onClose = onClose;
        journal.onSequenced(worker::wake);
        worker.start();
    }

    /// @param concerns entries that `handle` does something about; of the others it is not asked
    public static Tailer shared(Journal journal, String name, Predicate<Sequenced> concerns,
                                BiConsumer<Sql, List<Sequenced>> handle) {
        var shared = new Shared(journal, name, new Lease(journal.database(), "tailer:" + name), concerns, handle);
        return new Tailer(journal, new Worker("tailer:" + name, IDLE, shared::step), shared.lease::release);
    }

    /// One process follows for all. The cursor is moved in the transaction that handles what concerns the follower;
    /// over all else it is moved now and then.
    private static final class Shared {
        private final Journal journal;
        private final String name;
        private final Lease lease;
        private final Predicate<Sequenced> concerns;
        private final BiConsumer<Sql, List<Sequenced>> handle;
        private long heldUntilNanos = System.nanoTime();
        private long storedNanos = System.nanoTime();
        private long token = -1;
        private long at;
        private long stored;

        Shared(Journal journal, String name, Lease lease, Predicate<Sequenced> concerns,
               BiConsumer<Sql, List<Sequenced>> handle) {
            this.journal = journal;
            this.name = name;
            this.lease = lease;
            this.concerns = concerns;
            this.handle = handle;
        }

        boolean step() {
            if (System.nanoTime() - heldUntilNanos > 0 && !hold()) return false;
            var batch = journal.after(at, BATCH_MAX);
            var wanted = batch.stream().filter(concerns).toList();
            long to = batch.isEmpty() ? at : batch.getLast().seq();
            boolean late = to > stored && System.nanoTime() - storedNanos > IDLE.toNanos();
            if ((!wanted.isEmpty() || late) && !moved(wanted, to)) return true;
            at = to;
            return batch.size() == BATCH_MAX;
        }

        private boolean moved(List<Sequenced> wanted, long to) {
            long known = token;
            long until = heldUntilNanos;
            token = -1; // should this fail, nobody knows whether it was committed: the cursor is read anew
            heldUntilNanos = System.nanoTime();
            try {
                if (!journal.database().transaction(tx -> move(tx, wanted, to))) return false;
            } catch (Lease.LostLease lost) {
                return false;
            }
            token = known;
            heldUntilNanos = until;
            stored = to;
            storedNanos = System.nanoTime();
            return true;
        }

        /// Where another has followed meanwhile, this one goes on.
        private boolean hold() {
            if (!lease.hold()) return false;
            heldUntilNanos = System.nanoTime() + RENEW.toNanos();
            if (lease.token() == token) return true;
            at = journal.database().sql().value(Long.class, "select seq from tailer where name = $1", name).orElse(0L);
            stored = at;
            token = lease.token();
            return true;
        }

        /// @return false when the cursor is not where this process believes it to be: nothing was handled
        private boolean move(Sql tx, List<Sequenced> wanted, long to) {
            lease.fence(tx);
            boolean asLeft = tx.execute("insert into tailer as t values ($1, $2) on conflict (name) do update set "
                    + "seq = excluded.seq where t.seq = $3", name, to, stored) == 1;
            if (asLeft && !wanted.isEmpty()) handle.accept(tx, wanted);
            return asLeft;
        }
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
