package switchboard.channels.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.channels.email.MailHouse.SUPPORT;
import static switchboard.ticketing.Desk.until;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.reply.Replies;

/// Reports and automatic mail, from SMTP to what agents see.
class MailKindsLiveTest {
    @AutoClose
    private static final MailHouse house = new MailHouse();

    private static void send(String from, String mail) {
        house.send(from, List.of(SUPPORT), mail);
    }

    private static String head(String from, String subject, String id) {
        return "From: " + from + "\nTo: support@desk.test\nSubject: " + subject + "\nMessage-ID: <" + id + ">\n";
    }

    private static long all() {
        return house.count("select count(*) from ticket");
    }

    /// A ticket of this customer with a reply that was sent.
    private static UUID answered(String customer, String subject, Replies.Draft draft) {
        send(customer, head(customer, subject, subject.hashCode() + "@home.test") + "\nMy question\n");
        var ticket = house.ticket(subject).id();
        house.answer(ticket, draft);
        until(() -> status(ticket).equals("sent"));
        return ticket;
    }

    private static String answer(UUID ticket, String column) {
        return house.value(String.class, "select " + column
                + " from message where ticket_id = $1 and direction = 'outbound'", ticket);
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
        assertEquals("open", house.desk.ticket(ticket).status());
        assertEquals("Please write to my private address.", house.value(String.class,
                "select visible_text from message where ticket_id = $1 and rfc_id = 'f3@home.test'", ticket).strip());
    }

    @Test @Tag("M04")
    void aForeignReportThatACustomerPastesOpensAnOpenTicket() {
        send("ann@home.test", head("Ann <ann@home.test>", "Mail delivery failed for your sales team", "p4@home.test")
                + "\nI wrote to sales@desk.test and got this back, please help:\n\nThe following address failed:\n"
                + " sales@desk.test\n 550 5.1.1 user unknown\n\n--- This is a copy of the message ---\nhello\n");
        var ticket = house.ticket("Mail delivery failed for your sales team");
        assertEquals("open", ticket.status());
        assertNotNull(ticket.waitingSince());
    }

    @Test @Tag("M06")
    void whatAWebFormSendsIsAnOpenTicketThatWaits() {
        send("form@shop.test", head("Shop form <form@shop.test>", "Enquiry 6", "w6@shop.test")
                + "Auto-Submitted: auto-generated\nReply-To: mia@home.test\n\nName: Mia\nMessage: not come\n");
        var ticket = house.ticket("Enquiry 6");
        assertEquals("open", ticket.status());
        assertNotNull(ticket.waitingSince());
        send("form@shop.test", head("Shop <form@shop.test>", "Automatic reply: 6", "v6@shop.test")
                + "Auto-Submitted: auto-replied\n\nWe are away\n");
        assertEquals("pending", house.ticket("Automatic reply: 6").status(), "an answer of a machine is no work");
    }

    @Test @Tag("M38")
    void aNoticeThatNamesOnlyTheAddressMarksOurLatestAnswerToItAndBringsTheTicketUp() {
        var older = answered("bq@home.test", "First 38", Replies.Draft.of("one"));
        var ticket = answered("bq@home.test", "Second 38", Replies.Draft.of("two"));
        long before = all();
        send("", notice("bq@home.test", "抱歉，您的邮件被退回来了\n退信原因: 550 Mailbox not found"));
        assertEquals("bounced", status(ticket));
        assertEquals("sent", status(older));
        assertEquals("open", house.desk.ticket(ticket).status());
        assertNotNull(house.desk.ticket(ticket).waitingSince());
        assertEquals(before, all(), "the notice is no ticket of its own");
        assertTrue(answer(ticket, "status_detail").contains("bq@home.test"));
    }

    @Test @Tag("M38")
    void aNoticeFindsTheAnswerInAnySpellingOfTheAddress() {
        var ticket = answered("Cap.Tain@home.test", "Capitals 38", Replies.Draft.of("aye"));
        send("", notice("Cap.Tain@Home.Test", "您的邮件被退回来了\n退信原因: 550 Mailbox not found"));
        assertEquals("bounced", status(ticket));
        assertEquals("open", house.desk.ticket(ticket).status());
    }

    @Test @Tag("M38")
    void aReportByIdBringsEvenASolvedTicketUpAgainOnce() {
        var ticket = answered("gone@home.test", "Solved 38", new Replies.Draft("bye", null, null, null, null, null,
                null, null, "solved", null));
        assertEquals("solved", house.desk.ticket(ticket).status());
        send("", report("gone@home.test", answer(ticket, "rfc_id")));
        assertEquals("bounced", status(ticket));
        assertEquals("open", house.desk.ticket(ticket).status());
        house.set("update ticket set status = 'pending' where id = $1", ticket);
        send("", report("gone@home.test", answer(ticket, "rfc_id")));
        assertEquals("pending", house.desk.ticket(ticket).status(), "told twice is told once");
    }

    @Test @Tag("M38")
    void aNoticeOfDelayThatNamesOnlyTheAddressChangesNothingAndIsNoTicket() {
        var ticket = answered("slow@home.test", "Slow 38", Replies.Draft.of("soon"));
        long before = all();
        send("", head("MAILER-DAEMON@home.test", "Delayed Mail", "d38@home.test")
                + "\nYour message has been delayed and is still being retried:\n\n<slow@home.test>\n");
        assertEquals("sent", status(ticket));
        assertEquals("pending", house.desk.ticket(ticket).status());
        assertEquals(before, all());
    }

    @Test @Tag("M38")
    void aNoticeOfAnAddressThatWeNeverWroteToIsKept() {
        send("", notice("nobody@home.test", "您的邮件被退回来了\n退信原因: 550 Mailbox not found"));
        assertEquals("pending", house.ticket("系统退信/System bounce").status());
    }

    @Test
    void aNoticeOfSuccessMarksOurAnswerAsDelivered() {
        var ticket = answered("fine@home.test", "Fine 38", Replies.Draft.of("here"));
        long before = all();
        send("", report("fine@home.test", answer(ticket, "rfc_id")).replace("Action: failed", "Action: delivered")
                .replace("5.1.1", "2.0.0"));
        assertEquals("delivered", status(ticket));
        assertEquals("pending", house.desk.ticket(ticket).status());
        assertEquals(before, all());
    }
}
