package switchboard.ticketing.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.mail;
import static switchboard.ticketing.Desk.sms;
import static switchboard.ticketing.Desk.virtually;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import switchboard.ticketing.Desk;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.conversation.Timeline;
import switchboard.ticketing.conversation.TimelineItem;
import switchboard.ticketing.intake.Intake;
import switchboard.ticketing.intake.Received;
import switchboard.ticketing.people.Customers.NewIdentity;
import switchboard.ticketing.reply.Search;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CustomersTest {
    private Desk desk;

    @BeforeAll
    void open() {
        desk = new Desk();
    }

    @AfterAll
    void close() {
        desk.close();
    }

    private UUID customer(String name, NewIdentity... identities) {
        return virtually(() -> desk.customers.create(Actor.SYSTEM, new Customers.NewCustomer(name, null, null, null,
                null, null, null, List.of(identities)), "api"));
    }

    private static NewIdentity email(String value) {
        return new NewIdentity("email", value, null);
    }

    private Customer get(UUID id) {
        return virtually(() -> desk.customers.get(Where.ALL, Where.ALL, id));
    }

    private void run(Runnable work) {
        virtually(() -> {
            work.run();
            return null;
        });
    }

    @Test
    void namesAreKeptInComposedLettersHoweverTheyCome() {
        var decomposed = "Zoe\u0308 Ne\u0301meth";
        assertEquals("Zo\u00eb N\u00e9meth", get(customer(decomposed)).name());
        assertEquals("Zo\u00eb N\u00e9meth", Sender.plain(Optional.empty(), decomposed).name());
    }

    @Test
    void whoHasAskedNotToBeWrittenToIsKnownBeforeAnybodyWrites() {
        var id = customer("Quiet", new NewIdentity("phone", "+15550166001", null));
        assertEquals(List.of(), get(id).optOuts());
        for (boolean allowed : List.of(true, false)) {
            virtually(() -> desk.database.sql().execute("insert into consent (channel, address, our_address, allowed, "
                    + "source) values ('sms', '+15550166001', '+15005550006', $1, 'test')", allowed));
        }
        assertEquals(List.of(new Customer.OptOut("sms", "+15550166001", "+15005550006")), get(id).optOuts());
        virtually(() -> desk.database.sql().execute("insert into consent (channel, address, our_address, allowed, "
                + "source) values ('sms', '+15550166001', '+15005550006', true, 'test')"));
        assertEquals(List.of(), get(id).optOuts());
    }

    @Test
    void anAddressHasOneOwnerAndWhoAsksForItIsToldWhose() {
        var owner = customer("Owner", email("one@own.test"));
        var taken = assertThrows(Failure.Conflict.class, () -> customer("Other", email("fresh@own.test"),
                email("one@OWN.test")));
        assertEquals("identity-taken", taken.code());
        assertTrue(taken.current().toString().contains(owner.toString()));
        customer("Free", email("fresh@own.test"));
        var claimed = customer("Claims", new NewIdentity("email", "one@own.test", false));
        assertEquals(1, get(claimed).identities().size());
        assertEquals(owner, desk.receive(mail("one@own.test", "S", "t", null)).getFirst().customerId());
    }

    @Test
    void wrongWordsAreRefusedByName() {
        assertThrows(Failure.Invalid.class, () -> customer(" "));
        assertThrows(Failure.Invalid.class, () -> customer("x".repeat(201)));
        assertThrows(Failure.Invalid.class, () -> customer("A", email("no address")));
        assertThrows(Failure.Invalid.class, () -> customer("A", new NewIdentity("fax", "1", null)));
        assertThrows(Failure.NotFound.class, () -> get(UUID.randomUUID()));
    }

    @Test
    void twoCustomersBecomeOneAndTwoAgain() {
        var a = customer("A", email("a@merge.test"));
        var b = customer("B", email("b@merge.test"));
        desk.receive(mail("a@merge.test", "S", "t", null), mail("b@merge.test", "S", "t", null));
        run(() -> desk.customers.merge(Actor.SYSTEM, a, b));
        assertEquals(b, get(a).id());
        assertEquals(2, get(b).identities().size());
        assertEquals(2, get(b).ticketCount());
        assertEquals(b, desk.receive(mail("a@merge.test", "S", "t", null)).getFirst().customerId());
        assertEquals("merged-already", assertThrows(Failure.Conflict.class,
                () -> run(() -> desk.customers.merge(Actor.SYSTEM, b, a))).code());
        run(() -> desk.customers.unmerge(Where.ALL, Actor.SYSTEM, a));
        assertEquals(List.of("a@merge.test"), get(a).identities().stream().map(Customer.Identity::value).toList());
        assertEquals(List.of("b@merge.test"), get(b).identities().stream().map(Customer.Identity::value).toList());
        assertEquals("not-merged", assertThrows(Failure.Conflict.class,
                () -> run(() -> desk.customers.unmerge(Where.ALL, Actor.SYSTEM, a))).code());
    }

    @Test
    void takingApartWhatWasMergedTwiceGoesBackOneStep() {
        var a = customer("A", email("a@steps.test"));
        var b = customer("B", email("b@steps.test"));
        var c = customer("C", email("c@steps.test"));
        run(() -> desk.customers.merge(Actor.SYSTEM, a, b));
        run(() -> desk.customers.merge(Actor.SYSTEM, b, c));
        assertEquals(3, get(c).identities().size());
        run(() -> desk.customers.unmerge(Where.ALL, Actor.SYSTEM, b));
        assertEquals(1, get(c).identities().size());
        assertEquals(2, get(b).identities().size());
    }

    @Test
    @Tag("U25")
    void aCustomerNamesThoseMergedDirectlyIntoThem() {
        var a = customer("Ada", email("Ada@named.test"));
        var b = customer("Ada M.");
        var c = customer("A. Moss");
        run(() -> desk.customers.merge(Actor.SYSTEM, a, b));
        run(() -> desk.customers.merge(Actor.SYSTEM, b, c));
        assertEquals(List.of(new Customer.Merged(b, "Ada M.", null)), get(c).merged());
        run(() -> desk.customers.unmerge(Where.ALL, Actor.SYSTEM, b));
        assertEquals(List.of(), get(c).merged());
        assertEquals(List.of(new Customer.Merged(a, "Ada", "Ada@named.test")), get(b).merged());
        run(() -> desk.customers.unmerge(Where.ALL, Actor.SYSTEM, a));
        assertEquals(List.of(), get(b).merged());
    }

    @Test
    @Tag("U25")
    void aReaderIsNotToldOfAMergedCustomerTheyMayNotSee() {
        var from = customer("Out of sight", email("out@sight.test"));
        var into = customer("In sight", email("in@sight.test"));
        run(() -> desk.customers.merge(Actor.SYSTEM, from, into));
        var visible = Where.of("c.id <> ?", from);
        assertEquals(List.of(), virtually(() -> desk.customers.get(visible, Where.ALL, into)).merged());
    }

    @Test
    @Tag("U25")
    void theListShowsOnlyCustomersWithASuggestionWhenAskedTo() {
        var owner = customer("Owner", email("pair@own.test"));
        customer("Alone", email("alone@own.test"));
        var other = doubtful("pair@own.test").customerId();
        assertEquals(List.of(owner), suggested(Where.ALL, "pair@own"));
        assertEquals(List.of(), suggested(Where.ALL, "alone@own"));
        assertEquals(List.of(), suggested(Where.of("c.id <> ?", other), "pair@own"), "the other is hidden");
        run(() -> desk.customers.reject(Where.ALL, owner, get(owner).suggestions().getFirst().identityId()));
        assertEquals(List.of(), suggested(Where.ALL, "pair@own"));
    }

    private List<UUID> suggested(Where visible, String q) {
        return virtually(() -> desk.customers.list(visible, Where.ALL, new Customers.Wanted(q, true), null, 50))
                .items().stream().map(Customer::id).toList();
    }

    private Intake.Placed doubtful(String address) {
        var plain = mail(address, "S", "forged?", null);
        return desk.receive(new Received.Message(plain.origin(), plain.channel(), plain.ourAddress(), plain.at(),
                plain.kind(), false, new Sender(plain.sender().address(), "", Sender.Trust.DOUBTFUL, Optional.empty()),
                plain.proofs(), plain.window(), plain.content(), List.of(), List.of(), List.of(), Optional.empty(),
                Optional.empty(), Optional.empty())).getFirst();
    }

    @Test
    void aSuggestionIsConfirmedOrRejectedOnce() {
        var owner = customer("Owner", email("sug@own.test"));
        var first = doubtful("sug@own.test").customerId();
        var second = doubtful("sug@own.test").customerId();
        assertNotEquals(first, second);
        var suggestions = get(owner).suggestions();
        assertEquals(List.of(first, second), suggestions.stream().map(Customer.Suggestion::customerId).toList());
        run(() -> desk.customers.reject(Where.ALL, owner, suggestions.getLast().identityId()));
        run(() -> desk.customers.confirm(Where.ALL, Actor.SYSTEM, owner, suggestions.getFirst().identityId()));
        assertEquals(List.of(), get(owner).suggestions());
        assertEquals(owner, get(first).id());
        assertEquals(second, get(second).id());
        for (var answered : suggestions) {
            assertThrows(Failure.NotFound.class, () -> run(() ->
                    desk.customers.confirm(Where.ALL, Actor.SYSTEM, owner, answered.identityId())));
        }
    }

    @Test
    void aSuggestionThatCannotBeFollowedStaysOpen() {
        var owner = customer("Owner", email("stays@own.test"));
        doubtful("stays@own.test");
        var suggestion = get(owner).suggestions().getFirst();
        var bigger = customer("Bigger");
        run(() -> desk.customers.merge(Actor.SYSTEM, owner, bigger));
        assertThrows(Failure.Conflict.class, () -> run(() ->
                desk.customers.confirm(Where.ALL, Actor.SYSTEM, owner, suggestion.identityId())));
        run(() -> desk.customers.unmerge(Where.ALL, Actor.SYSTEM, owner));
        assertEquals(List.of(suggestion), get(owner).suggestions());
    }

    @Test
    void aListIsPagedThroughOnceAndSearchedLiterally() {
        for (int i = 0; i < 7; i++) customer("Per%cent " + i, email("pct" + i + "@list.test"));
        customer("Perxcent", email("x@list.test"));
        var seen = new HashSet<UUID>();
        int rows = 0;
        String after = null;
        do {
            var cursor = after;
            var page = virtually(() -> desk.customers.list(Where.ALL, Where.ALL,
                    new Customers.Wanted("per%cent", false), cursor, 3));
            page.items().forEach(one -> seen.add(one.id()));
            rows += page.items().size();
            after = page.next();
        } while (after != null);
        assertEquals(7, rows);
        assertEquals(7, seen.size());
    }

    @Test
    void aMergedCustomerIsFoundByTheOtherAddressToo() {
        var from = customer("Old profile", email("other@alias.test"));
        var into = customer("Real profile", email("first@alias.test"));
        run(() -> desk.customers.merge(Actor.SYSTEM, from, into));
        assertEquals(List.of(into), virtually(() -> desk.customers.list(Where.ALL, Where.ALL,
                new Customers.Wanted("other@alias", false), null, 10)).items().stream().map(Customer::id).toList());
        var hit = virtually(() -> new Search(desk.database).find(Where.ALL, Where.ALL, UUID.randomUUID(),
                "other@alias", 10)).customers();
        assertEquals(List.of(new Search.CustomerHit(into, "Real profile", "other@alias.test")), hit);
    }

    @Test
    void aMergedCustomersNextTextComesToTheirRunningConversation() {
        var into = customer("By mail", email("texter@alias.test"));
        var first = desk.receive(sms("+15550177001", "my order")).getFirst();
        run(() -> desk.customers.merge(Actor.SYSTEM, first.customerId(), into));
        var next = desk.receive(sms("+15550177001", "are you there?")).getFirst();
        assertEquals(into, next.customerId());
        assertEquals(first.ticketId(), next.ticketId());
    }

    private void share(UUID customer, boolean shared) {
        var identity = get(customer).identities().getFirst();
        run(() -> desk.customers.changeIdentity(Actor.SYSTEM, customer, identity.id(),
                new Customers.IdentityChange(shared)));
    }

    @Test
    void aSharedOfficeLineSuggestsAndEachTextOfItFindsItsRunningConversation() {
        var office = customer("Office", new NewIdentity("phone", "+15550188001", null));
        share(office, true);
        assertTrue(get(office).identities().getFirst().shared());
        var texts = desk.receive(sms("+15550188001", "it is Bea"), sms("+15550188001", "my order is late"));
        assertNotEquals(office, texts.get(0).customerId(), "nobody knows who of them it is");
        assertEquals(texts.get(0).ticketId(), texts.get(1).ticketId(), "in one batch");
        var next = desk.receive(sms("+15550188001", "hello?")).getFirst();
        assertEquals(texts.get(0).ticketId(), next.ticketId());
        assertEquals(texts.get(0).customerId(), next.customerId());
        assertEquals(List.of(texts.get(0).customerId()), get(office).suggestions().stream()
                .map(Customer.Suggestion::customerId).toList());
        virtually(() -> desk.database.sql().execute("update ticket set status = 'solved', solved_at = now() where "
                + "id = $1", next.ticketId()));
        var later = desk.receive(sms("+15550188001", "it is Carl")).getFirst();
        assertNotEquals(next.customerId(), later.customerId(), "another conversation, perhaps another person");
        assertEquals(2, get(office).suggestions().size());
        var colleague = customer("Colleague", new NewIdentity("phone", "+15550188001", null));
        assertTrue(get(colleague).identities().getFirst().shared(), "an address that is shared has no owner");
        share(office, false);
        assertEquals("Office", get(office).name());
    }

    @Test
    void aLineThatBecomesSharedKeepsItsRunningConversation() {
        var office = customer("Office 2", new NewIdentity("phone", "+15550188002", null));
        var first = desk.receive(sms("+15550188002", "one")).getFirst();
        assertEquals(office, first.customerId());
        share(office, true);
        assertEquals(first.ticketId(), desk.receive(sms("+15550188002", "two")).getFirst().ticketId());
        share(office, false);
        assertEquals(office, desk.receive(sms("+15550188002", "three")).getFirst().customerId());
        assertThrows(Failure.NotFound.class, () -> run(() -> desk.customers.changeIdentity(Actor.SYSTEM, office,
                UUID.randomUUID(), new Customers.IdentityChange(true))));
        assertThrows(Failure.Invalid.class, () -> run(() -> desk.customers.changeIdentity(Actor.SYSTEM, office,
                UUID.randomUUID(), new Customers.IdentityChange(null))));
    }

    @Test
    void aProofOfAConversationTellsWhoWritesFromAnAddressThatIsNobodysOwn() {
        var office = customer("Front desk", email("desk@proof.test"));
        share(office, true);
        var first = desk.receive(mail("desk@proof.test", "Lamp", "broken", "lamp@proof.test")).getFirst();
        assertNotEquals(office, first.customerId());
        var answer = desk.receive(mail("desk@proof.test", "Re: Lamp", "and?", "lamp2@proof.test", "lamp@proof.test"))
                .getFirst();
        assertEquals(first.customerId(), answer.customerId());
        assertEquals(first.ticketId(), answer.ticketId());
        var stranger = desk.receive(mail("stranger@proof.test", "Re: Lamp", "me too", "lamp3@proof.test",
                "lamp@proof.test")).getFirst();
        assertNotEquals(first.customerId(), stranger.customerId(), "takes no part");
        var plain = mail("desk@proof.test", "Re: Lamp", "forged", "lamp4@proof.test", "lamp@proof.test");
        var forged = desk.receive(new Received.Message(plain.origin(), plain.channel(), plain.ourAddress(), plain.at(),
                plain.kind(), false, new Sender(plain.sender().address(), "", Sender.Trust.DOUBTFUL, Optional.empty()),
                plain.proofs(), plain.window(), plain.content(), List.of(), List.of(), List.of("dmarc-fail"),
                Optional.empty(), Optional.empty(), Optional.empty())).getFirst();
        assertNotEquals(first.customerId(), forged.customerId(), "proves nothing for a doubtful sender");
        var fresh = desk.receive(mail("desk@proof.test", "Chair", "other", "chair@proof.test")).getFirst();
        assertNotEquals(first.customerId(), fresh.customerId(), "without a proof nobody knows");
    }

    @Test
    @Tag("D44")
    void whatCameForTheOneMeanwhileGoesBackWithTheirMergesEnd() {
        var a = customer("A", email("a@back.test"));
        var b = customer("B", email("b@back.test"));
        run(() -> desk.customers.merge(Actor.SYSTEM, a, b));
        var meanwhile = desk.receive(mail("a@back.test", "For A", "t", "1@back.test")).getFirst();
        var theirs = desk.receive(mail("b@back.test", "For B", "t", "2@back.test")).getFirst();
        var mixed = desk.receive(mail("a@back.test", "Re: For B", "t", "3@back.test", "2@back.test")).getFirst();
        assertEquals(theirs.ticketId(), mixed.ticketId());
        run(() -> desk.customers.unmerge(Where.ALL, Actor.SYSTEM, a));
        assertEquals(a, desk.ticket(meanwhile.ticketId()).customerId());
        assertEquals(b, desk.ticket(theirs.ticketId()).customerId());
        assertEquals(List.of("For A", "Re: For B"), subjects(a));
        assertEquals(List.of("For B"), subjects(b));
        assertEquals(1, get(a).ticketCount());
        assertEquals(1, get(b).ticketCount());
    }

    @Test
    @Tag("D44")
    void whatWasWrittenInTheOthersTicketGoesBackAlone() {
        var a = customer("A", email("a@mixed.test"));
        var b = customer("B", email("b@mixed.test"));
        run(() -> desk.customers.merge(Actor.SYSTEM, a, b));
        var theirs = desk.receive(mail("b@mixed.test", "For B", "t", "1@mixed.test")).getFirst();
        desk.receive(mail("a@mixed.test", "Re: For B", "t", "2@mixed.test", "1@mixed.test"));
        run(() -> desk.customers.unmerge(Where.ALL, Actor.SYSTEM, a));
        assertEquals(b, desk.ticket(theirs.ticketId()).customerId());
        assertEquals(List.of("Re: For B"), subjects(a));
        assertEquals(List.of("For B"), subjects(b));
    }

    private List<String> subjects(UUID id) {
        desk.settle();
        return virtually(() -> desk.timeline.ofCustomer(id, Where.ALL, Timeline.Query.ALL)).items().stream()
                .filter(item -> item.direction().equals("inbound")).map(TimelineItem::subject).toList();
    }
}
