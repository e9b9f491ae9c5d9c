package switchboard.ticketing.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import switchboard.ticketing.postgres.BackupFormat.Table;

/// What stands in a database, as its own catalogue says: whatever table a feature adds is there without a word here.
final class Catalog {
    /// Who holds which role at the moment: meaningless later and elsewhere.
    private static final String LEASES = "lease";
    private static final String HISTORY = "flyway_schema_history";

    private final Connection connection;

    Catalog(Connection connection) {
        this.connection = connection;
    }

    /// Every table with its columns, without partitions (they are read and written through their parents) and without
    /// columns that the database computes.
    List<Table> tables() throws SQLException {
        var tables = new ArrayList<Table>();
        for (var row : rows("""
                select c.relname, string_agg(a.attname, ',' order by a.attnum)
                from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                  and a.attgenerated = ''
                where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
                  and not c.relispartition and c.relname not in ('%s', '%s')
                group by c.relname order by c.relname""".formatted(HISTORY, LEASES))) {
            tables.add(new Table(row.getFirst(), Arrays.asList(row.get(1).split(","))));
        }
        return tables;
    }

    /// Every table that the program reads and writes by name: without partitions, and without the migrations' history.
    List<String> workedWith() throws SQLException {
        return rows("""
                select relname from pg_class where relnamespace = current_schema()::regnamespace
                  and relkind in ('r', 'p') and not relispartition and relname <> '%s'
                order by relname""".formatted(HISTORY)).stream().map(List::getFirst).toList();
    }

    /// Versions of the migrations that have been applied; none in a database that was never used.
    List<String> migrations() throws SQLException {
        if (rows("select 1 where to_regclass('" + HISTORY + "') is not null").isEmpty()) return List.of();
        return rows("select version from " + HISTORY + " where success and version is not null order by version")
                .stream().map(List::getFirst).toList();
    }

    /// The oldest month of each table that is partitioned by month.
    Map<String, String> oldest() throws SQLException {
        var oldest = new LinkedHashMap<String, String>();
        for (var row : rows("""
                select p.relname, min(right(c.relname, 6)) from pg_inherits i join pg_class c on c.oid = i.inhrelid
                  join pg_class p on p.oid = i.inhparent and p.relkind = 'p'
                where p.relnamespace = current_schema()::regnamespace and c.relname ~ '_[0-9]{6}$'
                group by p.relname""")) {
            oldest.put(row.getFirst(), row.get(1));
        }
        return oldest;
    }

    List<String> sequences() throws SQLException {
        return rows("""
                select relname from pg_class where relkind = 'S' and relnamespace = current_schema()::regnamespace
                order by relname""").stream().map(List::getFirst).toList();
    }

    /// @param definition as `alter table ... add constraint` takes it
    record Reference(String table, String name, String definition) {}

    /// Every foreign key.
    List<Reference> references() throws SQLException {
        return rows("""
                select c.relname, f.conname, pg_get_constraintdef(f.oid) from pg_constraint f
                  join pg_class c on c.oid = f.conrelid
                where f.contype = 'f' and f.conparentid = 0 and c.relnamespace = current_schema()::regnamespace
                order by 1, 2""").stream().map(row -> new Reference(row.getFirst(), row.get(1), row.get(2))).toList();
    }

    List<List<String>> rows(String sql) throws SQLException {
        try (var statement = connection.createStatement(); var result = statement.executeQuery(sql)) {
            var rows = new ArrayList<List<String>>();
            while (result.next()) {
                var row = new ArrayList<String>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) row.add(result.getString(i));
                rows.add(row);
            }
            return rows;
        }
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String columns(Table table) {
        return String.join(", ", table.columns().stream().map(Catalog::quoted).toList());
    }
}
