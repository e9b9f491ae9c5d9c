package switchboard.channels.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.channels.email.MailHouse.mail;
import static switchboard.ticketing.Desk.until;
import static switchboard.ticketing.Desk.virtually;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import switchboard.channels.email.mime.DecodedMail;
import switchboard.channels.email.mime.MailAddress;
import switchboard.channels.email.mime.MailDecoder;
import switchboard.channels.email.outgoing.ScriptedRelay;
import switchboard.channels.email.outgoing.SmtpSettings;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.reply.Forwarding.Forward;
import switchboard.ticketing.reply.Replies;
import switchboard.ticketing.reply.Replies.Draft;

/// What a relay is told, line by line: who is in the envelope, what stands in the mail, and what becomes of those whom
/// it does not take.
class MailOutTest {
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> deferred = ConcurrentHashMap.newKeySet();
    private ScriptedRelay relay;
    private MailHouse house;

    /// One mail as the relay took it.
    private record Told(String from, List<String> recipients, String raw) {
        DecodedMail mail() {
            return MailDecoder.decode(raw.getBytes(StandardCharsets.UTF_8));
        }
    }

    @BeforeEach
    void open() throws IOException {
        relay = new ScriptedRelay(line -> !line.startsWith("RCPT TO:") ? null
                : refused.contains(address(line)) ? "550 5.1.1 no such user"
                : deferred.contains(address(line)) ? "451 4.7.1 come back later" : null);
        house = new MailHouse(SmtpSettings.plain("127.0.0.1", relay.port()));
    }

    @AfterEach
    void close() throws IOException {
        house.close();
        relay.close();
    }

    private static String address(String line) {
        return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
    }

    private List<Told> told() {
        var told = new ArrayList<Told>();
        var recipients = new ArrayList<String>();
        var raw = new StringBuilder();
        String from = "";
        boolean data = false;
        for (var line : relay.heard) {
            if (data && line.equals(".")) {
                told.add(new Told(from, List.copyOf(recipients), raw.toString()));
                data = false;
            } else if (data) {
                raw.append(line).append("\r\n");
            } else if (line.startsWith("MAIL FROM:")) {
                from = address(line);
                recipients.clear();
            } else if (line.startsWith("RCPT TO:")) {
                recipients.add(address(line));
            } else if (line.equals("DATA")) {
                raw.setLength(0);
                data = true;
            }
        }
        return told;
    }

    private Told told(int count) {
        until(() -> told().size() >= count);
        assertEquals(count, told().size());
        return told().getLast();
    }

    private void arrives(String from, String to, String id, String extra, String text) {
        house.send(from, List.of(to), mail(from, "Lamp", id, extra, text));
    }

    private long count(String from, Object... arguments) {
        return house.count("select count(*) from " + from, arguments);
    }

    private UUID ticket() {
        arrives("mia@customers.test", "support@desk.test", "m1@customers.test", "", "It is broken.");
        until(() -> count("ticket") == 1);
        return house.value(UUID.class, "select id from ticket");
    }

    private Replies.Sent send(UUID ticket, List<String> to, List<String> cc, List<String> bcc, String html) {
        return virtually(() -> house.desk.replies.send(Where.ALL, house.agent, ticket,
                new Draft("Send it in.", html, null, to, cc, bcc, null, null, null, null), null));
    }

    private void awaitStatus(UUID message, String status) {
        until(() -> status.equals(house.value(String.class, "select status from message where id = $1", message)));
    }

    @Test
    void blindReadersAreInTheEnvelopeAloneAndTheirAnswersFindTheTicket() {
        var ticket = ticket();
        send(ticket, null, List.of("boss@customers.test"), List.of("Law@PARTNER.test"), null);
        var told = told(1);
        assertEquals(List.of("mia@customers.test", "boss@customers.test", "law@partner.test"), told.recipients());
        assertFalse(told.raw().toLowerCase(java.util.Locale.ROOT).contains("partner.test"), told.raw());
        arrives("Law@partner.test", "support@desk.test", "l1@partner.test",
                "In-Reply-To: <" + told.mail().messageId() + ">\n", "Noted.");
        until(() -> count("message where direction = 'inbound'") == 2);
        assertEquals(1, count("ticket"));
    }

