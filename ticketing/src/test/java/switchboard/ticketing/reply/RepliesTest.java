package switchboard.ticketing.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.mail;
import static switchboard.ticketing.Desk.sms;
import static switchboard.ticketing.Desk.virtually;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import switchboard.ticketing.Desk;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.conversation.Timeline;
import switchboard.ticketing.intake.Intake;
import switchboard.ticketing.intake.Received;
import switchboard.ticketing.people.Address;
import switchboard.ticketing.people.Customers;
import switchboard.ticketing.people.Sender;
import switchboard.ticketing.reply.Replies.Draft;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepliesTest {
    private Desk desk;
    private UUID agent;
    private int count;

    @BeforeAll
    void open() {
        desk = new Desk();
        agent = desk.agent("Ada", "available");
        virtually(() -> {
            desk.database.sql().execute("insert into mailbox (id, name, address) values ($1, 'Support', "
                    + "'support@desk.test')", UUID.randomUUID());
            return desk.database.sql().execute("insert into phone_number (id, number, name) values ($1, "
                    + "'+15005550006', 'Main')", UUID.randomUUID());
        });
    }

    @AfterAll
    void close() {
        desk.close();
    }

    private Intake.Placed written() {
        int n = ++count;
        return desk.receive(mail("c" + n + "@x.test", "Lamp " + n, "It is broken", "in" + n + "@x.test")).getFirst();
    }

    private Replies.Sent send(UUID ticket, Draft draft, String key) {
        return virtually(() -> desk.replies.send(Where.ALL, agent, ticket, draft, key));
    }

    private static Draft seen(Long seq) {
        return new Draft("answer", null, null, null, null, null, null, seq, null, null);
    }

    private static Draft undoable(int seconds) {
        return new Draft("answer", null, null, null, null, null, null, null, null, seconds);
    }

    private <T> T value(Class<T> type, String sql, Object... args) {
        return virtually(() -> desk.database.sql().value(type, sql, args)).orElse(null);
    }

    @Test
    void tenEqualRequestsUnderOneKeyAreOneMessageAndAnotherBodyIsRefused() throws Exception {
        var ticket = written().ticketId();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, 10).mapToObj(_ -> threads.submit(() ->
                    desk.replies.send(Where.ALL, agent, ticket, Draft.of("answer"), "key-1"))).toList();
            var ids = new java.util.HashSet<UUID>();
            for (var one : all) ids.add(one.get().id());
            assertEquals(1, ids.size());
        }
        assertEquals(1, value(Long.class, "select count(*) from message where ticket_id = $1 and direction = "
                + "'outbound'",
                ticket));
        assertEquals(1, value(Long.class, "select count(*) from outbox where ticket_id = $1", ticket));
        var later = new Draft("answer", null, null, null, null, null, null, Long.MAX_VALUE, null, null);
        assertEquals(value(UUID.class, "select result_id from idempotency where key = 'key-1'"),
                send(ticket, later, "key-1").id(), "who has seen more meanwhile repeats the same");
        var reused = assertThrows(Failure.Conflict.class, () -> send(ticket, Draft.of("another"), "key-1"));
        assertEquals("idempotency-key-reused", reused.code());
        var other = desk.agent("Eve" + count, "available");
        virtually(() -> desk.replies.send(Where.ALL, other, ticket, Draft.of("answer"), "key-1"));
        assertEquals(2, value(Long.class, "select count(*) from outbox where ticket_id = $1", ticket));
    }

    @Test
    void aKeyHasAtMost200Characters() {
        var ticket = written().ticketId();
        assertNotNull(send(ticket, Draft.of("a"), "k".repeat(200)));
        assertThrows(Failure.Invalid.class, () -> send(ticket, Draft.of("a"), "k".repeat(201)));
        assertThrows(Failure.Invalid.class, () -> send(ticket, Draft.of("a"), " "));
    }

    @Test
    void anAnswerToWhatWasNotSeenIsRefusedWithWhatCameInMeanwhile() {
        var ticket = written().ticketId();
        desk.settle();
        long seen = virtually(() -> desk.journal.last());
        send(ticket, seen(seen), null);
        desk.receive(mail("c" + count + "@x.test", "Re: Lamp", "and one more thing", null, "in" + count + "@x.test"));
        desk.settle();
        var moved = assertThrows(Failure.Conflict.class, () -> send(ticket, seen(seen), null));
        assertEquals("thread-moved", moved.code());
        assertTrue(moved.current().toString().contains("and one more thing"), moved.current().toString());
        send(ticket, seen(virtually(() -> desk.journal.last())), null);
        send(ticket, seen(5_000_000_000L), null);
        send(ticket, seen(null), null);
    }

    @Test
    void aMessageThatHasNoPlaceInTheOrderYetCountsAsUnseen() {
        var ticket = written().ticketId();
        desk.settle();
        long seen = virtually(() -> desk.journal.last());
        virtually(() -> {
            desk.sequencer.close();
            return null;
        });
        try {
            desk.receive(mail("c" + count + "@x.test", "Re: Lamp", "wait", null, "in" + count + "@x.test"));
            assertEquals("thread-moved",
                    assertThrows(Failure.Conflict.class, () -> send(ticket, seen(seen), null)).code());
        } finally {
            new switchboard.ticketing.journal.Sequencer(desk.journal).start();
        }
    }

    @Test
    void anAnswerGoesWhereTheCustomerLastWroteFromUnlessToldOtherwise() {
        var id = virtually(() -> desk.customers.create(Actor.SYSTEM, new Customers.NewCustomer("Both", null, null, null,
                null, null, null, List.of(new Customers.NewIdentity("email", "both@x.test", null),
                        new Customers.NewIdentity("phone", "+14155550001", null))), "api"));
        var ticket = desk.receive(sms("+14155550001", "by sms")).getFirst();
        assertEquals(id, ticket.customerId());
        assertEquals("sms", send(ticket.ticketId(), Draft.of("a"), null).channel());
        assertEquals("[\"+14155550001\"]", value(String.class,
                "select replace((payload ->> 'to'), ' ', '') from outbox "
                + "where ticket_id = $1", ticket.ticketId()));
        var mailed = send(ticket.ticketId(), new Draft("a", null, "email", null, null, null, null, null, null, null),
                null);
        assertEquals("support@desk.test>both@x.test", value(String.class,
                "select sender || '>' || array_to_string(to_list, ',') from message where id = $1", mailed.id()));
        var named = send(ticket.ticketId(), new Draft("a", null, "sms", List.of("(415) 555-0009"), null, null, null,
                null, null, null), null);
        assertEquals("+14155550009", value(String.class, "select to_list[1] from message where id = $1", named.id()));
        assertThrows(Failure.Invalid.class, () -> send(ticket.ticketId(),
                new Draft("a", null, "sms", List.of("nobody"), null, null, null, null, null, null), null));
        var mailOnly = written().ticketId();
        assertThrows(Failure.Invalid.class, () -> send(mailOnly,
                new Draft("a", null, "sms", null, null, null, null, null, null, null), null));
    }

    @Test
    void whoAskedNotToBeWrittenToIsNotWrittenTo() {
        var ticket = desk.receive(sms("+14155550002", "hello")).getFirst().ticketId();
        consent(false);
        var refused = assertThrows(Failure.Conflict.class, () -> send(ticket, Draft.of("a"), null));
        assertEquals("opted-out", refused.code());
        assertEquals(0, value(Long.class, "select count(*) from outbox where ticket_id = $1", ticket));
        consent(true);
        assertNotNull(send(ticket, Draft.of("a"), null));
    }

    private void consent(boolean allowed) {
        desk.receive(new Received.Consent(new Received.Origin(0, null), "sms", "+14155550002", "+15005550006", allowed,
                "keyword", allowed ? "START" : "STOP", Instant.now()));
    }

    @Test
    void anAnswerIsFoundAgainByItsMessageIdAndNamesWhatItAnswers() {
        var placed = written();
        var first = send(placed.ticketId(), Draft.of("one"), null);
        var rfcId = value(String.class, "select rfc_id from message where id = $1", first.id());
        assertTrue(rfcId.endsWith("@desk.test"), rfcId);
        var back = desk.receive(mail("c" + count + "@x.test", "Something else", "thanks", "back" + count + "@x.test",
                rfcId)).getFirst();
        assertEquals(placed.ticketId(), back.ticketId());
        var second = send(placed.ticketId(), Draft.of("two"), null);
        assertEquals(List.of("in" + count + "@x.test", rfcId, "back" + count + "@x.test"), references(second));
    }

    private List<String> references(Replies.Sent sent) {
        return virtually(() -> desk.database.sql().column(String.class,
                "select jsonb_array_elements_text(payload -> 'references') from outbox where message_id = $1",
                sent.id()));
    }

    @Test
    void anAnswerToAMailFromTheFutureStillNamesThatMailAndNotItself() {
        var placed = written();
        virtually(() -> desk.database.sql().execute("update message set at = now() + interval '1 day' where "
                + "ticket_id = $1",
                placed.ticketId()));
        assertEquals(List.of("in" + count + "@x.test"), references(send(placed.ticketId(), Draft.of("a"), null)));
    }

    @Test
    void aNoteTellsTheMentionedAndLeavesNothingInTheOutbox() {
        var ticket = written().ticketId();
        var other = desk.agent("Mentioned", "available");
        for (int i = 0; i < 2; i++) {
            virtually(() -> desk.replies.note(Where.ALL, agent, ticket, new Replies.Note("look", null, List.of(other),
                    null)));
        }
        assertEquals(List.of(other), desk.ticket(ticket).mentions());
        assertEquals(0, value(Long.class, "select count(*) from outbox where ticket_id = $1", ticket));
        assertNotNull(desk.ticket(ticket).waitingSince(), "a note is no answer to the customer");
        desk.settle();
        var item = virtually(() -> desk.timeline.ofTicket(ticket, Timeline.Query.ALL)).items().getLast();
        assertEquals("note", item.kind());
        assertEquals("internal", item.direction());
        assertThrows(Failure.Invalid.class, () -> virtually(() -> desk.replies.note(Where.ALL, agent, ticket,
                new Replies.Note(" ", null, null, null))));
    }

    @Test
    void theFirstWordCanBeOursByMailAndBySms() {
        var customer = virtually(() -> desk.customers.create(Actor.SYSTEM, new Customers.NewCustomer("Nora", null, null,
                null, null, null, null, List.of(new Customers.NewIdentity("email", "nora@x.test", null),
                        new Customers.NewIdentity("phone", "+14155550003", null))), "api"));
        for (var channel : Set.of("email", "sms")) {
            var opening = new Replies.Opening(customer, channel, "Your order", null, null, null, null, null, null,
                    Draft.of("It has left"));
            var id = virtually(() -> desk.replies.open(agent, opening, "open-" + channel));
            assertEquals(id, virtually(() -> desk.replies.open(agent, opening, "open-" + channel)));
            assertEquals(channel.equals("sms") ? "+14155550003" : "nora@x.test", value(String.class,
                    "select payload -> 'to' ->> 0 from outbox where ticket_id = $1", id));
            assertEquals("Your order", value(String.class,
                    "select payload ->> 'subject' from outbox where ticket_id = $1", id));
            assertEquals(agent, desk.ticket(id).assignee().id());
            assertNull(desk.ticket(id).waitingSince());
        }
    }

    @Test
    void anOpeningGoesToTheAddressThatItNames() {
        var customer = written().customerId();
        var id = virtually(() -> desk.replies.open(agent, new Replies.Opening(customer, "email", "Hello", null,
                List.of("second@x.test"), null, null, null, null, Draft.of("Hi")), null));
        assertEquals("second@x.test", value(String.class,
                "select payload -> 'to' ->> 0 from outbox where ticket_id = $1", id));
    }

    @Test
    void wrongWordsOfAnOpeningAreRefusedByName() {
        var customer = written().customerId();
        for (var wrong : List.of(new Replies.Opening(customer, null, "S", null, null, null, null, null, null,
                Draft.of("t")), new Replies.Opening(customer, "pigeon", "S", null, null, null, null, null, null,
                Draft.of("t")), new Replies.Opening(customer, "email", "", null, null, null, null, null, null,
                Draft.of("t")), new Replies.Opening(customer, "email", "x".repeat(251), null, null, null, null, null,
                null, Draft.of("t")), new Replies.Opening(customer, "email", "S", null, null, "dire", null, null, null,
                Draft.of("t")))) {
            assertThrows(Failure.Invalid.class, () -> virtually(() -> desk.replies.open(agent, wrong, null)),
                    wrong.toString());
        }
        for (var nobody : List.of(new Replies.Opening(UUID.randomUUID(), "email", "S", null, null, null, null, null,
                null, Draft.of("t")), new Replies.Opening(customer, "email", "S", null, null, null, null,
                UUID.randomUUID().toString(), null, Draft.of("t")))) {
            assertThrows(Failure.NotFound.class, () -> virtually(() -> desk.replies.open(agent, nobody, null)));
        }
    }

    @Test
    void aMessageTakenBackLeavesTheTicketAsItWas() {
        var placed = written();
        var before = desk.ticket(placed.ticketId());
        var sent = send(placed.ticketId(), undoable(30), null);
        assertNotNull(sent.undoUntil());
        assertEquals("pending", desk.ticket(placed.ticketId()).status());
        virtually(() -> {
            desk.replies.undo(Where.ALL, agent, placed.ticketId(), sent.id());
            return null;
        });
        var after = desk.ticket(placed.ticketId());
        assertEquals("open", after.status());
        assertEquals(before.waitingSince(), after.waitingSince(), "the customer waits again, since the same moment");
        assertEquals(before.lastMessage(), after.lastMessage());
        assertEquals("cancelled", value(String.class, "select state from outbox where message_id = $1", sent.id()));
        assertThrows(Failure.Conflict.class, () -> virtually(() -> {
            desk.replies.undo(Where.ALL, agent, placed.ticketId(), sent.id());
            return null;
        }));
    }

    @Test
    void takenBackOrLeftButNeverBothHoweverCloseTheRace() throws Exception {
        var ticket = written().ticketId();
        int taken = 0;
        for (int round = 0; round < 200; round++) {
            var sent = send(ticket, undoable(0), null);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var undo = threads.submit(() -> undone(ticket, sent.id()));
                var lease = threads.submit(() -> desk.outbox.lease(Set.of("email"), 10).stream()
                        .anyMatch(row -> sent.id().equals(row.messageId())));
                boolean undone = undo.get();
                boolean leased = lease.get();
                assertTrue(undone ^ leased || !undone && !leased, "round " + round + ": taken back and leased");
                if (undone) taken++;
                var state = value(String.class, "select state from outbox where message_id = $1", sent.id());
                assertEquals(undone ? "cancelled" : leased ? "leased" : "pending", state);
                assertEquals(undone ? "cancelled" : "queued",
                        value(String.class, "select status from message where id = $1", sent.id()));
            }
            virtually(() -> desk.database.sql().execute("update outbox set state = 'sent' where state in ('leased', "
                    + "'pending')"));
        }
        assertTrue(taken < 200, "the lease never won");
    }

    private boolean undone(UUID ticket, UUID message) {
        try {
            desk.replies.undo(Where.ALL, agent, ticket, message);
            return true;
        } catch (Failure.Conflict left) {
            assertEquals("already-sent", left.code());
            return false;
        }
    }

    private static Draft draft(String text, String channel, List<String> to, List<String> cc, List<UUID> files) {
        return new Draft(text, null, channel, to, cc, null, files, null, null, null);
    }

    private List<String> recipients(Replies.Sent sent) {
        return virtually(() -> desk.database.sql().column(String.class,
                "select unnest(to_list) from message where id = $1", sent.id()));
    }

    private List<Line> lines(UUID ticket) {
        return virtually(() -> desk.replies.lines(Where.ALL, ticket));
    }

    private static Received.Message of(String channel, String ourAddress, Sender sender, String text) {
        return new Received.Message(new Received.Origin(0, null), channel, ourAddress, Instant.now(), "message", false,
                sender, List.of(), Optional.empty(), Received.Content.plain("", text), List.of(), List.of(), List.of(),
                Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Test
    void anAnswerGoesToTheCustomerWhoeverElseWroteLastAndTheConsoleIsToldSo() {
        var placed = written();
        var customer = "c" + count + "@x.test";
        var forwarded = virtually(() -> desk.forwarding.forward(Where.ALL, agent, placed.ticketId(),
                new Forwarding.Forward(List.of("maker@works.test"), "Can you?", placed.messageId()), null));
        var rfc = virtually(() -> desk.database.sql().value(String.class, "select rfc_id from message where id = $1",
                forwarded.id())).orElseThrow();
        assertEquals(placed.ticketId(), desk.receive(mail("maker@works.test", "Re", "We can", "mk" + count + "@works",
                rfc)).getFirst().ticketId());
        assertEquals(new Line("email", "support@desk.test", List.of(customer)), lines(placed.ticketId()).getFirst());
        assertEquals(List.of(customer), recipients(send(placed.ticketId(), Draft.of("It can be mended"), null)));
    }

    @Test
    void theCustomersOtherAddressIsWrittenToOnceTheyWroteFromItAndWereMerged() {
        var placed = written();
        var other = desk.receive(mail("other" + count + "@y.test", "Me again", "x", null)).getFirst();
        virtually(() -> desk.database.sql().execute("update customer set merged_into = $1 where id = $2",
                placed.customerId(), other.customerId()));
        virtually(() -> desk.database.sql().execute("update ticket set merged_into = $1 where id = $2",
                placed.ticketId(), other.ticketId()));
        assertEquals(List.of("other" + count + "@y.test"),
                recipients(send(placed.ticketId(), Draft.of("answer"), null)));
    }

    @Test
    void whoWantsToBeAnsweredElsewhereIsAndStaysWhoTheyAre() {
        var plain = mail("no-reply@shop.test", "Form", "I am Zoe", "ro1@shop.test");
        var content = plain.content();
        var placed = desk.receive(new Received.Message(plain.origin(), plain.channel(), plain.ourAddress(), plain.at(),
                plain.kind(), false, plain.sender(), plain.proofs(), plain.window(), new Received.Content(
                content.subject(), content.text(), content.visible(), "", "", null, content.to(), content.cc(),
                content.rfcId(), List.of("zoe@home.test")), plain.files(), plain.keys(), plain.flags(), plain.team(),
                plain.callId(), plain.messageId())).getFirst();
        assertEquals(List.of("zoe@home.test"), lines(placed.ticketId()).getFirst().to());
        assertEquals(List.of("zoe@home.test"), recipients(send(placed.ticketId(), Draft.of("Hello Zoe"), null)));
        assertEquals("no-reply@shop.test", virtually(() -> desk.database.sql().value(String.class,
                "select value from identity where customer_id = $1", placed.customerId())).orElseThrow());
        assertEquals(placed.ticketId(), desk.receive(mail("zoe@home.test", "Re: Form", "thanks", "ro2@home.test",
                "ro1@shop.test")).getFirst().ticketId(), "who was written to takes part");
    }

    @Test
    void aFormIsAnsweredByMailAndACallByTextAndWhatCannotSendIsRefused() {
        var form = desk.receive(of("form", "help-centre", new Sender(Address.email("fay@x.test"), "Fay",
                Sender.Trust.DOUBTFUL, Optional.empty()), "Do you ship?")).getFirst();
        var mailed = send(form.ticketId(), Draft.of("We do"), null);
        assertEquals("email", mailed.channel());
        assertEquals(List.of("fay@x.test"), recipients(mailed));
        assertEquals("email", send(form.ticketId(), draft("We do", "form", null, null, null), null).channel());
        var call = desk.receive(of("phone", "+15005550006", Sender.plain(Address.phone("+14155550077", "US"), ""),
                "(call)")).getFirst();
        var texted = send(call.ticketId(), Draft.of("You called"), null);
        assertEquals("sms", texted.channel());
        assertEquals(List.of("+14155550077"), recipients(texted));
        assertEquals(0L, virtually(() -> desk.database.sql().value(Long.class,
                "select count(*) from outbox where channel in ('form', 'phone')")).orElseThrow());
        for (var none : List.of("fax", "system", "")) {
            assertThrows(Failure.Invalid.class,
                    () -> send(form.ticketId(), draft("x", none, null, null, null), null), none);
        }
    }

    @Test
    void whatATextMessageCannotCarryIsRefusedBeforeItIsPromised() {
        var ticket = desk.receive(sms("+14155550078", "hello")).getFirst().ticketId();
        var two = List.of("+14155550078", "+14155550079");
        var file = virtually(() -> desk.database.transaction(tx -> Attachments.upload(tx, agent, "a.txt", "text/plain",
                new byte[] {1}))).id();
        for (var refused : List.of(draft("x", null, two, null, null), draft("x", null, null, two, null),
                draft("x".repeat(1601), null, null, null, null), draft("x", null, null, null, List.of(file)))) {
            assertThrows(Failure.Invalid.class, () -> send(ticket, refused, null));
        }
        assertEquals(List.of("+14155550078"), recipients(send(ticket, draft("x".repeat(1600), null,
                List.of("(415) 555-0078"), null, null), null)));
    }
}
