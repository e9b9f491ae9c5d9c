package switchboard.gateway.bench;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Sql;

/// What the database alone can do: the very rows that the program wrote, sent to tables that hold all that its own held
/// before, with the same indexes, foreign keys and partitioning, in the very batches in which they were written, one
/// insert a table, and set-based changes of the rows that were there already, by the program's own client. No decoding,
/// no decisions, no reading of earlier rows, no locks. `IngestRows` and `RoutingRows` say which.
///
/// The tables stand in the schema `ceiling`, one run after another; what a run writes to them, in the schema `replay`.
final class BareRows implements AutoCloseable {
    private final BenchHome home;
    private final Sql sql;
    private final Written written;
    private final Vertx vertx = Vertx.vertx();
    private final Database alone;
    private final LongAdder rows = new LongAdder();
    private int batches;

    BareRows(BenchHome home, Written written) {
        this.home = home;
        this.written = written;
        this.alone = new Database(vertx, home.app.databaseUri, written.connections());
        this.sql = alone.sql();
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
        var stages = new ArrayList<List<ArrayRows>>();
        for (var stage : written.stages()) {
            stages.add(stage.rows().stream().map(Written.Rows::table)
                    .map(table -> new ArrayRows(sql, "replay." + table, "ceiling." + table)).toList());
        }
        var orders = new ArrayList<BatchOrder>();
        for (int i = 0; i < stages.size(); i++) orders.add(order(stages.get(i), written.stages().get(i).needs()));
        sql.query("checkpoint");
        var before = Cpu.now(home.app.database);
        long start = System.nanoTime();
        for (int i = 0; i < stages.size(); i++) {
            sideBySide(stages.get(i), written.stages().get(i).changes(), orders.get(i));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        var cpu = Cpu.now(home.app.database).millis(before);
        sql.execute("drop schema replay cascade");
        return new Figures(events, rows.sum(), batches, seconds, cpu);
    }

    private BatchOrder order(List<ArrayRows> tables, String needs) {
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
    private void sideBySide(List<ArrayRows> tables, List<String> changes, BatchOrder waiting) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new ArrayList<Future<?>>();
            for (int i = 0; i < written.connections(); i++) {
                done.add(threads.submit(() -> {
                    Integer batch;
                    while ((batch = waiting.next()) != null) {
                        write(tables, changes, batch);
                        waiting.committed(batch);
                    }
                    return null;
                }));
            }
            for (var one : done) one.get();
        }
        tables.forEach(table -> rows.add(table.count()));
    }

    private void write(List<ArrayRows> tables, List<String> changes, int batch) {
        alone.run(tx -> {
            tx.query("select set_config('plan_cache_mode', 'force_generic_plan', true)"); // planned once, as intake's
            tables.forEach(table -> table.write(tx, batch));
            changes.forEach(change -> rows.add(tx.execute(change, batch)));
        });
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

    /// Gives a table the foreign keys of the program's: to the tables of this schema, and to the program's own where it
    /// has none.
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

    @Override
    public void close() {
        alone.close();
        vertx.close().await();
    }
}
