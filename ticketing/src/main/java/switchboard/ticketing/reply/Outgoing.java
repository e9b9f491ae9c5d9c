package switchboard.ticketing.reply;

import java.util.List;
import java.util.UUID;

/// What a reply's effect carries to its channel: the same shape for every channel, each takes what it needs.
///
/// @param from our end of the line
/// @param rfcId the Message-ID it will bear and by which answers find it, without angle brackets
/// @param references earlier ids of the conversation, oldest first
public record Outgoing(UUID messageId, UUID ticketId, long ticketNumber, String from, List<String> to, List<String> cc,
                       List<String> bcc, String subject, String text, String html, String rfcId,
                       List<String> references, String authorName, String signature, String language,
                       List<File> files) {
    public record File(String name, String type, String sha256) {}
}
