package switchboard.channels.chat;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import switchboard.channels.SocketClose;
import switchboard.ticketing.base.Json;

/// Our end of one socket. What its reader has not taken yet is counted; a reader too slow is cut off, and its widget
/// resumes by itself.
final class Wire {
    static final int WAITING_CHARS_MAX = 256 * 1024;
    static final short SLOW = 4008;

    private final ServerWebSocket socket;
    private final HttpConnection connection;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean(); // from then on; the socket says so when it has been told

    Wire(ServerWebSocket socket, HttpConnection connection) {
        this.socket = socket;
        this.connection = connection;
    }

    /// From any thread; nothing is said to a socket that is closed.
    void send(String type, Map<String, ?> frame) {
        if (closed()) return;
        var all = new LinkedHashMap<String, Object>();
        all.put("type", type);
        all.putAll(frame);
        var text = Json.write(all);
        if (waiting.addAndGet(text.length()) > WAITING_CHARS_MAX) {
            close(SLOW, "too slow");
            return;
        }
        socket.writeTextMessage(text).onComplete(_ -> waiting.addAndGet(-text.length()));
    }

    void close(short status, String reason) {
        if (!socket.isClosed() && over.compareAndSet(false, true)) {
            SocketClose.close(socket, connection, status, reason);
        }
    }

    boolean closed() {
        return over.get() || socket.isClosed();
    }
}
