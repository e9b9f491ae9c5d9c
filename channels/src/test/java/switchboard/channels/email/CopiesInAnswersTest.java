package switchboard.channels.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static switchboard.channels.email.MailHouse.SUPPORT;
import static switchboard.channels.email.MailHouse.draft;
import static switchboard.channels.email.MailHouse.mail;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.channels.email.mime.MailAddress;

/// The default copies of a reply.
class CopiesInAnswersTest {
    @AutoClose
    private static final MailHouse house = new MailHouse();

    @BeforeAll
    static void open() {
        house.mailbox("Sales", "sales@desk.test", null);
    }

    private static List<String> copied(String address, String words) {
        return house.got(address, words).cc().stream().map(MailAddress::address).toList();
    }

    @Test
    @Tag("M37")
    void thePeopleInCopyStayInCopyUnlessTheyAreTakenOut() {
        house.send(SUPPORT, mail("Eve <eve@e.test>", "support@desk.test, Friend <friend@e.test>", "Copied", "e1@e.test",
                "Cc: boss@e.test, ops@e.test, Eve@e.test, sales@desk.test, support+x@desk.test, boss@e.test\n", "q"));
        var ticket = house.ticket("Copied");
        var line = house.lines(ticket.id()).getFirst();
        assertEquals(List.of("eve@e.test"), line.to());
        assertEquals(List.of("friend@e.test", "boss@e.test", "ops@e.test"), line.cc());
        house.answer(ticket.id(), "for all of you");
        assertEquals(List.of("friend@e.test", "boss@e.test", "ops@e.test"), copied("ops@e.test", "for all of you"));
        house.answer(ticket.id(), draft("for Eve alone", null, List.of()));
        assertEquals(List.of(), copied("eve@e.test", "for Eve alone"));
        house.answer(ticket.id(), draft("without ops", null, List.of("boss@e.test")));
        assertEquals(List.of("boss@e.test"), copied("eve@e.test", "without ops"));
        house.answer(ticket.id(), draft("for somebody else", List.of("other@e.test"), null));
        assertEquals(List.of(), copied("other@e.test", "for somebody else"), "who names the readers names all");
        house.send(SUPPORT, mail("Eve <eve@e.test>", "Re: Copied", "e2@e.test", "In-Reply-To: <e1@e.test>\n", "alone"));
        assertEquals(List.of(), house.lines(ticket.id()).getFirst().cc(), "the customer's last mail decides");
    }

    @Test
    @Tag("M37")
    void whoGotTheMailByTheSameHandoverIsNoPlaceOfOurs() {
        house.send("eve@e.test", List.of(SUPPORT, "boss3@e.test", "sales@desk.test"), mail("Eve <eve3@e.test>",
                "support@desk.test, sales@desk.test", "Handed over", "h1@e.test", "Cc: boss3@e.test\n", "q"));
        assertEquals(List.of("boss3@e.test"), house.lines(house.ticket("Handed over").id()).getFirst().cc());
        house.send("eve@e.test", List.of(SUPPORT, "agent@e.test"), mail("Eve <eve4@e.test>", "Answered there",
                "h2@e.test", "Reply-To: agent@e.test\n", "q"));
        assertEquals(List.of("agent@e.test"), house.lines(house.ticket("Answered there").id()).getFirst().to());
    }

    @Test
    @Tag("M37")
    void aCopyOfAnAnswerFindsItsTicketWhenItIsAnswered() {
        house.send(SUPPORT, mail("Eve <eve2@e.test>", "Boss answers", "e3@e.test", "Cc: boss2@e.test\n", "q"));
        var ticket = house.ticket("Boss answers");
        house.answer(ticket.id(), "the answer");
        var answer = house.got("boss2@e.test", "the answer");
        house.send(SUPPORT, mail("Boss <boss2@e.test>", "Re: Boss answers", "e4@e.test",
                "In-Reply-To: <" + answer.messageId() + ">\nCc: eve2@e.test\n", "I agree"));
        assertEquals(3, house.messages(ticket.id()).size());
        assertEquals(List.of("eve2@e.test"), house.lines(ticket.id()).getFirst().to());
        assertEquals(List.of("boss2@e.test"), house.lines(ticket.id()).getFirst().cc());
    }

