package switchboard.gateway.realtime;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import switchboard.ticketing.access.Caller;

/// One console that is connected. Frames go out in the order in which `send` is called; a reader who lets more than a
/// megabyte pile up is dropped, and comes back with the last `seq` it saw.
final class Socket {
    static final int PENDING_BYTES_MAX = 1024 * 1024;
    private static final short POLICY = 1008;
    private static final short TRY_AGAIN = 1013;

    private final ServerWebSocket socket;
    private final HttpConnection connection;
    private final AtomicLong pendingBytes = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();
    final AtomicBoolean viewsChanged = new AtomicBoolean(true);

    volatile Caller caller;
    volatile boolean live;
    volatile boolean silent;
    /// The last entry that was looked at for this socket, whether or not it was sent.
    volatile long at;

    Socket(ServerWebSocket socket, HttpConnection connection, Caller caller, long at) {
        this.socket = socket;
        this.connection = connection;
        this.caller = caller;
        this.at = at;
    }

    synchronized void send(String text) {
        if (over.get()) return;
        long bytes = text.length();
        if (pendingBytes.addAndGet(bytes) > PENDING_BYTES_MAX) {
            drop();
            return;
        }
        socket.writeTextMessage(text).onComplete(_ -> pendingBytes.addAndGet(-bytes));
    }

    void ping() {
        silent = true;
        socket.writePing(io.vertx.core.buffer.Buffer.buffer("sb"));
        send("{\"ping\":true}");
    }

    /// A reader who does not read does not see a close frame either: the line is cut.
    private void drop() {
        if (!over.compareAndSet(false, true)) return;
        connection.close();
    }

    /// Ends with an error word from a fixed list; nothing of what went wrong is told.
    void refuse(String word) {
        end(POLICY, word);
    }

    void restart() {
        end(TRY_AGAIN, "restart");
    }

    private void end(short code, String word) {
        if (!over.compareAndSet(false, true)) return;
        socket.close(code, word).onFailure(_ -> connection.close());
        // A peer that does not answer the close has a second.
        Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(1000);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            connection.close();
        });
    }

    boolean over() {
        return over.get() || socket.isClosed();
    }
}
