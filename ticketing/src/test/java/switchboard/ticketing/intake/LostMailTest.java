package switchboard.ticketing.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static switchboard.ticketing.Desk.virtually;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import switchboard.ticketing.Desk;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.people.Sender;
import switchboard.ticketing.ticket.Merging;

/// Answers, many of them to a mail that never came: each line is who writes which mail, whom else it goes to, what it
/// names, and the letter of the ticket that it comes to lie in.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostMailTest {
    private Desk desk;
    private int count;

    @BeforeAll
    void open() {
        desk = new Desk();
    }

    @AfterAll
    void close() {
        desk.close();
    }

    /// @param from `!` before it: the receiving server found the address forged
    record Mail(String from, String id, List<String> cc, List<String> names, String ticket) {}

    record Case(String name, List<Mail> mails) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Mail mail(String from, String id, String ticket, String... names) {
        return new Mail(from, id, List.of(), List.of(names), ticket);
    }

    private static Mail copied(String from, String id, String cc, String ticket, String... names) {
        return new Mail(from, id, List.of(cc), List.of(names), ticket);
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("two answers to a lost mail are one ticket", List.of(mail("mia", "1", "A", "lost"),
                        mail("mia", "2", "A", "lost"))),
                new Case("and so is the lost mail when it comes late", List.of(mail("mia", "1", "A", "late"),
                        mail("mia", "late", "A"), mail("mia", "2", "A", "late"))),
                new Case("a mail that comes before both mails which it names", List.of(mail("mia", "3", "A", "1", "2"),
                        mail("mia", "2", "A", "1"), mail("mia", "1", "A"))),
                new Case("answers to different lost mails stay apart", List.of(mail("mia", "1", "A", "lost1"),
                        mail("mia", "2", "B", "lost2"))),
                new Case("a stranger who names the same lost mail does not join", List.of(mail("mia", "1", "A", "lost"),
                        mail("eve", "2", "B", "lost"), mail("mia", "3", "A", "lost"))),
                new Case("nor does a mail join the stranger who named it first", List.of(mail("eve", "1", "A", "lost"),
                        mail("mia", "2", "B", "lost"), mail("mia", "lost", "B"), mail("eve", "3", "A", "lost"))),
                new Case("copied to the other by a stranger is not enough", List.of(
                        copied("eve", "1", "mia", "A", "lost"), mail("mia", "2", "B", "lost"))),
                new Case("people who wrote to each other join", List.of(copied("mia", "1", "bo", "A", "lost"),
                        copied("bo", "2", "mia", "A", "lost"))),
                new Case("a forged sender neither joins nor attracts", List.of(mail("mia", "1", "A", "lost"),
                        mail("!mia", "2", "B", "lost"), mail("mia", "3", "A", "lost"))),
                new Case("a forgery that came first attracts nobody", List.of(mail("!mia", "1", "A", "lost"),
                        mail("mia", "2", "B", "lost"))),
                new Case("who was in copy answers what only came a moment before", List.of(
                        copied("mia", "1", "bo", "A"), mail("mia", "2", "A", "1"), mail("bo", "3", "A", "2"),
                        mail("bo", "4", "A", "3"), mail("eve", "5", "B", "4"), mail("mia", "6", "A", "4"))),
                new Case("who was refused keeps a thread of their own", List.of(mail("mia", "1", "A"),
                        mail("eve", "2", "B", "1"), mail("eve", "3", "B", "1"))));
    }

    private Received received(String run, Mail mail) {
        var from = mail.from().replace("!", "") + run + "@x.test";
        var plain = Desk.mail(from, "S", "text", mail.id() + run + "@x.test",
                mail.names().stream().map(name -> name + run + "@x.test").toArray(String[]::new));
        var content = plain.content();
        boolean forged = mail.from().startsWith("!");
        return new Received.Message(plain.origin(), plain.channel(), plain.ourAddress(), plain.at(), plain.kind(),
                false, new Sender(plain.sender().address(), "", forged ? Sender.Trust.DOUBTFUL : Sender.Trust.PLAIN,
                plain.sender().customer()), plain.proofs(), plain.window(), new Received.Content(content.subject(),
                content.text(), content.visible(), "", "", null, content.to(),
                mail.cc().stream().map(name -> name + run + "@x.test").toList(), content.rfcId()), plain.files(),
                plain.keys(), forged ? List.of("dmarc-fail") : List.of(), plain.team(), plain.callId(),
                plain.messageId());
    }

    private static List<String> letters(List<UUID> tickets) {
        var seen = tickets.stream().distinct().toList();
        return tickets.stream().map(ticket -> "" + (char) ('A' + seen.indexOf(ticket))).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void oneAfterTheOther(Case one) {
        var run = "-" + ++count;
        var tickets = one.mails().stream().map(mail -> desk.receive(received(run, mail)).getFirst().ticketId())
                .toList();
        assertEquals(one.mails().stream().map(Mail::ticket).toList(), letters(tickets));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void allInOneBatch(Case one) {
        var run = "-" + ++count;
        var batch = one.mails().stream().map(mail -> received(run, mail)).toArray(Received[]::new);
        var placed = desk.receive(batch);
        assertEquals(one.mails().stream().map(Mail::ticket).toList(),
                letters(placed.stream().map(Intake.Placed::ticketId).toList()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void inTwoBatchesCutAnywhere(Case one) {
        for (int cut = 1; cut < one.mails().size(); cut++) {
            var run = "-" + ++count;
            var batch = one.mails().stream().map(mail -> received(run, mail)).toArray(Received[]::new);
            var placed = new ArrayList<>(desk.receive(Arrays.copyOf(batch, cut)));
            placed.addAll(desk.receive(Arrays.copyOfRange(batch, cut, batch.length)));
            assertEquals(one.mails().stream().map(Mail::ticket).toList(),
                    letters(placed.stream().map(Intake.Placed::ticketId).toList()), "cut after " + cut);
        }
    }

    @org.junit.jupiter.api.Test
    void theLateMailIsNoCopyAndTheReasonIsKept() {
        var placed = desk.receive(received("-r", mail("mia", "1", "A", "late")),
                received("-r", mail("mia", "late", "A"))).get(1);
        record Why(String whyRule, String whyDetail, List<String> flags) {}
        var why = virtually(() -> desk.database.sql().one(Why.class,
                "select why_rule, why_detail, flags from message where id = $1", placed.messageId())).orElseThrow();
        assertEquals("answered-before", why.whyRule());
        assertEquals("late-r@x.test", why.whyDetail());
        assertFalse(why.flags().contains("duplicate-id"));
    }

    @org.junit.jupiter.api.Test
    void aLostMailIsRememberedThroughAMerge() {
        var agent = desk.agent("Ada" + UUID.randomUUID(), "available");
        var first = desk.receive(received("-m", mail("mia", "1", "A", "lost"))).getFirst();
        var other = desk.receive(received("-m", mail("mia", "9", "B"))).getFirst();
        assertNotEquals(first.ticketId(), other.ticketId());
        virtually(() -> new Merging(desk.database, desk.journal).merge(switchboard.ticketing.access.Where.ALL, agent,
                Actor.agent(agent), first.ticketId(), other.ticketId()));
        assertEquals(other.ticketId(), desk.receive(received("-m", mail("mia", "2", "A", "lost"))).getFirst()
                .ticketId());
    }
}
