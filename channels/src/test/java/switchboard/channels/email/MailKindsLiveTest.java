package switchboard.channels.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.until;
import static switchboard.ticketing.Desk.virtually;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

/// Reports and automatic mail, from SMTP to what agents see.
class MailKindsLiveTest {
    private static Desk desk;
    private static EmailChannel email;
    private static InboxWorker in;
    private static OutboxWorker out;
    private static UUID agent;

    @BeforeAll
    static void open() {
        desk = new Desk();
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

    @AfterAll
    static void close() {
        virtually(() -> {
            email.stop();
            in.close();
            out.close();
            return null;
        });
        desk.close();
    }

    private static void send(String from, String mail) {
        var sent = virtually(() -> MailSender.send(SmtpSettings.plain("127.0.0.1", email.port().orElseThrow()),
                mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8), from, List.of("support@desk.test")));
        assertTrue(sent instanceof SendResult.Accepted, sent.toString());
        until(() -> !virtually(() -> desk.database.sql().exists("select 1 from inbox where state = 'new'")));
    }

    private static String head(String from, String subject, String id) {
        return "From: " + from + "\nTo: support@desk.test\nSubject: " + subject + "\nMessage-ID: <" + id + ">\n";
    }

    private static List<Ticket> tickets(String subject) {
        return virtually(() -> desk.tickets.list(Where.ALL, agent, TicketQuery.of("all", 100))).items().stream()
                .filter(one -> one.subject().equals(subject)).toList();
    }

    private static Ticket only(String subject) {
        var found = tickets(subject);
        assertEquals(1, found.size(), subject);
        return found.getFirst();
    }

    private static long all() {
        return virtually(() -> desk.database.sql().value(Long.class, "select count(*) from ticket")).orElse(0L);
    }

    /// A ticket of this customer with a reply that was sent.
    private static UUID answered(String customer, String subject, Replies.Draft draft) {
        send(customer, head(customer, subject, subject.hashCode() + "@home.test") + "\nMy question\n");
        var ticket = only(subject).id();
        virtually(() -> desk.replies.send(Where.ALL, agent, ticket, draft, null));
        until(() -> status(ticket).equals("sent"));
        return ticket;
    }

    private static String answer(UUID ticket, String column) {
        return virtually(() -> desk.database.sql().value(String.class, "select " + column
                + " from message where ticket_id = $1 and direction = 'outbound'", ticket)).orElse("");
    }

    private static String status(UUID ticket) {
        return answer(ticket, "status");
    }

    private static String report(String address, String id) {
        return head("MAILER-DAEMON@mx.home.test", "Undelivered Mail Returned to Sender", UUID.randomUUID() + "@mx")
                + "Content-Type: multipart/report; report-type=delivery-status; boundary=d\n\n--d\n\nSorry.\n--d\n"
                + "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.home.test\n\nFinal-Recipient: "
                + "rfc822; " + address + "\nAction: failed\nStatus: 5.1.1\n\n--d\nContent-Type: message/rfc822\n\n"
                + "Message-ID: <" + id + ">\nSubject: x\n\nx\n--d--\n";
    }

    private static String notice(String address, String words) {
        return head("postmaster@home.test", "系统退信/System bounce", UUID.randomUUID() + "@home.test")
                + "Content-Type: text/plain; charset=utf-8\n\n" + words + "\n收件人: " + address + "\n";
    }

    @Test @Tag("M03")
    void theWordsOfACustomerWhoForwardsAReportOfOurAnswerAreOnTheTicket() {
        var ticket = answered("ann@home.test", "Order 3", Replies.Draft.of("It is on its way."));
        send("ann@home.test", head("Ann <ann@home.test>", "It came back", "f3@home.test") + "In-Reply-To: <"
                + answer(ticket, "rfc_id") + ">\nContent-Type: multipart/mixed; boundary=m\n\n--m\n\n"
                + "Please write to my private address.\n--m\nContent-Type: message/rfc822\n\n"
                + report("ann@office.test", answer(ticket, "rfc_id")) + "\n--m--\n");
        assertEquals("sent", status(ticket), "what a person shows proves nothing");
        assertEquals("open", desk.ticket(ticket).status());
        assertEquals("Please write to my private address.", virtually(() -> desk.database.sql().value(String.class,
                "select visible_text from message where ticket_id = $1 and rfc_id = 'f3@home.test'", ticket))
                .orElse("").strip());
    }

