package switchboard.channels.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.channels.email.MailHouse.SUPPORT;
import static switchboard.channels.email.MailHouse.mail;
import static switchboard.ticketing.Desk.until;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.base.Ids;

/// Behaviour that was right and must stay so.
class MailGuardsTest {
    @AutoClose
    private static final MailHouse house = new MailHouse();

    @Test
    @Tag("M42")
    void aReplyFindsItsTicketByIdTokenTagOrSecondAddress() {
        house.send(SUPPORT, mail("Mo <mo@m.test>", "Threads", "t1@m.test", "", "one"));
        var ticket = house.ticket("Threads");
        house.answer(ticket.id(), "answer");
        var answer = house.got("mo@m.test", "answer");
        var token = answer.replyTo().getFirst().address();
        var id = "References: <" + answer.messageId() + ">\n";
        house.send(SUPPORT, mail("mo@m.test", "completely other words", "t2@m.test", id, "by id"));
        house.send(token.toUpperCase(), mail("mo@m.test", "shouted", "t3@m.test", "", "by token in capitals"));
        house.send("support+tag@desk.test", mail("mo@m.test", "tagged", "t4@m.test", id, "by a tag"));
        house.known(ticket.customerId(), "mo@second.test");
        house.send(SUPPORT, mail("mo@second.test", "from elsewhere", "t5@m.test", id, "by another address"));
        var again = mail("mo@m.test", "twice", "t6@m.test", id, "identical");
        house.send(SUPPORT, again);
        house.send(SUPPORT, again);
        assertEquals(7, house.messages(ticket.id()).size(), house.messages(ticket.id()).toString());
        house.send(SUPPORT, mail("Mo <mo@m.test>", "Other matter", "t7@m.test", "", "two"));
        var into = house.ticket("Other matter");
        house.set("update ticket set merged_into = $2 where id = $1", ticket.id(), into.id());
        house.send(SUPPORT, mail("mo@m.test", "after the merge", "t8@m.test", id, "by id"));
        assertEquals(1, house.tickets().size() - house.tickets("Gone").size());
        assertTrue(house.messages(into.id()).getLast().text().startsWith("by id"));
        // The timeline of a ticket also shows what lies in those that were merged into it.
        assertEquals(2, house.count("select count(*) from message where ticket_id = $1", into.id()));
    }

    @Test
    @Tag("M49")
    void noMachineIsAnsweredByAMachine() {
        house.set("insert into mailbox (id, name, address, aliases, auto_acknowledge) values ($1, 'Ack', "
                + "'ack@desk.test', '{ack-too@desk.test}', true)", Ids.next());
        var machines = List.of("List-Id: <x.y>\n", "Precedence: bulk\n", "Precedence: list\n",
                "Auto-Submitted: auto-replied\n", "Auto-Submitted: auto-generated\n",
                "X-Auto-Response-Suppress: All\n", "Reply-To: ack@desk.test\n", "Reply-To: ack-too@desk.test\n");
        int n = 0;
        for (var headers : machines) {
            house.send("ack@desk.test", mail("m" + n + "@ack.test", "ack@desk.test", "q", "a" + n++ + "@ack.test",
                    headers, "q"));
        }
        house.send("ack@desk.test", mail("no-reply@ack.test", "ack@desk.test", "q", "a90@ack.test", "", "q"));
        house.send("ack@desk.test", mail("Ack <ack-too@desk.test>", "ack@desk.test", "q", "a91@ack.test", "", "q"));
        house.send("", List.of("ack@desk.test"), mail("null@ack.test", "ack@desk.test", "q", "a92@ack.test", "", "q"));
        house.send("ack-too@desk.test", mail("person@ack.test", "ack-too@desk.test", "q", "a93@ack.test", "", "q"));
        until(() -> !house.mailsOf("person@ack.test").isEmpty());
        assertEquals(1, house.count("select count(*) from auto_reply"));
        var sent = house.got("person@ack.test", "Thank you");
        assertEquals("ack-too@desk.test", sent.from().orElseThrow().address(), "from where the person wrote to");
        assertEquals("auto-replied", sent.loop().autoSubmittedValue());
        assertEquals(List.of("a93@ack.test"), sent.inReplyTo());
        assertTrue(sent.loop().suppressed());
        // It comes back, or a machine answers its Reply-To: no new work.
        long tickets = house.tickets().size();
        house.send("ack@desk.test", mail("Ack <ack-too@desk.test>", "person@ack.test", "We have", sent.messageId(),
                "Auto-Submitted: auto-replied\n", sent.text()));
        assertEquals(tickets, house.tickets().size());
    }
}
