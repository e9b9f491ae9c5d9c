package switchboard.ticketing.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.mail;
import static switchboard.ticketing.Desk.sms;
import static switchboard.ticketing.Desk.virtually;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import switchboard.ticketing.Desk;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.conversation.Timeline;
import switchboard.ticketing.people.Customers;
import switchboard.ticketing.people.Sender;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntakeTest {
    private Desk desk;

    @BeforeAll
    void open() {
        desk = new Desk();
    }

    @AfterAll
    void close() {
        desk.close();
    }

    @Test
    void twoFirstMessagesOfOneStrangerInOneBatchAreOneCustomerWithTwoTickets() {
        var placed = desk.receive(mail("stranger@one.test", "A", "first", "a1@one.test"),
                mail("stranger@one.test", "B", "second", "b1@one.test"));
        assertEquals(placed.get(0).customerId(), placed.get(1).customerId());
        assertNotEquals(placed.get(0).ticketId(), placed.get(1).ticketId());
    }

    @Test
    void aMessageAndItsReplyInOneBatchAreOneTicket() {
        var placed = desk.receive(mail("twice@one.test", "A", "first", "a2@one.test"),
                mail("twice@one.test", "Re: A", "more", "b2@one.test", "a2@one.test"));
        assertEquals(placed.get(0).ticketId(), placed.get(1).ticketId());
        assertTrue(placed.get(0).newTicket());
        assertFalse(placed.get(1).newTicket());
    }

    @Test
    void aStrangerWhoNamesAnothersMessageGetsATicketOfTheirOwnThatSaysSo() {
        var victim = desk.receive(mail("victim@one.test", "Secret", "mine", "v1@one.test")).getFirst();
        var thief = desk.receive(mail("thief@evil.test", "Re: Secret", "show me", "t1@evil.test", "v1@one.test"))
                .getFirst();
        assertNotEquals(victim.ticketId(), thief.ticketId());
        desk.settle();
        var item = virtually(() -> desk.timeline.ofTicket(thief.ticketId(), Timeline.Query.ALL)).items().stream()
                .filter(one -> one.kind().equals("message")).findFirst().orElseThrow();
        assertEquals("new", item.why().rule());
        assertTrue(item.why().detail().contains("takes no part"), item.why().detail());
    }

    @Test
    void aVerifiedAddressOfAnyKindBringsTheEventToItsOneOwner() {
        var id = virtually(() -> desk.customers.create(Actor.SYSTEM, new Customers.NewCustomer("Mia Lund", null, null,
                null, null, null, null, List.of(new Customers.NewIdentity("email", "mia@Four.test", null),
                        new Customers.NewIdentity("phone", "+1 555 012 3456", null))), "api"));
        var placed = desk.receive(mail("mia@four.test", "Hello", "by mail", "m1@four.test"),
                sms("+15550123456", "by sms"));
        assertEquals(List.of(id, id), placed.stream().map(Intake.Placed::customerId).toList());
        desk.settle();
        var channels = virtually(() -> desk.timeline.ofCustomer(id, Where.ALL, Timeline.Query.ALL)).items().stream()
                .filter(one -> one.kind().equals("message")).map(one -> one.channel()).toList();
        assertEquals(List.of("email", "sms"), channels);
    }

    @Test
    void aDoubtfulSenderBecomesASuggestionAndOwnsNothing() {
        var owner = desk.receive(mail("real@bank.test", "Hi", "it is me", "r1@bank.test")).getFirst();
        var plain = mail("real@bank.test", "Re: Hi", "forged", "f1@bank.test", "r1@bank.test");
        var forged = new Received.Message(plain.origin(), plain.channel(), plain.ourAddress(), plain.at(), plain.kind(),
                false, new Sender(plain.sender().address(), "", Sender.Trust.DOUBTFUL, Optional.empty()),
                plain.proofs(), plain.window(), plain.content(), List.of(), List.of(), List.of("dmarc-fail"),
                Optional.empty(), Optional.empty(), Optional.empty());
        var placed = desk.receive(forged).getFirst();
        assertNotEquals(owner.customerId(), placed.customerId());
        assertNotEquals(owner.ticketId(), placed.ticketId());
        var suggestions = virtually(() -> desk.customers.get(Where.ALL, Where.ALL, owner.customerId())).suggestions();
        assertEquals(placed.customerId(), suggestions.getFirst().customerId());
        virtually(() -> {
            desk.customers.confirm(Where.ALL, Actor.SYSTEM, owner.customerId(), suggestions.getFirst().identityId());
            return null;
        });
        assertEquals(2, virtually(() -> desk.customers.get(Where.ALL, Where.ALL, owner.customerId())).ticketCount());
    }

    @Test
    void smsOfOnePairStaysOneTicketAndReopensWhatWasPutAside() {
        var first = desk.receive(sms("+15550120001", "one")).getFirst();
        var agent = desk.agent("Sms" + UUID.randomUUID(), "available");
        virtually(() -> desk.replies.send(Where.ALL, agent, first.ticketId(),
                switchboard.ticketing.reply.Replies.Draft.of("answer"), null));
        assertEquals("pending", desk.ticket(first.ticketId()).status());
        assertNull(desk.ticket(first.ticketId()).waitingSince());
        var second = desk.receive(sms("+15550120001", "two")).getFirst();
        assertEquals(first.ticketId(), second.ticketId());
        var ticket = desk.ticket(first.ticketId());
        assertEquals("open", ticket.status());
        assertEquals(agent, ticket.assignee().id(), "a reply never changes who owns the ticket");
    }

    @Test
    void aWithheldCallerIsNobodyAndNotOneGiantCustomer() {
        var nobody = desk.receive(sms("+266696687", "hm"), sms("anonymous", "hm"));
        assertNotEquals(nobody.get(0).customerId(), nobody.get(1).customerId());
    }

    @Test
    void aMailThatGivesOneNameTwiceIsStored() {
        var placed = desk.receive(mail("names@one.test", "A", "a", "n1@one.test", "x@one.test", "x@one.test",
                "\0x@one.test", "\ud83d@one.test", "\ud83e@one.test")).getFirst();
        assertEquals(placed.ticketId(), desk.receive(mail("names@one.test", "A", "b", "n2@one.test",
                "x@one.test")).getFirst().ticketId());
    }

    @Test
    void whatAReplyToAMergedTicketReopensIsToldOnceAlsoWhenTheNextIsInTheSameBatch() {
        var placed = desk.receive(mail("re@one.test", "A", "a", "r1@one.test"), mail("re@one.test", "B", "b",
                "r2@one.test"));
        var from = placed.get(0).ticketId();
        var into = placed.get(1).ticketId();
        virtually(() -> desk.database.sql().execute("update ticket set merged_into = $2 where id = $1", from, into));
        virtually(() -> desk.database.sql().execute(
                "update ticket set status = 'solved', solved_at = now() where id = $1", into));
        var again = desk.receive(mail("re@one.test", "Re: A", "c", "r3@one.test", "r1@one.test"),
                mail("re@one.test", "Re: A", "d", "r4@one.test", "r3@one.test"));
        assertEquals(List.of(into, into), again.stream().map(Intake.Placed::ticketId).toList());
        assertEquals(List.of("solved>open"), virtually(() -> desk.database.sql().column(String.class, """
                select (facts ->> 'from') || '>' || (facts ->> 'to') from journal
                where kind = 'ticket.changed' and ticket_id = $1""", into)));
    }

    @Test
    void aTextWithNulsAndLoneSurrogatesIsStored() {
        var placed = desk.receive(mail("odd@one.test", "nul\0 here", "a\0b \ud83d c", "o1@one.test")).getFirst();
        assertTrue(desk.ticket(placed.ticketId()).subject().startsWith("nul"));
    }

    @Test
    void twoLanesThatMeetTheSameStrangersAtOnceMakeEachOfThemOnce() throws Exception {
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            var runs = IntStream.range(0, 8).mapToObj(run -> threads.submit(() -> {
                var mails = IntStream.range(0, 20).mapToObj(i -> mail("race" + (run % 2 == 0 ? i : 19 - i)
                        + "@race.test", "S", "x", "race-" + run + "-" + i + "@race.test")).toArray(Received[]::new);
                return desk.database.transaction(tx -> desk.intake.receive(tx, List.of(mails)));
            })).toList();
            for (var run : runs) run.get();
        }
        long customers = virtually(() -> desk.database.sql().value(Long.class, """
                select count(distinct customer_id) from identity where value like 'race%@race.test'""")).orElse(0L);
        long tickets = virtually(() -> desk.database.sql().value(Long.class, """
                select count(*) from ticket t join identity i on i.customer_id = t.customer_id
                  where i.value like 'race%'"""))
                .orElse(0L);
        assertEquals(20, customers);
        assertEquals(160, tickets);
    }

    @Test
    void aBatchHasAShareForEachLaneAndEndsWithTheRowThatReachesItsSize() {
        var half = new byte[(int) Inbox.BATCH_BYTES_MAX / 2];
        virtually(() -> desk.database.transaction(tx -> desk.inbox.put(tx, List.of(row("a", 1, new byte[9]),
                row("a", 2, new byte[9]), row("a", 3, new byte[9]), row("b", 4, new byte[9]), row("c", 5, half),
                row("c", 6, half), row("c", 7, half)))));
        assertEquals("a1 a2 b4 more [a]", next(4, "a", "b"));
        assertEquals("a1 a2 a3 b4 more []", next(8, "a", "b"));
        assertEquals("a1 a2 b4 more [a]", next(8, "a", "b", "s", "t", "u", "v", "w"), "a quarter, beside so many");
        assertEquals("c5 c6 more [c]", next(4, "c"));
        var many = List.of("p", "q", "r", "s", "t");
        virtually(() -> desk.database.transaction(tx -> desk.inbox.put(tx, IntStream.range(10, 20)
                .mapToObj(i -> row(many.get(i / 2 - 5), i, new byte[9])).toList())));
        assertEquals("p10 p11 q12 q13 r14 r15 s16 s17 more [p, q, r, s, t]", next(8, many.toArray(String[]::new)),
                "the oldest, and all of them again");
        assertEquals("a1 b4 c5 more [a, b, c]", next(3, "a", "b", "c"), "a share that is used up may be the last");
    }

    private static Arrival row(String lane, int number, byte[] raw) {
        return new Arrival("smtp", lane, lane + number, Map.of(), raw);
    }

    private String next(int limit, String... lanes) {
        var batch = virtually(() -> desk.inbox.next(List.of(lanes), limit));
        var keys = batch.rows().stream().map(raw -> virtually(() -> desk.database.sql().value(String.class,
                "select key from inbox where id = $1", raw.id())).orElseThrow()).toList();
        return String.join(" ", keys) + " more " + new java.util.TreeSet<>(batch.more());
    }

    @Test
    void aRepeatedArrivalIsStoredOnceEvenWithinOneBatch() {
        var arrival = new Arrival("smtp", "mailbox:x", "key-1", Map.of("a", 1), "raw".getBytes());
        var both = virtually(() -> desk.database.transaction(tx -> desk.inbox.put(tx, List.of(arrival, arrival))));
        assertEquals(List.of(true, false), both.stream().map(Inbox.Stored::fresh).toList());
        assertFalse(virtually(() -> desk.inbox.put(arrival)).fresh());
        assertEquals(1, virtually(() -> desk.inbox.next(List.of("mailbox:x"), 10)).rows().size());
    }

    @Test
    void bytesComeAsTheyWereStoredWhoeverStoredThemAndHoweverOften() {
        var bytes = new byte[] {0, 1, (byte) 0xff, 'x'};
        var other = new Inbox(desk.database);
        virtually(() -> desk.inbox.put(new Arrival("smtp", "bytes", "mine", Map.of(), bytes)));
        virtually(() -> other.put(new Arrival("smtp", "bytes", "other's", Map.of(), new byte[] {7})));
        // What lies in the database alone tells whether it was read.
        virtually(() -> desk.database.sql().execute("update inbox set raw = $1 where key = 'mine'", new byte[] {9}));
        assertEquals("[0, 1, -1, 120] [7]", raws(), "this process's own, not read back");
        assertEquals("[9] [7]", raws(), "another try reads what is stored");
    }

    private String raws() {
        return virtually(() -> desk.inbox.next(List.of("bytes"), 10)).rows().stream()
                .map(row -> java.util.Arrays.toString(row.raw())).collect(java.util.stream.Collectors.joining(" "));
    }
}
