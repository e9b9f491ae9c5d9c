package switchboard.channels.email;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import switchboard.channels.Channel.Undecodable;
import switchboard.channels.email.mime.DecodedMail;
import switchboard.channels.email.mime.MailAddress;
import switchboard.channels.email.mime.MailDecoder;
import switchboard.channels.email.mime.MailKind;
import switchboard.channels.email.mime.ReportedRecipient;
import switchboard.channels.email.outgoing.SigningKeys;
import switchboard.channels.email.proof.Domains;
import switchboard.channels.email.quote.QuoteFolding;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.conversation.Proof;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.intake.Received;
import switchboard.ticketing.people.Address;
import switchboard.ticketing.people.Sender;

/// From a stored mail to what intake knows of it. Pure: all that the door knew of the mailbox lies in the row's
/// envelope.
final class MailReading {
    /// Facts about a mail that are shown beside its text.
    private static final List<String> NOTES = List.of("signed", "encrypted", "appointment");
    private static final int NAMES_MAX = 30;
    private static final int ID_CHARS_MAX = 250;
    private static final int RECIPIENTS_MAX = 100;
    private static final Instant DATE_MIN = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant DATE_MAX = Instant.parse("9999-12-31T00:00:00Z");

    private static final Pattern NOBODY_READS = Pattern.compile("(?i)(no|do-?not|not?)[-_.]?reply.*|mailer-daemon"
            + "|www-?data|wordpress|nobody|(web|contact)?-?forms?|webmaster|(auto-?)?(mailer|notifications?)");

    private final Inbox.Raw row;
    private final DecodedMail mail;
    private final String mailbox;
    private final Reached reached;
    private final Author author;
    private final Received.Origin origin;
    private final Optional<Address> from;
    private final SenderVerdict verdict;

    private MailReading(Inbox.Raw row, Mailboxes mailboxes) {
        this.row = row;
        this.mail = MailDecoder.decode(row.raw());
        this.mailbox = text(row.envelope(), "mailbox");
        this.origin = new Received.Origin(row.id(), row.receivedAt());
        this.reached = new Reached(mail, mailbox, mailboxes);
        this.author = Author.of(mail, reached::isOurs);
        this.from = author.address().flatMap(one -> Address.email(one.address()));
        this.verdict = SenderVerdict.of(row.envelope(), mail, from);
    }

    static List<Received> read(Inbox.Raw row, Mailboxes mailboxes) {
        var keys = mailboxes.keys();
        var reading = new MailReading(row, mailboxes);
        reading.mail.quarantineReason().ifPresent(reason -> {
            throw new Undecodable("The mail cannot be taken at its word: " + reason.replace('-', ' '));
        });
        return reading.events(keys);
    }

    private List<Received> events(SigningKeys keys) {
        var message = message(keys);
        var reported = mail.originalMessageId();
        boolean failed = mail.kind() == MailKind.BOUNCE || mail.kind() == MailKind.DELAYED;
        if (failed && reported.isEmpty() && !mail.recipients().isEmpty()) return byAddress(message);
        boolean arrived = mail.kind() == MailKind.AUTO_REPLY;
        if (reported.isEmpty() || !failed && !arrived) return List.of(message);
        var detail = String.join(", ", mail.recipients().stream().map(MailReading::told).toList());
        boolean lasting = mail.kind() == MailKind.BOUNCE && (mail.recipients().isEmpty()
                || mail.recipients().stream().anyMatch(ReportedRecipient::permanent));
        return List.of(new Received.Status(origin, "rfc", key(reported), arrived ? "delivered" : lasting ? "bounced"
                : "sent", detail, row.receivedAt(), Optional.of(message)));
    }

    /// A notice that names only the failed recipients. It is stored once if no message of ours went to any of them.
    private List<Received> byAddress(Received.Message message) {
        var events = new ArrayList<Received>();
        for (var one : mail.recipients().subList(0, Math.min(mail.recipients().size(), NAMES_MAX))) {
            events.add(new Received.Status(origin, "address", one.address(), one.permanent() ? "bounced" : "sent",
                    told(one), row.receivedAt(), events.isEmpty() ? Optional.of(message) : Optional.empty()));
        }
        return events;
    }

    private static String told(ReportedRecipient one) {
        return one.address() + (one.permanent() ? "" : " (temporary)");
    }

