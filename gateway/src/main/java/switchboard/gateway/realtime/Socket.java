package switchboard.gateway.realtime;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import switchboard.channels.SocketClose;
import switchboard.ticketing.access.Caller;

/// One console that is connected. Frames go out in the order in which `send` is called. One that reads slowly is sent
/// the journal at its own speed; one that reads nothing for a while, or lets a megabyte pile up, is let go, and comes
/// back with the last `seq` it saw.
final class Socket {
    static final int PENDING_BYTES_MAX = 1024 * 1024;
    /// More is not begun while this much waits to be read.
    static final int ROOM_BYTES = 256 * 1024;
    private static final Duration STALLED = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
    private static final short POLICY = 1008;
    private static final short TRY_AGAIN = 1013;
    private static final String SLOW = "slow";

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
            end(TRY_AGAIN, SLOW);
            return;
        }
        socket.writeTextMessage(text).onComplete(_ -> pendingBytes.addAndGet(-bytes));
    }

    boolean hasRoom() {
        return pendingBytes.get() < ROOM_BYTES;
    }

    /// Waits, on a virtual thread, until the reader has read on. One that reads nothing for ten seconds is let go.
    ///
    /// @return false when the socket is over
    boolean awaitRoom() {
        long waits = pendingBytes.get();
        long since = System.nanoTime();
        while (!over() && !hasRoom()) {
            pause(LOOK_AGAIN);
            long now = pendingBytes.get();
            if (now < waits) since = System.nanoTime();
            else if (System.nanoTime() - since > STALLED.toNanos()) end(TRY_AGAIN, SLOW);
            waits = now;
        }
        return !over();
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    void ping() {
        silent = true;
        socket.writePing(io.vertx.core.buffer.Buffer.buffer("sb"));
        send("{\"ping\":true}");
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
        SocketClose.close(socket, connection, code, word);
    }

    boolean over() {
        return over.get() || socket.isClosed();
    }
}