    @Test
    void theAgentsSignatureComesBeforeTheMailboxesAndStandsUnderTheAgentsWords() {
        var ticket = ticket();
        house.set("update mailbox set signature = 'The <lamp> people'");
        send(ticket, null, null, null, "<p>Send it <b>in</b>.</p>");
        var fallback = told(1).mail();
        assertTrue(fallback.text().replace("\r\n", "\n").endsWith("Send it in.\n\n-- \nThe <lamp> people")
                || fallback.text().strip().endsWith("The <lamp> people"), fallback.text());
        assertTrue(fallback.html().contains("<b>in</b>") && fallback.html().contains("The &lt;lamp&gt; people"),
                fallback.html());

        house.set("update agent set signature = 'Anna, lamps'");
        send(ticket, null, null, null, null);
        var own = told(2).mail();
        assertTrue(own.text().contains("Anna, lamps") && !own.text().contains("people"), own.text());

        var original = house.value(UUID.class, "select id from message where direction = 'inbound'");
        house.set("update message set html = '<p>It is <i>broken</i>.</p>' where id = $1", original);
        virtually(() -> house.desk.forwarding.forward(Where.ALL, house.agent, ticket,
                new Forward(List.of("maker@works.test"), "Can you mend it?", original), null));
        var forwarded = told(3).mail();
        for (var body : List.of(forwarded.text(), forwarded.html())) {
            int words = body.indexOf("Can you mend it?");
            int signature = body.indexOf("Anna, lamps");
            int quoted = body.indexOf("Forwarded message");
            assertTrue(words >= 0 && words < signature && signature < quoted, body);
            assertTrue(body.lastIndexOf("broken") > quoted, body);
            assertEquals(signature, body.lastIndexOf("Anna, lamps"), "once");
        }
    }

    @Test
    void whomTheRelayPutsOffGetsTheSameMailLaterAndWhomItRefusesIsNamedOnTheMessage() {
        var ticket = ticket();
        refused.add("gone@customers.test");
        deferred.add("slow@customers.test");
        var sent = send(ticket, List.of("mia@customers.test", "gone@customers.test"), List.of("slow@customers.test"),
                null, null);
        awaitStatus(sent.id(), "sent");
        until(() -> count("outbox where message_id = $1 and state = 'pending'", sent.id()) == 1);
        assertTrue(house.value(String.class, "select status_detail from message where id = $1", sent.id())
                .contains("gone@customers.test"));
        assertEquals(1, count("journal where kind = 'delivery.failed' and message_id = $1", sent.id()));
        boolean takenBack = virtually(() -> house.desk.database.transaction(tx ->
                house.desk.outbox.cancel(tx, sent.id())));
        assertFalse(takenBack, "it has left: nobody takes it back");
        deferred.clear();
        house.set("update outbox set next_at = now() where state = 'pending'");
        var first = told().getFirst();
        var later = told(2);
        assertEquals(List.of("slow@customers.test"), later.recipients());
        assertEquals(first.mail().messageId(), later.mail().messageId());
        assertEquals(first.mail().to(), later.mail().to());
        until(() -> count("outbox where message_id = $1 and state = 'sent'", sent.id()) == 2);
        assertEquals("sent", house.value(String.class, "select status from message where id = $1", sent.id()));
    }

    @Test
    void aMessageHasFailedWhenAllItsAddresseesWereRefusedThoughACopyWasTaken() {
        var ticket = ticket();
        refused.add("mia@customers.test");
        deferred.add("slow@customers.test");
        var sent = send(ticket, List.of("mia@customers.test", "slow@customers.test"), List.of("boss@customers.test"),
                null, null);
        awaitStatus(sent.id(), "sent");
        deferred.clear();
        refused.add("slow@customers.test");
        until(() -> count("outbox where message_id = $1 and state = 'pending'", sent.id()) == 1);
        house.set("update outbox set next_at = now() where state = 'pending'");
        awaitStatus(sent.id(), "failed");
    }

    @Test
    void anAutomaticAnswerAnswersItsMailBouncesNowhereAndWhatAnswersItFindsTheTicket() {
        house.set("update mailbox set auto_acknowledge = true");
        ticket();
        var told = told(1);
        assertEquals("", told.from(), "RFC 3834: nobody hears of it when it cannot be delivered");
        var mail = told.mail();
        assertEquals(List.of("m1@customers.test"), mail.inReplyTo());
        assertEquals(List.of("m1@customers.test"), mail.references());
        var signed = mail.replyTo().getFirst().address();
        assertTrue(signed.startsWith("support+"), signed);
        // One program names what it answers, another only writes to where it is asked to.
        arrives("mia@customers.test", "support@desk.test", "m2@customers.test",
                "In-Reply-To: <" + mail.messageId() + ">\n", "One more thing.");
        arrives("mia@customers.test", signed, "m3@customers.test", "", "And another.");
        until(() -> count("message where direction = 'inbound'") == 3);
        assertEquals(1, count("ticket"));
    }

    @Test
    void aReplyToIsAnsweredWhileFromStaysTheCustomer() {
        arrives("no-reply@forms.test", "support@desk.test", "f1@forms.test",
                "Reply-To: Zoe <zoe@home.test>, support@desk.test\n", "I am Zoe.");
        until(() -> count("ticket") == 1);
        var ticket = house.value(UUID.class, "select id from ticket");
        send(ticket, null, null, null, null);
        var told = told(1);
        assertEquals(List.of("zoe@home.test"), told.recipients());
        assertEquals(1, count("identity where value = 'no-reply@forms.test'"));
        assertEquals(0, count("identity where value = 'zoe@home.test'"));
        // The signed address is hers.
        arrives("zoe@home.test", told.mail().replyTo().stream().map(MailAddress::address).findFirst().orElseThrow(),
                "z1@home.test", "", "Thank you.");
        until(() -> count("message where direction = 'inbound'") == 2);
        assertEquals(1, count("ticket"));
    }
}
