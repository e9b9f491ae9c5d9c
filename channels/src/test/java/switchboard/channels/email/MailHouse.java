package switchboard.channels.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.until;
import static switchboard.ticketing.Desk.virtually;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import switchboard.channels.Channel;
import switchboard.channels.email.mime.DecodedMail;
import switchboard.channels.email.mime.MailDecoder;
import switchboard.channels.email.outgoing.MailSender;
import switchboard.channels.email.outgoing.SendResult;
import switchboard.channels.email.outgoing.SmtpSettings;
import switchboard.channels.inbox.InboxWorker;
import switchboard.channels.outbox.OutboxWorker;
import switchboard.ticketing.Desk;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.conversation.Timeline;
import switchboard.ticketing.conversation.TimelineItem;
import switchboard.ticketing.people.Customers;
import switchboard.ticketing.reply.Deliveries;
import switchboard.ticketing.reply.Line;
import switchboard.ticketing.reply.Replies;
import switchboard.ticketing.ticket.Ticket;
import switchboard.ticketing.ticket.TicketQuery;

/// A desk that accepts mail over a real socket, with readable customer mailboxes.
final class MailHouse implements AutoCloseable {
    static final String SUPPORT = "support@desk.test";
    static final String SECRET = "a secret for tests only";

    final Desk desk = new Desk();
    final EmailChannel email;
    final UUID agent = desk.agent("Anna", "available");
    final Replies replies;
    private final InboxWorker in;
    private final OutboxWorker out;

    MailHouse() {
        this(true, Optional.empty(), EmailChannel.Safety.NONE);
    }

    MailHouse(EmailChannel.Safety safety) {
        this(true, Optional.empty(), safety);
    }

    /// What leaves goes to this relay; nobody else's mail is kept.
    MailHouse(SmtpSettings relay) {
        this(false, Optional.of(relay), EmailChannel.Safety.NONE);
    }

    private MailHouse(boolean customerMailboxes, Optional<SmtpSettings> relay, EmailChannel.Safety safety) {
        var options = new EmailChannel.Options(InetAddress.getLoopbackAddress(), Optional.of(0), Optional.of(0),
                customerMailboxes, relay, safety);
        email = new EmailChannel(options, desk.database, desk.journal, desk.inbox, desk.outbox, new Signer(SECRET));
        mailbox("Support", SUPPORT, null);
        replies = new Replies(desk.database, desk.journal, desk.outbox, desk.timeline, List.of(email.card()));
        List<Channel> channels = List.of(email);
        in = new InboxWorker(desk.database, desk.inbox, desk.intake, desk.journal, channels).start();
        out = new OutboxWorker(desk.outbox, new Deliveries(desk.database, desk.journal, desk.outbox), channels).start();
        email.start();
    }

    void mailbox(String name, String address, UUID team) {
        set("insert into mailbox (id, name, address, team_id) values ($1, $2, $3, $4)", Ids.next(), name, address,
                team);
    }

    void set(String sql, Object... values) {
        virtually(() -> desk.database.sql().execute(sql, values));
        email.settingsChanged();
    }

    /// Delivers the mail and waits until it is processed.
    void send(String to, String mail) {
        send("bounces@customers.test", List.of(to), mail);
    }

