package switchboard.ticketing.reply;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import switchboard.ticketing.base.Json;

/// What a reply's effect carries to its channel: the same shape for every channel, each takes what it needs.
///
/// @param from our end of the line
/// @param rfcId the Message-ID it will bear and by which answers find it, without angle brackets
/// @param references earlier ids of the conversation, oldest first
/// @param quoted what stands below the writer's words and signature, as text and as HTML; null when nothing does
/// @param only of all whom it names, those who have not got it yet; null for all
/// @param refused those who never will
public record Outgoing(UUID messageId, UUID ticketId, long ticketNumber, String from, List<String> to, List<String> cc,
                       List<String> bcc, String subject, String text, String html, String rfcId,
                       List<String> references, String authorName, String signature, String language,
                       List<File> files, String quoted, String quotedHtml, List<String> only, List<String> refused) {
    public Outgoing(UUID messageId, UUID ticketId, long ticketNumber, String from, List<String> to, List<String> cc,
                    List<String> bcc, String subject, String text, String html, String rfcId, List<String> references,
                    String authorName, String signature, String language, List<File> files) {
        this(messageId, ticketId, ticketNumber, from, to, cc, bcc, subject, text, html, rfcId, references, authorName,
                signature, language, files, null, null, null, null);
    }

    Outgoing quoting(String text, String html) {
        return new Outgoing(messageId, ticketId, ticketNumber, from, to, cc, bcc, subject, this.text, this.html, rfcId,
                references, authorName, signature, language, files, text, html, only, refused);
    }

    /// As an effect carries it.
    @SuppressWarnings("unchecked")
    public Map<String, Object> payload() {
        // The outbox's column is JSON in the API's spelling, whoever reads it.
        return Json.read(Json.write(this), Map.class);
    }

    /// As above, for a recipient who may not be the customer: without the address that is signed for the customer.
    Map<String, Object> unsigned() {
        var payload = payload();
        payload.put("unsigned", true);
        return payload;
    }

    public record File(String name, String type, String sha256) {}
}
