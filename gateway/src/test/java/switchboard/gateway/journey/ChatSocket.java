package switchboard.gateway.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import switchboard.gateway.bench.TextFrames;
import switchboard.ticketing.base.Json;

/// A visitor's chat window, as far as the server can tell.
public final class ChatSocket implements AutoCloseable {
    private final LinkedBlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final WebSocket socket;
    private volatile int closed;

    public ChatSocket(String serverUrl) {
        this.socket = HttpClient.newHttpClient().newWebSocketBuilder()
                .buildAsync(URI.create(serverUrl.replaceFirst("^http", "ws") + "/chat/socket"),
                        new TextFrames(frames::add, status -> closed = status)).join();
    }

    public JsonNode hello(String key) {
        say("hello", Map.of("key", key, "language", "en"));
        return next("welcome");
    }

    /// Returns once the server has stored it.
    void write(String text) {
        say("message", Map.of("id", UUID.randomUUID(), "text", text));
        next("ack");
    }

    public void say(String type, Map<String, ?> frame) {
        var all = new HashMap<String, Object>(frame);
        all.put("type", type);
        raw(Json.write(all));
    }

    public void raw(String text) {
        socket.sendText(text, true).join();
    }

    /// The next frame of this type; others before it are dropped.
    public JsonNode next(String type) {
        return next(List.of(type));
    }

    /// The next frame of one of these types; others before it are dropped.
    public JsonNode next(List<String> types) {
        try {
            while (true) {
                var frame = frames.poll(60, TimeUnit.SECONDS);
                if (frame == null) throw new AssertionError("None of " + types + " came; closed " + closed);
                if (types.contains(frame.path("type").asText())) return frame;
            }
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    /// The next thing that is said to the visitor.
    JsonNode nextAnswer() {
        while (true) {
            var frame = next("message");
            if (frame.path("direction").asText().equals("outbound")) return frame;
        }
    }

    /// The close code; 0 while it is open.
    public int closed() {
        return closed;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
