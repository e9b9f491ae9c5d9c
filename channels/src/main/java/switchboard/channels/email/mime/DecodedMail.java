package switchboard.channels.email.mime;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import switchboard.ticketing.conversation.Appointment;

/// One message as intake understands it. Every string is free of NUL; none is safe HTML.
///
/// @param from the one canonical sender; empty when there is none or more than one (then `quarantineReason` says so,
///     unless it is a report)
/// @param senders every address of the From fields, in order
/// @param messageId without angle brackets, or empty
/// @param references oldest first, without angle brackets
/// @param text the plain text, taken from the HTML when there is no text part
/// @param html as sent, NOT sanitised, or empty
/// @param recipients for reports: the addresses concerned
/// @param originalMessageId for reports: the id of the message reported on, or empty
/// @param deliveredTo addresses that the transport noted (Delivered-To, X-Original-To, Envelope-To), in order
/// @param carried what the forwarding servers recorded
/// @param appointment the first readable event of a calendar part
/// @param embedded the first message that was forwarded as an attachment
/// @param quarantineReason why the sender can't be determined; may be empty
public record DecodedMail(
        Optional<MailAddress> from, List<MailAddress> senders, List<MailAddress> replyTo,
        List<MailAddress> to, List<MailAddress> cc,
        String subject, String messageId, List<String> inReplyTo, List<String> references, Optional<Instant> date,
        String text, String html, List<Attachment> attachments,
        MailKind kind, List<ReportedRecipient> recipients, String originalMessageId,
        LoopFacts loop, List<AuthenticationResult> authenticationResults, List<String> deliveredTo,
        Carried carried, Optional<Appointment> appointment, Optional<DecodedMail> embedded, List<String> warnings,
        Optional<String> quarantineReason) {

    /// Whether the message exceeds a reading limit; `warnings` names it.
    public boolean overLimit() {
        return warnings.stream().anyMatch(MailLimits.WARNINGS::contains);
    }

    public boolean autoSubmitted() {
        return loop.autoSubmitted();
    }
}
