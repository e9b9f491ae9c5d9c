package switchboard.ticketing.journal;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.base.Sql;

/// What happened, append-only: timeline, realtime, rules, reports, search index, audit and undo are read from it.
///
/// Writers append inside their own transaction and call `committed()` after it. Numbers handed out before commit
/// cannot be tailed safely (a smaller one may commit later), so entries get their `seq` afterwards from the
/// `Sequencer`, and everyone follows `seq > last limit n` (see `Tailer`).
public final class Journal {
    public static final String CHANNEL = "journal";

    private static final int NEWEST_MAX = 2_000;
    private static final int UNPLACED_MAX = 20_000; // then all are forgotten, and read like another process's
    /// How long nothing is asked when no notice came: a notice may be lost with its connection.
    private static final Duration BELIEVED = Duration.ofMillis(500);

    private final Database database;
    private final String process = UUID.randomUUID().toString();
    private final ReentrantLock reading = new ReentrantLock();
    private final List<Sequenced> newest = new ArrayList<>();
    /// What this process wrote and nobody has placed yet, by its id; of a transaction that rolled back it stays.
    private final Map<Long, Entry> unplaced = new ConcurrentHashMap<>();
    private long fetchedNanos;
    private volatile boolean changed = true;
    private final List<Runnable> onCommitted = new CopyOnWriteArrayList<>();
    private final List<Runnable> onSequenced = new CopyOnWriteArrayList<>();

    public Journal(Database database) {
        this.database = database;
        database.listen(CHANNEL, from -> {
            if (!from.equals(process)) sequenced();
        });
    }

    public void append(Sql tx, Collection<Entry> entries) {
        var ids = new ArrayList<Long>(entries.size());
        tx.insert("with appended as (", "journal", entries,
                "returning id, recorded_at) insert into journal_pending select id, recorded_at from appended "
                        + "returning id")
                .forEach(row -> ids.add(row.getLong(0)));
        ids.sort(null); // ids are given in the order of the entries
        if (unplaced.size() > UNPLACED_MAX) unplaced.clear();
        int i = 0;
        for (var entry : entries) unplaced.put(ids.get(i++), entry);
    }

    public void append(Sql tx, Entry entry) {
        append(tx, List.of(entry));
    }

    /// Wakes the sequencer of this process at once; another process's sequencer finds the entries by its own clock, or
    /// by a hint.
    public void committed() {
        onCommitted.forEach(Runnable::run);
    }

    private void sequenced() {
        changed = true;
        onSequenced.forEach(Runnable::run);
    }

    /// An entry's place.
    record Place(long seq, long id) {}

    /// What was written here needs not be read: its followers get it as it was written.
    ///
    /// @param places committed, in order, without gaps
    void sequenced(List<Place> places) {
        var placed = places.stream().map(this::placed).filter(Objects::nonNull).toList();
        reading.lock();
        try {
            boolean next = !newest.isEmpty() && newest.getLast().seq() + 1 == places.getFirst().seq();
            if (next && placed.size() == places.size()) {
                keep(placed);
            } else {
                changed = true;
            }
        } finally {
            reading.unlock();
        }
        onSequenced.forEach(Runnable::run);
    }

    private Sequenced placed(Place place) {
        var entry = unplaced.remove(place.id());
        return entry == null ? null : new Sequenced(place.seq(), entry.at().truncatedTo(ChronoUnit.MICROS),
                entry.kind(), entry.actorType(), entry.actorId(), entry.customerId(), entry.ticketId(),
                entry.messageId(), entry.cause(), Json.stored(entry.facts()));
    }

    /// Calls `wake` in the writer's thread after each commit: it must not block.
    public void onCommitted(Runnable wake) {
        onCommitted.add(wake);
    }

    /// Wakes whoever looks at the state that the journal tells of; entries themselves are followed by a `Tailer`.
    public void onSequenced(Runnable wake) {
        onSequenced.add(wake);
    }

    /// The entries after `seq`, in order; fewer than `limit` only when there are no more. Everybody who follows closely
    /// reads what one of them has fetched: entries never change and have no gaps, so the newest are kept.
    public List<Sequenced> after(long seq, int limit) {
        reading.lock();
        try {
            if (newest.isEmpty() || seq > newest.getLast().seq()) return ahead(seq, limit);
            fetchNewer();
            if (seq < newest.getFirst().seq() - 1) return fetch(seq, limit);
            int from = (int) (seq + 1 - newest.getFirst().seq());
            return List.copyOf(newest.subList(from, Math.min(from + limit, newest.size())));
        } finally {
            reading.unlock();
        }
    }

    /// Whoever is ahead of what is kept takes it along.
    private List<Sequenced> ahead(long seq, int limit) {
        var fetched = fetch(seq, limit);
        if (!fetched.isEmpty()) {
            newest.clear();
            newest.addAll(fetched);
        }
        return fetched;
    }

    private void fetchNewer() {
        if (!changed && System.nanoTime() - fetchedNanos < BELIEVED.toNanos()) return;
        changed = false;
        fetchedNanos = System.nanoTime();
        var fetched = fetch(newest.getLast().seq(), NEWEST_MAX);
        keep(fetched);
        if (fetched.size() == NEWEST_MAX) changed = true;
    }

    private void keep(List<Sequenced> more) {
        newest.addAll(more);
        if (newest.size() > 2 * NEWEST_MAX) newest.subList(0, newest.size() - NEWEST_MAX).clear();
    }

    /// One probe of one month's partition for each entry.
    private List<Sequenced> fetch(long seq, int limit) {
        return database.sql().list(Sequenced.class, """
                select o.seq, j.* from (
                  select seq, id, recorded_at from journal_order where seq > $1 order by seq limit $2) o
                cross join lateral (
                  select at, kind, actor_type, actor_id, customer_id, ticket_id, message_id, cause, facts
                  from journal where id = o.id and recorded_at = o.recorded_at offset 0) j
                order by o.seq""", seq, limit);
    }

    /// The newest sequence given; 0 before the first.
    public long last() {
        return database.sql().value(Long.class, "select max(seq) from journal_order").orElse(0L);
    }

    /// Tells this process's notices from another's.
    String process() {
        return process;
    }

    Database database() {
        return database;
    }
}
