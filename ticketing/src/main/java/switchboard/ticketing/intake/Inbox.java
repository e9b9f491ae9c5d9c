package switchboard.ticketing.intake;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failpoint;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.base.Sql;

/// What arrived, as raw bytes, before anyone understood it. Every door does `verify -> put -> acknowledge`,
/// and acknowledges only after the commit.
public final class Inbox {
    private static final int FLUSHERS = 1;
    /// A batch to be understood ends with the row that reaches this size, so that large mails never lie in memory by
    /// the hundred.
    static final long BATCH_BYTES_MAX = 8L * 1024 * 1024;
    /// Most lanes beside others have little: with a share for each of them hardly any would have all its rows done.
    private static final int SHARES_MAX = 4;
    /// A row rests for four seconds at most. A much later `next_at` was set before the clock was turned back.
    private static final String DUE = "(next_at <= now() or next_at > now() + interval '20 seconds')";
    private static final int EARLY_KNOWN_MAX = 10_000;
    /// Longer than what an early row waits for may take to be found out: an attempt that a crash left open.
    private static final Duration EARLY_MAX = Duration.ofMinutes(10);

    /// @param fresh false for a repeat
    /// @param answer what the first arrival was answered, where the door's answer depends on the event
    public record Stored(long id, boolean fresh, Optional<String> answer) {}

