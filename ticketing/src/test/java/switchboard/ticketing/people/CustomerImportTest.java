package switchboard.ticketing.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.mail;
import static switchboard.ticketing.Desk.virtually;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.Desk;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.people.CustomerImport.Line;
import switchboard.ticketing.people.CustomerImport.Outcome;
import switchboard.ticketing.people.CustomerImport.Problem;
import switchboard.ticketing.people.Customers.NewIdentity;

class CustomerImportTest {
    private Desk desk;
    private CustomerImport customers;

    @BeforeEach
    void open() {
        desk = new Desk();
        customers = new CustomerImport(desk.database, desk.journal);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private static Line line(int number, String name, String company, String... identities) {
        return new Line(number, name, company, null, null, null, null, Map.of(), reached(identities));
    }

    private static List<NewIdentity> reached(String... identities) {
        return java.util.stream.Stream.of(identities).map(one -> one.split(":", 2))
                .map(one -> new NewIdentity(one[0], one[1], null)).toList();
    }

    private Outcome run(Line... lines) {
        return virtually(() -> customers.run(List.of(lines)));
    }

    private static Outcome outcome(int created, int changed, int same, Problem... problems) {
        return new Outcome(created, changed, same, List.of(problems));
    }

    private UUID owner(String kind, String value) {
        return virtually(() -> desk.database.sql().value(UUID.class, """
                select customer_id from identity where kind = $1 and value = $2 and verified""", kind, value))
                .orElse(null);
    }

    private String everything() {
        return virtually(() -> desk.database.sql().value(String.class, """
                select (select json_agg(c order by c.id) from customer c)::text
                  || (select json_agg(i order by i.id) from identity i)::text
                  || (select count(*) from journal)""")).orElse("");
    }

    @Test
    void theSameLinesTwiceChangeNothing() {
        var lines = new Line[] {
            new Line(2, "Mia Lund", "Lund & Co", "customer", "da", "Europe/Copenhagen", List.of("vip", "eu"),
                    Map.of("plan", "gold", "seats", 12), reached("external:4711", "email:Mia@Lund.test",
                    "phone:+45 33 12 34 56")),
            line(3, "", "", "email:only@mail.test"), line(4, "Kim", "", "phone:+15550120007")};
        assertEquals(outcome(3, 0, 0), run(lines));
        var before = everything();
        assertEquals(outcome(0, 0, 3), run(lines));
        assertEquals(before, everything());
        var mia = virtually(() -> desk.customers.get(Where.ALL, Where.ALL, owner("external", "4711")));
        assertEquals("Mia Lund", mia.name());
        assertEquals(List.of("vip", "eu"), mia.segments());
        assertEquals(Map.of("plan", "gold", "seats", 12), mia.attributes());
        assertFalse(mia.provisional());
        assertTrue(mia.identities().stream().allMatch(one -> one.verified() && one.source().equals("import")));
        assertEquals(mia.id(), owner("phone", "+4533123456"));
        assertEquals("only@mail.test", virtually(() -> desk.customers.get(Where.ALL, Where.ALL,
                owner("email", "only@mail.test"))).name());
    }

    @Test
    void whatDiffersIsChangedAndJournalledAndWhatIsNotSaidStays() {
        run(line(2, "Mia", "Lund & Co", "external:1", "email:mia@x.test"));
        var mia = owner("external", "1");
        assertEquals(outcome(0, 1, 0), run(line(2, "Mia Lund", "", "external:1", "email:mia@y.test")));
        var now = virtually(() -> desk.customers.get(Where.ALL, Where.ALL, mia));
        assertEquals("Mia Lund", now.name());
        assertEquals("Lund & Co", now.company());
        assertEquals(3, now.identities().size());
        assertEquals(2, now.version());
        var kinds = virtually(() -> desk.database.sql().column(String.class, """
                select kind || ' ' || (facts::jsonb)::text from journal where customer_id = $1 order by id""", mia));
        assertEquals(List.of("customer.created {\"reason\": \"import\"}", "customer.changed {\"field\": \"import\"}"),
                kinds);
    }

    @Test
    void somebodyWhoWroteBeforeIsKnownByTheirAddressAndNoLongerProvisional() {
        var placed = desk.receive(mail("mia@x.test", "S", "hello", "1@x.test")).getFirst();
        assertEquals(outcome(0, 1, 0), run(line(2, "Mia Lund", "Lund", "external:1", "email:mia@x.test")));
        assertEquals(placed.customerId(), owner("external", "1"));
        assertFalse(virtually(() -> desk.customers.get(Where.ALL, Where.ALL, placed.customerId())).provisional());
    }

    private Customer get(String external) {
        return virtually(() -> desk.customers.get(Where.ALL, Where.ALL, owner("external", external)));
    }

    private static Problem shared(int line, String address, String name) {
        return new Problem(line, address + " is also " + name + "'s: both have it, marked as shared", false);
    }

    @Test
    @Tag("D40")
    void anAddressOfTwoPeopleIsSharedAndMakesThemNotOne() {
        run(line(2, "Mia", "", "external:1", "email:mia@x.test"), line(3, "Bo", "", "external:2", "email:bo@x.test"));
        assertEquals(outcome(1, 0, 0, shared(5, "mia@x.test", "Mia")), run(line(5, "Eve", "", "external:3",
                "email:mia@x.test", "phone:+15550120009")));
        assertEquals("Mia", get("1").name());
        assertEquals(List.of("Eve"), get("1").suggestions().stream().map(Customer.Suggestion::customerName).toList());
        for (var who : List.of("1", "3")) {
            assertTrue(get(who).identities().stream().filter(one -> one.value().equals("mia@x.test"))
                    .allMatch(Customer.Identity::shared), who);
        }
        assertNotEquals(owner("external", "1"), owner("phone", "+15550120009"));
        var before = everything();
        assertEquals(outcome(0, 0, 1), run(line(5, "Eve", "", "external:3", "email:mia@x.test",
                "phone:+15550120009")));
        assertEquals(before, everything(), "the same line again");
        var mail = desk.receive(mail("mia@x.test", "S", "hello", "9@x.test")).getFirst().customerId();
        assertNotEquals(owner("external", "1"), mail, "a shared address tells nobody");
    }

    @Test
    @Tag("D40")
    void aNameIsNeverOverwrittenByAnotherPersons() {
        run(line(2, "Mia Lund", "", "phone:+15550120001"), line(3, "Lund, Mia", "", "phone:+15550120001",
                "email:mia@x.test"), line(4, "M. Lund", "Lund & Co", "phone:+15550120001"),
                line(5, "Tom Lund", "", "phone:+15550120001"));
        var mia = virtually(() -> desk.customers.get(Where.ALL, Where.ALL, owner("email", "mia@x.test")));
        assertEquals("Lund & Co", mia.company());
        assertTrue(mia.name().contains("Mia") && mia.name().contains("Lund"), mia.name());
        assertEquals(List.of("Tom Lund"), mia.suggestions().stream().map(Customer.Suggestion::customerName).toList());
    }

    @Test
    void linesOfOneChunkKnowEachOther() {
        assertEquals(outcome(2, 2, 0, shared(5, "mia@x.test", "Mia")),
                run(line(2, "Mia", "", "external:1", "email:mia@x.test"), line(3, "Mia", "Lund", "external:1"),
                        line(4, "", "", "email:mia@x.test", "phone:+15550120001"),
                        line(5, "Other", "", "external:2", "email:mia@x.test")));
        assertEquals("Lund", get("1").company());
        assertEquals(3, get("1").identities().size());
    }

    @Test
    void aBadLineIsToldWithItsNumberAndTheOthersAreImported() {
        var lines = List.of(line(2, "A", "", "email:a@x.test"), line(3, "B", "", "email:no address"),
                line(4, "C", ""), line(5, "n".repeat(201), "", "email:d@x.test"),
                line(6, "n".repeat(200), "", "email:e@x.test"));
        assertEquals(outcome(2, 0, 0, new Problem(3, "no address is no email", true),
                new Problem(4, "has no external id, email or phone to know it by", true),
                new Problem(5, "has a name longer than 200 characters", true)), run(lines.toArray(Line[]::new)));
    }

    @Test
    void aLineThatTheDatabaseRefusesIsFoundAmongTheOthers() {
        desk.asOwner("alter table customer add check (name <> 'Refused')");
        var outcome = run(line(2, "A", "", "email:a@x.test"), line(3, "Refused", "", "email:b@x.test"),
                line(4, "C", "", "email:c@x.test"));
        assertEquals(2, outcome.created());
        assertEquals(List.of(3), outcome.problems().stream().map(Problem::line).toList());
        assertEquals(null, owner("email", "b@x.test"));
    }

    @Test
    void unverifiedLinesDecideNothingButAreKnownAgain() {
        var line = new Line(2, "Mia", "", null, null, null, null, Map.of(),
                List.of(new NewIdentity("email", "mia@x.test", false)));
        assertEquals(outcome(1, 0, 0), run(line));
        assertEquals(outcome(0, 0, 1), run(line));
        assertEquals(null, owner("email", "mia@x.test"));
    }

    @Test
    void importsAtOnceAndMailsInBetweenMakeEveryPersonOnce() throws Exception {
        var all = IntStream.range(0, 120).mapToObj(i -> line(i, "P" + i, "", "email:p" + i + "@race.test")).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var runs = new ArrayList<java.util.concurrent.Future<?>>();
            for (int run = 0; run < 4; run++) {
                boolean backwards = run % 2 == 1;
                runs.add(threads.submit(() -> customers.run(backwards ? all.reversed() : all)));
                runs.add(threads.submit(() -> {
                    for (int i = 0; i < 120; i += 7) {
                        var mail = mail("p" + i + "@race.test", "S", "x", UUID.randomUUID() + "@race.test");
                        desk.database.transaction(tx -> desk.intake.receive(tx, List.of(mail)));
                    }
                }));
            }
            for (var run : runs) run.get();
        }
        assertEquals(120L, virtually(() -> desk.database.sql().value(Long.class,
                "select count(distinct customer_id) from identity where value like '%race.test'")).orElse(0L));
        assertEquals(120L, virtually(() -> desk.database.sql().value(Long.class,
                "select count(*) from customer where name like 'P%'")).orElse(0L));
    }
}
