package switchboard.gateway.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.jdbc.PgConnection;
import switchboard.gateway.App;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.postgres.Migrations;

/// What the database alone can do: the very rows that doors and intake wrote, sent to empty tables of the same shape,
/// indexes and foreign keys, in the very batches in which they were written, over four connections, by binary COPY, the
/// fastest way there is. First the arrivals, then what intake made of them with its marks on inbox and ticket rows and
/// the order of the journal. No decoding, no decisions, no reading of earlier rows, no locks: nothing that writes these
/// rows from outside can be much faster.
final class Ceiling {
    private static final int CONNECTIONS = 4;
    private static final String FOREIGN_KEY_VIOLATION = "23503";
    private static final List<String> ARRIVALS = List.of("inbox", "inbox_key");
    /// In the order in which a transaction writes them; each by how its rows are found from the plan `p`.
    private static final Map<String, String> TABLES = tables();
    private static final List<String> KEYS = List.of("identity:customer_id:customer", "ticket:customer_id:customer",
            "message:ticket_id:ticket", "message:customer_id:customer", "thread_key:ticket_id:ticket");
    /// What a batch changes in rows that are there already; `?` its number.
    private static final List<String> CHANGES = List.of("""
            update ceiling.inbox x set state = 'done', done_at = now() from ceiling.plan p
            where p.batch = ? and x.id = p.inbox_id and x.received_at = p.received_at""", """
            update ceiling.ticket x set last_at = p.at, last_direction = 'inbound', last_channel = p.channel,
              last_preview = left(p.visible_text, 140), waiting_since = coalesce(x.waiting_since, p.at),
              updated_at = now(), version = x.version + 1
            from ceiling.touch p where p.batch = ? and x.id = p.ticket_id""", """
            delete from ceiling.journal_pending x using ceiling.from_journal p
            where p.batch = ? and x.id = p.id""");

    private final Database database;
    private final String jdbcUrl;

    Ceiling(App app) {
        this.database = app.database;
        this.jdbcUrl = Migrations.jdbcUrl(app.databaseUri);
    }

    record Figures(long events, long rows, long batches, double seconds, Map<String, Double> cpuMillisEach) {
        double eventsPerSecond() {
            return events / seconds;
        }

        double rowsPerSecond() {
            return rows / seconds;
        }
    }

