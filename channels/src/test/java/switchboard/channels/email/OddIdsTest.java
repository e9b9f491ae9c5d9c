package switchboard.channels.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static switchboard.ticketing.Desk.until;
import static switchboard.ticketing.Desk.virtually;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.channels.email.mime.DecodedMail;
import switchboard.ticketing.reply.Replies;

/// Mail with any Message-ID can be answered.
@Tag("M18")
class OddIdsTest {
    @AutoClose
    private static final MailHouse house = new MailHouse();

    @ParameterizedTest
    @ValueSource(strings = {"2026-张三的电脑@sender.test", "größe@sender.test", "x", "no space at all",
            "LONG"})
    void an_odd_id_is_left_out_and_the_answer_leaves(String id) {
        var sent = id.equals("LONG") ? "l".repeat(400) + "@sender.test" : id;
        var from = "odd" + Math.abs(id.hashCode()) + "@customers.test";
        house.send(MailHouse.SUPPORT, MailHouse.mail(from, "Odd " + id.hashCode(), sent,
                "References: <first." + id.hashCode() + "@sender.test>\n", "question"));
        var ticket = house.ticket("Odd " + id.hashCode());
        var reply = house.answer(ticket.id(), "answer to " + from);
        until(() -> List.of("sent", "failed").contains(status(reply)));
        assertEquals("sent", status(reply));
        var mail = answer(from);
        boolean plain = sent.chars().allMatch(c -> c > ' ' && c < 0x7f) && sent.length() <= 250;
        assertEquals(plain ? List.of(sent) : List.of(), mail.inReplyTo().stream()
                .filter(one -> !one.equals("nospaceatall")).toList());
        assertEquals(plain ? List.of(sent) : List.of(), mail.references().stream()
                .filter(one -> !one.equals("nospaceatall")).toList());
        house.send(mail.replyTo().getFirst().address(), MailHouse.mail(from, MailHouse.SUPPORT, "Re: Odd "
                + id.hashCode(), "next." + id.hashCode() + "@sender.test", "In-Reply-To: <" + mail.messageId() + ">\n",
                "more"));
        assertEquals(3, house.messages(ticket.id()).size());
    }

    private static String status(Replies.Sent reply) {
        return virtually(() -> house.desk.database.sql().value(String.class,
                "select status from message where id = $1", reply.id())).orElse("");
    }

    private static DecodedMail answer(String to) {
        return house.got(to, "answer to " + to);
    }
}
