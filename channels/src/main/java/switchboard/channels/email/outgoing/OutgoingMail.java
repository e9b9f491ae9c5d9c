package switchboard.channels.email.outgoing;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import switchboard.channels.email.mime.Attachment;
import switchboard.channels.email.mime.MailAddress;

/// A mail to be written. Whatever could break out of its header field is refused here, by IllegalArgumentException,
/// before anything is sent.
///
/// @param messageId and references without angle brackets, references oldest first
/// @param html already sanitised, or empty for a text-only mail
/// @param autoSubmitted set on every mail that no person wrote (RFC 3834)
/// @param headers further headers such as List-Unsubscribe; never one that this record names
public record OutgoingMail(
        MailAddress from, List<MailAddress> to, List<MailAddress> cc, List<MailAddress> bcc, List<MailAddress> replyTo,
        String subject, String messageId, List<String> inReplyTo, List<String> references, Instant date,
        String text, String html, List<Attachment> attachments, boolean autoSubmitted, Map<String, String> headers) {

    private static final Set<String> RESERVED = Set.of("from", "to", "cc", "bcc", "reply-to", "sender", "subject",
            "message-id", "in-reply-to",
            "references", "date", "mime-version", "content-type", "content-transfer-encoding", "return-path",
            "received", "auto-submitted");

    public OutgoingMail {
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
        replyTo = List.copyOf(replyTo);
        inReplyTo = List.copyOf(inReplyTo);
        references = List.copyOf(references);
        attachments = List.copyOf(attachments);
        headers = Map.copyOf(headers);
        Stream.of(List.of(from), to, cc, bcc, replyTo).flatMap(List::stream).forEach(OutgoingMail::check);
        OneLine.require("subject", subject);
        OneLine.messageId(messageId);
        inReplyTo.forEach(OneLine::messageId);
        references.forEach(OneLine::messageId);
        headers.forEach((name, value) -> {
            if (RESERVED.contains(OneLine.headerName(name).toLowerCase(Locale.ROOT)))
                    throw new IllegalArgumentException("header " + name + " is not free");
            OneLine.require(name, value);
        });
        if (to.isEmpty() && cc.isEmpty() && bcc.isEmpty())
                throw new IllegalArgumentException("a mail needs a recipient");
    }

    /// A plain first mail, to be varied with the `with` methods.
    public static OutgoingMail plain(MailAddress from, List<MailAddress> to, String subject, String messageId,
            Instant date, String text) {
        return new OutgoingMail(from, to, List.of(), List.of(), List.of(), subject, messageId, List.of(), List.of(),
                date,
                text, "", List.of(), false, Map.of());
    }

    /// Whether our mail can name an id that another program made.
    public static boolean canName(String messageId) {
        return OneLine.isMessageId(messageId);
    }

    public OutgoingMail withThread(List<String> inReplyTo, List<String> references) {
        return new OutgoingMail(from, to, cc, bcc, replyTo, subject, messageId, inReplyTo, references, date, text,
                html, attachments, autoSubmitted, headers);
    }

    public OutgoingMail withCopies(List<MailAddress> cc, List<MailAddress> bcc) {
        return new OutgoingMail(from, to, cc, bcc, replyTo, subject, messageId, inReplyTo, references, date, text,
                html, attachments, autoSubmitted, headers);
    }

    public OutgoingMail withReplyTo(MailAddress address) {
        return new OutgoingMail(from, to, cc, bcc, List.of(address), subject, messageId, inReplyTo, references, date,
                text, html, attachments, autoSubmitted, headers);
    }

    public OutgoingMail withHtml(String html) {
        return new OutgoingMail(from, to, cc, bcc, replyTo, subject, messageId, inReplyTo, references, date, text,
                html, attachments, autoSubmitted, headers);
    }

    public OutgoingMail withAttachments(List<Attachment> attachments) {
        return new OutgoingMail(from, to, cc, bcc, replyTo, subject, messageId, inReplyTo, references, date, text,
                html, attachments, autoSubmitted, headers);
    }

    public OutgoingMail automatic() {
        return new OutgoingMail(from, to, cc, bcc, replyTo, subject, messageId, inReplyTo, references, date, text,
                html, attachments, true, headers);
    }

    public OutgoingMail withHeaders(Map<String, String> headers) {
        return new OutgoingMail(from, to, cc, bcc, replyTo, subject, messageId, inReplyTo, references, date, text,
                html, attachments, autoSubmitted, headers);
    }

    /// Everyone whom the envelope must name.
    public List<String> recipients() {
        return Stream.of(to, cc, bcc).flatMap(List::stream).map(MailAddress::address).distinct().toList();
    }

    private static void check(MailAddress mailbox) {
        OneLine.require("name", mailbox.name());
        OneLine.address(mailbox.address());
    }
}
