package switchboard.gateway.bench;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// What the network library alone can do: a server with nothing behind it sends frames that a console was sent, byte
/// for byte, to as many sockets of the same client, never further ahead of the slowest than the program was. It serves
/// on every core and writes on the sockets' own threads.
final class BareFrames implements AutoCloseable {
    private static final String WHAT = "the same frames from memory by a bare Vert.x server to the same clients";
    private static final String HOST = "127.0.0.1";
    private static final int SHARED_PORT = -1; // a free one, the same for all instances
    private static final int TOGETHER = 50; // frames with which a thread is called
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    private final Vertx vertx = Vertx.vertx();
    private final Map<Context, List<ServerWebSocket>> sockets = new ConcurrentHashMap<>();
    private final List<BenchConsole> consoles = new ArrayList<>();
    private final int behindMax;
    private volatile int port;

    /// @param behindMax messages
    BareFrames(WebSocketClient client, int count, int behindMax) throws Exception {
        this.behindMax = behindMax;
        vertx.deployVerticle(Served::new, new DeploymentOptions()
                .setInstances(Runtime.getRuntime().availableProcessors())).await();
        BenchConsole.Way way = _ -> new WebSocketConnectOptions().setHost(HOST).setPort(port).setURI("/");
        while (consoles.size() < count) consoles.add(BenchConsole.open(client, way, 0));
        awaitAll(() -> sockets.values().stream().mapToInt(List::size).sum() == count, "not all sockets opened");
    }

    private final class Served extends VerticleBase {
        @Override
        public Future<HttpServer> start() {
            return vertx.createHttpServer(new HttpServerOptions().setHost(HOST).setPort(SHARED_PORT)
                    .setPerMessageWebSocketCompressionSupported(false)
                    .setPerFrameWebSocketCompressionSupported(false))
                    .webSocketHandler(socket -> sockets.computeIfAbsent(context, _ -> new CopyOnWriteArrayList<>())
                    .add(socket))
                    .listen().onSuccess(server -> port = server.actualPort());
        }
    }

    /// @return messages a second until the slowest client has the last
    Ceiling send(List<String> frames) throws InterruptedException {
        consoles.forEach(BenchConsole::restart);
        long start = System.nanoTime();
        int sent = 0;
        for (int from = 0; from < frames.size(); from += TOGETHER) {
            var batch = frames.subList(from, Math.min(frames.size(), from + TOGETHER));
            int now = sent + (int) batch.stream().filter(BenchConsole::isMessage).count();
            awaitAll(() -> now - BenchConsole.slowest(consoles) <= behindMax, "a client is left behind");
            sent = now;
            sockets.forEach((context, here) -> context.runOnContext(_ -> write(batch, here)));
        }
        int all = sent;
        awaitAll(() -> BenchConsole.slowest(consoles) == all, "a client missed a frame");
        double seconds = (all == 0 ? 0 : BenchConsole.lastArrival(consoles) - start) / 1e9;
        long bytes = frames.stream().mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length).sum();
        var more = new LinkedHashMap<String, Object>();
        more.put("framesPerSecond", IngestBench.round(all / seconds * consoles.size()));
        more.put("megabytesPerSecond", IngestBench.round(bytes / seconds * consoles.size() / 1e6));
        return new Ceiling(WHAT, all / seconds, more);
    }

    private static void write(List<String> frames, List<ServerWebSocket> sockets) {
        for (var text : frames) {
            for (var socket : sockets) socket.writeTextMessage(text);
        }
    }

    private interface Wanted {
        boolean there();
    }

    private static void awaitAll(Wanted wanted, String otherwise) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (!wanted.there()) {
            if (System.nanoTime() > until) throw new IllegalStateException("Without the program, " + otherwise);
            Thread.sleep(1);
        }
    }

    @Override
    public void close() {
        consoles.forEach(BenchConsole::close);
        vertx.close().await();
    }
}
