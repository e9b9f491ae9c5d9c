package switchboard.ticketing.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import switchboard.ticketing.base.Json.Nullable;
import switchboard.ticketing.base.Json.OneOf;

/// One thing on a timeline: a message of any channel, a note, a call, or an event of the ticket.
///
/// @param seq its place in the journal's one order
/// @param id the message's id; for an event the journal's number
/// @param at when it arrived or happened, by our clock
/// @param sentAt when a mail's sender claims to have sent it, right or wrong; null where absent
/// @param contentUrl where the mail's HTML is shown in a sandbox; null for plain text
/// @param why thread passport: the rule that put an inbound message here
/// @param auth whether a mail's sender is proven, and by what; null where unchecked
/// @param appointment from the mail's calendar part; null without one
/// @param visit where a chat's visitor wrote it; null elsewhere
public record TimelineItem(long seq, String id, Instant at, @Nullable Instant sentAt, String channel,
                           @OneOf({"inbound", "outbound", "internal"}) String direction, String kind,
                           @Nullable UUID ticketId, @Nullable Long ticketNumber, Author actor, String text,
                           String visibleText,
                           String foldedText, String signature, @Nullable String contentUrl,
                           String subject, String from,
                           List<String> to, List<String> cc, List<String> bcc,
                           @Nullable @OneOf({"queued", "sending", "uncertain", "sent", "failed", "undelivered",
                               "delivered", "bounced", "read", "accepted"}) String status,
                           String statusDetail, @Nullable Instant undoUntil, List<File> attachments,
                           @Nullable Why why, @Nullable Phone call, @Nullable Map<String, Object> event,
                           List<String> flags, @Nullable Auth auth, @Nullable Appointment appointment,
                           @Nullable Visit visit) {

    public record Author(@OneOf({"agent", "customer", "system", "rule"}) String type, @Nullable UUID id,
                         String name) {}

    public record File(UUID id, String name, String type, long sizeBytes, @Nullable String contentId,
                       String url) {}

    /// @param named a ticket that the message named but may not join, because its sender takes no part in it
    public record Why(String rule, String detail, @Nullable Named named) {}

    public record Named(UUID ticketId, long ticketNumber) {}

    /// @param verdict `none`: nothing proves the sender, as with most plain mail; `fail`: probably forged
    /// @param detail in RFC 8601 terms: `dkim=pass; spf=none; dmarc=reject`
    public record Auth(@OneOf({"pass", "none", "fail", "unknown"}) String verdict, String detail) {}

    /// How the call went that an item is about. `recordingUrl`: the message that the caller left.
    public record Phone(String state, @Nullable Integer durationSeconds, @Nullable String recordingUrl,
                        @Nullable String agentName, @Nullable String outcome) {}

    /// Signed addresses of what is shown outside the console's own page.
    public interface Links {
        String html(UUID messageId);

        String attachment(UUID attachmentId);

        /// @param stored as the query gave it: the id of an attachment
        default String recording(String stored) {
            return attachment(UUID.fromString(stored));
        }
    }

    /// The same item with its addresses made for one viewer.
    public TimelineItem addressed(UnaryOperator<String> url) {
        return linked(new Links() {
            @Override
            public String html(UUID messageId) {
                return url.apply(contentUrl);
            }

            @Override
            public String attachment(UUID attachmentId) {
                return attachments.stream().filter(file -> file.id().equals(attachmentId)).findFirst()
                        .map(file -> url.apply(file.url())).orElse(null);
            }

            @Override
            public String recording(String linked) {
                return url.apply(linked);
            }
        });
    }

    TimelineItem linked(Links links) {
        var phone = call == null || call.recordingUrl() == null ? call : new Phone(call.state(),
                call.durationSeconds(), links.recording(call.recordingUrl()), call.agentName(), call.outcome());
        var files = attachments.stream().map(file -> new File(file.id(), file.name(), file.type(), file.sizeBytes(),
                file.contentId(), links.attachment(file.id()))).toList();
        return new TimelineItem(seq, id, at, sentAt, channel, direction, kind, ticketId, ticketNumber, actor, text,
                visibleText, foldedText, signature, contentUrl == null ? null : links.html(UUID.fromString(id)),
                subject, from, to, cc, bcc, status, statusDetail, undoUntil, files, why, phone, event, flags, auth,
                appointment, visit);
    }
}
