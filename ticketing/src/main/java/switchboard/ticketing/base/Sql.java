package switchboard.ticketing.base;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/// SQL in straight lines, on one connection (inside a transaction) or on the pool (each statement its own).
/// Must be called on a virtual thread. Values are always bound: `$1`, `$2`, ...
///
/// Records are the shapes of rows: a query's columns in snake_case fill the record's components, and
/// `insert` writes a record's components into the columns of the same names. What is read travels as JSON, so dates,
/// arrays, nested records and lists need no mapping code; what is inserted travels as one array for each column, which
/// costs the server a third of what JSON does.
public final class Sql {
    private static final Pattern WORD = Pattern.compile("([A-Z])");

    private final SqlClient client;
    private final Map<String, Insertion> insertions; // those made so far, by table and shape

    Sql(SqlClient client, Map<String, Insertion> insertions) {
        this.client = client;
        this.insertions = insertions;
    }

    /// Arguments may be UUID, String, numbers, Boolean, Instant, Buffer, Optional of these, or a collection of
    /// UUID, String, Long or Integer, which becomes an array.
    public RowSet<Row> query(String sql, Object... args) {
        return await(client.preparedQuery(sql).execute(tuple(args)));
    }

    /// What the driver throws checked comes out unchecked: a lost connection must not slip past a caller's `catch`.
    ///
    /// @throws UncheckedIOException when the server cannot be reached
    static <T> T await(Future<T> future) {
        try {
            return future.await();
        } catch (RuntimeException known) {
            throw known;
        } catch (Exception lost) {
            throw new UncheckedIOException(lost instanceof IOException io ? io : new IOException(lost));
        }
    }

    public int execute(String sql, Object... args) {
        return query(sql, args).rowCount();
    }

