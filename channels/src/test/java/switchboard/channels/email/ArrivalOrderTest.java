package switchboard.channels.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.channels.email.MailHouse.draft;
import static switchboard.channels.email.MailHouse.mail;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.Desk;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.reply.Forwarding;

/// Waiting time, reply address and References follow the order of arrival, whatever the sender's clock says.
class ArrivalOrderTest {
    @AutoClose
    private static final MailHouse house = new MailHouse();

    private static String date(Duration back) {
        return "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC)
                .format(Instant.now().minus(back)) + "\n";
    }

    @Test
    @Tag("M24")
    void aClockThatIsTwoDaysSlowDecidesNothing() {
        house.send(MailHouse.SUPPORT, mail("Gus <gus@home.test>", "The order", "g1@home.test", "", "Where is it?"));
        var ticket = house.ticket("The order");
        house.answer(ticket.id(), "On its way");
        var answer = house.got("gus@home.test", "On its way");
        var before = Instant.now();
        house.known(ticket.customerId(), "gus@work.test");
        house.send(MailHouse.SUPPORT, mail("Gus <gus@work.test>", "Re: The order", "g2@work.test",
                date(Duration.ofDays(2)) + "In-Reply-To: <" + answer.messageId() + ">\n",
                "Please write to my work address"));
        var now = house.desk.ticket(ticket.id());
        assertEquals("open", now.status());
        assertFalse(now.waitingSince().isBefore(before.minusSeconds(1)), now.waitingSince() + " / " + before);
        assertEquals("Please write to my work address", now.lastMessage().preview());
        assertEquals(List.of("gus@work.test"), house.lines(ticket.id()).getFirst().to());
        house.answer(ticket.id(), "Gladly");
        var second = house.got("gus@work.test", "Gladly");
        assertEquals(List.of("g2@work.test"), second.inReplyTo());
        assertEquals("g2@work.test", second.references().getLast());
    }

    @Test
    @Tag("M24")
    void whatTheSenderClaimsIsShownAsItIsClaimed() {
        for (var back : List.of(Duration.ofDays(2), Duration.ofDays(20), Duration.ofDays(9000), Duration.ofDays(-3))) {
            var subject = "Claims " + back;
            var before = Instant.now();
            house.send(MailHouse.SUPPORT, mail("c@claims.test", subject, "c" + back + "@claims.test", date(back), "x"));
            var ticket = house.ticket(subject);
            assertFalse(ticket.waitingSince().isBefore(before.minusSeconds(1)), subject);
            var item = house.messages(ticket.id()).getFirst();
            assertFalse(item.at().isBefore(before.minusSeconds(1)), subject);
            assertTrue(Duration.between(item.sentAt(), before.minus(back)).abs().toSeconds() < 5, subject);
        }
        house.send(MailHouse.SUPPORT, mail("c@claims.test", "No clock", "c0@claims.test", "Date: yesterday\n", "x"));
        assertEquals(null, house.messages(house.ticket("No clock").id()).getFirst().sentAt());
    }

    @Test
    @Tag("M24")
    void aMergedTicketStandsByArrivalToo() {
        house.send(MailHouse.SUPPORT, mail("mo@merge.test", "Part one", "p1@merge.test", "", "one"));
        house.send(MailHouse.SUPPORT, mail("mo@merge.test", "Part two", "p2@merge.test", date(Duration.ofDays(20)),
                "two"));
        var one = house.ticket("Part one");
        var two = house.ticket("Part two");
        Desk.virtually(() -> house.desk.database.transaction(tx -> {
            tx.execute("update ticket set merged_into = $2 where id = $1", two.id(), one.id());
            switchboard.ticketing.ticket.Standing.derive(tx, one.id(), true);
            return null;
        }));
        assertEquals("two", house.desk.ticket(one.id()).lastMessage().preview());
        house.answer(one.id(), "Both done");
        assertEquals(List.of("p2@merge.test"), house.got("mo@merge.test", "Both done").inReplyTo());
    }

    @Test
    @Tag("M34")
    void anAnswerNamesTheCustomersMailAndNeverAForwardThatTheyDidNotGet() {
        house.send(MailHouse.SUPPORT, mail("Hal <hal@h.test>", "A question", "h1@h.test", "", "How?"));
        var ticket = house.ticket("A question");
        var asked = house.messages(ticket.id()).getFirst();
        Desk.virtually(() -> house.desk.forwarding.forward(Where.ALL, house.agent, ticket.id(),
                new Forwarding.Forward(List.of("maker@supplier.test"), "Can you tell?", UUID.fromString(asked.id())),
                null));
        var forward = house.got("maker@supplier.test", "Can you tell?");
        house.send(MailHouse.SUPPORT, mail("maker@supplier.test", "Re: Fwd: A question", "s1@supplier.test",
                "In-Reply-To: <" + forward.messageId() + ">\n", "Like this"));
        assertEquals(3, house.messages(ticket.id()).size());
        house.answer(ticket.id(), "Like so");
        var answer = house.got("hal@h.test", "Like so");
        assertEquals(List.of("h1@h.test"), answer.inReplyTo());
        assertEquals(List.of("h1@h.test"), answer.references(), "nothing that Hal never got");
        assertEquals("Re: A question", answer.subject());
        house.answer(ticket.id(), "And so");
        assertEquals(List.of("h1@h.test"), house.got("hal@h.test", "And so").inReplyTo());
        house.answer(ticket.id(), draft("Thank you", List.of("maker@supplier.test"), null));
        var thanks = house.got("maker@supplier.test", "Thank you");
        assertEquals(List.of("s1@supplier.test"), thanks.inReplyTo());
        assertTrue(thanks.references().contains(forward.messageId()), thanks.references().toString());
    }

    @Test
    @Tag("M34")
    void marksOfAnswersAreNotPiledUp() {
        for (var marked : List.of("AW: Bags", "RE: RE: Bags", "回复：Bags", "答复: 回复: Bags", "Re[2]: Bags", "SV: Re: Bags",
                "RE : Bags", "Antw: Bags")) {
            var id = UUID.randomUUID() + "@marks.test";
            house.send(MailHouse.SUPPORT, mail("marks@m.test", "=?utf-8?B?" + java.util.Base64.getEncoder()
                    .encodeToString(marked.getBytes(java.nio.charset.StandardCharsets.UTF_8)) + "?=", id, "", "x"));
            house.answer(house.ticket(marked).id(), "Answer to " + marked);
            assertEquals("Re: Bags", house.got("marks@m.test", "Answer to " + marked).subject(), marked);
        }
    }
}
