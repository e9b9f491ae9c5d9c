package switchboard.gateway.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import switchboard.ticketing.base.Json;

/// The client's end of a socket whose text messages are JSON: puts the parts of each together.
///
/// @param heard called with each whole message, in order
/// @param ended called with the close code, or -1 when the line broke
public record TextFrames(StringBuilder part, Consumer<JsonNode> heard, IntConsumer ended)
        implements WebSocket.Listener {
    public TextFrames(Consumer<JsonNode> heard, IntConsumer ended) {
        this(new StringBuilder(), heard, ended);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        part.append(text);
        if (last) {
            heard.accept(Json.read(part.toString(), JsonNode.class));
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        ended.accept(status);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        ended.accept(-1);
    }
}
