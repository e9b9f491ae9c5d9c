package switchboard.channels.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.until;
import static switchboard.ticketing.Desk.virtually;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.channels.Channel;
import switchboard.channels.email.outgoing.MailSender;
import switchboard.channels.email.outgoing.SendResult;
import switchboard.channels.email.outgoing.SmtpSettings;
import switchboard.channels.inbox.InboxWorker;
import switchboard.channels.outbox.OutboxWorker;
import switchboard.ticketing.Desk;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.reply.Deliveries;
import switchboard.ticketing.reply.Replies;
import switchboard.ticketing.ticket.Ticket;
import switchboard.ticketing.ticket.TicketQuery;

/// Where a reply goes when a mail asks for another address.
@Tag("S1")
class ReplyElsewhereTest {
    private final Desk desk = new Desk();
    private EmailChannel email;
    private InboxWorker in;
    private OutboxWorker out;
    private UUID agent;

    @BeforeEach
    void open() {
        virtually(() -> desk.database.sql().execute(
                "insert into mailbox (id, name, address) values ($1, 'Support', 'support@desk.test')", Ids.next()));
        agent = desk.agent("Anna", "available");
        email = new EmailChannel(new EmailChannel.Options(InetAddress.getLoopbackAddress(), Optional.of(0),
                Optional.empty(), true, Optional.empty()), desk.database, desk.journal, desk.inbox, desk.outbox,
                new Signer("a secret for tests only"));
        List<Channel> channels = List.of(email);
        in = new InboxWorker(desk.database, desk.inbox, desk.intake, desk.journal, channels).start();
        out = new OutboxWorker(desk.outbox, new Deliveries(desk.database, desk.journal, desk.outbox), channels).start();
        email.start();
    }

    @AfterEach
    void close() {
        virtually(() -> {
            email.stop();
            in.close();
            out.close();
            return null;
        });
        desk.close();
    }

