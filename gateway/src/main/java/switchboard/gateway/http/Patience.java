package switchboard.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Limits how long a client may take to send a request. It closes a connection that completes no request head in time,
/// silent or not, and one whose request body doesn't end in time. An idle timeout alone isn't enough, because every
/// byte restarts it.
public final class Patience implements AutoCloseable {
    /// For the next request's head; browsers reconnect unnoticed.
    public static final Duration HEAD = Duration.ofSeconds(30);
    /// For a request's body: 50 MB over a slow line take this long.
    public static final Duration BODY = Duration.ofMinutes(10);

    private final Vertx vertx;
    private final Duration head;
    private final Duration body;
    private final long timer;
    private final Map<HttpConnection, Line> lines = new ConcurrentHashMap<>();

    /// A connection's state. Written on its event loop, read on another.
    private static final class Line {
        volatile long since = System.nanoTime();
        volatile RoutingContext request;
    }

    public Patience(Vertx vertx) {
        this(vertx, HEAD, BODY);
    }

    Patience(Vertx vertx, Duration head, Duration body) {
        this.vertx = vertx;
        this.head = head;
        this.body = body;
        this.timer = vertx.setPeriodic(Math.max(100, head.toMillis() / 6), _ -> look());
    }

    /// Call it before the server listens. The server must not offer HTTP/2 on this port: it would report a connection
    /// only after its first line.
    public HttpServer watch(HttpServer server) {
        return server.connectionHandler(connection -> {
            lines.put(connection, new Line());
            connection.closeHandler(_ -> lines.remove(connection));
        });
    }

    /// Mount it before everything else.
    public void mount(Router router) {
        router.route().handler(context -> {
            var line = lines.get(context.request().connection());
            if (line != null) {
                line.since = System.nanoTime();
                line.request = context;
                context.addEndHandler(_ -> {
                    // Without a response, the connection was upgraded to a socket, which we no longer watch, or is
                    // closed.
                    if (!context.response().headWritten()) return;
                    line.since = System.nanoTime();
                    line.request = null;
                });
            }
            context.next();
        });
    }

    private void look() {
        lines.forEach((connection, line) -> {
            var request = line.request;
            long millis = (System.nanoTime() - line.since) / 1_000_000;
            boolean late = request == null ? millis > head.toMillis()
                    : millis > body.toMillis() && !request.request().isEnded();
            if (late) connection.close();
        });
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
    }
}
