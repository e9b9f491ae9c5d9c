package switchboard.ticketing.base;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/// The only durable store: PostgreSQL 15 or newer through the Vert.x SQL client.
///
/// All calls block the calling virtual thread. A transaction never spans a network call and lasts under a second;
/// bulk work goes in chunks.
public final class Database implements AutoCloseable {
    private static final int STATEMENTS_CACHED_MAX = 512;
    private static final int CLOSING_SECONDS = 5;
    private static final Duration STATEMENT_MAX = Duration.ofSeconds(30);
    /// The server ends each statement within `STATEMENT_MAX` and says so. A connection on which nothing comes for
    /// longer leads to a host that is gone: it is closed, and whoever waits is told.
    private static final Duration SILENCE_MAX = STATEMENT_MAX.plusSeconds(10);

    private final Vertx vertx;
    private final PgConnectOptions options;
    private final Pool pool;
    private final Sql sql;
    private final Map<String, Sql.Insertion> insertions = new ConcurrentHashMap<>();
    private final Set<PgConnection> listening = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /// @param uri `postgresql://user:password@host:port/database`
    public Database(Vertx vertx, String uri, int connectionsMax) {
        this(vertx, uri, connectionsMax, SILENCE_MAX);
    }

    Database(Vertx vertx, String uri, int connectionsMax, Duration silenceMax) {
        this.vertx = vertx;
        this.options = PgConnectOptions.fromUri(uri);
        options.setCachePreparedStatements(true).setPreparedStatementCacheMaxSize(STATEMENTS_CACHED_MAX)
                .setProperties(Map.of("application_name", "switchboard", "statement_timeout",
                        "" + STATEMENT_MAX.toMillis(),
                        "idle_in_transaction_session_timeout", "20000", "TimeZone", "UTC"));
        options.setReconnectAttempts(2).setReconnectInterval(200);
        int silence = (int) silenceMax.toMillis();
        // The pool gives up its idle connections before their silence counts.
        this.pool = PgBuilder.pool().with(new PoolOptions().setMaxSize(connectionsMax).setShared(false)
                .setConnectionTimeout(10).setIdleTimeout(silence / 2).setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setPoolCleanerPeriod(silence / 8)).with(new NetClientOptions().setReadIdleTimeout(silence)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)).connectingTo(options).using(vertx).build();
        this.sql = new Sql(pool, insertions);
    }

    /// Each statement in a transaction of its own.
    public Sql sql() {
        return sql;
    }

    /// Runs `work` in one transaction: commits when it returns, rolls back when it throws.
    public <T> T transaction(Function<Sql, T> work) {
        var connection = Sql.await(pool.getConnection());
        try {
            var begun = connection.begin(); // goes out with the first statement, which is never answered before it
            T result;
            try {
                result = work.apply(new Sql(connection, insertions));
            } catch (Throwable failed) {
                rollback(begun);
                throw failed;
            }
            Sql.await(Sql.await(begun).commit());
            return result;
        } finally {
            connection.close();
        }
    }

    private static void rollback(Future<Transaction> begun) {
        try {
            Sql.await(Sql.await(begun).rollback());
        } catch (RuntimeException gone) {
            // The connection is lost or the server has rolled back already: the first error is the one to tell.
        }
    }

    public void run(Consumer<Sql> work) {
        transaction(tx -> {
            work.accept(tx);
            return null;
        });
    }

    /// Listens on a NOTIFY channel with a connection of its own, until this is closed: a lost connection is opened
    /// again.
    public void listen(String channel, Consumer<String> onNotice) {
        PgConnection.connect(vertx, options).onComplete(opened -> {
            if (opened.failed()) {
                again(channel, onNotice);
                return;
            }
            var connection = opened.result();
            listening.add(connection);
            connection.notificationHandler(notice -> onNotice.accept(notice.getPayload()));
            connection.closeHandler(_ -> {
                listening.remove(connection);
                again(channel, onNotice);
            });
            if (closed) connection.close();
            connection.query("listen " + channel).execute();
            onNotice.accept("");
        });
    }

    private void again(String channel, Consumer<String> onNotice) {
        if (!closed) vertx.setTimer(1000, _ -> listen(channel, onNotice));
    }

    /// Ends every connection before it returns, so that the server can stop without having to cut one.
    @Override
    public void close() {
        closed = true;
        var ending = new ArrayList<Future<Void>>();
        listening.forEach(connection -> ending.add(connection.close()));
        ending.add(pool.close());
        try {
            Future.join(ending).await(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (Exception gone) {
            // The server is gone already, and they with it.
        }
    }
}