    private final Database database;
    private final Coalescer<Arrival, Stored> coalescer;
    private final Recent recent = new Recent();
    private final LongSupplier nanos;
    private final Map<Long, Long> earlySince = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > EARLY_KNOWN_MAX;
        }
    });
    private final List<Consumer<String>> onArrival = new CopyOnWriteArrayList<>();

    public Inbox(Database database) {
        this(database, System::nanoTime);
    }

    Inbox(Database database, LongSupplier nanos) {
        this.database = database;
        this.nanos = nanos;
        this.coalescer = new Coalescer<>("inbox", FLUSHERS, arrival -> arrival.raw().length, batch -> {
            var stored = put(database.sql(), batch);
            for (int i = 0; i < stored.size(); i++) {
                if (stored.get(i).fresh()) recent.keep(stored.get(i).id(), batch.get(i).raw());
            }
            return stored;
        });
    }

    /// Stores one event together with whatever else is arriving; returns after the commit.
    public Stored put(Arrival arrival) {
        Failpoint.pass("inbox.before-put");
        var stored = coalescer.submit(arrival);
        Failpoint.pass("inbox.committed");
        arrived(arrival.lane());
        return stored;
    }

    /// Stores events, all of them or none, inside a transaction of the door's own (a mailbox moves its cursor there).
    /// The door calls `arrived` after its commit.
    public List<Stored> put(Sql tx, List<Arrival> arrivals) {
        if (arrivals.isEmpty()) return List.of();
        Failpoint.pass("inbox.before-write");
        var rows = tx.query("""
                with a as materialized (
                  select ord, nextval('inbox_id') as id, now() as received_at, door, lane, key,
                    envelope::jsonb as envelope, raw
                  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bytea[])
                    with ordinality as t(door, lane, key, envelope, raw, ord)),
                first as (select distinct on (door, key) door, key, id, received_at from a order by door, key, ord),
                known as (
                  insert into inbox_key (door, key, inbox_id, received_at)
                  select door, key, id, received_at from first order by door, key
                  on conflict do nothing returning inbox_id),
                stored as (
                  insert into inbox (id, received_at, door, lane, key, envelope, raw)
                  select a.id, a.received_at, a.door, a.lane, a.key, a.envelope, a.raw
                  from a join known on known.inbox_id = a.id)
                select a.ord, a.id, known.inbox_id is not null as fresh
                from a left join known on known.inbox_id = a.id order by a.ord""",
                strings(arrivals, Arrival::door), strings(arrivals, Arrival::lane), strings(arrivals, Arrival::key),
                strings(arrivals, arrival -> Json.write(arrival.envelope())),
                arrivals.stream().map(arrival -> Buffer.buffer(arrival.raw())).toArray(Buffer[]::new));
        var stored = new ArrayList<Stored>(arrivals.size());
        for (var row : rows) stored.add(new Stored(row.getLong("id"), row.getBoolean("fresh"), Optional.empty()));
        for (int i = 0; i < stored.size(); i++) {
            if (!stored.get(i).fresh()) stored.set(i, repeat(tx, arrivals.get(i)));
        }
        return stored;
    }

    private static Stored repeat(Sql tx, Arrival arrival) {
        record Known(long id, String answer) {}
        return tx.one(Known.class, """
                select i.id, i.answer from inbox_key k join inbox i on i.id = k.inbox_id
                  and i.received_at = k.received_at
                where k.door = $1 and k.key = $2""", arrival.door(), arrival.key())
                .map(known -> new Stored(known.id(), false, Optional.ofNullable(known.answer())))
                .orElse(new Stored(0, false, Optional.empty()));
    }

    private static String[] strings(List<Arrival> arrivals, Function<Arrival, String> part) {
        return arrivals.stream().map(part).toArray(String[]::new);
    }

    /// Has the lane looked at now; a lane that nobody names is found within a second.
    public void arrived(String lane) {
        onArrival.forEach(look -> look.accept(lane));
    }

    public void onArrival(Consumer<String> look) {
        onArrival.add(look);
    }

    /// A row that waits to be understood. `envelope` is what the door knew.
    public record Raw(long id, Instant receivedAt, String door, String lane, int attempts,
                      Map<String, Object> envelope, byte[] raw) {}

    /// What to work next.
    ///
    /// @param more lanes that had more than their share of the batch
    public record Batch(List<Raw> rows, Set<String> more) {}

    /// Lanes that have work, in the order of their names from the one after `after` on; at most `limit`.
    public List<String> lanes(String after, int limit) {
        // A loose scan: one index probe a lane, however many rows wait in it.
        return database.sql().column(String.class, """
                with recursive l(lane) as (
                  (select lane from inbox where state = 'new' and lane > $2 order by lane limit 1)
                  union all
                  select (select i.lane from inbox i where i.state = 'new' and i.lane > l.lane order by i.lane limit 1)
                  from l where l.lane is not null)
                select l.lane from l
                where l.lane is not null and exists (
                  select 1 from (select next_at from inbox where lane = l.lane and state = 'new'
                    order by id limit 1) head
                  where DUE)
                order by l.lane limit $1""".replace("DUE", DUE), limit, after);
    }

    /// The next rows of some lanes, the oldest first, at most `limit`, and of each lane no more than its share; none of
    /// a lane whose head waits for another try.
    public Batch next(List<String> lanes, int limit) {
        int share = Math.max(1, limit / Math.min(lanes.size(), SHARES_MAX));
        var rows = database.sql().query("""
                select head.* from unnest($1::text[]) l(lane) cross join lateral (
                  select id, received_at, door, lane, attempts, envelope::text, DUE as due,
                    octet_length(raw) as bytes
                  from inbox where lane = l.lane and state = 'new' order by id limit $2) head
                order by id limit $3""".replace("DUE", DUE), lanes.toArray(String[]::new), share, limit);
        var heads = new ArrayList<Row>();
        var resting = new HashSet<String>();
        var counts = new HashMap<String, Integer>();
        long bytes = 0;
        for (var row : rows) {
            if (bytes >= BATCH_BYTES_MAX) break;
            bytes += row.getInteger("bytes");
            if (!row.getBoolean("due")) resting.add(row.getString("lane"));
            if (resting.contains(row.getString("lane"))) continue;
            counts.merge(row.getString("lane"), 1, Integer::sum);
            heads.add(row);
        }
        var raws = raws(heads);
        var taken = heads.stream().map(row -> raw(row, raws.get(row.getLong("id")))).toList();
        boolean cut = bytes >= BATCH_BYTES_MAX || rows.size() >= limit;
        var more = lanes.stream().filter(lane -> cut ? !resting.contains(lane) : counts.getOrDefault(lane, 0) >= share)
                .collect(Collectors.toSet());
        return new Batch(taken, more);
    }

    private static Raw raw(Row row, byte[] bytes) {
        @SuppressWarnings("unchecked")
        Map<String, Object> envelope = Json.read(row.getString("envelope"), Map.class);
        return new Raw(row.getLong("id"), row.getOffsetDateTime("received_at").toInstant(), row.getString("door"),
                row.getString("lane"), row.getInteger("attempts"), envelope, bytes);
    }

    /// The bytes of these rows: as they were stored a moment ago, or read.
    private Map<Long, byte[]> raws(List<Row> rows) {
        var raws = new HashMap<Long, byte[]>();
        var ids = new ArrayList<Long>();
        var times = new ArrayList<OffsetDateTime>();
        for (var row : rows) {
            var id = row.getLong("id");
            var kept = recent.take(id);
            if (kept != null) {
                raws.put(id, kept);
            } else {
                ids.add(id);
                times.add(row.getOffsetDateTime("received_at"));
            }
        }
        if (!ids.isEmpty()) {
            for (var row : database.sql().query("""
                    select id, raw from inbox
                    where (id, received_at) in (select * from unnest($1::bigint[], $2::timestamptz[]))""",
                    ids.toArray(Long[]::new), times.toArray(OffsetDateTime[]::new))) {
                raws.put(row.getLong("id"), row.getBuffer("raw").getBytes());
            }
        }
        return raws;
    }

    /// Marks rows understood, inside intake's transaction, holding their lanes until it ends.
    ///
    /// @return false when another worker has a lane or has done a row: the transaction must roll back
    public boolean finish(Sql tx, List<String> lanes, List<Raw> rows) {
        // Everything that intake asks is a probe of an index, however many rows come: to plan it anew for each small
        // batch, with the texts of the mails in hand, takes longer than to do it.
        var free = tx.value(Boolean.class, """
                select bool_and(pg_try_advisory_xact_lock(hashtextextended(lane, 7))),
                  set_config('plan_cache_mode', 'force_generic_plan', true)
                from unnest($1::text[]) lane""", (Object) lanes.toArray(String[]::new));
        if (!free.orElse(false)) return false;
        // Not said as = 'new', which has the planner read all that waits by the index of it, for a few rows' sake.
        return tx.execute("""
                update inbox set state = 'done', done_at = now(), error = null
                where (id, received_at) in (select * from unnest($1::bigint[], $2::timestamptz[]))
                  and state not in ('done', 'quarantined')""",
                rows.stream().map(Raw::id).toArray(Long[]::new),
                rows.stream().map(row -> row.receivedAt().atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new))
                == rows.size();
    }

    /// A row that failed alone: tried again after a pause, then put aside, readable and replayable.
    public void failed(Raw row, String error, boolean forGood) {
        database.sql().execute("""
                update inbox set attempts = attempts + 1, error = $3,
                  state = case when $4 or attempts + 1 >= 3 then 'quarantined' else state end,
                  next_at = now() + make_interval(secs => power(4, attempts))
                where id = $1 and received_at = $2 and state = 'new'""", row.id(), row.receivedAt(), error, forGood);
    }

    /// A row that only came too early: tried again every two seconds, and put aside when nothing came in ten minutes.
    /// The ten minutes count from this process's first try, by a monotonic clock.
    public void early(Raw row, String error) {
        long now = nanos.getAsLong();
        long since = earlySince.computeIfAbsent(row.id(), _ -> now);
        if (now - since > EARLY_MAX.toNanos()) {
            earlySince.remove(row.id());
            failed(row, error, true);
            return;
        }
        database.sql().execute("""
                update inbox set error = $3, next_at = now() + interval '2 seconds'
                where id = $1 and received_at = $2 and state = 'new'""", row.id(), row.receivedAt(), error);
    }

    public void answer(Sql tx, Raw row, String answer) {
        tx.execute("update inbox set answer = $3 where id = $1 and received_at = $2", row.id(), row.receivedAt(),
                answer);
    }

    /// Takes a row out of quarantine and has it tried again.
    public boolean replay(long id) {
        var lane = database.sql().value(String.class, """
                update inbox set state = 'new', attempts = 0, next_at = now()
                  where id = $1 and state = 'quarantined' returning lane""", id);
        lane.ifPresent(this::arrived);
        return lane.isPresent();
    }
}
