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

/// A console that only looks: one WebSocket to the stream, and when each frame came.
final class BenchConsole {
    private static final String SEQ = "{\"seq\":";
    private static final String MESSAGE = "\"type\":\"message.received\"";
    private static final int TYPE_WITHIN = 80; // characters of a frame in which its type stands

    private final ClientWebSocket socket;
    /// Only the socket's event loop writes these.
    private final List<Long> seqs = new ArrayList<>();
    private final Map<Long, Long> arrived = new ConcurrentHashMap<>();
    private volatile int messages;
    private volatile long seen;

    private BenchConsole(ClientWebSocket socket) {
        this.socket = socket;
        socket.textMessageHandler(this::heard);
    }

    /// Opens the stream as a program does: a session's token gives a ticket, the ticket opens the socket.
    static BenchConsole open(WebSocketClient client, String url, String token)
            throws IOException, InterruptedException {
        String ticket;
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(HttpRequest.newBuilder(URI.create(url + "/api/v1/stream/ticket"))
                    .header("Authorization", "Bearer " + token).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{}")).build(), HttpResponse.BodyHandlers.ofString());
            ticket = Json.API.readTree(answer.body()).path("ticket").asText();
        }
        var at = URI.create(url);
        var console = new BenchConsole(client.webSocket());
        console.socket.connect(at.getPort(), at.getHost(), "/api/v1/stream?ticket=" + ticket).await();
        return console;
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
        socket.close();
    }
}
