package switchboard.gateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import switchboard.channels.email.mime.MailAddress;
import switchboard.channels.email.mime.MailDecoder;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.base.Json.OneOf;

/// A summary of an arrival in its sender's words: its kind, its sender and how it begins. Never throws, whatever the
/// bytes.
public record Arrived(@OneOf({"mail", "text", "delivery", "call", "chat", "form", "other"}) String kind, String from,
                      String summary) {
    private static final int SUMMARY_CHARS = 160;
    private static final Pattern FORM = Pattern.compile("[\\w.%+-]+=[^\\s{]*", Pattern.DOTALL);

    /// @param head the first bytes
    public static Arrived of(String door, byte[] head) {
        try {
            return switch (door) {
                case "smtp" -> mail(head);
                case "sms" -> text(form(head));
                case "sms-status" -> delivery(form(head));
                case "voice" -> call(form(head));
                case "chat", "form" -> written(door, head);
                default -> other(head);
            };
        } catch (RuntimeException | IOException | StackOverflowError unreadable) { // one row never hides the others
            return other(head);
        }
    }

    private static Arrived mail(byte[] head) {
        var mail = MailDecoder.decode(head);
        var subject = mail.subject().isBlank() ? mail.text() : mail.subject();
        return new Arrived("mail", mail.from().map(Arrived::sender).orElse(""), line(subject));
    }

    private static String sender(MailAddress from) {
        return from.name().isBlank() ? from.address() : from.name() + " <" + from.address() + ">";
    }

    private static Arrived text(Map<String, String> form) {
        return new Arrived("text", form.getOrDefault("From", ""), line(form.getOrDefault("Body", "")));
    }

    private static Arrived delivery(Map<String, String> form) {
        var error = form.getOrDefault("ErrorCode", "");
        return new Arrived("delivery", form.getOrDefault("To", ""),
                form.getOrDefault("MessageStatus", "") + (error.isEmpty() ? "" : " (" + error + ")"));
    }

    private static Arrived call(Map<String, String> form) {
        return new Arrived("call", form.getOrDefault("From", ""), form.getOrDefault("CallStatus", ""));
    }

    private static Arrived written(String kind, byte[] head) throws IOException {
        var json = Json.STORED.readTree(head);
        var from = first(json, "name", "email", "visitorName");
        return new Arrived(kind, from, line(first(json, "subject", "text", "message", "body")));
    }

    private static String first(JsonNode json, String... names) {
        return Arrays.stream(names).map(json::findValue).filter(one -> one != null && one.isTextual())
                .map(JsonNode::asText).filter(text -> !text.isBlank()).findFirst().orElse("");
    }

    private static Map<String, String> form(byte[] head) {
        var text = new String(head, StandardCharsets.UTF_8);
        if (!FORM.matcher(text).matches()) throw new IllegalArgumentException("no form");
        var fields = new HashMap<String, String>();
        for (var pair : text.split("&")) {
            int at = pair.indexOf('=');
            if (at > 0) fields.put(pair.substring(0, at), URLDecoder.decode(pair.substring(at + 1),
                    StandardCharsets.UTF_8));
        }
        return fields;
    }

    /// Unreadable: shows letters only.
    private static Arrived other(byte[] head) {
        return new Arrived("other", "", line(new String(head, StandardCharsets.UTF_8)
                .replaceAll("[{}\"\\[\\]<>=&%\\uFFFD]+", " ")));
    }

    private static String line(String text) {
        var line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= SUMMARY_CHARS ? line : line.substring(0, SUMMARY_CHARS) + "…";
    }
}