    @Test @Tag("M04")
    void aForeignReportThatACustomerPastesOpensAnOpenTicket() {
        send("ann@home.test", head("Ann <ann@home.test>", "Mail delivery failed for your sales team", "p4@home.test")
                + "\nI wrote to sales@desk.test and got this back, please help:\n\nThe following address failed:\n"
                + " sales@desk.test\n 550 5.1.1 user unknown\n\n--- This is a copy of the message ---\nhello\n");
        var ticket = only("Mail delivery failed for your sales team");
        assertEquals("open", ticket.status());
        assertNotNull(ticket.waitingSince());
    }

    @Test @Tag("M06")
    void whatAWebFormSendsIsAnOpenTicketThatWaits() {
        send("form@shop.test", head("Shop form <form@shop.test>", "Enquiry 6", "w6@shop.test")
                + "Auto-Submitted: auto-generated\nReply-To: mia@home.test\n\nName: Mia\nMessage: not come\n");
        var ticket = only("Enquiry 6");
        assertEquals("open", ticket.status());
        assertNotNull(ticket.waitingSince());
        send("form@shop.test", head("Shop <form@shop.test>", "Automatic reply: 6", "v6@shop.test")
                + "Auto-Submitted: auto-replied\n\nWe are away\n");
        assertEquals("pending", only("Automatic reply: 6").status(), "an answer of a machine is no work");
    }

    @Test @Tag("M38")
    void aNoticeThatNamesOnlyTheAddressMarksOurLatestAnswerToItAndBringsTheTicketUp() {
        var older = answered("bq@home.test", "First 38", Replies.Draft.of("one"));
        var ticket = answered("bq@home.test", "Second 38", Replies.Draft.of("two"));
        long before = all();
        send("", notice("bq@home.test", "抱歉，您的邮件被退回来了\n退信原因: 550 Mailbox not found"));
        assertEquals("bounced", status(ticket));
        assertEquals("sent", status(older));
        assertEquals("open", desk.ticket(ticket).status());
        assertNotNull(desk.ticket(ticket).waitingSince());
        assertEquals(before, all(), "the notice is no ticket of its own");
        assertTrue(answer(ticket, "status_detail").contains("bq@home.test"));
    }

    @Test @Tag("M38")
    void aNoticeFindsTheAnswerInAnySpellingOfTheAddress() {
        var ticket = answered("Cap.Tain@home.test", "Capitals 38", Replies.Draft.of("aye"));
        send("", notice("Cap.Tain@Home.Test", "您的邮件被退回来了\n退信原因: 550 Mailbox not found"));
        assertEquals("bounced", status(ticket));
        assertEquals("open", desk.ticket(ticket).status());
    }

    @Test @Tag("M38")
    void aReportByIdBringsEvenASolvedTicketUpAgainOnce() {
        var ticket = answered("gone@home.test", "Solved 38", new Replies.Draft("bye", null, null, null, null, null,
                null, null, "solved", null));
        assertEquals("solved", desk.ticket(ticket).status());
        send("", report("gone@home.test", answer(ticket, "rfc_id")));
        assertEquals("bounced", status(ticket));
        assertEquals("open", desk.ticket(ticket).status());
        virtually(() -> desk.database.sql().execute("update ticket set status = 'pending' where id = $1", ticket));
        send("", report("gone@home.test", answer(ticket, "rfc_id")));
        assertEquals("pending", desk.ticket(ticket).status(), "told twice is told once");
    }

    @Test @Tag("M38")
    void aNoticeOfDelayThatNamesOnlyTheAddressChangesNothingAndIsNoTicket() {
        var ticket = answered("slow@home.test", "Slow 38", Replies.Draft.of("soon"));
        long before = all();
        send("", head("MAILER-DAEMON@home.test", "Delayed Mail", "d38@home.test")
                + "\nYour message has been delayed and is still being retried:\n\n<slow@home.test>\n");
        assertEquals("sent", status(ticket));
        assertEquals("pending", desk.ticket(ticket).status());
        assertEquals(before, all());
    }

    @Test @Tag("M38")
    void aNoticeOfAnAddressThatWeNeverWroteToIsKept() {
        send("", notice("nobody@home.test", "您的邮件被退回来了\n退信原因: 550 Mailbox not found"));
        assertEquals("pending", only("系统退信/System bounce").status());
    }

    @Test
    void aNoticeOfSuccessMarksOurAnswerAsDelivered() {
        var ticket = answered("fine@home.test", "Fine 38", Replies.Draft.of("here"));
        long before = all();
        send("", report("fine@home.test", answer(ticket, "rfc_id")).replace("Action: failed", "Action: delivered")
                .replace("5.1.1", "2.0.0"));
        assertEquals("delivered", status(ticket));
        assertEquals("pending", desk.ticket(ticket).status());
        assertEquals(before, all());
    }
}
