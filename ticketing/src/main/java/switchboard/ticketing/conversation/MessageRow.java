package switchboard.ticketing.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A message as it is stored: one row of `message`. Everything that people wrote lies here and can be erased here.
///
/// @param at when it arrived or was written, by our clock
/// @param replyTo where the sender wants to be answered, when that is not `sender`
/// @param sentAt when the sender claims to have sent it; null where absent
/// @param ourList our addresses that it was written to, the one that answers first
/// @param auth the result of the sender check; null without one
/// @param namedTicket a ticket that the message named but may not join
/// @param appointment null without one
/// @param visit null where no web page is involved
public record MessageRow(UUID id, UUID ticketId, UUID customerId, String channel, String direction, String kind,
                         Instant at, String authorType, UUID authorId, String authorName, String subject, String sender,
                         List<String> toList, List<String> ccList, List<String> bccList, String text,
                         String visibleText, String foldedText, String signature, String html, String status,
                         int statusRank, String statusDetail, String providerId, String rfcId, String whyRule,
                         String whyDetail, List<String> flags, UUID callId, Long inboxId, Instant inboxAt,
                         List<String> replyTo, Instant sentAt, List<String> ourList, Map<String, String> auth,
                         UUID namedTicket, Appointment appointment, Visit visit) {
    /// A message whose sender is answered where it came from.
    public MessageRow(UUID id, UUID ticketId, UUID customerId, String channel, String direction, String kind,
                      Instant at, String authorType, UUID authorId, String authorName, String subject, String sender,
                      List<String> toList, List<String> ccList, List<String> bccList, String text, String visibleText,
                      String foldedText, String signature, String html, String status, int statusRank,
                      String statusDetail, String providerId, String rfcId, String whyRule, String whyDetail,
                      List<String> flags, UUID callId, Long inboxId, Instant inboxAt) {
        this(id, ticketId, customerId, channel, direction, kind, at, authorType, authorId, authorName, subject, sender,
                toList, ccList, bccList, text, visibleText, foldedText, signature, html, status, statusRank,
                statusDetail, providerId, rfcId, whyRule, whyDetail, flags, callId, inboxId, inboxAt, List.of(), null,
                List.of(), null, null, null, null);
    }
}
