package switchboard.channels.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.channels.email.MailHouse.SUPPORT;
import static switchboard.channels.email.MailHouse.mail;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.channels.email.mime.DecodedMail;
import switchboard.ticketing.reply.Replies;

/// Our own mail that comes back, and other people's mail in our name.
class OwnMailTest {
    @AutoClose
    private static final MailHouse house = new MailHouse();

    @BeforeAll
    static void open() {
        house.mailbox("Sales", "sales@desk.test", null);
    }

    private static long nobody() {
        return house.count("""
                select count(*) from identity where lower(value) like 'support%@desk.test'
                  or lower(value) like 'sales%@desk.test'""");
    }

    private static DecodedMail answered(String who, String subject) {
        house.send(SUPPORT, mail("Cleo <" + who + ">", subject, subject.replace(' ', '-') + "@customers.test", "",
                "Where is it?"));
        house.answer(house.ticket(subject).id(), "hello from the shop");
        return house.got(who, "hello from the shop");
    }

    private static String copy(DecodedMail answer, String from, String headers) {
        return mail(from, "cleo@customers.test", "Re: x", answer.messageId(), "Cc: " + SUPPORT + "\n" + headers,
                answer.text());
    }

    @Test
    @Tag("M12")
    void ourOwnAnswerThatComesBackIsThatAnswer() {
        var answer = answered("cleo@customers.test", "Comes back");
        var ticket = house.ticket("Comes back");
        var before = house.desk.ticket(ticket.id());
        assertEquals("pending", before.status());
        house.send(SUPPORT, copy(answer, "\"Anna (Support)\" <support@desk.test>", ""));
        house.send("sales@desk.test", copy(answer, "Anna <SUPPORT@desk.test>", "X-Hop: sales\n"));
        house.send(SUPPORT, copy(answer, "\"Anna (Support) via Team\" <team@lists.test>",
                "List-Id: <team.lists.test>\nList-Post: <mailto:team@lists.test>\n"));
        var after = house.desk.ticket(ticket.id());
        assertEquals("pending", after.status());
        assertEquals(before.waitingSince(), after.waitingSince());
        assertEquals(2, house.messages(ticket.id()).size(), house.messages(ticket.id()).toString());
        assertEquals(0, house.tickets("Re: x").size());
        assertEquals(0, nobody());
    }

    @Test
    @Tag("M12")
    void anAgentWhoCopiesAnotherOfOurMailboxesMakesNoCustomer() {
        house.send(SUPPORT, mail("Dora <dora@customers.test>", "Copy sales", "dora1@customers.test", "", "Hm?"));
        var ticket = house.ticket("Copy sales");
        long tickets = house.tickets().size();
        house.answer(ticket.id(), new Replies.Draft("for both", null, null, null, List.of("sales@desk.test", SUPPORT),
                null, null, null, null, null));
        house.got("dora@customers.test", "for both");
        house.settle();
        assertEquals(tickets, house.tickets().size());
        assertEquals(2, house.messages(ticket.id()).size());
        assertEquals("pending", house.desk.ticket(ticket.id()).status());
        assertEquals(0, nobody());
    }

    @Test
    @Tag("M12")
    void ourAddressIsNoCustomerWhateverItWrites() {
        house.send(SUPPORT, mail("Shop <support@desk.test>", "From ourselves", "own1@else.test", "", "hm"));
        house.send(SUPPORT, mail("Shop <Support+Tag@Desk.test>", "From our tag", "own2@else.test", "", "hm"));
        house.send("sales@desk.test", mail("Shop <support@desk.test>", "From next door", "own3@else.test", "", "hm"));
        assertEquals(0, nobody());
        for (var subject : List.of("From ourselves", "From our tag", "From next door")) {
            var ticket = house.ticket(subject);
            assertEquals(List.of(), house.addressesOf(ticket));
            assertEquals("Shop", ticket.customer().name());
        }
        assertNotEquals(house.ticket("From ourselves").customerId(), house.ticket("From our tag").customerId());
    }

    @Test
    @Tag("M12")
    void aCustomerWhoseMailBearsTheIdOfOurAnswerLosesNoWords() {
        var answer = answered("odd@customers.test", "Odd program");
        house.send(SUPPORT, mail("odd@customers.test", "Odd again", answer.messageId(), "", "These are my own words"));
        assertEquals(1, house.count("select count(*) from message where text like '%my own words%'"));
    }

    private static String viaGroup(String person, String id, String headers) {
        return mail("\"'" + person + "' via Support\" <support@desk.test>", "Group mail of " + person, id,
                headers + "List-ID: <support.desk.test>\nPrecedence: list\n", "hello from " + person);
    }

