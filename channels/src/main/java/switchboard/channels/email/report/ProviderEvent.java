package switchboard.channels.email.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import switchboard.channels.email.mime.MailAddress;
import switchboard.channels.email.mime.MailKind;
import switchboard.channels.email.mime.ReportedRecipient;

/// A sending provider's delivery event for programs: a JSON object with the event type and the recipient. Providers can
/// send these by mail.
final class ProviderEvent {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CHARS_MAX = 200_000;
    private static final int DEPTH_MAX = 8;
    private static final Pattern SENDER =
            Pattern.compile(".*(?:no[-_.]?t?[-_.]?reply|notif|alert|bounce|daemon|postmaster|event|webhook|sns"
            + "|ses).*");
    private static final List<String> SORT = List.of("notificationType", "eventType", "event", "RecordType", "Type",
            "type");
    private static final List<String> ADDRESS = List.of("emailAddress", "email", "Email", "recipient", "Recipient",
            "rcpt_to",
            "address");
    private static final Set<String> TEMPORARY =
            Set.of("transient", "undetermined", "temporary", "soft", "softbounce", "deferred", "deliverydelay");

    private final List<ReportedRecipient> found = new ArrayList<>();
    private String sort = "";
    private String id = "";
    private boolean temporary;

    private ProviderEvent() {}

    static Optional<BounceReport> read(List<MailAddress> senders, String text) {
        var start = text.stripLeading();
        if (!start.startsWith("{") && !start.startsWith("[") || text.length() > CHARS_MAX) return Optional.empty();
        if (senders.stream().noneMatch(s -> SENDER.matcher(s.local().toLowerCase(Locale.ROOT)).matches())) {
            return Optional.empty();
        }
        try (var parser = JSON.createParser(start)) {
            var event = new ProviderEvent();
            event.walk(JSON.readTree(parser), DEPTH_MAX);
            return event.report();
        } catch (java.io.IOException | RuntimeException none) {
            return Optional.empty();
        }
    }

    private void walk(JsonNode node, int depth) {
        if (depth == 0) return;
        if (node.isObject()) object(node);
        // Notification relays wrap the event as text.
        if (node.isObject() && node.path("Message").isTextual()) unwrap(node.path("Message").asText(), depth);
        for (var child : node) if (child.isContainerNode()) walk(child, depth - 1);
    }

    private void unwrap(String message, int depth) {
        if (!message.stripLeading().startsWith("{")) return;
        try {
            walk(JSON.readTree(message), depth - 1);
        } catch (JsonProcessingException text) {
            // Ordinary text after all.
        }
    }

    private void object(JsonNode node) {
        for (var name : SORT) {
            var value = node.path(name).asText("").toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
            if (sort.isEmpty() && kind(value) != null) sort = value;
        }
        for (var name : List.of("bounceType", "severity", "type", "Type")) {
            temporary |= TEMPORARY.contains(node.path(name).asText("").toLowerCase(Locale.ROOT));
        }
        if (id.isEmpty()) {
            var value = node.path("commonHeaders").path("messageId").asText(node.path("smtp-id").asText(""));
            id = value.replaceAll("[<>\\s]", "");
        }
        ADDRESS.stream().map(name -> node.path(name)).filter(JsonNode::isTextual)
                .flatMap(value -> DeliveryStatus.address(value.asText()).stream()).findFirst()
                .filter(address -> found.stream().noneMatch(one -> one.address().equalsIgnoreCase(address)))
                .ifPresent(address -> found.add(new ReportedRecipient(address, true)));
    }

    private static MailKind kind(String sort) {
        return switch (sort) {
            case "bounce", "hardbounce", "softbounce", "failed", "dropped", "reject" -> MailKind.BOUNCE;
            case "deferred", "deliverydelay", "delayed" -> MailKind.DELAYED;
            case "complaint", "complained", "spamreport", "spamcomplaint" -> MailKind.COMPLAINT;
            case "delivery", "delivered" -> MailKind.AUTO_REPLY;
            default -> null;
        };
    }

    private Optional<BounceReport> report() {
        var kind = kind(sort);
        if (kind == null) return Optional.empty();
        if (kind == MailKind.AUTO_REPLY) return Optional.of(new BounceReport(kind, List.of(), id));
        if (found.isEmpty()) return Optional.empty();
        boolean delayed = kind == MailKind.DELAYED || kind == MailKind.BOUNCE && (temporary
                || TEMPORARY.contains(sort));
        var recipients = found.stream().map(one -> new ReportedRecipient(one.address(), !delayed)).toList();
        return Optional.of(new BounceReport(delayed ? MailKind.DELAYED : kind, recipients, id));
    }
}
