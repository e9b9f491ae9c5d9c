package switchboard.ticketing.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static switchboard.ticketing.Desk.virtually;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.TestDatabase;

/// The database's host dies without a word: nothing is refused, nothing is closed, nothing is answered.
@Tag("R2")
class SilentDatabaseTest {
    private static final Duration SILENCE_MAX = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private Host host;
    private Database database;

    @BeforeEach
    void connect() {
        var uri = URI.create(TestDatabase.freshDatabase());
        host = new Host(uri.getPort());
        database = new Database(vertx, uri.toString().replace(":" + uri.getPort() + "/", ":" + host.port() + "/"), 1,
                SILENCE_MAX);
        assertEquals(Optional.of(1), one());
    }

    @AfterEach
    void close() {
        host.end();
        virtually(() -> {
            database.close();
            return null;
        });
        vertx.close().await();
    }

    private Optional<Integer> one() {
        return virtually(() -> database.sql().value(Integer.class, "select 1"));
    }

    @Test
    void whoeverWaitsForItIsToldAndWhenItIsBackAllGoesOn() {
        host.silence();
        assertTimeoutPreemptively(PATIENCE, () -> assertThrows(RuntimeException.class, this::one));
        assertTimeoutPreemptively(PATIENCE, () -> assertThrows(RuntimeException.class,
                () -> virtually(() -> database.transaction(tx -> tx.execute("select 1")))));
        host.speak();
        assertEquals(Optional.of(1), assertTimeoutPreemptively(PATIENCE, this::one));
    }

    @Test
    void aConnectionThatNobodyNeedsForLongIsNoSilentOne() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            // Nothing happens while a connection rests, so there is nothing to wait for but the time itself.
            Thread.sleep(SILENCE_MAX.toMillis() * (2 + i) / 4);
            assertEquals(Optional.of(1), one());
        }
    }

    /// A port before the server's. Silent, it takes everything and passes nothing on, also on connections made then.
    private static final class Host {
        private final ServerSocket port;
        private final int behind;
        private final Set<Socket> open = ConcurrentHashMap.newKeySet();
        private volatile boolean silent;

        Host(int behind) {
            this.behind = behind;
            try {
                port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Thread.ofVirtual().start(this::accept);
        }

        int port() {
            return port.getLocalPort();
        }

        void silence() {
            silent = true;
        }

        void speak() {
            silent = false;
        }

        void end() {
            try {
                port.close();
                for (var socket : open) socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void accept() {
            while (!port.isClosed()) {
                try {
                    var caller = port.accept();
                    var called = new Socket(InetAddress.getLoopbackAddress(), behind);
                    open.add(caller);
                    open.add(called);
                    Thread.ofVirtual().start(() -> pass(caller, called));
                    Thread.ofVirtual().start(() -> pass(called, caller));
                } catch (IOException closed) {
                    return;
                }
            }
        }

        private void pass(Socket from, Socket to) {
            var bytes = new byte[8192];
            try (from; to) {
                for (int count = from.getInputStream().read(bytes); count >= 0;) {
                    if (!silent) to.getOutputStream().write(bytes, 0, count);
                    count = from.getInputStream().read(bytes);
                }
            } catch (IOException ended) {
                // The other side is told by the closing.
            }
        }
    }
}
