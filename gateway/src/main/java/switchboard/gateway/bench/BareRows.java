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
import java.util.stream.Collectors;
import org.postgresql.jdbc.PgConnection;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.postgres.Migrations;

/// What the database alone can do: the very rows that the program wrote, sent to tables that hold all that its own held
/// before, with the same indexes, foreign keys and partitioning, in the very batches in which they were written, by
/// binary COPY, the fastest way there is from outside, and set-based changes of the rows that were there already. No
/// decoding, no decisions, no reading of earlier rows, no locks: nothing that writes these rows from outside can be
/// much faster. `IngestRows` and `RoutingRows` say which.
///
/// The tables stand in the schema `ceiling`, one run after another; what a run writes to them, in the schema `replay`.
final class BareRows {
    private final BenchHome home;
    private final Sql sql;
    private final Written written;
    private final String jdbcUrl;
    private final LongAdder rows = new LongAdder();
    private int batches;

    BareRows(BenchHome home, Written written) {
        this.home = home;
        this.sql = home.app.database.sql();
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

    /// Brings the tables to where the program's are; to be called before the program writes what is to be measured.
    /// Then both begin behind a checkpoint.
    void follow() throws InterruptedException {
        home.settle();
        boolean first = !sql.exists("select 1 from pg_namespace where nspname = 'ceiling'");
        if (first) sql.execute("create schema ceiling");
        for (var table : written.tables()) {
            if (first) create(table);
            sql.execute("insert into ceiling." + table + " overriding system value select x.* from " + table
                    + " x where " + missing(table));
            sql.execute("vacuum analyze ceiling." + table);
        }
        if (first) written.tables().forEach(this::refer);
        sql.query("checkpoint");
    }

    /// Writes what the program has written since `follow`.
    Figures measure() throws Exception {
        home.settle();
        prepare();
        long events = sql.value(Long.class, "select count(*) from replay.plan").orElseThrow();
        rows.reset();
        batches = 0;
        var stages = new ArrayList<List<CopyRows>>();
        for (var stage : written.stages()) stages.add(read(stage));
        var orders = new ArrayList<BatchOrder>();
        for (int i = 0; i < stages.size(); i++) orders.add(order(stages.get(i), written.stages().get(i).needs()));
        sql.query("checkpoint");
        var connections = new ArrayList<Connection>();
        try {
            while (connections.size() < written.connections()) connections.add(DriverManager.getConnection(jdbcUrl));
            var before = Cpu.now(home.app.database);
            long start = System.nanoTime();
            for (int i = 0; i < stages.size(); i++) {
                sideBySide(connections, stages.get(i), written.stages().get(i).changes(), orders.get(i));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Figures(events, rows.sum(), batches, seconds, Cpu.now(home.app.database).millis(before));
        } finally {
            for (var connection : connections) connection.close();
            sql.execute("drop schema replay cascade");
        }
    }

    private List<CopyRows> read(Written.Stage stage) throws Exception {
        var all = new ArrayList<CopyRows>();
        try (var connection = DriverManager.getConnection(jdbcUrl)) {
            for (var one : stage.rows()) {
                all.add(new CopyRows(connection.unwrap(PgConnection.class), "ceiling." + one.table(),
                        columns(one.table()), "replay." + one.table()));
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
        for (var row : sql.query(needs)) {
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

    private List<String> columns(String table) {
        return sql.column(String.class, """
                select quote_ident(attname) from pg_attribute where attrelid = $1::text::regclass and attnum > 0
                  and not attisdropped order by attnum""", table);
    }

    private void create(String table) {
        var parts = sql.value(String.class, """
                select pg_get_partkeydef(oid) from pg_class where oid = $1::text::regclass and relkind = 'p'""", table);
        sql.execute("create table ceiling." + table + " (like " + table + " including all)"
                + parts.map(key -> " partition by " + key).orElse(""));
        if (parts.isPresent()) {
            sql.execute("create table ceiling.all_" + table + " partition of ceiling." + table + " default");
        }
        // What the program does meanwhile is not to share the machine with the care of these tables.
        sql.execute("alter table ceiling." + (parts.isPresent() ? "all_" : "") + table
                + " set (autovacuum_enabled = off)");
    }

    /// To the tables of this schema, and to the program's own where it has none.
    private void refer(String table) {
        for (var key : sql.query("""
                select confrelid::regclass::text as other, pg_get_constraintdef(oid) as definition from pg_constraint
                where conrelid = $1::text::regclass and contype = 'f' order by conname""", table)) {
            var other = key.getString("other");
            var definition = key.getString("definition");
            sql.execute("alter table ceiling." + table + " add " + (written.tables().contains(other)
                    ? definition.replace("REFERENCES " + other, "REFERENCES ceiling." + other) : definition));
        }
    }

    /// Of a row `x` of the program's table.
    private String missing(String table) {
        var primary = sql.column(String.class, """
                select quote_ident(a.attname) from pg_index i
                  join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
                where i.indisprimary and i.indrelid = $1::text::regclass""", table);
        return "not exists (select 1 from ceiling." + table + " c where " + primary.stream()
                .map(column -> "c." + column + " = x." + column).collect(Collectors.joining(" and ")) + ")";
    }

    private void prepare() {
        sql.execute("create schema replay");
        written.plan().forEach(sql::execute);
        sql.execute("analyze replay.plan");
        for (var one : written.standing()) {
            copy(one);
            sql.execute("insert into ceiling." + one.table() + " overriding system value select * from replay."
                    + one.table());
            sql.execute("vacuum analyze ceiling." + one.table());
        }
        for (var stage : written.stages()) {
            for (var one : stage.rows()) {
                copy(one);
                sql.execute("create index on replay." + one.table() + " (batch)");
                sql.execute("analyze replay." + one.table());
            }
        }
        written.prepared().forEach(sql::execute);
    }

    private void copy(Written.Rows one) {
        sql.execute("create table replay." + one.table() + " as select x.* from (" + one.source() + ") x where "
                + missing(one.table()));
        one.before().forEach(sql::execute);
    }
}
