package switchboard.gateway.demo;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import switchboard.channels.email.mime.MailAddress;
import switchboard.channels.email.outgoing.MailComposer;
import switchboard.channels.email.outgoing.MailSender;
import switchboard.channels.email.outgoing.OutgoingMail;
import switchboard.channels.email.outgoing.SendResult;
import switchboard.channels.email.outgoing.SmtpSettings;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;

/// A customer's way of sending mail: written as a mail program writes it, handed to our listener over SMTP.
final class CustomerMail {
    private static final int TEXT_CHARS_MAX = 100_000;
    private static final int SUBJECT_CHARS_MAX = 500;
    private static final int REFERENCES_MAX = 100;
    private static final int AT_ONCE_MAX = 16;
    private static final int WAIT_SECONDS_MAX = 10;

    private final String company;
    private final Map<String, String> names;
    private final Supplier<Integer> port;
    private final Semaphore places = new Semaphore(AT_ONCE_MAX);

    /// @param names what a customer is called in the From field, by address; others stand there without a name
    CustomerMail(String company, Map<String, String> names, Supplier<Integer> port) {
        this.company = company;
        this.names = names;
        this.port = port;
    }

    /// @param inReplyTo  Message-ID of the mail that is answered, without brackets; null for a first mail
    /// @param references the Message-IDs that stand in the answered mail and its own, oldest first; null for none
    record Draft(String to, String subject, String text, String inReplyTo, List<String> references) {
        Draft {
            to = to == null ? "" : to.strip();
            subject = subject == null ? "" : subject.strip();
            text = text == null ? "" : text;
            inReplyTo = inReplyTo == null ? "" : bare(inReplyTo);
            references = references == null ? List.of() : references.stream().map(Draft::bare).toList();
        }

        private static String bare(String id) {
            return String.valueOf(id).strip().replaceFirst("^<", "").replaceFirst(">$", "");
        }
    }

    /// Returns after the listener has said 250. Blocks; on a virtual thread.
    ///
    /// @throws Failure.Invalid when the draft cannot be sent or the listener refuses it for good
    /// @throws Failure.Unavailable when nobody takes mail now
    void send(String from, Draft draft) {
        check(from, draft);
        switch (hand(from, draft, compose(from, draft))) {
            case SendResult.Accepted accepted when accepted.refused().isEmpty() && accepted.deferred().isEmpty() -> { }
            case SendResult.Accepted _ ->
                throw new Failure.Invalid("The mail server does not take mail for " + draft.to());
            case SendResult.Refused refused -> throw new Failure.Invalid("The mail server refused this: "
                    + refused.recipients().values().stream().map(SendResult.Answer::text).findFirst().orElse(""));
            case SendResult.RetryLater later ->
                throw new Failure.Unavailable("The mail was not taken: " + later.reason());
            case SendResult.Unknown unknown ->
                throw new Failure.Unavailable("It is not known whether the mail was taken: " + unknown.reason());
        }
    }

    private void check(String from, Draft draft) {
        if (from.equalsIgnoreCase(company)) throw Failure.Invalid.field("address", "is the company's own");
        if (draft.to().isEmpty()) throw Failure.Invalid.field("to", "must be an address");
        if (draft.text().isBlank()) throw Failure.Invalid.field("text", "must not be empty");
        if (draft.text().length() > TEXT_CHARS_MAX) throw Failure.Invalid.field("text", "is too long");
        if (draft.subject().length() > SUBJECT_CHARS_MAX) throw Failure.Invalid.field("subject", "is too long");
        if (draft.references().size() > REFERENCES_MAX) throw Failure.Invalid.field("references", "are too many");
    }

    private byte[] compose(String from, Draft draft) {
        try {
            var sender = mailbox(names.get(from.toLowerCase(Locale.ROOT)), from);
            var id = Ids.next() + "@" + java.net.IDN.toASCII(sender.domain());
            var mail = OutgoingMail.plain(sender, List.of(mailbox(null, draft.to())), draft.subject(), id,
                    Instant.now().truncatedTo(ChronoUnit.SECONDS), draft.text());
            return MailComposer.compose(mail.withThread(
                    draft.inReplyTo().isEmpty() ? List.of() : List.of(draft.inReplyTo()), draft.references()));
        } catch (IllegalArgumentException wrong) {
            throw new Failure.Invalid(wrong.getMessage());
        }
    }

    private static MailAddress mailbox(String name, String address) {
        int at = address.lastIndexOf('@');
        if (at < 1) throw new IllegalArgumentException("not an address that mail can be sent to");
        return MailAddress.of(name, address.substring(0, at), address.substring(at + 1));
    }

    private SendResult hand(String from, Draft draft, byte[] raw) {
        var listening = port.get();
        if (listening == null) throw new Failure.Unavailable("No mail is taken here");
        try {
            if (!places.tryAcquire(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new Failure.Unavailable("Too much mail is being sent");
            }
        } catch (InterruptedException stop) {
            throw new Failure.Unavailable("The program is stopping");
        }
        try {
            return MailSender.send(SmtpSettings.plain("127.0.0.1", listening), raw, from, List.of(draft.to()));
        } finally {
            places.release();
        }
    }
}
