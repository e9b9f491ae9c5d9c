package switchboard.channels.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.channels.email.MailHouse.SUPPORT;
import static switchboard.channels.email.MailHouse.mail;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.reply.Replies;

/// One mail that arrives by two routes.
class OneMailTwoWaysTest {
    @AutoClose
    private static final MailHouse house = new MailHouse();

    @BeforeAll
    static void open() {
        house.mailbox("Sales", "sales@desk.test", null);
        house.mailbox("Billing", "billing@desk.test", house.desk.team("Billing"));
        house.mailbox("Legal", "legal@desk.test", house.desk.team("Legal"));
        house.set("update mailbox set aliases = '{help@desk.test}' where address = 'support@desk.test'");
    }

    private static void once(String subject) {
        assertEquals(1, house.messages(house.ticket(subject).id()).size(), subject);
    }

    @Test
    @Tag("M25")
    void byTwoAliasesOfOneMailboxItIsOneMessage() {
        var direct = mail("r@r.test", "help@desk.test, support@desk.test", "Two aliases", "two1@r.test", "", "same id");
        house.send("r@r.test", List.of("help@desk.test", SUPPORT), direct);
        house.send("help@desk.test", "Received: from list.test by mx\n" + direct);
        house.send(SUPPORT, "Received: from other.test by mx\n" + direct);
        once("Two aliases");
    }

    @Test
    @Tag("M25")
    void aFooterOfTheListThatCarriedItMakesNoSecondMessage() {
        var direct = mail("r@r.test", SUPPORT, "With a footer", "two2@r.test", "", "Please send me\nthe papers.");
        house.send(SUPPORT, direct);
        house.send(SUPPORT, direct.replace("\n\nPlease", "\nList-Id: <l.r.test>\n\nPlease")
                + "_______________________________________________\nhelp mailing list\nhttps://lists.r.test/help\n");
        once("With a footer");
        var other = mail("r@r.test", SUPPORT, "With a footer too", "two3@r.test", "", "Please call.");
        house.send(SUPPORT, other + "--\nYou received this message because you are subscribed to the group.\n");
        house.send(SUPPORT, other);
        once("With a footer too");
    }

    @Test
    @Tag("M25")
    void whatSaysSomethingElseUnderTheSameIdIsKeptInTheSameTicket() {
        house.send(SUPPORT, mail("r@r.test", "Cut short", "two4@r.test", "", "The first half"));
        house.send(SUPPORT, mail("r@r.test", "Cut short", "two4@r.test", "", "The first half and the second half"));
        var items = house.messages(house.ticket("Cut short").id());
        assertEquals(2, items.size());
        assertEquals(List.of("duplicate-id"), items.getLast().flags());
    }

    @Test
    @Tag("M25")
    void aStrangerWithTheSameIdGetsATicketOfTheirOwn() {
        house.send(SUPPORT, mail("r@r.test", "Mine", "two5@r.test", "", "words"));
        house.send(SUPPORT, mail("thief@t.test", "Mine", "two5@r.test", "", "words"));
        assertEquals(2, house.tickets("Mine").size());
    }

    @Test
    @Tag("M25")
    void toTwoOfOurMailboxesItIsOneTicketUnlessTwoTeamsHaveThem() {
        var both = mail("r@r.test", "support@desk.test, sales@desk.test", "Two mailboxes", "two6@r.test", "", "hi");
        house.send("r@r.test", List.of(SUPPORT, "sales@desk.test"), both);
        once("Two mailboxes");
        house.send(SUPPORT, mail("r@r.test", "Apart", "two7@r.test", "", "hi"));
        house.send("sales@desk.test", "Received: from mx.test by mx\n" + mail("r@r.test", "Apart", "two7@r.test", "",
                "hi"));
        once("Apart");
        var teams = mail("r@r.test", "billing@desk.test, legal@desk.test", "Two teams", "two8@r.test", "", "hi");
        house.send("r@r.test", List.of("billing@desk.test", "legal@desk.test"), teams);
        assertEquals(2, house.tickets("Two teams").size(), "each team sees its own");
    }

    @Test
    @Tag("M25")
    void aCopyThatComesWhenAllIsDoneReopensNothing() {
        var late = mail("r@r.test", "Solved", "two9@r.test", "", "hi");
        house.send(SUPPORT, late);
        var ticket = house.ticket("Solved");
        house.answer(ticket.id(), new Replies.Draft("Done", null, null, null, null, null, null, null, "solved", null));
        house.send("help@desk.test", "Received: from slow.test by mx\n" + late);
        house.send("sales@desk.test", "Received: from slower.test by mx\n" + late);
        assertEquals("solved", house.desk.ticket(ticket.id()).status());
        assertTrue(house.tickets("Solved").size() == 1);
        assertEquals(2, house.messages(ticket.id()).size());
    }
}
