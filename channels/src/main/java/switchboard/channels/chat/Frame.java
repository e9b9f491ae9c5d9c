package switchboard.channels.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Json;

/// What the widget says: one JSON object a text frame, named by its `type`.
sealed interface Frame {
    /// The first frame of a socket.
    ///
    /// @param after resume: the time of the newest message that the widget has
    record Hello(String type, String key, String token, String jwt, String page, String language, Instant after)
            implements Frame {}

    /// @param id made by the widget; sent again with the same id it is the same message
    /// @param from where it was written; may be absent
    record Message(String type, UUID id, String text, From from) implements Frame {}

    /// What the browser reports of the page and the place, unchecked.
    ///
    /// @param page address of the page
    /// @param zone IANA time zone
    /// @param language BCP 47 tag
    record From(String page, String title, String zone, String language) {}

    record Typing(String type, boolean on) implements Frame {}

    /// Messages of ours that have come to a screen.
    record Received(String type, List<UUID> ids) implements Frame {}

    /// Everything up to this message has been seen.
    record Read(String type, UUID id) implements Frame {}

    record Identify(String type, String email) implements Frame {}

    record Code(String type, String code) implements Frame {}

    /// Where an answer may go when nobody is here now; only claimed, so it shows nothing to anyone.
    record Contact(String type, String email, String name) implements Frame {}

    record Ping(String type) implements Frame {}

    /// @throws Failure.Invalid when it is none of these
    static Frame parse(String text) {
        var node = node(text);
        var shape = switch (node.path("type").asText()) {
            case "hello" -> Hello.class;
            case "message" -> Message.class;
            case "typing" -> Typing.class;
            case "received" -> Received.class;
            case "read" -> Read.class;
            case "identify" -> Identify.class;
            case "code" -> Code.class;
            case "contact" -> Contact.class;
            case "ping" -> Ping.class;
            default -> throw new Failure.Invalid("No frame has this type");
        };
        try {
            return (Frame) Json.API.treeToValue(node, shape);
        } catch (JsonProcessingException wrong) {
            // The parser's message would reveal our class names to strangers.
            throw new Failure.Invalid("The frame " + node.path("type").asText() + " does not have its fields right");
        }
    }

    private static JsonNode node(String text) {
        try {
            return Json.request(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
        } catch (Failure.Invalid wrong) {
            throw new Failure.Invalid("The frame is no JSON");
        }
    }
}
