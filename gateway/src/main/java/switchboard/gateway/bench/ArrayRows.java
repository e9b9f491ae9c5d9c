package switchboard.gateway.bench;

import static java.util.stream.Collectors.joining;

import io.vertx.core.buffer.Buffer;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import switchboard.ticketing.base.Sql;

/// Rows of one table as the program sends them, one array for each column, by the batch to which they belong: read
/// once, and then written without a look into them.
final class ArrayRows {
    private static final int READ_TOGETHER = 50; // batches, of some hundred kilobytes each

    private final String insert;
    private final SortedMap<Integer, Object[]> batches = new TreeMap<>();
    private long count;

    /// @param type the column's own
    private record Column(String name, String type) {
        /// What it travels as: as itself where the program sends it so, else as a text that the server casts.
        Travel travel() {
            return switch (type) {
                case "uuid" -> Travel.UUIDS;
                case "timestamp with time zone" -> Travel.TIMES;
                case "smallint", "integer" -> Travel.INTS;
                case "bigint" -> Travel.LONGS;
                case "boolean" -> Travel.BOOLEANS;
                case "bytea" -> Travel.BYTES;
                default -> Travel.TEXTS;
            };
        }
    }

    private enum Travel {
        UUIDS("uuid", UUID[]::new), TIMES("timestamptz", OffsetDateTime[]::new), INTS("int", Integer[]::new),
        LONGS("bigint", Long[]::new), BOOLEANS("boolean", Boolean[]::new), BYTES("bytea", Buffer[]::new),
        TEXTS("text", String[]::new);

        final String type;
        final IntFunction<Object[]> array;

        Travel(String type, IntFunction<Object[]> array) {
            this.type = type;
            this.array = array;
        }
    }

    /// @param from a table with the columns of `to` and `batch`, and an index on that
    ArrayRows(Sql sql, String from, String to) {
        var columns = StreamSupport.stream(sql.query("""
                select quote_ident(attname), format_type(atttypid, null) from pg_attribute
                where attrelid = $1::text::regclass and attnum > 0 and not attisdropped order by attnum""", to)
                .spliterator(), false).map(row -> new Column(row.getString(0), row.getString(1))).toList();
        var names = columns.stream().map(Column::name).collect(joining(", "));
        this.insert = "insert into " + to + " (" + names + ") overriding system value select "
                + columns.stream().map(one -> "r." + one.name() + "::" + one.type()).collect(joining(", "))
                + " from unnest(" + IntStream.range(0, columns.size())
                .mapToObj(i -> "$" + (i + 1) + "::" + columns.get(i).travel().type + "[]").collect(joining(", "))
                + ") as r(" + names + ")";
        var read = "select batch, " + columns.stream().map(one -> one.name() + "::" + one.travel().type)
                .collect(joining(", ")) + " from " + from + " where batch > $1 and batch <= $1 + $2 order by batch";
        int last = sql.value(Integer.class, "select max(batch) from " + from).orElse(0);
        for (int batch = 0; batch < last; batch += READ_TOGETHER) read(sql, read, batch, columns);
    }

    private void read(Sql sql, String read, int after, List<Column> columns) {
        var found = new TreeMap<Integer, List<Object[]>>();
        for (var row : sql.query(read, after, READ_TOGETHER)) {
            var values = IntStream.range(1, row.size()).mapToObj(row::getValue).toArray();
            found.computeIfAbsent(row.getInteger(0), _ -> new ArrayList<>()).add(values);
            count++;
        }
        found.forEach((batch, rows) -> batches.put(batch, IntStream.range(0, columns.size()).mapToObj(column ->
                rows.stream().map(row -> row[column]).toArray(columns.get(column).travel().array)).toArray()));
    }

    long count() {
        return count;
    }

    Set<Integer> batches() {
        return batches.keySet();
    }

    /// Writes the rows of one batch; nothing when it has none.
    void write(Sql tx, int batch) {
        var arrays = batches.get(batch);
        if (arrays != null) tx.query(insert, arrays);
    }
}