    public <T extends Record> List<T> list(Class<T> shape, String sql, Object... args) {
        var rows = query("select row_to_json(x)::text from (" + sql + ") x", args);
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> Json.read(Json.SQL, row.getString(0), shape)).toList();
    }

    /// For statements that change rows: `sql` itself selects one JSON text a row, as in
    /// `with x as (update ... returning ...) select row_to_json(x)::text from x`.
    public <T extends Record> List<T> changed(Class<T> shape, String sql, Object... args) {
        return StreamSupport.stream(query(sql, args).spliterator(), false)
                .map(row -> Json.read(Json.SQL, row.getString(0), shape)).toList();
    }

    public <T extends Record> Optional<T> one(Class<T> shape, String sql, Object... args) {
        return list(shape, sql, args).stream().findFirst();
    }

    /// The first column of the first row; empty when there is no row or the column is null.
    @SuppressWarnings("unchecked")
    public <T> Optional<T> value(Class<T> type, String sql, Object... args) {
        var rows = query(sql, args).iterator();
        if (!rows.hasNext()) return Optional.empty();
        var value = rows.next().getValue(0);
        return Optional.ofNullable((T) (type == Instant.class && value instanceof java.time.OffsetDateTime at
                ? at.toInstant() : type == Long.class && value instanceof Number number
                ? (Object) number.longValue() : value));
    }

    public <T> List<T> column(Class<T> type, String sql, Object... args) {
        return StreamSupport.stream(query(sql, args).spliterator(), false)
                .map(row -> type.cast(row.getValue(0))).toList();
    }

    public boolean exists(String sql, Object... args) {
        return query("select 1 where exists (" + sql + ")", args).rowCount() > 0;
    }

    /// Inserts all rows in one statement. The table name is a constant of the caller's, never input.
    public <T extends Record> void insert(String table, Collection<T> rows) {
        insert(table, rows, "");
    }

    /// @param suffix for example `on conflict do nothing`; may use `returning`
    public <T extends Record> Iterable<Row> insert(String table, Collection<T> rows, String suffix) {
        return insert("", table, rows, suffix);
    }

    /// @param prefix what stands before the `insert`, as in `with appended as (`, which the suffix ends
    public <T extends Record> Iterable<Row> insert(String prefix, String table, Collection<T> rows, String suffix) {
        if (rows.isEmpty()) return List.of();
        var shape = rows.iterator().next().getClass();
        var name = table + " " + shape.getName();
        var insertion = insertions.get(name);
        if (insertion == null) {
            insertion = Insertion.of(table, shape, typesOf(table));
            insertions.put(name, insertion);
        }
        return query(prefix + insertion.statement + suffix, insertion.values(rows));
    }

    /// The components of some records of one shape as one array each, for statements that read them by
    /// `unnest($1::uuid[], $2::text[], ...)`. UUIDs, times, numbers and booleans travel as what they are, all else as
    /// text.
    public static Object[] columns(Collection<? extends Record> rows) {
        var components = rows.iterator().next().getClass().getRecordComponents();
        var values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            components[i].getAccessor().setAccessible(true);
            values[i] = Column.of(components[i].getType()).array(rows, components[i].getAccessor(), "text");
        }
        return values;
    }

    private Map<String, String> typesOf(String table) {
        var found = new HashMap<String, String>();
        for (var row : query("""
                select attname, format_type(atttypid, atttypmod) from pg_attribute
                where attrelid = $1::text::regclass and attnum > 0 and not attisdropped""", table)) {
            found.put(row.getString(0), row.getString(1));
        }
        return found;
    }

    /// The statement that puts any number of records of one shape into one table.
    record Insertion(String statement, List<Method> parts, List<Column> columns, List<String> types) {
        static Insertion of(String table, Class<?> shape, Map<String, String> typesOfTable) {
            var parts = new ArrayList<Method>();
            var columns = new ArrayList<Column>();
            var types = new ArrayList<String>();
            var names = new ArrayList<String>();
            for (var component : shape.getRecordComponents()) {
                var name = WORD.matcher(component.getName()).replaceAll("_$1").toLowerCase(Locale.ROOT);
                var type = typesOfTable.get(name);
                if (type == null) throw new IllegalStateException(table + " has no column " + name);
                component.getAccessor().setAccessible(true);
                parts.add(component.getAccessor());
                columns.add(Column.of(component.getType()));
                types.add(type);
                names.add(name);
            }
            var count = IntStream.range(0, parts.size());
            return new Insertion("insert into " + table + " (" + String.join(", ", names) + ") select "
                    + names.stream().map(name -> "r." + name + "::" + typesOfTable.get(name)).collect(joining(", "))
                    + " from unnest(" + count.mapToObj(i -> "$" + (i + 1) + "::" + columns.get(i).type + "[]")
                    .collect(joining(", ")) + ") as r(" + String.join(", ", names) + ") ", parts, columns, types);
        }

        Object[] values(Collection<? extends Record> rows) {
            var values = new Object[parts.size()];
            for (int i = 0; i < values.length; i++) values[i] = columns.get(i).array(rows, parts.get(i), types.get(i));
            return values;
        }
    }

    /// How the values of one record component travel together; all but the plainest as text that the server casts.
    private enum Column {
        UUIDS("uuid", UUID[]::new), TIMES("timestamptz", OffsetDateTime[]::new), INTS("int", Integer[]::new),
        LONGS("bigint", Long[]::new), DOUBLES("float8", Double[]::new), BOOLEANS("boolean", Boolean[]::new),
        TEXTS("text", String[]::new);

        final String type;
        private final IntFunction<Object[]> many;

        Column(String type, IntFunction<Object[]> many) {
            this.type = type;
            this.many = many;
        }

        static Column of(Class<?> component) {
            if (component == UUID.class) return UUIDS;
            if (component == Instant.class) return TIMES;
            if (component == int.class || component == Integer.class) return INTS;
            if (component == long.class || component == Long.class) return LONGS;
            if (component == double.class || component == Double.class) return DOUBLES;
            return component == boolean.class || component == Boolean.class ? BOOLEANS : TEXTS;
        }

        Object[] array(Collection<? extends Record> rows, Method part, String type) {
            var values = many.apply(rows.size());
            int i = 0;
            for (var row : rows) values[i++] = value(read(part, row), type);
            return values;
        }

        private Object value(Object value, String type) {
            return switch (value) {
                case null -> null;
                case Instant at -> at.atOffset(ZoneOffset.UTC);
                case Optional<?> maybe -> value(maybe.orElse(null), type);
                case Enum<?> word -> word.name().toLowerCase(Locale.ROOT);
                case Collection<?> many when type.endsWith("[]") -> literal(many);
                case Object plain when this != TEXTS -> plain;
                case String text when !type.startsWith("json") -> kept(text);
                case Object rest when type.startsWith("json") -> json(rest);
                default -> kept(value.toString());
            };
        }

        private static Object read(Method part, Record row) {
            try {
                return part.invoke(row);
            } catch (ReflectiveOperationException bug) {
                throw new IllegalStateException(bug);
            }
        }
    }

    /// An array as PostgreSQL writes it.
    private static String literal(Collection<?> many) {
        return many.stream().map(one -> one == null ? "null" : '"' + kept(one.toString()).replace("\\", "\\\\")
                .replace("\"", "\\\"") + '"').collect(joining(",", "{", "}"));
    }

    /// Rows as one JSON text, for statements that read them by `json_to_recordset($1::text::json)`.
    public static String rowsJson(Collection<? extends Record> rows) {
        return json(rows);
    }

    private static String json(Object value) {
        try {
            // PostgreSQL keeps no NUL in text; a customer's message must not fail for one.
            return Json.withoutNul(Json.SQL.writeValueAsString(value));
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException(bug);
        }
    }

    private static Tuple tuple(Object... args) {
        var tuple = Tuple.tuple();
        for (var arg : args) tuple.addValue(bound(arg));
        return tuple;
    }

    private static Object bound(Object value) {
        return switch (value) {
            case null -> null;
            case Optional<?> maybe -> bound(maybe.orElse(null));
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case byte[] bytes -> io.vertx.core.buffer.Buffer.buffer(bytes);
            case Enum<?> word -> word.name().toLowerCase(Locale.ROOT);
            case String text -> kept(text);
            case String[] texts -> Arrays.stream(texts).map(Sql::kept).toArray(String[]::new);
            case Collection<?> many -> array(many);
            default -> value;
        };
    }

    private static Object array(Collection<?> many) {
        var first = many.isEmpty() ? "" : many.iterator().next();
        return switch (first) {
            case UUID _ -> many.toArray(UUID[]::new);
            case Long _ -> many.toArray(Long[]::new);
            case Integer _ -> many.toArray(Integer[]::new);
            default -> many.stream().map(one -> kept(String.valueOf(one))).toArray(String[]::new);
        };
    }

    /// What PostgreSQL keeps of a text: all but its NULs.
    private static String kept(String text) {
        return text == null || text.indexOf('\0') < 0 ? text : text.replace("\0", "");
    }
}
