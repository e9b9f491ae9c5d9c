package switchboard.channels.email;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import switchboard.channels.Channel;
import switchboard.channels.email.imap.ImapPoller;
import switchboard.channels.email.outgoing.MailSender;
import switchboard.channels.email.outgoing.SmtpSettings;
import switchboard.channels.email.outgoing.Vetted;
import switchboard.channels.email.proof.Resolver;
import switchboard.channels.email.proof.SenderProof;
import switchboard.channels.email.smtp.SmtpLimits;
import switchboard.channels.email.smtp.SmtpListener;
import switchboard.channels.email.smtp.Tls;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.intake.Received;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.outbox.Delivery;
import switchboard.ticketing.outbox.Outbox;
import switchboard.ticketing.people.Address;
import switchboard.ticketing.reply.Card;

/// Email: in by our own SMTP listener and by IMAP, out by SMTP.
public final class EmailChannel implements Channel {
    static final String NAME = "email";
    /// What our own listener takes in one mail, and many relays too.
    private static final int RECIPIENTS_MAX = 100;

    /// @param listenPort of the SMTP listener, 0 for any free one; empty: no listener
    /// @param lmtpPort of a second listener, for a mail server that relays to us by LMTP
    /// @param customerMailboxes keep mail for addresses that are not ours (the demo) instead of refusing it
    public record Options(InetAddress listenHost, Optional<Integer> listenPort, Optional<Integer> lmtpPort,
                          boolean customerMailboxes, Optional<SmtpSettings> defaultRoute, Safety safety) {
        public Options(InetAddress listenHost, Optional<Integer> listenPort, Optional<Integer> lmtpPort,
                boolean customerMailboxes, Optional<SmtpSettings> defaultRoute) {
            this(listenHost, listenPort, lmtpPort, customerMailboxes, defaultRoute, Safety.NONE);
        }
    }

    /// How the channel checks senders, clients and servers.
    ///
    /// @param resolver for sender checks; empty: trust only the results of a mailbox's trusted server
    /// @param clients the listener's clients that are senders' own servers, to be judged by SPF
    /// @param tls of the SMTP listener; the LMTP listener offers TLS too but never requires it
    /// @param tested the addresses that a test of a mailbox's settings may reach
    public record Safety(Optional<Resolver> resolver, Predicate<InetAddress> clients, Tls tls,
                         Predicate<InetAddress> tested) {
        public static final Safety NONE = new Safety(Optional.empty(), _ -> false, Tls.NONE, _ -> true);
    }

    private final Options options;
    private final Mailboxes mailboxes;
    private final MailDoor door;
    private final ImapReaders readers;
    private final MailDelivery delivery;
    private final Acknowledgements acknowledgements;
    private final CustomerMailboxes customers;
    private final Optional<SenderChecks> checks;
    private Optional<SmtpListener> listener = Optional.empty();
    private Optional<SmtpListener> relay = Optional.empty();

    public EmailChannel(Options options, Database database, Journal journal, Inbox inbox, Outbox outbox,
            Signer signer) {
        this.options = options;
        this.mailboxes = new Mailboxes(database, signer);
        this.customers = new CustomerMailboxes(database);
        this.door = new MailDoor(database, inbox, mailboxes,
                options.customerMailboxes() ? Optional.of(customers) : Optional.empty(), options.safety().clients());
        this.checks = options.safety().resolver().map(SenderProof::new).map(SenderChecks::new);
        this.readers = new ImapReaders(database, mailboxes, door);
        // The demo's way out is its own way in: both ends in one process, over a real socket.
        this.delivery = new MailDelivery(database, mailboxes, () -> options.defaultRoute()
                .or(() -> options.customerMailboxes() ? listener.map(one -> SmtpSettings.plain("127.0.0.1", one.port()))
                        : Optional.empty()));
        this.acknowledgements = new Acknowledgements(journal, outbox, mailboxes);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int cost() {
        return 10;
    }

    @Override
    public Card card() {
        return Card.sending(NAME, Address.EMAIL).withRecipientsMax(RECIPIENTS_MAX).quoting();
    }

    @Override
    public Set<String> doors() {
        return Set.of("smtp");
    }

    @Override
    public List<Inbox.Raw> prepared(List<Inbox.Raw> rows) {
        return checks.map(all -> all.prepared(rows)).orElse(rows);
    }

    @Override
    public boolean preparesLong(String lane) {
        return checks.isPresent() && checks.get().waitsFor(lane);
    }

    @Override
    public List<Received> decode(Inbox.Raw row) {
        return MailReading.read(row, mailboxes);
    }

    @Override
    public Delivery deliver(Outbox.Leased row) {
        return delivery.deliver(row);
    }

    @Override
    public void start() {
        listener = options.listenPort().map(port -> listen(port, SmtpListener.Protocol.SMTP));
        relay = options.lmtpPort().map(port -> listen(port, SmtpListener.Protocol.LMTP));
        readers.start();
        acknowledgements.start();
    }

    private SmtpListener listen(int port, SmtpListener.Protocol protocol) {
        try {
            return SmtpListener.start(new SmtpListener.Settings(options.listenHost(), port, protocol, "switchboard",
                    door::knows, tls(protocol), SmtpLimits.usual()),
                    protocol == SmtpListener.Protocol.LMTP ? door::relayed : door::accept);
        } catch (IOException taken) {
            throw new UncheckedIOException("The mail port " + port + " cannot be opened: " + taken.getMessage(), taken);
        }
    }

    private Tls tls(SmtpListener.Protocol protocol) {
        var tls = options.safety().tls();
        return protocol == SmtpListener.Protocol.SMTP ? tls : new Tls(tls.context(), false);
    }

    /// The port that mail comes in by; empty without a listener.
    public Optional<Integer> port() {
        return listener.map(SmtpListener::port);
    }

    /// The port of the listener for LMTP; empty without one.
    public Optional<Integer> lmtpPort() {
        return relay.map(SmtpListener::port);
    }

    /// How a mailbox's servers answer to a sign-in: the text of what is wrong, or empty when all is well.
    ///
    /// @param imap null where the mailbox has no such server, as `smtp`
    public record Check(Optional<String> imap, Optional<String> smtp) {}

    /// A mailbox was changed: what is set holds from the next mail on, not from the next regular look at the settings.
    public void settingsChanged() {
        mailboxes.forget();
    }

    /// Tests the servers of a mailbox as stored, within their time limits. Every connection failure has the same
    /// wording, so that the test can't be used to scan hosts for open ports.
    public Check check(UUID mailbox) {
        mailboxes.forget();
        var found = mailboxes.all().stream().filter(one -> one.id().equals(mailbox)).findFirst()
                .orElseThrow(() -> new Failure.NotFound("The mailbox"));
        var reach = new Vetted(options.safety().tested());
        return new Check(found.imap() == null ? null : ImapPoller.check(mailboxes.imap(found), reach),
                found.smtp() == null ? null : MailSender.check(mailboxes.smtp(found), reach));
    }

    public CustomerMailboxes customerMailboxes() {
        return customers;
    }

    @Override
    public void stop() {
        listener.ifPresent(SmtpListener::close);
        relay.ifPresent(SmtpListener::close);
        readers.close();
        acknowledgements.close();
    }
}
