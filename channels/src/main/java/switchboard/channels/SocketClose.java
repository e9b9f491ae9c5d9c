package switchboard.channels;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How our end of a WebSocket is closed, whatever the other end does.
public final class SocketClose {
    private static final Logger LOG = LoggerFactory.getLogger(SocketClose.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private SocketClose() {
    }

    /// Says why. A peer that does not answer, or does not even read it, has a second and is cut off then.
    ///
    /// @param connection the one that the socket came by
    public static void close(ServerWebSocket socket, HttpConnection connection, short status, String reason) {
        socket.close(status, reason).onFailure(_ -> cut(connection));
        Thread.ofVirtual().name("socket-close").start(() -> {
            try {
                Thread.sleep(PATIENCE);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            cut(connection);
        });
    }

    /// With whatever is still to be sent. A connection's own `close` first waits until its peer has read all, and so
    /// does the channel's; the handler nearest to the line does not.
    private static void cut(HttpConnection connection) {
        try {
            var nearest = ((ConnectionBase) connection).channel().pipeline().firstContext();
            if (nearest != null) nearest.close(); // without one the connection is gone already
        } catch (RuntimeException stopped) {
            LOG.debug("The event loops have ended, and every connection with them", stopped);
        }
    }
}
