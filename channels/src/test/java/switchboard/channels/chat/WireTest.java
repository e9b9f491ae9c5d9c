package switchboard.channels.chat;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WireTest {
    private static final int MANY = 2000;

    @Test
    void whoDoesNotReadIsCutOffAndWhoReadsIsNot() throws Exception {
        var vertx = Vertx.vertx();
        var sockets = vertx.createWebSocketClient(); // held to the end: one that is let go of closes its sockets
        try {
            for (boolean reads : new boolean[] {true, false}) {
                var accepted = new CompletableFuture<Wire>();
                var server = vertx.createHttpServer().webSocketHandler(socket -> accepted.complete(new Wire(socket)))
                        .listen(0, "127.0.0.1").await();
                var client = sockets.connect(server.actualPort(), "127.0.0.1", "/").await();
                if (!reads) client.pause();
                var read = new java.util.concurrent.atomic.AtomicInteger();
                client.textMessageHandler(_ -> read.incrementAndGet());
                var wire = accepted.get();
                for (int i = 0; i < MANY && !wire.closed(); i++) {
                    wire.send("message", Map.of("text", "x".repeat(32_000)));
                    int sent = i + 1;
                    if (reads) ChatHouse.await("frame " + sent, () -> read.get() == sent);
                }
                if (reads) assertFalse(wire.closed());
                else ChatHouse.await("the cut", wire::closed);
                assertTrue(reads || read.get() < MANY);
                server.close().await();
            }
            sockets.close().await();
        } finally {
            vertx.close().await();
        }
    }
}
