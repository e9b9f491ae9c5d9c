package switchboard.channels.email.outgoing;

import jakarta.activation.DataHandler;
import jakarta.mail.BodyPart;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import switchboard.channels.email.mime.Attachment;
import switchboard.channels.email.mime.FileType;
import switchboard.channels.email.mime.MailAddress;

/// An `OutgoingMail` as bytes for the wire: text alone, or text and HTML as alternatives, HTML with its inline images,
/// files beside them. Blind copies are never written. The same mail gives the same bytes but for the MIME boundaries.
public final class MailComposer {
    private static final Session SESSION = Session.getInstance(new Properties());
    private static final Pattern TYPE =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,100}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,100}");
    /// The newest references that are repeated; the first is always kept.
    private static final int REFERENCES_MAX = 20;

    private MailComposer() {}

    public static byte[] compose(OutgoingMail mail) {
        try {
            var message = new Identified(mail.messageId());
            headers(mail, message);
            content(mail, message);
            message.saveChanges();
            var out = new ByteArrayOutputStream();
            message.writeTo(out);
            return out.toByteArray();
        } catch (MessagingException e) {
            throw new IllegalArgumentException("mail cannot be written: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void headers(OutgoingMail mail, MimeMessage message) throws MessagingException, IOException {
        message.setFrom(mailbox(mail.from()));
        message.setRecipients(RecipientType.TO, mailboxes(mail.to()));
        message.setRecipients(RecipientType.CC, mailboxes(mail.cc()));
        if (!mail.replyTo().isEmpty()) message.setReplyTo(mailboxes(mail.replyTo()));
        message.setSubject(mail.subject(), "UTF-8");
        message.setSentDate(Date.from(mail.date()));
        if (!mail.inReplyTo().isEmpty()) message.setHeader("In-Reply-To", ids("In-Reply-To", mail.inReplyTo()));
        if (!mail.references().isEmpty()) message.setHeader("References", ids("References", newest(mail.references())));
        if (mail.autoSubmitted()) {
            // RFC 3834 section 5: a reply says to what, everything else that a machine writes is generated.
            message.setHeader("Auto-Submitted", mail.inReplyTo().isEmpty() ? "auto-generated" : "auto-replied");
            message.setHeader("X-Auto-Response-Suppress", "All");
        }
        for (var header : mail.headers().entrySet()) {
            var value = MimeUtility.encodeText(header.getValue(), "UTF-8", null);
            message.setHeader(header.getKey(), MimeUtility.fold(header.getKey().length() + 2, value));
        }
    }

    private static void content(OutgoingMail mail, MimeMessage message) throws MessagingException {
        var files = mail.attachments().stream().filter(a -> !inline(a, mail)).toList();
        if (files.isEmpty() && mail.html().isEmpty()) {
            message.setText(lines(mail.text()), "UTF-8");
        } else if (files.isEmpty()) {
            message.setContent(alternatives(mail));
        } else {
            var mixed = new MimeMultipart("mixed");
            mixed.addBodyPart(mail.html().isEmpty() ? text(mail.text(), "plain") : wrap(alternatives(mail)));
            for (var file : files) mixed.addBodyPart(file(file, Part.ATTACHMENT));
            message.setContent(mixed);
        }
    }

    private static Multipart alternatives(OutgoingMail mail) throws MessagingException {
        var images = mail.attachments().stream().filter(a -> inline(a, mail)).toList();
        BodyPart html = text(mail.html(), "html");
        if (!images.isEmpty()) {
            var related = new MimeMultipart("related");
            related.addBodyPart(html);
            for (var image : images) related.addBodyPart(file(image, Part.INLINE));
            html = wrap(related);
        }
        return new MimeMultipart("alternative", text(mail.text(), "plain"), html);
    }

    private static boolean inline(Attachment attachment, OutgoingMail mail) {
        return attachment.inline() && !attachment.contentId().isEmpty() && !mail.html().isEmpty();
    }

    private static MimeBodyPart text(String text, String subtype) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(lines(text), "UTF-8", subtype);
        return part;
    }

    private static MimeBodyPart wrap(Multipart multipart) throws MessagingException {
        var part = new MimeBodyPart();
        part.setContent(multipart);
        return part;
    }

    private static MimeBodyPart file(Attachment file, String disposition) throws MessagingException {
        var part = new MimeBodyPart();
        var name = OneLine.fileName(file.name());
        var found = FileType.of(name, file.type(), file.bytes());
        var type = TYPE.matcher(found).matches() && !found.startsWith("message/") && !found.startsWith("multipart/")
                ? found : "application/octet-stream";
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(file.bytes(), type)));
        part.setHeader("Content-Type", FileHeaders.type(type, name));
        part.setHeader("Content-Disposition", FileHeaders.disposition(disposition, name));
        part.setHeader("Content-Transfer-Encoding", "base64");
        if (!file.contentId().isEmpty()) part.setContentID("<" + OneLine.messageId(file.contentId()) + ">");
        return part;
    }

    private static List<String> newest(List<String> references) {
        int surplus = references.size() - REFERENCES_MAX;
        if (surplus <= 0) return references;
        var kept = new java.util.ArrayList<>(references.subList(surplus, references.size()));
        kept.set(0, references.getFirst());
        return kept;
    }

    private static String ids(String header, List<String> ids) {
        return ids.stream().map(id -> "<" + id + ">").collect(Collectors.joining("\r\n "));
    }

    private static InternetAddress[] mailboxes(List<MailAddress> list) throws IOException {
        var out = new InternetAddress[list.size()];
        for (int i = 0; i < out.length; i++) out[i] = mailbox(list.get(i));
        return out;
    }

    private static InternetAddress mailbox(MailAddress mailbox) throws IOException {
        var address = mailbox.local() + "@" + IDN.toASCII(mailbox.domain());
        return new InternetAddress(address, mailbox.name().isEmpty() ? null : mailbox.name(),
                StandardCharsets.UTF_8.name());
    }

    /// CRLF line ends only, no NUL: a lone CR or LF inside a body is what smuggles a second message through a relay.
    private static String lines(String text) {
        return text.replace("\0", "").replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
    }

    /// Keeps the Message-ID that was decided, where the library would mint its own.
    private static final class Identified extends MimeMessage {
        private final String id;

        Identified(String id) {
            super(SESSION);
            this.id = id;
        }

        @Override protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + ">");
        }
    }
}
