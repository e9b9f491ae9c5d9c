package switchboard.channels.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.channels.email.MailHouse.SUPPORT;
import static switchboard.channels.email.MailHouse.mail;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// More addresses for a mailbox.
class AliasesTest {
    @AutoClose
    private static final MailHouse house = new MailHouse();

    @BeforeAll
    static void open() {
        house.set("""
                update mailbox set aliases = '{Help@desk.test,help@desk-old.test,*@all.test}'
                where address = 'support@desk.test'""");
    }

    private static String from(String subject, String words) {
        house.answer(house.ticket(subject).id(), words);
        return house.got("al@al.test", words).from().orElseThrow().address();
    }

    private static void ask(String recipient, String to, String subject) {
        house.send(recipient, mail("Al <al@al.test>", to, subject, subject.replace(' ', '.') + "@al.test", "", "hi"));
    }

    @Test
    @Tag("M-aliases")
    void anAnswerLeavesFromTheAddressThatWasWrittenTo() {
        ask("help@desk.test", "help@desk.test", "To the alias");
        assertEquals("help@desk.test", from("To the alias", "one").toLowerCase());
        ask("help@desk-old.test", "Help <help@desk-old.test>", "To the old domain");
        assertEquals("help@desk-old.test", from("To the old domain", "two"));
        ask("help@desk-old.test", "undisclosed-recipients:;", "In blind copy");
        assertEquals("help@desk-old.test", from("In blind copy", "three"));
        ask("help+vip@desk.test", "help+vip@desk.test", "With a tag");
        assertEquals("help@desk.test", from("With a tag", "four").toLowerCase());
        ask(SUPPORT, SUPPORT, "To the name itself");
        assertEquals(SUPPORT, from("To the name itself", "five"));
        ask("anything@all.test", "anything@all.test", "Caught");
        assertEquals(SUPPORT, from("Caught", "six"), "nobody chooses whose name we write under");
        assertEquals(SUPPORT, house.ticket("To the alias").ourAddress(), "it is the mailbox's ticket");
    }

    @Test
    @Tag("M-aliases")
    void whatAnswersAnAliasFindsItsTicketByTheSignedAddressAndStaysWithTheAlias() {
        ask("help@desk-old.test", "help@desk-old.test", "Stays");
        house.answer(house.ticket("Stays").id(), "first answer");
        var first = house.got("al@al.test", "first answer");
        var replyTo = first.replyTo().getFirst().address();
        assertTrue(replyTo.startsWith("help+") && replyTo.endsWith("@desk-old.test"), replyTo);
        house.send(replyTo.toUpperCase(), mail("al@al.test", replyTo.toUpperCase(), "no marks left", "al9@al.test", "",
                "thanks"));
        assertEquals(3, house.messages(house.ticket("Stays").id()).size());
        assertEquals("help@desk-old.test", from("Stays", "second answer"));
        assertEquals(0, house.tickets("no marks left").size());
    }

    @Test
    @Tag("M-aliases")
    void anAliasThatIsTakenAwayStopsNoAnswer() {
        house.set("insert into mailbox (id, name, address, aliases) values (gen_random_uuid(), 'Gone', "
                + "'gone@desk.test', '{gone-too@desk.test}')");
        ask("gone-too@desk.test", "gone-too@desk.test", "Taken away");
        house.set("update mailbox set aliases = '{}' where address = 'gone@desk.test'");
        assertEquals("gone@desk.test", from("Taken away", "seven"));
    }

    @Test
    @Tag("M-aliases")
    void anAliasIsNoCustomerAndIsNotCopied() {
        house.send(SUPPORT, mail("Help <help@desk.test>", "From the alias", "fa@x.test", "", "hi"));
        assertEquals(List.of(), house.addressesOf(house.ticket("From the alias")));
        house.send(SUPPORT, mail("Al <al@al.test>", "support@desk.test, help+x@desk.test, friend@f.test", "Copies",
                "copies@al.test", "", "hi"));
        assertEquals(List.of("friend@f.test"), house.lines(house.ticket("Copies").id()).getFirst().cc());
        house.send("x@all.test", mail("Colleague <anna@all.test>", "From a colleague", "co@all.test", "", "hi"));
        assertFalse(house.addressesOf(house.ticket("From a colleague")).isEmpty(),
                "catching all of a domain makes nobody in it ours");
    }
}
