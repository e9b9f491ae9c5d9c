package switchboard.gateway.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.postgresql.jdbc.PgConnection;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.postgres.Migrations;

/// What the database alone can do: the very rows that the program wrote, sent to tables of the same shape, indexes,
/// foreign keys and partitioning, in the very batches in which they were written, by binary COPY, the fastest way there
/// is, and set-based changes of the rows that were there already. No decoding, no decisions, no reading of earlier
/// rows, no locks: nothing that writes these rows from outside can be much faster. `IngestRows` and `RoutingRows` say
/// which.
final class BareRows {
    private final BenchHome home;
    private final Written written;
    private final String jdbcUrl;
    private final LongAdder rows = new LongAdder();
    private int batches;

    BareRows(BenchHome home, Written written) {
        this.home = home;
        this.written = written;
        this.jdbcUrl = Migrations.jdbcUrl(home.app.databaseUri);
    }

    /// @param rows written or changed
    /// @param cpu milliseconds in all
    record Figures(long events, long rows, long batches, double seconds, Map<String, Double> cpu) {
        static Figures together(List<Figures> all) {
            var cpu = Cpu.together(all.stream().map(Figures::cpu).toList());
            return new Figures(all.stream().mapToLong(Figures::events).sum(),
                    all.stream().mapToLong(Figures::rows).sum(), all.stream().mapToLong(Figures::batches).sum(),
                    all.stream().mapToDouble(Figures::seconds).sum(), cpu);
        }

        Map<String, Object> figures() {
            var figures = new LinkedHashMap<String, Object>();
            figures.put("rowsPerSecond", IngestBench.round(rows / seconds));
            figures.put("events", events);
            figures.put("batches", batches);
            figures.put("cpuMillisEach", Cpu.each(cpu, events));
            return figures;
        }

        Ceiling ceiling(String what) {
            return new Ceiling(what, events / seconds, figures());
        }
    }

    Figures measure() throws Exception {
        var database = home.app.database;
        prepare(database.sql());
        long events = database.sql().value(Long.class, "select count(*) from ceiling.plan").orElseThrow();
        var stages = new ArrayList<List<CopyRows>>();
        for (var stage : written.stages()) stages.add(read(database.sql(), stage));
        var orders = new ArrayList<BatchOrder>();
        for (int i = 0; i < stages.size(); i++) orders.add(order(stages.get(i), written.stages().get(i).needs()));
        home.settle();
        database.sql().query("checkpoint");
        var connections = new ArrayList<Connection>();
        try {
            while (connections.size() < written.connections()) connections.add(DriverManager.getConnection(jdbcUrl));
            var before = Cpu.now(database);
            long start = System.nanoTime();
            for (int i = 0; i < stages.size(); i++) {
                sideBySide(connections, stages.get(i), written.stages().get(i).changes(), orders.get(i));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Figures(events, rows.sum(), batches, seconds, Cpu.now(database).millis(before));
        } finally {
            for (var connection : connections) connection.close();
            // What follows is not to share the machine with the care of these tables.
            database.sql().execute("drop schema ceiling cascade");
        }
    }

    private List<CopyRows> read(Sql sql, Written.Stage stage) throws Exception {
        var all = new ArrayList<CopyRows>();
        try (var connection = DriverManager.getConnection(jdbcUrl)) {
            for (var one : stage.rows()) {
                all.add(new CopyRows(connection.unwrap(PgConnection.class), "ceiling." + one.table(),
                        columns(sql, one.table()), "ceiling.from_" + one.table()));
            }
        }
        return all;
    }

    private BatchOrder order(List<CopyRows> tables, String needs) {
        var all = new TreeSet<Integer>();
        tables.forEach(table -> all.addAll(table.batches()));
        batches += all.size();
        var order = new BatchOrder(all);
        if (needs.isEmpty()) return order;
        for (var row : home.app.database.sql().query(needs)) {
            order.add(row.getInteger("batch"), row.getInteger("needed"));
        }
        return order;
    }

    /// Each connection takes the next batch when it is done with one.
    private void sideBySide(List<Connection> connections, List<CopyRows> tables, List<String> changes,
            BatchOrder waiting) throws Exception {
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
        tables.forEach(table -> rows.add(table.count()));
    }

    private void write(BatchOrder waiting, Connection connection, List<CopyRows> tables, List<String> changes)
            throws Exception {
        connection.setAutoCommit(false);
        Integer batch;
        while ((batch = waiting.next()) != null) {
            int changed = 0;
            for (var table : tables) table.write(connection.unwrap(PgConnection.class), batch);
            for (var change : changes) changed += change(connection, change, batch);
            connection.commit();
            rows.add(changed);
            waiting.committed(batch);
        }
    }

    private static int change(Connection connection, String change, int batch) throws SQLException {
        try (var statement = connection.prepareStatement(change)) {
            statement.setInt(1, batch);
            return statement.executeUpdate();
        }
    }

    private static List<String> columns(Sql sql, String table) {
        return sql.column(String.class, """
                select quote_ident(attname) from pg_attribute where attrelid = $1::text::regclass and attnum > 0
                  and not attisdropped order by attnum""", table);
    }

    private void prepare(Sql sql) {
        sql.execute("drop schema if exists ceiling cascade");
        sql.execute("create schema ceiling");
        written.plan().forEach(sql::execute);
        sql.execute("analyze ceiling.plan");
        for (var one : written.standing()) {
            copy(sql, one);
            sql.execute("insert into ceiling." + one.table() + " overriding system value select * from ceiling.from_"
                    + one.table());
            sql.execute("vacuum analyze ceiling." + one.table());
        }
        for (var stage : written.stages()) {
            for (var one : stage.rows()) {
                copy(sql, one);
                sql.execute("create index on ceiling.from_" + one.table() + " (batch)");
                sql.execute("analyze ceiling.from_" + one.table());
            }
        }
        written.prepared().forEach(sql::execute);
        for (var key : written.keys()) {
            var part = key.split(":");
            sql.execute("alter table ceiling." + part[0] + " add foreign key (" + part[1] + ") references ceiling."
                    + part[2]);
        }
    }

    private static void copy(Sql sql, Written.Rows one) {
        var table = "ceiling." + one.table();
        var parts = sql.value(String.class, """
                select pg_get_partkeydef(oid) from pg_class where oid = $1::text::regclass and relkind = 'p'""",
                one.table());
        sql.execute("create table " + table + " (like " + one.table() + " including all)"
                + parts.map(key -> " partition by " + key).orElse(""));
        if (parts.isPresent()) {
            sql.execute("create table ceiling.all_" + one.table() + " partition of " + table + " default");
        }
        sql.execute("create table ceiling.from_" + one.table() + " as " + one.source());
        one.before().forEach(sql::execute);
    }
}
