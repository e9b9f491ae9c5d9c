package switchboard.ticketing.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failpoint;
import switchboard.ticketing.base.Sql;

/// Gives committed journal entries their dense `seq`, in batches, under a lease, and sends one NOTIFY a batch.
/// It runs outside the writers' transactions, so a slow writer delays only its own entries.
public final class Sequencer implements AutoCloseable {
    private static final int BATCH_MAX = 1000;
    private static final Duration IDLE = Duration.ofMillis(250);
    private static final Duration RENEW = Duration.ofSeconds(5);

    private final Database database;
    private final Journal journal;
    private final Lease lease;
    private final Worker worker;
    private long heldUntilNanos;

    public Sequencer(Journal journal) {
        this.database = journal.database();
        this.journal = journal;
        this.lease = new Lease(database, "sequencer");
        this.worker = new Worker("sequencer", IDLE, this::step);
        journal.onCommitted(worker::wake);
    }

    public Sequencer start() {
        worker.start();
        return this;
    }

    /// Something was committed: looks now, not when its clock says so.
    public void wake() {
        worker.wake();
    }

    boolean step() {
        if (System.nanoTime() - heldUntilNanos > 0) {
            if (!lease.hold()) return false;
            heldUntilNanos = System.nanoTime() + RENEW.toNanos();
        }
        List<Journal.Place> given;
        try {
            given = database.transaction(this::sequence);
        } catch (Lease.LostLease lost) {
            heldUntilNanos = 0;
            return false;
        }
        if (!given.isEmpty()) journal.sequenced(given);
        return given.size() == BATCH_MAX;
    }

    List<Journal.Place> sequence(Sql tx) {
        var given = new ArrayList<Journal.Place>();
        // By an array, so that each id is one probe of the index, whatever the planner believes of a table that is
        // empty most of the time.
        for (var row : tx.query("""
                with taken as (
                  delete from journal_pending where id = any(array(
                    select id from journal_pending order by id limit $1))
                  returning id, recorded_at),
                numbered as (
                  select id, recorded_at, row_number() over (order by id)
                    + coalesce((select max(seq) from journal_order), 0) as seq from taken)
                insert into journal_order (seq, id, recorded_at) select seq, id, recorded_at from numbered
                returning seq, id""",
                BATCH_MAX)) {
            given.add(new Journal.Place(row.getLong(0), row.getLong(1)));
        }
        // Most passes find nothing: they must not cost a write, as the fence does.
        if (given.isEmpty()) return given;
        lease.fence(tx);
        tx.query("select pg_notify('journal', $1)", journal.process());
        Failpoint.pass("sequencer.before-commit");
        given.sort(Comparator.comparingLong(Journal.Place::seq));
        return given;
    }

    @Override
    public void close() {
        worker.close();
        lease.release();
    }
}
