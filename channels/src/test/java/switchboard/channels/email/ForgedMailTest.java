package switchboard.channels.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import switchboard.channels.email.proof.Zone;
import switchboard.channels.email.smtp.Tls;
import switchboard.channels.inbox.InboxWorker;
import switchboard.channels.outbox.OutboxWorker;
import switchboard.ticketing.Desk;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.conversation.Timeline;
import switchboard.ticketing.conversation.TimelineItem;
import switchboard.ticketing.reply.Deliveries;
import switchboard.ticketing.ticket.Ticket;
import switchboard.ticketing.ticket.TicketQuery;

/// Mail in a sender's name that they didn't send.
@Tag("S1")
class ForgedMailTest {
    private final Desk desk = new Desk();
    private final Zone zone = new Zone().key("bank.example");
    private EmailChannel email;
    private InboxWorker in;
    private OutboxWorker out;
    private UUID agent;

    @BeforeEach
    void open() {
        virtually(() -> desk.database.sql().execute(
                "insert into mailbox (id, name, address) values ($1, 'Support', 'support@desk.test')", Ids.next()));
        agent = desk.agent("Anna", "available");
        var safety = new EmailChannel.Safety(Optional.of(zone), _ -> true, Tls.NONE, _ -> true);
        email = new EmailChannel(new EmailChannel.Options(InetAddress.getLoopbackAddress(), Optional.of(0),
                Optional.empty(), true, Optional.empty(), safety), desk.database, desk.journal, desk.inbox, desk.outbox,
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

    private void write(boolean signed, String from, String extra, String id) {
        var mail = "From: " + from + "\nTo: support@desk.test\nSubject: my order\nMessage-ID: <" + id + ">\n" + extra
                + "\nhello\n";
        int before = messages();
        var sent = (signed ? Zone.signed("bank.example", mail) : Zone.wire(mail)).getBytes(StandardCharsets.UTF_8);
        assertTrue(virtually(() -> MailSender.send(SmtpSettings.plain("127.0.0.1", email.port().orElseThrow()), sent,
                "x@relay.example", List.of("support@desk.test"))) instanceof SendResult.Accepted);
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

    private TimelineItem item(String id) {
        return virtually(() -> desk.timeline.ofTicket(ticket(id), Timeline.Query.ALL)).items().stream()
                .filter(one -> one.kind().equals("message")).toList().getLast();
    }

    private static final String VERA = "Vera <vera@bank.example>";
    private static final String NAMES = "In-Reply-To: <v1@bank.example>\n";

    @Test
    void aProvenMailSaysSoAndItsAnswerJoins() {
        write(true, VERA, "", "v1@bank.example");
        assertEquals("pass", item("v1@bank.example").auth().verdict());
        assertTrue(item("v1@bank.example").auth().detail().startsWith("dkim=pass"));
        write(true, VERA, NAMES, "v2@bank.example");
        assertEquals(ticket("v1@bank.example"), ticket("v2@bank.example"));
        assertEquals(List.of(), item("v2@bank.example").flags());
    }

    @Test
    void aMailThatItsDomainRefusesOpensATicketOfItsOwnWithTheWayToTheOneItNames() {
        zone.txt("_dmarc.bank.example", "v=DMARC1; p=reject");
        write(true, VERA, "", "v1@bank.example");
        write(false, VERA, NAMES + "Reply-To: thief@thief.example\n", "t1@thief.example");
        assertNotEquals(ticket("v1@bank.example"), ticket("t1@thief.example"));
        assertNotEquals(customer("v1@bank.example"), customer("t1@thief.example"));
        var item = item("t1@thief.example");
        assertEquals("fail", item.auth().verdict());
        assertEquals(List.of("dmarc-fail", "reply-elsewhere"), item.flags());
        assertEquals(ticket("v1@bank.example"), item.why().named().ticketId());
        assertEquals(List.of("vera@bank.example"), virtually(() -> desk.replies.lines(Where.ALL,
                ticket("t1@thief.example"))).getFirst().to());
        assertEquals(List.of("Vera"), virtually(() -> desk.database.sql().column(String.class, """
                select c.name from identity_suggestion s join identity i on i.id = s.identity_id
                  join customer c on c.id = s.customer_id
                where i.customer_id = $1 and s.reason = 'unproven-sender'""", customer("t1@thief.example"))),
                "suggested as the one who may be meant");
    }

    @Test
    void mailWithoutProofOfSomebodyWhoseMailWasProvenStaysApart() {
        write(true, VERA, "", "v1@bank.example");
        write(false, VERA, NAMES, "t1@thief.example");
        assertNotEquals(ticket("v1@bank.example"), ticket("t1@thief.example"));
        assertEquals(List.of("sender-unproven"), item("t1@thief.example").flags());
        write(true, VERA, NAMES, "v2@bank.example");
        assertEquals(ticket("v1@bank.example"), ticket("v2@bank.example"), "the customer goes on undisturbed");
    }

    @Test
    void plainMailOfTheWorldGoesOnAsEver() {
        write(false, "Pat <pat@plain.example>", "", "v1@bank.example");
        write(false, "Pat <pat@plain.example>", NAMES, "p2@plain.example");
        assertEquals(ticket("v1@bank.example"), ticket("p2@plain.example"));
        assertEquals("none", item("p2@plain.example").auth().verdict());
        assertEquals(List.of(), item("p2@plain.example").flags(), "no alarm");
        assertEquals(1, tickets().size());
    }

    @Test
    void aSilentNameServerHoldsNothingUpAndDoubtsNobody() {
        write(true, VERA, "", "v1@bank.example");
        zone.silent("_dmarc.bank.example");
        write(false, VERA, NAMES, "v2@bank.example");
        assertEquals(ticket("v1@bank.example"), ticket("v2@bank.example"));
        assertEquals("unknown", item("v2@bank.example").auth().verdict());
    }

    @Test
    void anAgentWhoKnowsBetterIsAskedOnce() {
        write(true, VERA, "", "v1@bank.example");
        write(false, VERA, NAMES, "v2@bank.example");
        var identity = virtually(() -> desk.database.sql().value(UUID.class,
                "select id from identity where customer_id = $1", customer("v2@bank.example"))).orElseThrow();
        virtually(() -> {
            desk.customers.confirm(Where.ALL, Actor.agent(agent), customer("v1@bank.example"), identity);
            return null;
        });
        write(false, VERA, NAMES, "v3@bank.example");
        assertEquals(ticket("v1@bank.example"), ticket("v3@bank.example"));
    }

    @Test
    void theServerThatAMailboxTrustsCanVouchOnlyWhereItAloneHandsOver() {
        virtually(() -> desk.database.sql().execute("update mailbox set trusted_authserv = 'mx.desk.test'"));
        email.settingsChanged();
        write(false, "Pat <pat@plain.example>", "Authentication-Results: mx.desk.test; dmarc=pass "
                + "header.from=plain.example\n", "a1@plain.example");
        assertEquals("none", item("a1@plain.example").auth().verdict(), "a client can write that itself");
        write(false, "Pat <pat@plain.example>", "Authentication-Results: mx.desk.test; dmarc=fail\n",
                "a2@plain.example");
        assertEquals("fail", item("a2@plain.example").auth().verdict());
    }
}
