package switchboard.ticketing.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.mail;
import static switchboard.ticketing.Desk.virtually;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import switchboard.ticketing.Desk;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.intake.Intake;
import switchboard.ticketing.intake.Received;
import switchboard.ticketing.people.Customers.NewIdentity;

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
        return virtually(() -> desk.customers.get(Where.ALL, id));
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
        run(() -> desk.customers.unmerge(Actor.SYSTEM, a));
        assertEquals(List.of("a@merge.test"), get(a).identities().stream().map(Customer.Identity::value).toList());
        assertEquals(List.of("b@merge.test"), get(b).identities().stream().map(Customer.Identity::value).toList());
        assertEquals("not-merged", assertThrows(Failure.Conflict.class,
                () -> run(() -> desk.customers.unmerge(Actor.SYSTEM, a))).code());
    }

    @Test
    void takingApartWhatWasMergedTwiceGoesBackOneStep() {
        var a = customer("A", email("a@steps.test"));
        var b = customer("B", email("b@steps.test"));
        var c = customer("C", email("c@steps.test"));
        run(() -> desk.customers.merge(Actor.SYSTEM, a, b));
        run(() -> desk.customers.merge(Actor.SYSTEM, b, c));
        assertEquals(3, get(c).identities().size());
        run(() -> desk.customers.unmerge(Actor.SYSTEM, b));
        assertEquals(1, get(c).identities().size());
        assertEquals(2, get(b).identities().size());
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
        run(() -> desk.customers.reject(owner, suggestions.getLast().identityId()));
        run(() -> desk.customers.confirm(Actor.SYSTEM, owner, suggestions.getFirst().identityId()));
        assertEquals(List.of(), get(owner).suggestions());
        assertEquals(owner, get(first).id());
        assertEquals(second, get(second).id());
        for (var answered : suggestions) {
            assertThrows(Failure.NotFound.class, () -> run(() ->
                    desk.customers.confirm(Actor.SYSTEM, owner, answered.identityId())));
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
                desk.customers.confirm(Actor.SYSTEM, owner, suggestion.identityId())));
        run(() -> desk.customers.unmerge(Actor.SYSTEM, owner));
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
            var page = virtually(() -> desk.customers.list(Where.ALL, "per%cent", cursor, 3));
            page.items().forEach(one -> seen.add(one.id()));
            rows += page.items().size();
            after = page.next();
        } while (after != null);
        assertEquals(7, rows);
        assertEquals(7, seen.size());
    }
}
