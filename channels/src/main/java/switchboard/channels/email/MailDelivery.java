package switchboard.channels.email;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import switchboard.channels.email.Mailboxes.Mailbox;
import switchboard.channels.email.html.MailHtml;
import switchboard.channels.email.mime.Attachment;
import switchboard.channels.email.mime.MailAddress;
import switchboard.channels.email.outgoing.MailComposer;
import switchboard.channels.email.outgoing.MailSender;
import switchboard.channels.email.outgoing.OutgoingMail;
import switchboard.channels.email.outgoing.SendResult;
import switchboard.channels.email.outgoing.SmtpSettings;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.conversation.Blobs;
import switchboard.ticketing.outbox.Delivery;
import switchboard.ticketing.outbox.Outbox;
import switchboard.ticketing.reply.Outgoing;
import switchboard.ticketing.reply.SignOff;

/// Writes and sends the mails that the outbox holds: agents' answers, and mails of the program's own.
///
/// SMTP cannot be asked what it has, so after an unknown outcome the same mail goes out again under the same
/// Message-ID.
final class MailDelivery {
    private static final int SENDING_MAX = 12;
    private static final String SIGNATURE_MARK = "\n\n-- \n";

    /// A mail of the program's own: an invitation, a code, a reset.
    ///
    /// @param from may be null: the first mailbox
    /// @param answers the Message-ID of the mail that it answers by itself; null where it answers none
    record SystemMail(boolean system, String to, String subject, String text, String html, String from, String rfcId,
                      String answers) {
        /// Nobody hears of an automatic answer that cannot be delivered (RFC 3834, section 3.3): such a report would
        /// come as a mail to be answered.
        String bounceTo(Mailbox from) {
            return answers == null ? from.address() : "";
        }
    }

    /// @param recipients of the envelope; of all whom the mail names, those who have not got it yet
    private record Letter(OutgoingMail mail, List<String> recipients, String bounceTo) {}

    private final Database database;
    private final Mailboxes mailboxes;
    private final Supplier<Optional<SmtpSettings>> otherwise;
    private final Semaphore sending = new Semaphore(SENDING_MAX);

    /// @param otherwise the way out for mailboxes without an SMTP server of their own
    MailDelivery(Database database, Mailboxes mailboxes, Supplier<Optional<SmtpSettings>> otherwise) {
        this.database = database;
        this.mailboxes = mailboxes;
        this.otherwise = otherwise;
    }

    Delivery deliver(Outbox.Leased row) {
        Letter letter;
        Optional<Mailbox> from;
        try {
            if (row.payload().path("system").asBoolean()) {
                var system = Json.read(row.payload().toString(), SystemMail.class);
                if (system.text() == null) {
                    return new Delivery.Refused("secret-gone",
                            "Its link or code is not kept; a new one can be asked for");
                }
                from = system.from() == null ? mailboxes.all().stream().findFirst() : mailboxes.of(system.from());
                if (from.isEmpty()) return noMailbox();
                letter = new Letter(compose(row, system, from.get()), List.of(system.to()),
                        system.bounceTo(from.get()));
            } else {
                var outgoing = Json.read(row.payload().toString(), Outgoing.class);
                from = mailboxes.of(outgoing.from());
                if (from.isEmpty()) return noMailbox();
                var mail = compose(outgoing, from.get(), !row.payload().path("unsigned").asBoolean());
                letter = new Letter(mail, outgoing.only() == null ? mail.recipients() : outgoing.only(),
                        from.get().address());
            }
        } catch (IllegalArgumentException wrong) {
            return new Delivery.Refused("mail-form", wrong.getMessage());
        }
        var route = from.get().smtp() == null ? otherwise.get() : Optional.of(mailboxes.smtp(from.get()));
        if (route.isEmpty()) {
            return new Delivery.Refused("no-route", "The mailbox " + from.get().address() + " has no SMTP server");
        }
        return send(row, route.get(), letter);
    }

    private static Delivery noMailbox() {
        return new Delivery.RetryLater("There is no mailbox to send from", Optional.of(Duration.ofMinutes(1)));
    }

    private Delivery send(Outbox.Leased row, SmtpSettings route, Letter letter) {
        var raw = MailComposer.compose(letter.mail());
        sending.acquireUninterruptibly();
        try {
            return switch (MailSender.send(route, raw, letter.bounceTo(), letter.recipients(),
                    () -> Outbox.held(database.sql(), row))) {
                case SendResult.Accepted accepted when accepted.refused().isEmpty() && accepted.deferred().isEmpty() ->
                        new Delivery.Accepted(letter.mail().messageId(), "sent");
                case SendResult.Accepted partly -> new Delivery.Partly(letter.mail().messageId(), "sent",
                        words(partly.refused()), words(partly.deferred()));
                case SendResult.RetryLater later -> new Delivery.RetryLater(later.reason(), Optional.empty());
                case SendResult.Refused refused -> refused(refused);
                case SendResult.Unknown unknown -> new Delivery.Unknown(unknown.reason());
            };
        } finally {
            sending.release();
        }
    }

