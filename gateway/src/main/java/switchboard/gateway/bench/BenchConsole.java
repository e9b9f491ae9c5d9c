package switchboard.gateway.bench;

import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
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
    private static final long RETURN_MILLIS = 200;

    private final WebSocketClient client;
    private final String url;
    private final String token;
    private volatile ClientWebSocket socket;
    private volatile boolean closing;
    private volatile int returns;
    /// Only the socket's event loop writes these.
    private final List<Long> seqs = new ArrayList<>();
    private final Map<Long, Long> arrived = new ConcurrentHashMap<>();
    private volatile int messages;
    private volatile long seen;

    private BenchConsole(WebSocketClient client, String url, String token, long since) {
        this.client = client;
        this.url = url;
        this.token = token;
        this.seen = since;
    }

    /// @param since the sequence after which it is to see everything
    static BenchConsole open(WebSocketClient client, String url, String token, long since)
            throws IOException, InterruptedException {
        var console = new BenchConsole(client, url, token, since);
        console.connect();
        return console;
    }

    /// Opens the stream as a program does: a session's token gives a ticket, the ticket opens the socket.
    private void connect() throws IOException, InterruptedException {
        String ticket;
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(HttpRequest.newBuilder(URI.create(url + "/api/v1/stream/ticket"))
                    .header("Authorization", "Bearer " + token).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{}")).build(), HttpResponse.BodyHandlers.ofString());
            ticket = Json.API.readTree(answer.body()).path("ticket").asText();
        }
        var at = URI.create(url);
        socket = client.webSocket();
        socket.textMessageHandler(this::heard);
        socket.closeHandler(_ -> comeBack());
        socket.connect(at.getPort(), at.getHost(), "/api/v1/stream?ticket=" + ticket + "&since=" + seen).await();
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
        if (!text.startsWith(SEQ)) return; // a greeting, a ping or a hint
        long seq = Long.parseLong(text, SEQ.length(), text.indexOf(',', SEQ.length()), 10);
        synchronized (seqs) {
            seqs.add(seq);
        }
        if (text.substring(0, Math.min(text.length(), TYPE_WITHIN)).contains(MESSAGE)) {
            arrived.put(seq, now);
            messages = messages + 1;
        }
        seen = seq;
    }

    /// Messages since `restart`.
    int messages() {
        return messages;
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
