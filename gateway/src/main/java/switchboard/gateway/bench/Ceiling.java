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

/// What the database alone can do: the very rows that intake wrote, copied set by set into empty tables of the same
/// shape, indexes and foreign keys, in batches of intake's size, over as many connections as intake has lanes. No
/// decoding, no decisions, no reading of earlier rows, no later updates: nothing that writes these rows can be faster.
final class Ceiling {
    private static final int CONNECTIONS = 4;
    private static final int BATCH = 100;
    /// In the order in which a transaction writes them; each by how its rows are found from the plan `p`.
    private static final Map<String, String> TABLES = tables();
    private static final List<String> KEYS = List.of("identity:customer_id:customer", "ticket:customer_id:customer",
            "message:ticket_id:ticket", "message:customer_id:customer", "thread_key:ticket_id:ticket");

    private final Database database;

    Ceiling(Database database) {
        this.database = database;
    }

    record Figures(long mails, long rows, double seconds) {
        double mailsPerSecond() {
            return mails / seconds;
        }

        double rowsPerSecond() {
            return rows / seconds;
        }
    }

    private static Map<String, String> tables() {
        var first = "(select %1$s, shard, min(batch) as batch from ceiling.plan group by 1, 2) p on p.%1$s = ";
        var tables = new LinkedHashMap<String, String>();
        tables.put("customer", first.formatted("customer_id") + "x.id");
        tables.put("identity", first.formatted("customer_id") + "x.customer_id");
        tables.put("inbox", "ceiling.plan p on p.inbox_id = x.id");
        tables.put("inbox_key", "ceiling.plan p on p.inbox_id = x.inbox_id");
        tables.put("ticket", first.formatted("ticket_id") + "x.id");
        tables.put("message", "ceiling.plan p on p.message_id = x.id");
        tables.put("thread_key", "ceiling.plan p on p.message_id = x.message_id");
        tables.put("journal", """
                lateral (select shard, min(batch) as batch from ceiling.plan where message_id = x.message_id
                  or x.message_id is null and ticket_id = x.ticket_id
                  or x.message_id is null and x.ticket_id is null and customer_id = x.customer_id
                  group by 1) p on true""");
        tables.put("journal_pending", "ceiling.from_journal p on false");
        tables.put("journal_order", "ceiling.from_journal p on p.id = x.id");
        return tables;
    }

    Figures measure() throws Exception {
        var sql = database.sql();
        prepare(sql);
        long mails = sql.value(Long.class, "select count(*) from ceiling.plan").orElseThrow();
        sql.query("checkpoint");
        var rows = new AtomicLong();
        long start = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new ArrayList<Future<?>>();
            for (int shard = 0; shard < CONNECTIONS; shard++) {
                int mine = shard;
                done.add(threads.submit(() -> replay(mine, rows)));
            }
            for (var one : done) one.get();
        }
        return new Figures(mails, rows.get(), (System.nanoTime() - start) / 1e9);
    }

    private void replay(int shard, AtomicLong rows) {
        int batches = database.sql().value(Integer.class,
                "select coalesce(max(batch) + 1, 0) from ceiling.plan where shard = $1",
                shard).orElseThrow();
        var inserts = TABLES.keySet().stream().map(table -> insert(database.sql(), table)).toList();
        for (int i = 0; i < batches; i++) {
            int batch = i;
            rows.addAndGet(database.transaction(tx -> inserts.stream()
                    .mapToLong(insert -> tx.execute(insert, shard, batch)).sum()));
        }
    }

    private static String insert(Sql sql, String table) {
        var columns = String.join(", ", sql.column(String.class, """
                select quote_ident(attname) from pg_attribute where attrelid = $1::text::regclass and attnum > 0
                  and not attisdropped order by attnum""", table));
        return "insert into ceiling." + table + " (" + columns + ") overriding system value select " + columns
                + " from ceiling.from_" + table + " where shard = $1 and batch = $2";
    }

    /// A customer's rows all go over one connection, so that no connection waits for what another one writes.
    private static void prepare(Sql sql) {
        sql.execute("create schema ceiling");
        sql.execute("""
                create table ceiling.plan as
                select p.*, ((row_number() over (partition by shard order by inbox_id) - 1) / BATCH)::int as batch
                from (select inbox_id, id as message_id, ticket_id, customer_id,
                    hashtext(customer_id::text) & (CONNECTIONS - 1) as shard
                  from message where inbox_id is not null) p""".replace("BATCH", "" + BATCH)
                .replace("CONNECTIONS", "" + CONNECTIONS));
        for (var column : List.of("inbox_id", "message_id", "ticket_id", "customer_id")) {
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
