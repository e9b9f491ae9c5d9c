package switchboard.ticketing.base;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.internal.ArrayTuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
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
    private static final Object[] NOTHING = {};
    private static final Pattern WORD = Pattern.compile("([A-Z])");
    private static final ClassValue<List<Part>> PARTS = new ClassValue<>() {
        @Override
        protected List<Part> computeValue(Class<?> shape) {
            return Arrays.stream(shape.getRecordComponents()).map(Part::of).toList();
        }
    };

    private final SqlClient client;
    private final Map<String, Insertion> insertions; // those made so far, by table and shape

    Sql(SqlClient client, Map<String, Insertion> insertions) {
        this.client = client;
        this.insertions = insertions;
    }

    /// Arguments may be UUID, String, numbers, Boolean, Instant, Buffer, Optional of these, or a collection of
    /// UUID, String, Long or Integer, which becomes an array; an empty one is an empty array of any type.
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
        var parts = PARTS.get(rows.iterator().next().getClass());
        return parts.stream().map(part -> part.array(rows, "text")).toArray();
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
    record Insertion(String statement, List<Part> parts, List<String> types) {
        static Insertion of(String table, Class<?> shape, Map<String, String> typesOfTable) {
            var parts = PARTS.get(shape);
            var names = parts.stream().map(part -> WORD.matcher(part.name).replaceAll("_$1").toLowerCase(Locale.ROOT))
                    .toList();
            for (var name : names) {
                if (!typesOfTable.containsKey(name)) throw new IllegalStateException(table + " has no column " + name);
            }
            var count = IntStream.range(0, parts.size());
            return new Insertion("insert into " + table + " (" + String.join(", ", names) + ") select "
                    + names.stream().map(name -> "r." + name + "::" + typesOfTable.get(name)).collect(joining(", "))
                    + " from unnest(" + count.mapToObj(i -> "$" + (i + 1) + "::" + parts.get(i).column.type + "[]")
                    .collect(joining(", ")) + ") as r(" + String.join(", ", names) + ") ", parts,
                    names.stream().map(typesOfTable::get).toList());
        }

        Object[] values(Collection<? extends Record> rows) {
            return IntStream.range(0, parts.size()).mapToObj(i -> parts.get(i).array(rows, types.get(i))).toArray();
        }
    }

    /// One component of a record.
    ///
    /// @param reader `(Record) -> Object`
    record Part(String name, Column column, MethodHandle reader) {
        static Part of(RecordComponent component) {
            try {
                component.getAccessor().setAccessible(true);
                return new Part(component.getName(), Column.of(component.getType()), MethodHandles.lookup()
                        .unreflect(component.getAccessor()).asType(MethodType.methodType(Object.class, Record.class)));
            } catch (IllegalAccessException bug) {
                throw new IllegalStateException(bug);
            }
        }

        /// Rows of one batch often hold the very same object, as a word or the time of the batch: it is made once.
        Object[] array(Collection<? extends Record> rows, String type) {
            var values = column.many.apply(rows.size());
            int i = 0;
            Object before = null;
            Object made = null;
            for (var row : rows) {
                var value = read(row);
                if (value != before) made = column.value(value, type);
                before = value;
                values[i++] = made;
            }
            return values;
        }

        private Object read(Record row) {
            try {
                return reader.invokeExact(row);
            } catch (Throwable bug) { // an accessor only gives back what it has
                throw new IllegalStateException(bug);
            }
        }
    }

    /// How the values of one record component travel together; all but the plainest as text that the server casts.
    enum Column {
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

        Object value(Object value, String type) {
            if (value == null) return null;
            return switch (this) {
                case TIMES -> ((Instant) value).atOffset(ZoneOffset.UTC);
                case TEXTS -> text(value, type);
                default -> value;
            };
        }

        private static String text(Object value, String type) {
            boolean json = type.startsWith("json");
            return switch (value) {
                case String text when !json -> kept(text);
                case Optional<?> maybe -> maybe.isEmpty() ? null : text(maybe.get(), type);
                case Enum<?> word -> word.name().toLowerCase(Locale.ROOT);
                case Collection<?> many when type.endsWith("[]") -> literal(many);
                default -> json ? json(value) : kept(value.toString());
            };
        }
    }

    /// An array as PostgreSQL writes it.
    private static String literal(Collection<?> many) {
        if (many.isEmpty()) return "{}";
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
        var tuple = new Arguments(args.length);
        for (var arg : args) tuple.addValue(bound(arg));
        return tuple;
    }

    /// What is empty has no type of its own. The driver takes `Object[]` for the array that the statement expects,
    /// but not for these.
    private static final class Arguments extends ArrayTuple {
        Arguments(int count) {
            super(count);
        }

        @Override
        public UUID[] getArrayOfUUIDs(int at) {
            return getValue(at) == NOTHING ? new UUID[0] : super.getArrayOfUUIDs(at);
        }

        @Override
        public OffsetDateTime[] getArrayOfOffsetDateTimes(int at) {
            return getValue(at) == NOTHING ? new OffsetDateTime[0] : super.getArrayOfOffsetDateTimes(at);
        }
    }

    private static Object bound(Object value) {
        return switch (value) {
            case null -> null;
            case Optional<?> maybe -> bound(maybe.orElse(null));
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case byte[] bytes -> io.vertx.core.buffer.Buffer.buffer(bytes);
            case Enum<?> word -> word.name().toLowerCase(Locale.ROOT);
            case String text -> kept(text);
            case String[] texts -> kept(texts);
            case Collection<?> many -> array(many);
            default -> value;
        };
    }

    private static Object array(Collection<?> many) {
        if (many.isEmpty()) return NOTHING;
        return switch (many.iterator().next()) {
            case UUID _ -> many.toArray(UUID[]::new);
            case Long _ -> many.toArray(Long[]::new);
            case Integer _ -> many.toArray(Integer[]::new);
            default -> many.stream().map(one -> kept(String.valueOf(one))).toArray(String[]::new);
        };
    }

    private static String[] kept(String[] texts) {
        for (var text : texts) {
            if (text != null && text.indexOf('\0') >= 0) {
                return Arrays.stream(texts).map(Sql::kept).toArray(String[]::new);
            }
        }
        return texts;
    }

    /// What PostgreSQL keeps of a text: all but its NULs.
    private static String kept(String text) {
        return text == null || text.indexOf('\0') < 0 ? text : text.replace("\0", "");
    }
}