    private static Map<String, String> tables() {
        var first = "(select %1$s, min(batch) as batch from ceiling.plan group by 1) p on p.%1$s = ";
        var arrived = "(select inbox_id, arrival as batch from ceiling.plan) p on p.inbox_id = x.";
        var tables = new LinkedHashMap<String, String>();
        tables.put("inbox", arrived + "id");
        tables.put("inbox_key", arrived + "inbox_id");
        tables.put("customer", first.formatted("customer_id") + "x.id");
        tables.put("identity", first.formatted("customer_id") + "x.customer_id");
        tables.put("ticket", first.formatted("ticket_id") + "x.id");
        tables.put("message", "ceiling.plan p on p.message_id = x.id");
        tables.put("thread_key", "ceiling.plan p on p.message_id = x.message_id");
        tables.put("journal", """
                lateral (select batch from ceiling.plan where message_id = x.message_id
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
        var arrivals = read(sql, true);
        var made = read(sql, false);
        sql.query("checkpoint");
        long rows = arrivals.stream().mapToLong(CopyRows::count).sum() + made.stream().mapToLong(CopyRows::count).sum();
        var connections = new ArrayList<Connection>();
        try {
            while (connections.size() < CONNECTIONS) connections.add(DriverManager.getConnection(jdbcUrl));
            var before = Cpu.now(database);
            long start = System.nanoTime();
            int batches = sideBySide(connections, arrivals, List.of()) + sideBySide(connections, made, CHANGES);
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Figures(events, rows, batches, seconds, Cpu.now(database).millisEach(before, events));
        } finally {
            for (var connection : connections) connection.close();
        }
    }

    private List<CopyRows> read(Sql sql, boolean arrivals) throws Exception {
        var all = new ArrayList<CopyRows>();
        try (var connection = DriverManager.getConnection(jdbcUrl)) {
            for (var table : TABLES.keySet()) {
                if (ARRIVALS.contains(table) != arrivals) continue;
                all.add(new CopyRows(connection.unwrap(PgConnection.class), "ceiling." + table, columns(sql, table),
                        "ceiling.from_" + table));
            }
        }
        return all;
    }

    /// Each connection takes the next batch when it is done with one.
    private static int sideBySide(List<Connection> connections, List<CopyRows> tables, List<String> changes)
            throws Exception {
        var all = new TreeSet<Integer>();
        tables.forEach(table -> all.addAll(table.batches()));
        var waiting = new ConcurrentLinkedQueue<>(all);
        try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            var done = new ArrayList<Future<?>>();
            for (var connection : connections) {
                done.add(threads.submit(() -> {
                    write(waiting, connection, tables, changes);
                    return null;
                }));
            }
            for (var one : done) one.get();
        }
        return all.size();
    }

    private static void write(Queue<Integer> waiting, Connection connection, List<CopyRows> tables,
            List<String> changes) throws Exception {
        connection.setAutoCommit(false);
        Integer batch;
        while ((batch = waiting.poll()) != null) {
            while (!write(batch, connection, tables, changes)) Thread.sleep(1);
        }
    }

    /// @return false when it answers to what another connection has not committed yet
    private static boolean write(int batch, Connection connection, List<CopyRows> tables, List<String> changes)
            throws SQLException {
        try {
            for (var table : tables) table.write(connection.unwrap(PgConnection.class), batch);
            for (var change : changes) change(connection, change, batch);
            connection.commit();
            return true;
        } catch (SQLException early) {
            connection.rollback();
            if (!FOREIGN_KEY_VIOLATION.equals(early.getSQLState())) throw early;
            return false;
        }
    }

    private static void change(Connection connection, String change, int batch) throws SQLException {
        try (var statement = connection.prepareStatement(change)) {
            statement.setInt(1, batch);
            statement.executeUpdate();
        }
    }

    private static List<String> columns(Sql sql, String table) {
        return sql.column(String.class, """
                select quote_ident(attname) from pg_attribute where attrelid = $1::text::regclass and attnum > 0
                  and not attisdropped order by attnum""", table);
    }

    /// A batch is what one transaction wrote: rows that arrived or were done at the same instant.
    private static void prepare(Sql sql, long from, long to) {
        sql.execute("drop schema if exists ceiling cascade");
        sql.execute("create schema ceiling");
        sql.execute("""
                create table ceiling.plan as
                select i.id as inbox_id, i.received_at, m.id as message_id, m.ticket_id, m.customer_id,
                  dense_rank() over (order by i.done_at)::int as batch,
                  dense_rank() over (order by i.received_at)::int as arrival
                from inbox i join message m on m.inbox_id = i.id where i.id > FROM and i.id <= TO"""
                .replace("FROM", "" + from).replace("TO", "" + to));
        for (var column : List.of("inbox_id", "message_id", "ticket_id", "customer_id", "batch")) {
            sql.execute("create index on ceiling.plan (" + column + ")");
        }
        sql.execute("analyze ceiling.plan");
        TABLES.forEach((table, found) -> {
            sql.execute("create table ceiling." + table + " (like " + table + " including all)");
            sql.execute("create table ceiling.from_" + table + " as select x.*, p.batch from " + table
                    + " x join " + found);
            if (table.equals("inbox")) sql.execute("update ceiling.from_inbox set state = 'new', done_at = null");
            if (table.equals("journal_pending")) {
                sql.execute("insert into ceiling.from_journal_pending select id, at, batch from"
                        + " ceiling.from_journal");
            }
            sql.execute("create index on ceiling.from_" + table + " (batch)");
            sql.execute("analyze ceiling.from_" + table);
        });
        sql.execute("""
                create table ceiling.touch as
                select distinct on (p.ticket_id, p.batch) p.batch, p.ticket_id, m.at, m.channel, m.visible_text
                from ceiling.plan p join message m on m.id = p.message_id
                where exists (select 1 from ceiling.plan o
                  where o.ticket_id = p.ticket_id and o.inbox_id < p.inbox_id)
                order by p.ticket_id, p.batch, p.inbox_id desc""");
        sql.execute("create index on ceiling.touch (batch)");
        sql.execute("analyze ceiling.touch");
        for (var key : KEYS) {
            var part = key.split(":");
            sql.execute("alter table ceiling." + part[0] + " add foreign key (" + part[1] + ") references ceiling."
                    + part[2]);
        }
    }
}