    @Test
    @Tag("M37")
    void theSetIsBoundedAndWhatCannotBeWrittenToIsLeftOut() {
        var many = IntStream.range(0, 60).mapToObj(i -> "p" + i + "@many.test").collect(Collectors.joining(", "));
        house.send(SUPPORT, mail("m@many.test", "Many", "many1@many.test", "Cc: " + many + "\n", "q"));
        assertEquals(20, house.lines(house.ticket("Many").id()).getFirst().cc().size());
        house.send(SUPPORT, mail("m@many.test", "Odd ones", "many2@many.test",
                "Cc: \"a b\"@many.test, fine@many.test, bad@[10.0.0.1], (x) ok@many.test\n", "q"));
        var ticket = house.ticket("Odd ones");
        house.answer(ticket.id(), "it leaves");
        assertEquals(List.of("fine@many.test", "ok@many.test"), copied("m@many.test", "it leaves"));
    }

    @Test
    @Tag("M37")
    void ofAMailThatIsProbablyForgedNobodyIsCopied() {
        house.set("update mailbox set trusted_authserv = 'mx.desk.test' where address = 'sales@desk.test'");
        house.send("sales@desk.test", mail("bank@bank.test", "sales@desk.test", "Forged", "f1@bank.test",
                "Cc: victim@v.test\nAuthentication-Results: mx.desk.test; dmarc=fail header.from=bank.test\n", "q"));
        assertEquals(List.of(), house.lines(house.ticket("Forged").id()).getFirst().cc());
    }

    @Test
    @Tag("M37")
    void whereAMailWasHandedOnFromIsNotCopied() {
        house.send(SUPPORT, mail("f@f.test", "old-shop@web.test, pal@f.test", "Handed on", "ho1@f.test",
                "X-Forwarded-For: old-shop@web.test support@desk.test\nX-Forwarded-To: support@desk.test\n"
                + "Delivered-To: old-shop@web.test\n", "q"));
        assertEquals(List.of("pal@f.test"), house.lines(house.ticket("Handed on").id()).getFirst().cc());
        house.send(SUPPORT, mail("f@f.test", "group@lists.test, pal@f.test", "By a list", "ho2@f.test",
                "List-Id: <group.lists.test>\nList-Post: <mailto:group@lists.test>\n", "q"));
        assertEquals(List.of("pal@f.test"), house.lines(house.ticket("By a list").id()).getFirst().cc());
    }

    @Test
    @Tag("M44")
    void replyToIsHeldTo() {
        house.send(SUPPORT, mail("c@r.test", "Empty", "rt1@r.test", "Reply-To: <>\n", "q"));
        assertEquals(List.of("c@r.test"), house.lines(house.ticket("Empty").id()).getFirst().to());
        house.send(SUPPORT, mail("c@r.test", "Several", "rt2@r.test", "Reply-To: a@r.test, b@r.test\n", "q"));
        assertEquals(List.of("a@r.test", "b@r.test"), house.lines(house.ticket("Several").id()).getFirst().to());
        house.send(SUPPORT, mail("C <c@r.test>", "The same", "rt3@r.test", "Reply-To: C <C@r.test>\n", "q"));
        assertEquals(1, house.lines(house.ticket("The same").id()).getFirst().to().size());
        house.send(SUPPORT, mail("noreply@form.test", "A form", "rt4@r.test", "Reply-To: Pia <pia@p.test>\n", "q"));
        assertEquals(List.of("pia@p.test"), house.lines(house.ticket("A form").id()).getFirst().to());
        house.send(SUPPORT, mail("c@r.test", "To ourselves", "rt5@r.test", "Reply-To: support@desk.test\n", "q"));
        assertEquals(List.of("c@r.test"), house.lines(house.ticket("To ourselves").id()).getFirst().to());
        assertEquals(List.of(), house.messages(house.ticket("To ourselves").id()).getFirst().flags(), "no warning");
        house.send(SUPPORT, mail("c@r.test", "group@r.test", "To its list", "rt6@r.test",
                "List-Post: <mailto:group@r.test>\nReply-To: group@r.test\n", "q"));
        assertEquals(List.of("c@r.test"), house.lines(house.ticket("To its list").id()).getFirst().to());
    }
}
