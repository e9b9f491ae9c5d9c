package switchboard.ticketing.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.mail;
import static switchboard.ticketing.Desk.sms;
import static switchboard.ticketing.Desk.virtually;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import switchboard.ticketing.Desk;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.conversation.Timeline.Query;
import switchboard.ticketing.people.Customers;
import switchboard.ticketing.reply.Replies;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TimelineTest {
    private Desk desk;
    private UUID customer;
    private UUID mailed;

    @BeforeAll
    void open() {
        desk = new Desk();
        var agent = desk.agent("Ada", "available");
        customer = virtually(() -> desk.customers.create(Actor.SYSTEM, new Customers.NewCustomer("Mia", null, null,
                null, null, null, null, List.of(new Customers.NewIdentity("email", "mia@x.test", null),
                        new Customers.NewIdentity("phone", "+14155550001", null))), "api"));
        mailed = desk.receive(mail("mia@x.test", "Lamp", "100% broken", "1@x.test")).getFirst().ticketId();
        desk.receive(sms("+14155550001", "by sms"));
        virtually(() -> desk.replies.send(Where.ALL, agent, mailed, Replies.Draft.of("an answer"), null));
        desk.receive(mail("mia@x.test", "Re: Lamp", "1000 thanks", null, "1@x.test"));
        desk.settle();
    }

    @AfterAll
    void close() {
        desk.close();
    }

    private List<TimelineItem> all(Query query) {
        return virtually(() -> desk.timeline.ofCustomer(customer, Where.ALL, query)).items();
    }

    private static List<String> texts(List<TimelineItem> items) {
        return items.stream().filter(one -> one.kind().equals("message")).map(TimelineItem::text).toList();
    }

    private static Query only(String channel, Instant from, Instant to, String q) {
        return new Query(false, null, null, channel, from, to, q, 200);
    }

    @Test
    void everythingOfOneCustomerOverAllChannelsIsInOneOrder() {
        var items = all(Query.ALL);
        assertEquals(List.of("100% broken", "by sms", "an answer", "1000 thanks"), texts(items));
        for (int i = 1; i < items.size(); i++) assertTrue(items.get(i - 1).seq() < items.get(i).seq());
    }

    @Test
    void filtersLeaveWhatTheyName() {
        assertEquals(List.of("by sms"), texts(all(only("sms", null, null, null))));
        assertTrue(all(only("system", null, null, null)).stream().allMatch(one -> one.kind().equals("event")));
        assertEquals(List.of("100% broken"), texts(all(only(null, null, null, "100%"))));
        assertEquals(List.of("1000 thanks"), texts(all(only(null, null, null, "THANKS"))));
        var second = all(only("sms", null, null, null)).getFirst().at();
        assertEquals(List.of("100% broken"), texts(all(only("email", null, second, null))));
        assertEquals(List.of("an answer", "1000 thanks"), texts(all(only("email", second, null, null))));
        assertThrows(Failure.Invalid.class, () -> only(null, null, null, "x".repeat(201)));
    }

    @Test
    void cursorsReadEveryItemOnceInBothDirections() {
        var whole = all(Query.ALL).stream().map(TimelineItem::seq).toList();
        assertEquals(whole, read(false, new TimelineCursor(null, null)));
        assertEquals(whole.reversed(), read(true, new TimelineCursor(null, null)));
        assertEquals(whole.subList(2, whole.size()).reversed(), read(true, new TimelineCursor(whole.get(1), null)),
                "the end that the reader named holds on every page");
    }

    private List<Long> read(boolean newestFirst, TimelineCursor from) {
        var seen = new ArrayList<Long>();
        for (var at = from; at != null && seen.size() < 100;) {
            var now = at;
            var page = virtually(() -> desk.timeline.ofCustomer(customer, Where.ALL, new Query(newestFirst, now.after(),
                    now.before(), null, null, null, null, 2)));
            page.items().forEach(one -> seen.add(one.seq()));
            at = page.next() == null ? null : TimelineCursor.parse("after", page.next());
        }
        return seen;
    }

    @Test
    void aCursorIsReadAsItWasWrittenAndNothingElseIs() {
        for (var text : List.of("7", "~7", "~7.3")) {
            assertEquals(text, TimelineCursor.parse("after", text).toString());
        }
        for (var wrong : List.of("", "~", "x", "-1", "7.3", "~7.", "1".repeat(19))) {
            assertThrows(Failure.Invalid.class, () -> TimelineCursor.parse("after", wrong), wrong);
        }
    }

    @Test
    void aMergedCustomersItemsAreShownWithTheOthersAndGoBackWithThem() {
        var other = desk.receive(mail("second@x.test", "S", "from another address", null)).getFirst().customerId();
        run(() -> desk.customers.merge(Actor.SYSTEM, other, customer));
        desk.settle();
        assertTrue(texts(all(Query.ALL)).contains("from another address"));
        run(() -> desk.customers.unmerge(Where.ALL, Actor.SYSTEM, other));
        desk.settle();
        assertEquals(4, texts(all(Query.ALL)).size());
    }

    private void run(Runnable work) {
        virtually(() -> {
            work.run();
            return null;
        });
    }

    @Test
    void itemsOfTicketsThatMayNotBeSeenAreLeftOut() {
        var items = virtually(() -> desk.timeline.ofCustomer(customer, Where.of("t.id = ?", mailed), Query.ALL))
                .items();
        assertEquals(List.of("100% broken", "an answer", "1000 thanks"), texts(items));
        assertEquals(0, texts(virtually(() -> desk.timeline.ofCustomer(customer, Where.NONE, Query.ALL)).items())
                .size());
    }
}