    void send(String from, List<String> to, String mail) {
        send(from, to, mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    void send(String from, List<String> to, byte[] mail) {
        var sent = virtually(() -> MailSender.send(SmtpSettings.plain("127.0.0.1", email.port().orElseThrow()), mail,
                from, to));
        assertTrue(sent instanceof SendResult.Accepted, sent.toString());
        settle();
    }

    /// Hands over a mail that becomes one message more.
    ///
    /// @param wire with line ends as on the wire
    void sendOne(String wire) {
        long before = inbound();
        send("x@relay.example", List.of(SUPPORT), wire.getBytes(StandardCharsets.UTF_8));
        assertEquals(before + 1, inbound());
    }

    private long inbound() {
        return count("select count(*) from message where direction = 'inbound'");
    }

    void settle() {
        until(() -> !virtually(() -> desk.database.sql().exists("select 1 from inbox where state = 'new'")));
        desk.settle();
    }

    /// @param headers whole lines, added below the usual ones
    static String mail(String from, String to, String subject, String id, String headers, String text) {
        return "From: " + from + "\nTo: " + to + "\nSubject: " + subject + "\nMessage-ID: <" + id + ">\n" + headers
                + "Content-Type: text/plain; charset=utf-8\n\n" + text + "\n";
    }

    static String mail(String from, String subject, String id, String headers, String text) {
        return mail(from, SUPPORT, subject, id, headers, text);
    }

    /// @param to null: to whom the answer goes by itself, as `cc`
    static Replies.Draft draft(String text, List<String> to, List<String> cc) {
        return new Replies.Draft(text, null, null, to, cc, null, null, null, null, null);
    }

    List<Ticket> tickets() {
        return virtually(() -> desk.tickets.list(Where.ALL, agent, TicketQuery.of("all", 200))).items();
    }

    List<Ticket> tickets(String subject) {
        return tickets().stream().filter(one -> one.subject().equals(subject)).toList();
    }

    Ticket ticket(String subject) {
        var found = tickets(subject);
        assertTrue(found.size() == 1, subject + ": " + found);
        return found.getFirst();
    }

    /// Whose the mail is, by its Message-ID.
    UUID customerOf(String mail) {
        return value(UUID.class, "select customer_id from message where rfc_id = $1", mail);
    }

    /// Where the mail lies, by its Message-ID.
    UUID ticketOf(String mail) {
        return value(UUID.class, "select ticket_id from message where rfc_id = $1", mail);
    }

    List<TimelineItem> messages(UUID ticket) {
        return virtually(() -> desk.timeline.ofTicket(ticket, Timeline.Query.ALL)).items().stream()
                .filter(one -> !one.channel().equals("system")).toList();
    }

    List<Line> lines(UUID ticket) {
        return virtually(() -> replies.lines(Where.ALL, ticket));
    }

    List<String> addressesOf(Ticket ticket) {
        return virtually(() -> desk.customers.get(Where.ALL, Where.ALL, ticket.customerId())).identities().stream()
                .map(one -> one.value()).toList();
    }

    Replies.Sent answer(UUID ticket, String text) {
        return answer(ticket, Replies.Draft.of(text));
    }

    Replies.Sent answer(UUID ticket, Replies.Draft draft) {
        return virtually(() -> replies.send(Where.ALL, agent, ticket, draft, UUID.randomUUID().toString()));
    }

    /// Waits for the customer's mail with these words.
    DecodedMail got(String address, String words) {
        Predicate<CustomerMailboxes.Mail> holds = one -> one.text().contains(words);
        until(() -> mailsOf(address).stream().anyMatch(holds));
        var raw = mailsOf(address).stream().filter(holds).findFirst().orElseThrow().raw();
        return MailDecoder.decode(raw.getBytes(StandardCharsets.ISO_8859_1));
    }

    List<CustomerMailboxes.Mail> mailsOf(String address) {
        return virtually(() -> email.customerMailboxes().messages(address));
    }

    /// Records the address as the customer's.
    void known(UUID customer, String address) {
        virtually(() -> {
            desk.customers.addIdentity(Where.ALL, Actor.SYSTEM, customer,
                    new Customers.NewIdentity("email", address, true), "api");
            return null;
        });
    }

    long count(String sql, Object... values) {
        return value(Long.class, sql, values);
    }

    /// @throws java.util.NoSuchElementException when there is none
    <T> T value(Class<T> type, String sql, Object... values) {
        return virtually(() -> desk.database.sql().value(type, sql, values)).orElseThrow();
    }

    @Override
    public void close() {
        virtually(() -> {
            email.stop();
            in.close();
            out.close();
            return null;
        });
        desk.close();
    }
}