    private Received.Message message(SigningKeys keys) {
        // Our own automatic mail that comes back needs no answer.
        var quiet = mail.kind() != MailKind.NORMAL || from.isEmpty() && mail.autoSubmitted();
        var kind = switch (mail.kind()) {
            case NORMAL -> "message";
            case AUTO_REPLY -> "auto-reply";
            case BOUNCE, DELAYED, COMPLAINT -> "bounce";
        };
        return new Received.Message(origin, EmailChannel.NAME, mailbox, row.receivedAt(), kind, quiet, sender(),
                proofs(keys), Optional.empty(), content(), files(), names(mail), flags(), Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    /// By the sender's clock, however wrong; only years that the database can't store are dropped.
    private Instant sentAt() {
        return mail.date().filter(date -> date.isAfter(DATE_MIN) && date.isBefore(DATE_MAX)).orElse(null);
    }

    private Sender sender() {
        return new Sender(from, author.name(), verdict.trust(), Optional.empty(), verdict.shown());
    }

    private List<Proof> proofs(SigningKeys keys) {
        var proofs = new ArrayList<Proof>();
        var sender = author.address().map(MailAddress::address).orElse("");
        var compared = from.map(Address::value).orElse("");
        reached.all().stream().limit(RECIPIENTS_MAX).flatMap(address -> reached.base(address)
                .flatMap(base -> Mailboxes.replyAddress(keys, base))
                .flatMap(reply -> reply.verify(address, sender)).stream()).distinct()
                .forEach(ticket -> proofs.add(new Proof.Token(ticket, compared)));
        proofs.addAll(named(mail));
        return proofs;
    }

    /// The earlier mails that it names, strongest proof first.
    static List<Proof> named(DecodedMail mail) {
        var named = new ArrayList<Proof>();
        for (var id : mail.inReplyTo()) named.add(new Proof.Named("rfc", key(id), "in-reply-to", false));
        mail.references().reversed().stream().limit(NAMES_MAX)
                .forEach(id -> named.add(new Proof.Named("rfc", key(id), "references", false)));
        return named;
    }

    private Received.Content content() {
        var folded = QuoteFolding.fold(mail.text());
        return new Received.Content(mail.subject(), mail.text(), folded.visibleText(), folded.foldedText(),
                folded.signature(), mail.html().isEmpty() ? null : mail.html(), addresses(mail.to()),
                addresses(mail.cc()),
                mail.messageId().isEmpty() ? null : key(mail.messageId()), replyTo(), sentAt(),
                reached.ends(), mail.appointment().orElse(null), null);
    }

    /// A web form writes from an address that nobody reads, and names the person here. Who wrote is From all the same;
    /// we are no place to answer to.
    private List<String> replyTo() {
        var own = from.map(Address::value).orElse("");
        return mail.replyTo().stream().limit(RECIPIENTS_MAX)
                .flatMap(one -> Address.email(one.address()).map(Address::value).stream())
                .filter(one -> !one.equalsIgnoreCase(own) && !reached.leadsToUs(one)).distinct().toList();
    }

    /// Whether a reply would leave the sender's organisation, and whether such a sender normally asks for that.
    private List<String> replyFlags() {
        var own = from.map(Address::value).orElse("");
        boolean outside = replyTo().stream().anyMatch(one -> !Domains.sameOrganisation(Domains.of(one),
                Domains.of(own)));
        if (!outside) return List.of();
        boolean form = own.isEmpty() || NOBODY_READS.matcher(own.substring(0, own.lastIndexOf('@'))).matches()
                || Domains.sameOrganisation(Domains.of(own), Domains.of(mailbox));
        return form ? List.of("reply-elsewhere", "reply-form") : List.of("reply-elsewhere");
    }

    private static List<String> addresses(List<MailAddress> all) {
        return all.stream().limit(RECIPIENTS_MAX).map(one -> Address.email(one.address()).map(Address::value)
                .orElse(one.address())).toList();
    }

    private List<Received.File> files() {
        return mail.attachments().stream().map(file -> new Received.File(file.name(), file.type(),
                file.contentId().isEmpty() ? null : file.contentId(), file.inline(), file.bytes())).toList();
    }

    /// The mail's own ids.
    static List<Received.Key> names(DecodedMail mail) {
        return mail.messageId().isEmpty() ? List.of() : List.of(new Received.Key("rfc", key(mail.messageId()), true));
    }

    private List<String> flags() {
        var flags = new ArrayList<String>();
        if (verdict.trust() == Sender.Trust.DOUBTFUL) flags.add("dmarc-fail");
        flags.addAll(replyFlags());
        if (mail.kind() == MailKind.AUTO_REPLY) flags.add("auto-reply");
        if (mail.kind() == MailKind.COMPLAINT) flags.add("complaint");
        if (mail.embedded().isPresent()) flags.add("forwarded");
        if (mail.overLimit()) flags.add("over-limit");
        NOTES.stream().filter(mail.warnings()::contains).forEach(flags::add);
        return flags;
    }

    /// Ids as they are compared and stored; one of absurd length by its digest.
    static String key(String messageId) {
        return messageId.length() <= ID_CHARS_MAX ? messageId : "sha256:" + Signer.digest(messageId);
    }

    static String text(Map<String, Object> envelope, String name) {
        return envelope.get(name) instanceof String text ? text : "";
    }
}