    @Test
    @Tag("M13")
    void aGroupThatWritesItsOwnAddressIntoFromHidesNobody() {
        var uma = "X-Original-From: Uma Berg <uma@u.test>\nX-Original-Sender: uma@u.test\nReply-To: Uma <uma@u.test>\n";
        house.send(SUPPORT, viaGroup("Uma", "gg1@g.test", uma));
        house.send(SUPPORT, viaGroup("Vic", "gg2@g.test", "Reply-To: Vic <vic@v.test>\n"));
        house.send(SUPPORT, viaGroup("Wim", "gg3@g.test", "X-Original-Sender: wim@w.test\n"));
        house.send(SUPPORT, viaGroup("Xan", "gg4@g.test", "Sender: Xan <xan@x.test>\n"));
        house.send(SUPPORT, viaGroup("Yan", "gg5@g.test", "Reply-To: support@desk.test\nCc: Yan <yan@y.test>\n"));
        assertEquals(List.of("uma@u.test"), house.addressesOf(house.ticket("Group mail of Uma")));
        assertEquals("Uma Berg", house.ticket("Group mail of Uma").customer().name());
        for (var one : List.of("Vic vic@v.test", "Wim wim@w.test", "Xan xan@x.test", "Yan yan@y.test")) {
            var ticket = house.ticket("Group mail of " + one.split(" ")[0]);
            assertEquals(List.of(one.split(" ")[1]), house.addressesOf(ticket), one);
            assertEquals(one.split(" ")[0], ticket.customer().name());
            assertEquals(List.of(one.split(" ")[1]), house.lines(ticket.id()).getFirst().to());
        }
        assertEquals(0, nobody());
        var ticket = house.ticket("Group mail of Uma");
        house.answer(ticket.id(), "Dear Uma");
        var answer = house.got("uma@u.test", "Dear Uma");
        house.send(answer.replyTo().getFirst().address(), viaGroup("Uma", "gg6@g.test", uma));
        assertEquals(3, house.messages(ticket.id()).size(), "the group's next mail of Uma finds her ticket");
    }

    @Test
    @Tag("M13")
    void aListThatIsNotOursIsNoCustomerEither() {
        var list = "List-Id: Help <help.lists.test>\nList-Post: <mailto:help@lists.test>\n";
        house.send(SUPPORT, mail("Zoe via Help <help@lists.test>", "help@lists.test", "Munged", "mm1@lists.test",
                list + "Reply-To: Zoe <zoe@z.test>\n", "Munged by Mailman"));
        house.send(SUPPORT, mail("Amy via Help <help@lists.test>", "help@lists.test", "To the list", "mm2@lists.test",
                list + "Reply-To: help@lists.test\nCc: Amy <amy@a.test>\nX-MailFrom: amy@a.test\n", "Munged, too"));
        house.send(SUPPORT, mail("Bea <bea@b.test>", "help@lists.test", "Plain list", "mm3@lists.test",
                list + "Reply-To: help@lists.test\nSender: help-bounces@lists.test\n", "Not munged"));
        var expected = List.of("Munged zoe@z.test", "To the list amy@a.test", "Plain list bea@b.test");
        for (var one : expected) {
            var address = one.substring(one.lastIndexOf(' ') + 1);
            var ticket = house.ticket(one.substring(0, one.lastIndexOf(' ')));
            assertEquals(List.of(address), house.addressesOf(ticket), one);
            assertEquals(List.of(address), house.lines(ticket.id()).getFirst().to(), "the person, not the list");
        }
        house.send(SUPPORT, mail("Maker via Shop <orders@shop.test>", "Not a list", "nl1@shop.test",
                "Reply-To: maker@maker.test\n", "A market place writes so"));
        assertEquals(List.of("orders@shop.test"), house.addressesOf(house.ticket("Not a list")));
    }

    @Test
    @Tag("M13")
    void aFormOfOurOwnSiteThatSendsFromOurAddressIsItsWriters() {
        house.send(SUPPORT, mail("Website <support@desk.test>", "Our form", "form1@desk.test",
                "Reply-To: Finn <finn@f.test>\nAuto-Submitted: no\n", "A question by the form"));
        assertEquals(List.of("finn@f.test"), house.addressesOf(house.ticket("Our form")));
        assertEquals("Finn", house.ticket("Our form").customer().name());
        assertEquals("open", house.ticket("Our form").status());
    }

    @Test
    @Tag("M13")
    void whoHandsAMailOnIsNotItsWriter() {
        house.send(SUPPORT, mail("Gil <gil@g.test>", "old@elsewhere.test", "Redirected", "rd1@g.test",
                "Resent-From: Support <support@desk.test>\nResent-To: support@desk.test\n", "Handed on"));
        house.send(SUPPORT, mail("Ida <ida@i.test>", "old@elsewhere.test", "Forwarded on its own", "rd2@i.test",
                "X-Forwarded-To: support@desk.test\nX-Forwarded-For: old@elsewhere.test support@desk.test\n"
                + "Delivered-To: old@elsewhere.test\n", "Handed on"));
        assertEquals(List.of("gil@g.test"), house.addressesOf(house.ticket("Redirected")));
        assertEquals(List.of("ida@i.test"), house.addressesOf(house.ticket("Forwarded on its own")));
        assertFalse(house.lines(house.ticket("Forwarded on its own").id()).getFirst().to().isEmpty());
        assertTrue(house.tickets("Forwarded on its own").size() == 1);
    }
}
