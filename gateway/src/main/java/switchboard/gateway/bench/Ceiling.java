package switchboard.gateway.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Sql;

/// What the database alone can do: the very rows that doors and intake wrote, copied set by set into empty tables of
/// the same shape, indexes and foreign keys, in the very batches in which they were written, over four connections.
/// First the arrivals, then what intake made of them with its mark on the inbox rows. No decoding, no decisions, no
/// reading of earlier rows, no locks: nothing that writes these rows can be faster.
final class Ceiling {
    private static final int CONNECTIONS = 4;
    private static final List<String> ARRIVALS = List.of("inbox", "inbox_key");
    /// In the order in which a transaction writes them; each by how its rows are found from the plan `p`.
    private static final Map<String, String> TABLES = tables();
    private static final List<String> KEYS = List.of("identity:customer_id:customer", "ticket:customer_id:customer",
            "message:ticket_id:ticket", "message:customer_id:customer", "thread_key:ticket_id:ticket");

    private final Database database;

    Ceiling(Database database) {
        this.database = database;
    }

    record Figures(long events, long rows, long batches, double seconds) {
        double eventsPerSecond() {
            return events / seconds;
        }

        double rowsPerSecond() {
            return rows / seconds;
        }
    }

    private static Map<String, String> tables() {
        var first = "(select distinct on (%1$s) %1$s, shard, batch from ceiling.plan order by %1$s, batch) p on p.%1$s"
                + " = ";
        var arrived = "(select inbox_id, arrival % 4 as shard, arrival / 4 as batch from ceiling.plan) p"
                + " on p.inbox_id = x.";
        var tables = new LinkedHashMap<String, String>();
        tables.put("inbox", arrived + "id");
        tables.put("inbox_key", arrived + "inbox_id");
        tables.put("customer", first.formatted("customer_id") + "x.id");
        tables.put("identity", first.formatted("customer_id") + "x.customer_id");
        tables.put("ticket", first.formatted("ticket_id") + "x.id");
        tables.put("message", "ceiling.plan p on p.message_id = x.id");
        tables.put("thread_key", "ceiling.plan p on p.message_id = x.message_id");
        tables.put("journal", """
                lateral (select shard, batch from ceiling.plan where message_id = x.message_id
                  or x.message_id is null and ticket_id = x.ticket_id
                  or x.message_id is null and x.ticket_id is null and customer_id = x.customer_id
                  order by batch limit 1) p on true""");
        tables.put("journal_pending", "ceiling.from_journal p on false");
        tables.put("journal_order", "ceiling.from_journal p on p.id = x.id");
        return tables;
    }

    /// @param from inbox rows after this one
    /// @param to and up to this one
    Figures measure(long from, long to) throws Exception {
        var sql = database.sql();
        prepare(sql, from, to);
        long events = sql.value(Long.class, "select count(*) from ceiling.plan").orElseThrow();
        sql.query("checkpoint");
        var rows = new AtomicLong();
        var batches = new AtomicLong();
        long start = System.nanoTime();
        sideBySide(shard -> copy(shard, "ceiling.from_inbox", ARRIVALS, "", rows, batches));
        sideBySide(shard -> copy(shard, "ceiling.plan",
                TABLES.keySet().stream().filter(table -> !ARRIVALS.contains(table)).toList(), """
                update ceiling.inbox x set state = 'done', done_at = now() from ceiling.plan p
                where p.shard = $1 and p.batch = $2 and x.id = p.inbox_id and x.received_at = p.received_at""",
                rows, batches));
        return new Figures(events, rows.get(), batches.get(), (System.nanoTime() - start) / 1e9);
    }

    private interface Part {
        void run(int shard);
    }

    private static void sideBySide(Part part) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new ArrayList<Future<?>>();
            for (int shard = 0; shard < CONNECTIONS; shard++) {
                int mine = shard;
                done.add(threads.submit(() -> part.run(mine)));
            }
            for (var one : done) one.get();
        }
    }

    private void copy(int shard, String plan, List<String> tables, String after, AtomicLong rows, AtomicLong batches) {
        var statements = new ArrayList<>(tables.stream().map(table -> insert(database.sql(), table)).toList());
        if (!after.isEmpty()) statements.add(after);
        for (int batch : database.sql().column(Integer.class, "select distinct batch from " + plan
                + " where shard = $1 order by 1", shard)) {
            rows.addAndGet(database.transaction(tx -> statements.stream()
                    .mapToLong(statement -> tx.execute(statement, shard, batch)).sum()));
            batches.incrementAndGet();
        }
    }

    private static String insert(Sql sql, String table) {
        var columns = String.join(", ", sql.column(String.class, """
                select quote_ident(attname) from pg_attribute where attrelid = $1::text::regclass and attnum > 0
                  and not attisdropped order by attnum""", table));
        return "insert into ceiling." + table + " (" + columns + ") overriding system value select " + columns
                + " from ceiling.from_" + table + " where shard = $1 and batch = $2";
    }

    /// A batch is what one transaction wrote: rows that arrived or were done at the same instant. A lane's batches all
    /// go over one connection, so that no connection waits for what another one writes.
    private static void prepare(Sql sql, long from, long to) {
        sql.execute("drop schema if exists ceiling cascade");
        sql.execute("create schema ceiling");
        sql.execute("""
                create table ceiling.plan as
                select i.id as inbox_id, i.received_at, m.id as message_id, m.ticket_id, m.customer_id,
                  hashtext(i.lane) & (CONNECTIONS - 1) as shard,
                  dense_rank() over (order by i.done_at, i.lane)::int as batch,
                  dense_rank() over (order by i.received_at)::int as arrival
                from inbox i join message m on m.inbox_id = i.id where i.id > FROM and i.id <= TO"""
                .replace("CONNECTIONS", "" + CONNECTIONS).replace("FROM", "" + from).replace("TO", "" + to));
        for (var column : List.of("inbox_id", "message_id", "ticket_id", "customer_id", "batch")) {
            sql.execute("create index on ceiling.plan (" + column + ")");
        }
        sql.execute("analyze ceiling.plan");
        TABLES.forEach((table, found) -> {
            sql.execute("create table ceiling." + table + " (like " + table + " including all)");
            sql.execute("create table ceiling.from_" + table + " as select x.*, p.shard, p.batch from " + table
                    + " x join " + found);
            if (table.equals("inbox")) sql.execute("update ceiling.from_inbox set state = 'new', done_at = null");
            if (table.equals("journal_pending")) {
                sql.execute("insert into ceiling.from_journal_pending select id, at, shard, batch from"
                        + " ceiling.from_journal");
            }
            sql.execute("create index on ceiling.from_" + table + " (shard, batch)");
            sql.execute("analyze ceiling.from_" + table);
        });
        for (var key : KEYS) {
            var part = key.split(":");
            sql.execute("alter table ceiling." + part[0] + " add foreign key (" + part[1] + ") references ceiling."
                    + part[2]);
        }
    }
}