    private void write(String from, String extra, String id) {
        var mail = "From: " + from + "\nTo: support@desk.test\nSubject: my order\nMessage-ID: <" + id + ">\n" + extra
                + "\nhello\n";
        int before = messages();
        assertTrue(virtually(() -> MailSender.send(SmtpSettings.plain("127.0.0.1", email.port().orElseThrow()),
                mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8), "x@relay.example",
                List.of("support@desk.test"))) instanceof SendResult.Accepted);
        until(() -> messages() == before + 1);
    }

    private int messages() {
        return virtually(() -> desk.database.sql().value(Long.class,
                "select count(*) from message where direction = 'inbound'")).orElse(0L).intValue();
    }

    private List<Ticket> tickets() {
        return virtually(() -> desk.tickets.list(Where.ALL, agent, TicketQuery.of("all", 50))).items();
    }

    private UUID customer(String id) {
        return virtually(() -> desk.database.sql().value(UUID.class,
                "select customer_id from message where rfc_id = $1", id)).orElseThrow();
    }

    private UUID ticket(String id) {
        return virtually(() -> desk.database.sql().value(UUID.class,
                "select ticket_id from message where rfc_id = $1", id)).orElseThrow();
    }

    private List<String> answered(String id) {
        return virtually(() -> desk.replies.lines(Where.ALL, ticket(id))).getFirst().to();
    }

    /// The reply as its recipient got it.
    private String answer(String id, List<String> to) {
        var draft = new Replies.Draft("We look into it.", null, null, to, null, null, null, null, null, null);
        virtually(() -> desk.replies.send(Where.ALL, agent, ticket(id), draft, "answer " + id + to));
        var who = to == null ? answered(id).getFirst() : to.getFirst();
        until(() -> !virtually(() -> email.customerMailboxes().messages(who)).isEmpty());
        return virtually(() -> email.customerMailboxes().messages(who)).getLast().raw();
    }

    private String idOf(String answer) {
        return answer.lines().filter(line -> line.startsWith("Message-ID: <")).findFirst().orElseThrow()
                .replaceAll(".*<(.*)>.*", "$1");
    }

    @Test
    void aForgedMailOfAKnownCustomerIsAnsweredAtTheCustomersOwnAddress() {
        write("Vera <vera@victim.example>", "", "v1@victim.example");
        write("Vera <vera@victim.example>", "Reply-To: thief@thief.example\n", "t1@thief.example");
        assertEquals(List.of("vera@victim.example"), answered("t1@thief.example"));
    }

    @Test
    void aCustomerWhomWeWroteToFirstOrImportedIsKnownToo() {
        var known = UUID.randomUUID();
        virtually(() -> desk.database.sql().execute("insert into customer (id, name) values ($1, 'Vera')", known));
        virtually(() -> desk.database.sql().execute("""
                insert into identity (id, customer_id, kind, value, raw, verified, source)
                values ($1, $2, 'email', 'vera@victim.example', 'vera@victim.example', true, 'import')""",
                Ids.next(), known));
        write("Vera <vera@victim.example>", "Reply-To: thief@thief.example\n", "t2@thief.example");
        assertEquals(known, customer("t2@thief.example"));
        assertEquals(List.of("vera@victim.example"), answered("t2@thief.example"));
    }

    @Test
    void whoIsAnsweredOnlyBecauseAMailAskedForItNeverSpeaksAsTheCustomer() {
        write("Vera <vera@victim.example>", "", "v3@victim.example");
        write("Vera <vera@victim.example>", "Reply-To: thief@thief.example\n", "t3@thief.example");
        var answer = answer("t3@thief.example", List.of("thief@thief.example"));
        assertFalse(answer.contains("support+"), "no signed address: " + answer);
        write("thief@thief.example", "In-Reply-To: <" + idOf(answer) + ">\n", "t4@thief.example");
        assertNotEquals(customer("v3@victim.example"), customer("t4@thief.example"));
        assertEquals("thief@thief.example", virtually(() -> desk.database.sql().value(String.class,
                "select author_name from message where rfc_id = 't4@thief.example'")).orElseThrow());
    }

    @Test
    void whoIsOnlyNamedInReplyToDoesNotEnterTheConversation() {
        write("Vera <vera@victim.example>", "", "v5@victim.example");
        write("Vera <vera@victim.example>", "In-Reply-To: <v5@victim.example>\nReply-To: thief@thief.example\n",
                "t5@thief.example");
        write("thief@thief.example", "In-Reply-To: <v5@victim.example>\n", "t6@thief.example");
        assertNotEquals(ticket("v5@victim.example"), ticket("t6@thief.example"));
    }

    @Test
    void aFormsPersonIsAnsweredAndAnswersAsThemselves() {
        write("Shop form <form@shop.example>", "Reply-To: ann@mail.example\n", "f1@shop.example");
        assertEquals(List.of("ann@mail.example"), answered("f1@shop.example"));
        var answer = answer("f1@shop.example", null);
        write("Ann <ann@mail.example>", "In-Reply-To: <" + idOf(answer) + ">\n", "f2@mail.example");
        assertEquals(ticket("f1@shop.example"), ticket("f2@mail.example"), "in the same conversation");
        assertNotEquals(customer("f1@shop.example"), customer("f2@mail.example"), "as herself");
        write("Shop form <form@shop.example>", "Reply-To: bob@mail.example\n", "f3@shop.example");
        assertEquals(List.of("bob@mail.example"), answered("f3@shop.example"), "the next person, too");
        write("no-reply@shop.example", "Reply-To: cy@mail.example\n", "f4@shop.example");
        write("no-reply@shop.example", "", "f5@shop.example");
        write("no-reply@shop.example", "Reply-To: cy@mail.example\n", "f6@shop.example");
        assertEquals(List.of("cy@mail.example"), answered("f6@shop.example"), "an address that nobody reads");
    }

    @Test
    void anOrdinaryReplyToIsAnsweredAsBefore() {
        write("Dan <dan@corp.example>", "", "d1@corp.example");
        write("Dan <dan@corp.example>", "Reply-To: Desk <desk@mail.corp.example>\n", "d2@corp.example");
        assertEquals(List.of("desk@mail.corp.example"), answered("d2@corp.example"), "of the same organisation");
        assertTrue(answer("d2@corp.example", null).contains("support+"), "signed, as ever");
        write("Dan <dan@corp.example>", "Reply-To: <>\n", "d3@corp.example");
        assertEquals(List.of("dan@corp.example"), answered("d3@corp.example"));
        write("Eve <eve@x.example>", "Reply-To: eve@y.example, eva@z.example\n", "d4@x.example");
        assertEquals(List.of("eve@y.example", "eva@z.example"), answered("d4@x.example"), "several: all");
    }

    @Test
    void anAddressByWhichTheCustomerIsKnownIsOrdinary() {
        write("Fay <fay@work.example>", "", "y1@work.example");
        virtually(() -> desk.database.sql().execute("""
                insert into identity (id, customer_id, kind, value, raw, verified, source)
                values ($1, $2, 'email', 'fay@home.example', 'fay@home.example', true, 'agent')""",
                Ids.next(), customer("y1@work.example")));
        write("Fay <fay@work.example>", "Reply-To: fay@home.example\n", "y2@work.example");
        assertEquals(List.of("fay@home.example"), answered("y2@work.example"));
        assertEquals(2, tickets().size());
    }
}
