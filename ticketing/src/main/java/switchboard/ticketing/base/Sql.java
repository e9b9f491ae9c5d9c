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
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/// SQL in straight lines, on one connection (inside a transaction) or on the pool (each statement its own).
/// Must be called on a virtual thread. Values are always bound: `$1`, `$2`, ...
///
/// Records are the shapes of rows: a query's columns in snake_case fill the record's components, and
/// `insert` writes a record's components into the columns of the same names. Inside the database the row
/// travels as JSON, so dates, arrays, nested records and lists need no mapping code.
public final class Sql {
    private final SqlClient client;

    Sql(SqlClient client) {
        this.client = client;
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
        if (rows.isEmpty()) return List.of();
        var columns = columns(rows.iterator().next().getClass());
        return query("insert into " + table + " (" + columns + ") select " + columns
                + " from json_populate_recordset(null::" + table + ", $1::text::json) " + suffix, rowsJson(rows));
    }

    /// Rows as one JSON text, for statements that read them by `json_to_recordset($1::text::json)`.
    public static String rowsJson(Collection<? extends Record> rows) {
        try {
            // PostgreSQL keeps no NUL in text; a customer's message must not fail for one.
            return Json.withoutNul(Json.SQL.writeValueAsString(rows));
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException(bug);
        }
    }

    static String columns(Class<?> shape) {
        return Arrays.stream(shape.getRecordComponents()).map(RecordComponent::getName)
                .map(name -> name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT)).collect(joining(", "));
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
