package switchboard.channels.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.channels.email.MailHouse.mail;
import static switchboard.ticketing.Desk.until;
import static switchboard.ticketing.Desk.virtually;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import switchboard.channels.email.imap.RawMail;
import switchboard.channels.email.imap.UidCursor;
import switchboard.channels.email.mime.MailDecoder;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.journal.Lease;
import switchboard.ticketing.ticket.Ticket;

class EmailChannelTest {
    @AutoClose
    private final MailHouse house = new MailHouse();

    private void send(String from, String to, String mail) {
        house.send(from, List.of(to), mail);
    }

    /// A relay's conversation: what it hears after the message, for each recipient.
    private List<String> relayed(String mail, String... recipients) throws java.io.IOException {
        try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), house.email.lmtpPort().orElseThrow())) {
            socket.setSoTimeout(60_000);
            var in = new java.io.BufferedReader(new java.io.InputStreamReader(socket.getInputStream(),
                    StandardCharsets.US_ASCII));
            var lines = new java.util.ArrayList<>(List.of("LHLO relay.test", "MAIL FROM:<mia@x.test>"));
            for (var recipient : recipients) lines.add("RCPT TO:<" + recipient + ">");
            lines.add("DATA");
            in.readLine();
            for (var line : lines) {
                socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
                var said = in.readLine();
                while (said.charAt(3) == '-') said = in.readLine();
                assertTrue(said.charAt(0) < '4', line + ": " + said);
            }
            socket.getOutputStream().write((mail.replace("\n", "\r\n") + ".\r\n").getBytes(StandardCharsets.US_ASCII));
            var verdicts = new java.util.ArrayList<String>();
            for (var _ : recipients) verdicts.add(in.readLine().substring(0, 3));
            return verdicts;
        }
    }

    @Test
    void aRelayHearsForEachMailboxWhetherItsCommitWasDone() throws Exception {
        house.mailbox("Sales", "sales@desk.test", null);
        // The one mailbox's rows cannot be written for a while.
        house.desk.asOwner("""
                create function full_up() returns trigger language plpgsql as
                $$ begin if new.lane = 'mailbox:sales@desk.test' then raise exception 'full'; end if; return new; end
                $$""");
        house.desk.asOwner("create trigger full_up before insert on inbox for each row execute function full_up()");
        var mail = mail("mia@x.test", "Both", "both@x.test", "", "To two");
        assertEquals(List.of("250", "451"), relayed(mail, "support@desk.test", "sales@desk.test"));
        until(() -> tickets().size() == 1);
        house.desk.asOwner("drop trigger full_up on inbox");
        assertEquals(List.of("250", "250"), relayed(mail, "support@desk.test", "sales@desk.test"), "it comes again");
        house.settle();
        assertEquals(2, house.count("select count(*) from inbox"), "each mailbox has it once");
    }

    private List<Ticket> tickets() {
        return house.tickets();
    }

    private String answersStatus() {
        return house.value(String.class, "select status from message where direction = 'outbound'");
    }

    @Test
    void aMailBecomesATicketTheAnswerArrivesAndTheAnswerToItFindsTheTicket() {
        var first = mail("Mia Lund <mia@customers.test>", "Where is my bag?", "m1@customers.test", "",
                "It has not come.");
        send("mia@customers.test", "support@desk.test", first);
        send("mia@customers.test", "support@desk.test", first);
        until(() -> tickets().size() == 1);
        var ticket = tickets().getFirst();
        assertEquals("Where is my bag?", ticket.subject());
        assertEquals("Mia Lund", ticket.customer().name());

        house.answer(ticket.id(), "It is on its way.");
        until(() -> house.mailsOf("mia@customers.test").size() == 1);
        var got = house.mailsOf("mia@customers.test").getFirst();
        assertEquals("Re: Where is my bag?", got.subject());
        assertTrue(got.text().startsWith("It is on its way."));
        assertTrue(got.raw().contains("In-Reply-To: <m1@customers.test>"), got.raw());
        until(() -> "pending".equals(tickets().getFirst().status()));
        until(() -> answersStatus().equals("sent"));

        // A program that drops References answers to the signed address alone.
        var replyTo = MailDecoder.decode(got.raw().getBytes(StandardCharsets.ISO_8859_1)).replyTo()
                .getFirst().address();
        send("mia@customers.test", replyTo, mail("mia@customers.test", "thanks", "m2@customers.test", "", "Got it!"));
        until(() -> "open".equals(tickets().getFirst().status()));
        assertEquals(1, tickets().size());

        // The same address in a stranger's hands proves nothing.
        send("thief@evil.test", replyTo, mail("thief@evil.test", "hello", "t1@evil.test", "", "I am Mia"));
        until(() -> tickets().size() == 2);
    }

    @Test
    void aBounceIsShownOnItsMessageAndOpensNothing() {
        send("gone@customers.test", "support@desk.test",
                mail("gone@customers.test", "Hi", "g1@customers.test", "", "text"));
        until(() -> tickets().size() == 1);
        house.answer(tickets().getFirst().id(), "answer");
        until(() -> house.mailsOf("gone@customers.test").size() == 1);
        var id = house.value(String.class, "select rfc_id from message where direction = 'outbound'");
        send("", "support@desk.test", """
                From: MAILER-DAEMON@mx.test
                To: support@desk.test
                Subject: Undelivered Mail Returned to Sender
                Message-ID: <b1@mx.test>
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary=x

                --x
                Content-Type: text/plain

                It could not be delivered.
                --x
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.test

                Final-Recipient: rfc822; gone@customers.test
                Action: failed
                Status: 5.1.1

                --x
                Content-Type: message/rfc822

                Message-ID: <%s>
                Subject: Re: Hi

                answer
                --x--
                """.formatted(id));
        until(() -> answersStatus().equals("bounced"));
        assertEquals(1, tickets().size());
    }

    @Test
    void aSecondMailUnderAKnownIdWithAnotherBodyIsKeptAndFlagged() {
        send("a@x.test", "support@desk.test", mail("a@x.test", "One", "same@x.test", "", "body one"));
        send("a@x.test", "support@desk.test", mail("a@x.test", "Two", "same@x.test", "", "body two"));
        until(() -> tickets().size() == 2);
        assertEquals(1, house.count("select count(*) from message where 'duplicate-id' = any(flags)"));
    }

    @Test
    void aMailThatFailsDmarcByTheTrustedServerIsASuggestionOnlyAndAForgedHeaderSaysNothing() {
        house.set("update mailbox set trusted_authserv = 'mx.desk.test'");
        send("real@bank.test", "support@desk.test", mail("real@bank.test", "Hi", "r1@bank.test", "", "me"));
        until(() -> tickets().size() == 1);
        send("real@bank.test", "support@desk.test", mail("real@bank.test", "Again", "r2@bank.test",
                "Authentication-Results: mx.desk.test; dmarc=fail header.from=bank.test\n", "not me"));
        send("real@bank.test", "support@desk.test", mail("real@bank.test", "Third", "r3@bank.test",
                "Authentication-Results: other.test; dmarc=fail header.from=bank.test\n", "me again"));
        until(() -> tickets().size() == 3);
        var bySubject = tickets().stream()
                .collect(java.util.stream.Collectors.toMap(Ticket::subject, Ticket::customerId));
        assertEquals(bySubject.get("Hi"), bySubject.get("Third"));
        assertFalse(bySubject.get("Hi").equals(bySubject.get("Again")));
    }

    @Test
    void anUnreadableMailIsQuarantinedWithAReasonAndTheNextOneIsHandled() {
        send("a@x.test", "support@desk.test", "From: a@x.test, b@x.test\nFrom: c@x.test\nSubject: who?\n\nx\n");
        send("a@x.test", "support@desk.test", mail("a@x.test", "Fine", "f1@x.test", "", "ok"));
        until(() -> tickets().size() == 1);
        assertEquals("Fine", tickets().getFirst().subject());
        assertEquals(1, house.count("select count(*) from inbox where state = 'quarantined' and error is not null"));
    }

    @Test
    void anAcknowledgementIsOffUntilSetAndNeverAnswersAMachine() {
        send("off@x.test", "support@desk.test", mail("off@x.test", "a", "o1@x.test", "", "x"));
        until(() -> tickets().size() == 1);
        // The first mail has been looked at while it was off.
        house.desk.settle();
        until(() -> virtually(() -> house.desk.database.sql().value(Long.class,
                "select seq from tailer where name = 'acknowledge'").orElse(0L).equals(house.desk.journal.last())));
        house.set("update mailbox set auto_acknowledge = true");
        send("bot@x.test", "support@desk.test",
                mail("bot@x.test", "b", "o2@x.test", "Auto-Submitted: auto-replied\n", "x"));
        send("list@x.test", "support@desk.test", mail("list@x.test", "c", "o3@x.test", "List-Id: <l.x.test>\n", "x"));
        send("human@x.test", "support@desk.test", mail("human@x.test", "d", "o4@x.test", "", "x"));
        send("human@x.test", "support@desk.test", mail("human@x.test", "e", "o5@x.test", "", "x"));
        until(() -> house.count("select count(*) from journal where kind = 'ticket.acknowledged'") == 4);
        until(() -> !house.mailsOf("human@x.test").isEmpty());
        assertEquals(1, house.mailsOf("human@x.test").size(), "one an hour for one address");
        for (var nobody : List.of("off@x.test", "bot@x.test", "list@x.test")) {
            assertEquals(List.of(), house.mailsOf(nobody));
        }
    }

    @Test
    void aFailInAnyHeaderOfTheTrustedServerCountsAlsoBelowAnotherOfIt() {
        house.set("update mailbox set trusted_authserv = 'mx.desk.test'");
        send("real@bank.test", "support@desk.test", mail("real@bank.test", "Hi", "s1@bank.test", "", "me"));
        send("real@bank.test", "support@desk.test", mail("real@bank.test", "Again", "s2@bank.test",
                "Authentication-Results: mx.desk.test; spf=pass\n"
                + "Authentication-Results: other.test; dmarc=pass\n"
                + "Authentication-Results: mx.desk.test; dkim=none; dmarc = fail (p=none) header.from=bank.test\n",
                "not me"));
        until(() -> tickets().size() == 2);
        assertEquals(List.of("Again"), virtually(() -> house.desk.database.sql().column(String.class,
                "select subject from message where 'dmarc-fail' = any(flags)")));
        assertFalse(tickets().get(0).customerId().equals(tickets().get(1).customerId()));
    }

    @Test
    void whatTheMailboxTrustsHoldsForTheNextMailThatIsReadByImap() {
        virtually(() -> {
            var mailboxes = new Mailboxes(house.desk.database, new Signer(MailHouse.SECRET));
            var door = new MailDoor(house.desk.database, house.desk.inbox, mailboxes, Optional.empty());
            var start = mailboxes.all().getFirst();
            var lease = new Lease(house.desk.database, "imap:" + start.id());
            assertTrue(lease.hold());
            var cursor = door.cursor(start, lease);
            assertTrue(cursor.since().isPresent(), "read from the first contact on");
            cursor.commit(List.of(), new UidCursor(7, 40));
            assertTrue(cursor.since().orElseThrow().isBefore(Instant.now()));
            house.desk.database.sql().execute("update mailbox set trusted_authserv = 'mx.desk.test'");
            mailboxes.forget();
            cursor.commit(List.of(new RawMail(41, "From: a@x.test\r\n\r\nx\r\n".getBytes(StandardCharsets.UTF_8))),
                    new UidCursor(7, 41));
            assertEquals(new UidCursor(7, 41), cursor.load());
            return null;
        });
        assertEquals("mx.desk.test", house.value(String.class, "select envelope ->> 'trusted' from inbox"));
    }
}
