package switchboard.channels.chat;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WireTest {
    private static final Map<String, String> FRAME = Map.of("text", "x".repeat(32_000));
    private static final String UPGRADE = "GET / HTTP/1.1\r\nHost: chat\r\nConnection: Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<Wire> accepted = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final HttpServer server = vertx.createHttpServer().requestHandler(request -> {
        request.toWebSocket().onSuccess(socket -> {
            socket.closeHandler(gone::complete);
            accepted.add(new Wire(socket, request.connection()));
        });
    }).listen(0, "127.0.0.1").await();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void whoReadsIsSentEverything() throws InterruptedException {
        var sockets = vertx.createWebSocketClient(); // held to the end: one that is let go of closes its sockets
        var client = sockets.connect(server.actualPort(), "127.0.0.1", "/").await();
        var read = new AtomicInteger();
        client.textMessageHandler(_ -> read.incrementAndGet());
        var wire = accepted.take();
        for (int i = 1; i <= 200; i++) {
            int sent = i;
            wire.send("message", FRAME);
            ChatHouse.await("frame " + sent, () -> read.get() == sent);
        }
        assertFalse(wire.closed());
        sockets.close().await();
    }

    @Test
    void whoDoesNotReadIsCutOffThoughMuchIsStillToBeSent() throws InterruptedException, IOException {
        try (var client = new Socket()) {
            client.setReceiveBufferSize(32 * 1024);
            client.connect(new InetSocketAddress("127.0.0.1", server.actualPort()));
            client.getOutputStream().write(UPGRADE.getBytes(StandardCharsets.US_ASCII));
            var wire = accepted.take();
            int sent = 0;
            for (; sent < 2000 && !wire.closed(); sent++) wire.send("message", FRAME);
            assertTrue(sent < 2000, "so much is taken for nobody");
            ChatHouse.await("the end of the connection", gone::isDone);
        }
    }
}
