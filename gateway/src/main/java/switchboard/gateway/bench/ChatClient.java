package switchboard.gateway.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import switchboard.ticketing.base.Json;

/// One visitor's window. It writes as often as a visitor may, and waits for the acknowledging frame each time.
final class ChatClient implements IngestBench.Client {
    private static final long BETWEEN_MILLIS = 1_050; // sixty a minute are allowed
    private static final int ANSWER_SECONDS_MAX = 30;
    private static final HttpClient BROWSER = HttpClient.newHttpClient(); // one for all windows: each has a thread

    private final URI address;
    private final String widget;
    private final Map<String, Long> accepted;
    private final LinkedBlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();

    ChatClient(String base, String widget, Map<String, Long> accepted) {
        this.address = URI.create(base.replaceFirst("^http", "ws") + "/chat/socket");
        this.widget = widget;
        this.accepted = accepted;
    }

    @Override
    public void run(long untilNanos, long pauseNanos) throws Exception {
        var socket = BROWSER.newWebSocketBuilder().buildAsync(address, new TextFrames(frames::add, _ -> {})).join();
        socket.sendText(Json.write(Map.of("type", "hello", "key", widget)), true).join();
        await("welcome");
        for (int i = 0; System.nanoTime() - untilNanos < 0; i++) {
            var id = UUID.randomUUID().toString();
            socket.sendText(Json.write(Map.of("type", "message", "id", id, "text", "Hello, question " + i)), true)
                    .join();
            await("ack");
            accepted.put(id, System.nanoTime());
            Thread.sleep(BETWEEN_MILLIS);
        }
        socket.abort();
    }

    private void await(String type) throws InterruptedException {
        while (true) {
            var frame = frames.poll(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
            if (frame == null) throw new IllegalStateException("no " + type + " came");
            if (frame.path("type").asText().equals(type)) return;
            if (frame.path("type").asText().equals("error")) throw new IllegalStateException(frame.toString());
        }
    }
}
