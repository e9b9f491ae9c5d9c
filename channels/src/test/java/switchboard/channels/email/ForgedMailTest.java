package switchboard.channels.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.channels.email.MailHouse.mail;
import static switchboard.ticketing.Desk.virtually;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.channels.email.proof.Zone;
import switchboard.channels.email.smtp.Tls;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.conversation.TimelineItem;

/// Mail in a sender's name that they didn't send.
@Tag("S1")
class ForgedMailTest {
    private final Zone zone = new Zone().key("bank.example");
    @AutoClose
    private final MailHouse house = new MailHouse(new EmailChannel.Safety(Optional.of(zone), _ -> true, Tls.NONE,
            _ -> true));

    private void write(boolean signed, String from, String extra, String id) {
        var mail = mail(from, "my order", id, extra, "hello");
        house.sendOne(signed ? Zone.signed("bank.example", mail) : Zone.wire(mail));
    }

    private UUID customer(String id) {
        return house.customerOf(id);
    }

    private UUID ticket(String id) {
        return house.ticketOf(id);
    }

    private TimelineItem item(String id) {
        return house.messages(ticket(id)).stream().filter(one -> one.kind().equals("message")).toList().getLast();
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
        assertEquals(List.of("vera@bank.example"), house.lines(ticket("t1@thief.example")).getFirst().to());
        assertEquals(List.of("Vera"), virtually(() -> house.desk.database.sql().column(String.class, """
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
        assertEquals(1, house.tickets().size());
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
        var identity = house.value(UUID.class, "select id from identity where customer_id = $1",
                customer("v2@bank.example"));
        virtually(() -> {
            house.desk.customers.confirm(Where.ALL, Actor.agent(house.agent), customer("v1@bank.example"), identity);
            return null;
        });
        write(false, VERA, NAMES, "v3@bank.example");
        assertEquals(ticket("v1@bank.example"), ticket("v3@bank.example"));
    }

    @Test
    void theServerThatAMailboxTrustsCanVouchOnlyWhereItAloneHandsOver() {
        house.set("update mailbox set trusted_authserv = 'mx.desk.test'");
        write(false, "Pat <pat@plain.example>", "Authentication-Results: mx.desk.test; dmarc=pass "
                + "header.from=plain.example\n", "a1@plain.example");
        assertEquals("none", item("a1@plain.example").auth().verdict(), "a client can write that itself");
        write(false, "Pat <pat@plain.example>", "Authentication-Results: mx.desk.test; dmarc=fail\n",
                "a2@plain.example");
        assertEquals("fail", item("a2@plain.example").auth().verdict());
    }
}
