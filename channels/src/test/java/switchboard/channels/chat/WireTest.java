package switchboard.channels.chat;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.Doors;

class WireTest {
    private static final int FRAMES = 200;
    private static final Map<String, String> FRAME = Map.of("text", "x".repeat(32_000));
    private static final String UPGRADE = "GET / HTTP/1.1\r\nHost: chat\r\nConnection: Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    private final Vertx vertx = Vertx.vertx();
    private final Promise<Wire> accepted = Promise.promise();
    private final Promise<Void> gone = Promise.promise();
    private final HttpServer server = vertx.createHttpServer().requestHandler(request -> {
        request.toWebSocket().onSuccess(socket -> {
            socket.closeHandler(gone::complete);
            accepted.complete(new Wire(socket, request.connection()));
        });
    }).listen(0, "127.0.0.1").await();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void whoReadsIsSentEverything() {
        var sockets = vertx.createWebSocketClient(); // held to the end: one that is let go of closes its sockets
        Doors.test(vertx, context -> {
            var read = context.async(FRAMES);
            sockets.connect(server.actualPort(), "127.0.0.1", "/").onSuccess(client -> {
                client.textMessageHandler(_ -> {
                    read.countDown();
                    if (!read.isCompleted()) accepted.future().result().send("message", FRAME);
                });
                client.closeHandler(_ -> context.assertTrue(read.isCompleted(), "cut off while it reads"));
            }).compose(_ -> accepted.future()).onSuccess(wire -> wire.send("message", FRAME)).onFailure(context::fail);
        });
        sockets.close().await();
    }

    @Test
    void whoDoesNotReadIsCutOffThoughMuchIsStillToBeSent() throws IOException {
        try (var client = new Socket()) {
            client.setReceiveBufferSize(32 * 1024);
            client.connect(new InetSocketAddress("127.0.0.1", server.actualPort()));
            client.getOutputStream().write(UPGRADE.getBytes(StandardCharsets.US_ASCII));
            var wire = accepted.future().await();
            int sent = 0;
            for (; sent < 2000 && !wire.closed(); sent++) wire.send("message", FRAME);
            assertTrue(sent < 2000, "so much is taken for nobody");
            Doors.test(vertx, context -> gone.future().onComplete(context.asyncAssertSuccess()));
        }
    }
}
