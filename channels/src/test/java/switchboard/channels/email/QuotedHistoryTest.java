package switchboard.channels.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.channels.email.MailHouse.SUPPORT;
import static switchboard.channels.email.MailHouse.draft;
import static switchboard.channels.email.MailHouse.mail;
import static switchboard.ticketing.Desk.virtually;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.channels.email.quote.QuoteFolding;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.reply.Replies;

/// The quotation below a reply.
class QuotedHistoryTest {
    @AutoClose
    private static final MailHouse house = new MailHouse();

    private static Replies.Draft html(String text, String html) {
        return new Replies.Draft(text, html, null, null, null, List.of("secret@s.test"), null, null, null, null);
    }

    @Test
    @Tag("M-history")
    void theCustomersLastWordsStandBelowTheAnswerAndNotOnTheTimeline() {
        house.send(SUPPORT, mail("Mia Lund <mia@q.test>", "Quoted", "q1@q.test", "", "An older word"));
        house.send(SUPPORT, mail("Mia Lund <mia@q.test>", "Re: Quoted", "q2@q.test", "In-Reply-To: <q1@q.test>\n",
                "Where is <my> bag?\n\nIt is red & blue."));
        var ticket = house.ticket("Quoted");
        virtually(() -> house.replies.note(Where.ALL, house.agent, ticket.id(),
                new Replies.Note("She is difficult", null, null, null)));
        house.answer(ticket.id(), html("It is here.", "<p>It is <b>here</b>.</p>"));
        var got = house.got("mia@q.test", "It is here.");
        assertTrue(got.text().contains("Mia Lund"), got.text());
        assertTrue(got.text().contains("\n> Where is <my> bag?\n>\n> It is red & blue."), got.text());
        assertTrue(got.html().contains("<blockquote"), got.html());
        assertTrue(got.html().contains("Where is &lt;my&gt; bag?"), got.html());
        for (var never : List.of("difficult", "secret@s.test", "An older word")) {
            assertFalse((got.text() + got.html()).contains(never), never);
        }
        var item = house.messages(ticket.id()).getLast();
        assertEquals("It is here.", item.text());
        assertEquals("It is here.", item.visibleText());
    }

    @Test
    @Tag("M-history")
    void whatComesBackIsFoldedInEachLanguage() {
        for (var words : List.of("Where is my bag?", "我的包在哪里？请尽快告诉我。")) {
            var who = "back" + words.length() + "@q.test";
            house.send(SUPPORT, mail("Mia Lund <" + who + ">", "Back " + words.length(), words.length() + "b@q.test",
                    "", words));
            var ticket = house.ticket("Back " + words.length());
            house.answer(ticket.id(), html("It is here.", "<p>It is here.</p>"));
            var got = house.got(who, "It is here.");
            assertEquals("It is here.", QuoteFolding.fold(got.text()).visibleText(), "as it left");
            var quoted = got.text().strip().replaceAll("(?m)^", "> ");
            var reply = "Thanks!\n\nOn Mon, 30 Nov 2026 at 10:00, Support <support@desk.test> wrote:\n" + quoted;
            house.send(SUPPORT, mail("Mia Lund <" + who + ">", "Re: Back", words.length() + "c@q.test",
                    "In-Reply-To: <" + got.messageId() + ">\n", reply));
            assertEquals("Thanks!", house.messages(ticket.id()).getLast().visibleText());
            var below = "Thanks again!\n\n" + got.text().strip();
            assertEquals(0, house.messages(ticket.id()).stream().filter(one -> one.text().equals(below)).count());
        }
    }

    @Test
    @Tag("M-history")
    void aLongMailIsQuotedInPartAndATextAnswerStaysText() {
        house.send(SUPPORT, mail("long@q.test", "Long", "l1@q.test", "", "A line of words.\n".repeat(5_000)));
        house.answer(house.ticket("Long").id(), "Short");
        var got = house.got("long@q.test", "Short");
        assertTrue(got.text().length() < 25_000, "" + got.text().length());
        assertTrue(got.text().contains("> A line of words."));
        assertEquals("", got.html());
    }

    @Test
    @Tag("M-history")
    void itIsASettingAndWhoNeverWroteIsNotQuoted() {
        house.set("insert into setting (name, value) values ('mail', '{\"quoteHistory\": false}')");
        try {
            house.send(SUPPORT, mail("off@q.test", "Off", "off1@q.test", "", "My words"));
            house.answer(house.ticket("Off").id(), "Plain answer");
            assertEquals("Plain answer", house.got("off@q.test", "Plain answer").text().strip());
        } finally {
            house.set("delete from setting where name = 'mail'");
        }
        house.send(SUPPORT, mail("on@q.test", "Others", "on1@q.test", "", "My secret words"));
        house.answer(house.ticket("Others").id(), draft("For a third person", List.of("new@q.test"), null));
        assertFalse(house.got("new@q.test", "For a third person").text().contains("My secret words"));
    }
}
