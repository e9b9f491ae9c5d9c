package switchboard.channels.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.channels.email.MailHouse.draft;
import static switchboard.channels.email.MailHouse.mail;
import static switchboard.ticketing.Desk.until;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.channels.email.proof.Zone;
import switchboard.ticketing.base.Ids;

/// Where a reply goes when a mail asks for another address.
@Tag("S1")
class ReplyElsewhereTest {
    @AutoClose
    private final MailHouse house = new MailHouse();

    private void write(String from, String extra, String id) {
        house.sendOne(Zone.wire(mail(from, "my order", id, extra, "hello")));
    }

    private UUID customer(String id) {
        return house.customerOf(id);
    }

    private UUID ticket(String id) {
        return house.ticketOf(id);
    }

    private List<String> answered(String id) {
        return house.lines(ticket(id)).getFirst().to();
    }

    /// The reply as its recipient got it.
    private String answer(String id, List<String> to) {
        house.answer(ticket(id), draft("We look into it.", to, null));
        var who = to == null ? answered(id).getFirst() : to.getFirst();
        until(() -> !house.mailsOf(who).isEmpty());
        return house.mailsOf(who).getLast().raw();
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
        house.set("insert into customer (id, name) values ($1, 'Vera')", known);
        house.set("""
                insert into identity (id, customer_id, kind, value, raw, verified, source)
                values ($1, $2, 'email', 'vera@victim.example', 'vera@victim.example', true, 'import')""",
                Ids.next(), known);
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
        assertEquals("thief@thief.example", house.value(String.class,
                "select author_name from message where rfc_id = 't4@thief.example'"));
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
        house.set("""
                insert into identity (id, customer_id, kind, value, raw, verified, source)
                values ($1, $2, 'email', 'fay@home.example', 'fay@home.example', true, 'agent')""",
                Ids.next(), customer("y1@work.example"));
        write("Fay <fay@work.example>", "Reply-To: fay@home.example\n", "y2@work.example");
        assertEquals(List.of("fay@home.example"), answered("y2@work.example"));
        assertEquals(2, house.tickets().size());
    }
}