    private static Map<String, String> words(Map<String, SendResult.Answer> answers) {
        var words = new LinkedHashMap<String, String>();
        answers.forEach((address, answer) -> words.put(address, answer.text()));
        return words;
    }

    private static Delivery refused(SendResult.Refused refused) {
        var first = refused.recipients().entrySet().stream().findFirst();
        return new Delivery.Refused(first.map(one -> String.valueOf(one.getValue().code())).orElse("refused"),
                first.map(one -> one.getKey() + ": " + one.getValue().text()).orElse("refused"));
    }

    /// @param signed whether the reply address may identify its recipient
    private OutgoingMail compose(Outgoing outgoing, Mailbox mailbox, boolean signed) {
        var from = ours(outgoing.from(), mailbox);
        var author = outgoing.authorName().isBlank() ? mailbox.name()
                : outgoing.authorName() + " (" + mailbox.name() + ")";
        var signature = SignOff.remaining(outgoing.text(), outgoing.signature() == null
                || outgoing.signature().isBlank() ? mailbox.signature() : outgoing.signature());
        var mail = OutgoingMail.plain(address(author, from), addresses(outgoing.to()), outgoing.subject(),
                outgoing.rfcId(), Instant.now(), text(outgoing, signature));
        mail = mail.withCopies(addresses(outgoing.cc()), addresses(outgoing.bcc()));
        var references = outgoing.references();
        if (!references.isEmpty()) mail = mail.withThread(List.of(references.getLast()), references);
        // The token is for one person; with several it would let each speak as the first.
        if (signed && outgoing.to().size() == 1 && outgoing.ticketId() != null) {
            var reply = Mailboxes.replyAddress(mailboxes.keys(), from);
            if (reply.isPresent()) {
                mail = mail.withReplyTo(address(mailbox.name(),
                        reply.get().mint(outgoing.ticketId(), outgoing.to().getFirst())));
            }
        }
        if (outgoing.html() != null && !outgoing.html().isBlank()) {
            mail = mail.withHtml(html(outgoing, outgoing.html(), signature));
        } else if (outgoing.quotedHtml() != null) {
            mail = mail.withHtml(html(outgoing, "", signature));
        }
        return mail.withAttachments(attachments(outgoing));
    }

    /// The address that the customer wrote to, while it still leads to the mailbox.
    private String ours(String wished, Mailbox mailbox) {
        return wished == null ? mailbox.address()
                : mailboxes.own(mailbox.address()).base(wished).orElse(mailbox.address());
    }

    /// The writer's words, the writer's signature, and only then what they hand on.
    private static String text(Outgoing outgoing, String signature) {
        var signed = signature.isBlank() ? outgoing.text() : outgoing.text() + SIGNATURE_MARK + signature;
        return outgoing.quoted() == null ? signed : (signed + "\n\n" + outgoing.quoted()).stripLeading();
    }

    private static String html(Outgoing outgoing, String words, String signature) {
        return MailHtml.sanitise(words)
                + (signature.isBlank() ? "" : "<p>-- <br>" + escaped(signature) + "</p>")
                + (outgoing.quotedHtml() == null ? "" : MailHtml.sanitise(outgoing.quotedHtml()));
    }

    private OutgoingMail compose(Outbox.Leased row, SystemMail system, Mailbox mailbox) {
        var id = system.rfcId() == null
                ? "system-" + row.id() + "." + row.createdAt().toEpochMilli() + "@" + mailbox.domain()
                : system.rfcId();
        var mail = OutgoingMail.plain(address(mailbox.name(), ours(system.from(), mailbox)),
                addresses(List.of(system.to())),
                system.subject(), id, row.createdAt(), system.text());
        if (system.answers() != null) mail = answering(row, system, mailbox, mail);
        return (system.html() == null ? mail : mail.withHtml(MailHtml.sanitise(system.html()))).automatic();
    }

    /// What is answered to it finds the ticket, by its references or by the signed address.
    private OutgoingMail answering(Outbox.Leased row, SystemMail system, Mailbox mailbox, OutgoingMail mail) {
        var threaded = !OutgoingMail.canName(system.answers()) ? mail
                : mail.withThread(List.of(system.answers()), List.of(system.answers()));
        return row.ticketId() == null ? threaded
                : Mailboxes.replyAddress(mailboxes.keys(), ours(system.from(), mailbox))
                .map(reply -> threaded.withReplyTo(address(mailbox.name(), reply.mint(row.ticketId(), system.to()))))
                .orElse(threaded);
    }

    private List<Attachment> attachments(Outgoing outgoing) {
        var files = new ArrayList<Attachment>();
        for (var file : outgoing.files()) {
            var bytes = Blobs.load(database.sql(), file.sha256());
            files.add(new Attachment(file.name(), file.type(), bytes.length, "", false, bytes));
        }
        return files;
    }

    private static List<MailAddress> addresses(List<String> all) {
        return all.stream().map(one -> address("", one)).toList();
    }

    private static MailAddress address(String name, String address) {
        int at = address.lastIndexOf('@');
        if (at < 1) throw new IllegalArgumentException(address + " is no mail address");
        return MailAddress.of(name, address.substring(0, at), address.substring(at + 1));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>");
    }
}
