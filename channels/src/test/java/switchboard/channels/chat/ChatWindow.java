package switchboard.channels.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import switchboard.ticketing.base.Json;

/// One chat window as the server sees it: a real socket and what came over it.
final class ChatWindow implements AutoCloseable, WebSocket.Listener {
    private final LinkedBlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();
    private WebSocket socket;
    volatile int closed;
    String token;
    UUID visitor;

    static ChatWindow open(int port, String origin) {
        var window = new ChatWindow();
        var builder = HttpClient.newHttpClient().newWebSocketBuilder();
        if (origin != null) builder.header("Origin", origin);
        window.socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + port + "/chat/socket"), window).join();
        return window;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        part.append(text);
        if (last) {
            frames.add(Json.read(part.toString(), JsonNode.class));
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed = status;
        return null;
    }

    JsonNode hello(Map<String, ?> more) {
        var frame = new LinkedHashMap<String, Object>(Map.of("key", "test-key"));
        frame.putAll(more);
        say("hello", frame);
        var welcome = next("welcome");
        visitor = UUID.fromString(welcome.path("visitor").asText());
        if (welcome.has("token")) token = welcome.path("token").asText();
        return welcome;
    }

    JsonNode hello() {
        return hello(Map.of());
    }

    void say(String type, Map<String, ?> frame) {
        var all = new HashMap<String, Object>(frame);
        all.put("type", type);
        raw(Json.write(all));
    }

    void raw(String text) {
        socket.sendText(text, true).join();
    }

    JsonNode write(UUID id, String text) {
        say("message", Map.of("id", id, "text", text));
        return next("ack");
    }

    JsonNode write(String text) {
        return write(UUID.randomUUID(), text);
    }

    /// The next frame of the type; others before it are dropped.
    JsonNode next(String type) {
        try {
            while (true) {
                var frame = frames.poll(60, TimeUnit.SECONDS);
                if (frame == null) throw new AssertionError("No " + type + " came; closed " + closed);
                if (frame.path("type").asText().equals(type)) return frame;
            }
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    void awaitClosed(int status) {
        ChatHouse.await("close " + status, () -> closed != 0);
        org.junit.jupiter.api.Assertions.assertEquals(status, closed);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
