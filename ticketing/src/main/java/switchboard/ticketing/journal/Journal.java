package switchboard.ticketing.journal;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Sql;

/// What happened, append-only: timeline, realtime, rules, reports, search index, audit and undo are read from it.
///
/// Writers append inside their own transaction and call `committed()` after it. Numbers handed out before commit
/// cannot be tailed safely (a smaller one may commit later), so entries get their `seq` afterwards from the
/// `Sequencer`, and everyone follows `seq > last limit n` (see `Tailer`).
public final class Journal {
    public static final String CHANNEL = "journal";

    private final Database database;
    private final List<Runnable> onCommitted = new CopyOnWriteArrayList<>();
    private final List<Runnable> onSequenced = new CopyOnWriteArrayList<>();

    public Journal(Database database) {
        this.database = database;
        database.listen(CHANNEL, _ -> sequenced());
    }

    public void append(Sql tx, Collection<Entry> entries) {
        if (entries.isEmpty()) return;
        tx.query("""
                with appended as (
                  insert into journal (at, kind, version, actor_type, actor_id, customer_id, ticket_id, message_id,
                    cause, facts)
                  select at, kind, version, actor_type, actor_id, customer_id, ticket_id, message_id, cause, facts
                  from json_populate_recordset(null::journal, $1::text::json)
                  returning id, at)
                insert into journal_pending select id, at from appended""", Sql.rowsJson(entries));
    }

    public void append(Sql tx, Entry entry) {
        append(tx, List.of(entry));
    }

    /// Wakes the sequencer of this process at once; another process's sequencer finds the entries by its own clock.
    public void committed() {
        onCommitted.forEach(Runnable::run);
    }

    void sequenced() {
        onSequenced.forEach(Runnable::run);
    }

    void onCommitted(Runnable wake) {
        onCommitted.add(wake);
    }

    /// Wakes whoever looks at the state that the journal tells of; entries themselves are followed by a `Tailer`.
    public void onSequenced(Runnable wake) {
        onSequenced.add(wake);
    }

    public List<Sequenced> after(long seq, int limit) {
        return after(database.sql(), seq, limit);
    }

    public List<Sequenced> after(Sql sql, long seq, int limit) {
        return sql.list(Sequenced.class, """
                select o.seq, j.at, j.kind, j.actor_type, j.actor_id, j.customer_id, j.ticket_id, j.message_id, j.cause,
                  j.facts
                from journal_order o join journal j on j.id = o.id and j.at = o.at
                where o.seq > $1 order by o.seq limit $2""", seq, limit);
    }

    /// The newest sequence given; 0 before the first.
    public long last() {
        return database.sql().value(Long.class, "select max(seq) from journal_order").orElse(0L);
    }

    Database database() {
        return database;
    }
}
