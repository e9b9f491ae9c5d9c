package switchboard.gateway.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import switchboard.gateway.bench.TextFrames;
import switchboard.gateway.crash.Notebook.Word;
import switchboard.ticketing.base.Json;

/// One visitor's chat window: opened again with its token whenever the socket is gone.
final class ChatLine {
    private static final int ACK_SECONDS = 10;
    private static final JsonNode GONE = Json.read("{\"type\":\"gone\"}", JsonNode.class);

    private final HttpClient client;
    private final URI address;
    private final String widget;
    private final String from;
    private Window window;
    private String token;

    ChatLine(HttpClient client, URI address, String widget, String from) {
        this.client = client;
        this.address = address;
        this.widget = widget;
        this.from = from;
    }

    /// What one socket heard.
    private static final class Window {
        private final LinkedBlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
        private WebSocket socket;

        private JsonNode next(Predicate<JsonNode> wanted) {
            try {
                while (true) {
                    var frame = frames.poll(ACK_SECONDS, TimeUnit.SECONDS);
                    if (frame == null || frame == GONE || wanted.test(frame)) return frame == null ? GONE : frame;
                }
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
        }
    }

    Word say(Key key) {
        if (window == null && !open()) return Word.NACKED;
        var id = UUID.nameUUIDFromBytes(key.toString().getBytes(StandardCharsets.US_ASCII)).toString();
        try {
            window.socket.sendText(Json.write(Map.of("type", "message", "id", id, "text", key.text())), true).join();
        } catch (CompletionException gone) {
            shut();
            return Word.UNKNOWN;
        }
        var frame = window.next(one -> one.path("id").asText().equals(id));
        if (frame.path("type").asText().equals("ack")) return Word.ACKED;
        if (frame == GONE) shut();
        return frame == GONE ? Word.UNKNOWN : Word.NACKED;
    }

    private boolean open() {
        var fresh = new Window();
        try {
            fresh.socket = client.newWebSocketBuilder().header("X-Forwarded-For", from)
                    .connectTimeout(Duration.ofSeconds(2))
                    .buildAsync(address, new TextFrames(fresh.frames::add, _ -> fresh.frames.add(GONE)))
                    .get(5, TimeUnit.SECONDS);
            var hello = new HashMap<String, Object>(Map.of("type", "hello", "key", widget));
            if (token != null) hello.put("token", token);
            fresh.socket.sendText(Json.write(hello), true).join();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException
                | CompletionException closed) {
            return false;
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
        var welcome = fresh.next(one -> one.path("type").asText().equals("welcome"));
        if (welcome == GONE) return false;
        if (welcome.hasNonNull("token")) token = welcome.path("token").asText();
        window = fresh;
        return true;
    }

    private void shut() {
        window.socket.abort();
        window = null;
    }
}
