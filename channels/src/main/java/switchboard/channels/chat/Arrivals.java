package switchboard.channels.chat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.conversation.Proof;
import switchboard.ticketing.conversation.Visit;
import switchboard.ticketing.intake.Arrival;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.intake.Received;
import switchboard.ticketing.people.Address;
import switchboard.ticketing.people.Sender;

/// Both sides of the inbox row: what the socket puts there, and how it is read back.
final class Arrivals {
    static final String DOOR = "chat";
    /// Kind of the `thread_key` that names the visitor; another names the conversation and decides the ticket.
    static final String VISITOR_KEY = "chat";
    static final String CONVERSATION_KEY = "chat-conversation";

    record Said(String type, UUID id, String text) {}

    record Receipt(String type, String status, Instant at, List<UUID> ids) {}

    record Known(String type, String kind, String value, String name, boolean proven, String source, Instant at) {}

    private Arrivals() {}

    static Arrival message(Visitor visitor, WidgetSettings widget, Frame.Message frame, Visit visit) {
        var envelope = envelope(visitor);
        envelope.put("widget", widget.key());
        if (visit != null && !visit.nothing()) envelope.put("visit", Json.write(visit));
        if (widget.teamId() != null) envelope.put("team", widget.teamId().toString());
        envelope.put("conversation", visitor.conversation().toString());
        envelope.put("name", visitor.name().isBlank() ? visitor.contactName() : visitor.name());
        visitor.proven().ifPresent(address -> {
            envelope.put("provenKind", address.kind());
            envelope.put("proven", address.value());
        });
        return arrival(visitor, visitor.id() + ":" + frame.id(), envelope,
                new Said("message", frame.id(), frame.text()));
    }

    static Arrival receipt(Visitor visitor, String status, List<UUID> ids) {
        var names = ids.stream().map(UUID::toString).sorted().reduce("", String::concat);
        return arrival(visitor, visitor.id() + ":" + status + ":" + Signer.digest(names), envelope(visitor),
                new Receipt("receipt", status, Instant.now(), ids));
    }

    static Arrival known(Visitor visitor, Address as, String name, boolean proven, String source) {
        var digest = Signer.digest(as.value() + " " + name + visitor.conversation());
        return arrival(visitor, visitor.id() + ":" + source + ":" + digest, envelope(visitor),
                 new Known("known", as.kind(), as.value(), name, proven, source, Instant.now()));
    }

    private static Map<String, Object> envelope(Visitor visitor) {
        return new HashMap<>(Map.of("visitor", visitor.id().toString()));
    }

    private static Arrival arrival(Visitor visitor, String key, Map<String, Object> envelope, Object raw) {
        return new Arrival(DOOR, visitor.lane(), key, envelope, Json.write(raw).getBytes(StandardCharsets.UTF_8));
    }

    /// The id under which a visitor's message is stored: known before it is, and the same for every repeat.
    static UUID messageId(UUID visitor, UUID clientId) {
        return UUID.nameUUIDFromBytes((visitor + ":" + clientId).getBytes(StandardCharsets.US_ASCII));
    }

    static List<Received> decode(Inbox.Raw row) {
        var origin = new Received.Origin(row.id(), row.receivedAt());
        var visitor = UUID.fromString((String) row.envelope().get("visitor"));
        var text = new String(row.raw(), StandardCharsets.UTF_8);
        var type = Json.read(text, com.fasterxml.jackson.databind.JsonNode.class).path("type").asText();
        return switch (type) {
            case "message" -> List.of(message(row, origin, visitor, Json.read(text, Said.class)));
            case "receipt" -> {
                var receipt = Json.read(text, Receipt.class);
                yield receipt.ids().stream().map(id -> (Received) new Received.Status(origin, "id", id.toString(),
                        receipt.status(), "", receipt.at(), Optional.empty())).toList();
            }
            case "known" -> {
                var known = Json.read(text, Known.class);
                yield Address.of(known.kind(), known.value())
                        .<List<Received>>map(address -> List.of(new Received.Identified(origin,
                                Visitor.session(visitor), address, known.proven(), known.name(), known.source(),
                                known.at())))
                        .orElse(List.of());
            }
            default -> throw new switchboard.channels.Channel.Undecodable("A chat row of the unknown type " + type);
        };
    }

    private static Visit visit(Map<String, ?> envelope) {
        return envelope.get("visit") instanceof String visit ? Json.read(visit, Visit.class) : null;
    }

    private static Received message(Inbox.Raw row, Received.Origin origin, UUID visitor, Said said) {
        var envelope = row.envelope();
        var name = (String) envelope.getOrDefault("name", "");
        var sender = Optional.ofNullable((String) envelope.get("proven"))
                .flatMap(value -> Address.of((String) envelope.get("provenKind"), value))
                .map(address -> new Sender(Optional.of(address), name, Sender.Trust.PROVEN, Optional.empty()))
                .orElseGet(() -> Sender.plain(Optional.of(Visitor.session(visitor)), name));
        var conversation = (String) envelope.get("conversation");
        return new Received.Message(origin, DOOR, (String) envelope.get("widget"), row.receivedAt(), "message", false,
                sender, List.of(new Proof.Named(CONVERSATION_KEY, conversation, "chat-session", true)),
                Optional.empty(),
                Received.Content.plain("", said.text()).from(visit(envelope)), List.of(),
                List.of(new Received.Key(VISITOR_KEY, visitor.toString(), false),
                        new Received.Key(CONVERSATION_KEY, conversation, false)),
                List.of(), Optional.ofNullable((String) envelope.get("team")).map(UUID::fromString), Optional.empty(),
                Optional.of(messageId(visitor, said.id())));
    }
}
