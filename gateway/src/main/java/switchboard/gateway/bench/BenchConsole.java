package switchboard.gateway.bench;

import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import switchboard.ticketing.base.Json;

/// A console that only looks: one WebSocket to the stream, and when each frame came. As a console does, it comes back
/// with the last `seq` it saw when its socket is cut.
final class BenchConsole {
    private static final String SEQ = "{\"seq\":";
    private static final String MESSAGE = "\"type\":\"message.received\"";
    private static final int TYPE_WITHIN = 80; // characters of a frame in which its type stands
    private static final int RECORDED_MAX = 50_000; // a kilobyte each
    private static final long RETURN_MILLIS = 200;

    private final WebSocketClient client;
    private final Way way;
    private volatile ClientWebSocket socket;
    private volatile boolean closing;
    private volatile int returns;
    /// Only the socket's event loop writes these.
    private final List<Long> seqs = new ArrayList<>();
    private final Map<Long, Long> arrived = new ConcurrentHashMap<>();
    private volatile int messages;
    private volatile long seen;
    private volatile List<String> record;

    /// Where the stream is.
    interface Way {
        /// @param seen the sequence after which the console wants to see everything
        WebSocketConnectOptions after(long seen) throws IOException, InterruptedException;
    }

    private BenchConsole(WebSocketClient client, Way way, long since) {
        this.client = client;
        this.way = way;
        this.seen = since;
    }

    /// @param since the sequence after which it is to see everything
    static BenchConsole open(WebSocketClient client, Way way, long since) throws IOException, InterruptedException {
        var console = new BenchConsole(client, way, since);
        console.connect();
        return console;
    }

    /// Opens the stream as a program does: a session's token gives a ticket, the ticket opens the socket.
    static Way stream(String url, String token) {
        return seen -> {
            try (var http = HttpClient.newHttpClient()) {
                var answer = http.send(HttpRequest.newBuilder(URI.create(url + "/api/v1/stream/ticket"))
                        .header("Authorization", "Bearer " + token).header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}")).build(),
                        HttpResponse.BodyHandlers.ofString());
                var ticket = Json.API.readTree(answer.body()).path("ticket").asText();
                var at = URI.create(url);
                return new WebSocketConnectOptions().setHost(at.getHost()).setPort(at.getPort())
                        .setURI("/api/v1/stream?ticket=" + ticket + "&since=" + seen);
            }
        };
    }

    private void connect() throws IOException, InterruptedException {
        var at = way.after(seen);
        socket = client.webSocket();
        socket.textMessageHandler(this::heard);
        socket.closeHandler(_ -> comeBack());
        socket.connect(at).await();
    }

    private void comeBack() {
        if (closing) return;
        returns = returns + 1;
        Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(RETURN_MILLIS);
                connect();
            } catch (IOException | RuntimeException refused) {
                comeBack();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// How often it was cut off.
    int returns() {
        return returns;
    }

    private void heard(String text) {
        long now = System.nanoTime();
        var kept = record;
        if (kept != null && kept.size() < RECORDED_MAX) kept.add(text);
        if (!text.startsWith(SEQ)) return; // a greeting, a ping or a hint
        long seq = Long.parseLong(text, SEQ.length(), text.indexOf(',', SEQ.length()), 10);
        synchronized (seqs) {
            seqs.add(seq);
        }
        if (isMessage(text)) {
            arrived.put(seq, now);
            messages = messages + 1;
        }
        seen = seq;
    }

    /// Whether the frame shows a customer's message.
    static boolean isMessage(String text) {
        return text.substring(0, Math.min(text.length(), TYPE_WITHIN)).contains(MESSAGE);
    }

    /// Keeps every frame from now on, whatever it says.
    void record() {
        record = Collections.synchronizedList(new ArrayList<>());
    }

    /// What was kept: at most the first fifty thousand.
    List<String> recorded() {
        var kept = record;
        record = null;
        synchronized (kept) {
            return List.copyOf(kept);
        }
    }

    /// Messages since `restart`.
    int messages() {
        return messages;
    }

    /// Messages that all of them have.
    static int slowest(List<BenchConsole> consoles) {
        int slowest = Integer.MAX_VALUE;
        for (var console : consoles) slowest = Math.min(slowest, console.messages());
        return slowest;
    }

    /// When the last message came to the last of them.
    static long lastArrival(List<BenchConsole> consoles) {
        return consoles.stream().flatMap(console -> console.arrived().values().stream()).mapToLong(Long::longValue)
                .max().orElseThrow();
    }

    void restart() {
        arrived.clear();
        messages = 0;
    }

    /// When each message came, in nanoseconds of this machine's clock.
    Map<Long, Long> arrived() {
        return arrived;
    }

    long seen() {
        return seen;
    }

    long count() {
        synchronized (seqs) {
            return seqs.size();
        }
    }

    /// @throws IllegalStateException when one of `expected` did not come, or the frames came out of order
    void require(List<Long> expected) {
        List<Long> all;
        synchronized (seqs) {
            all = List.copyOf(seqs);
        }
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i) <= all.get(i - 1)) throw new IllegalStateException("A frame came out of order");
        }
        var got = new HashSet<>(all);
        long missing = expected.stream().filter(seq -> !got.contains(seq)).count();
        if (missing > 0) throw new IllegalStateException("A console missed " + missing + " of " + expected.size());
    }

    void close() {
        closing = true;
        socket.close();
    }
}
