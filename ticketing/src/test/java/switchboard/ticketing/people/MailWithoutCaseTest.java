package switchboard.ticketing.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static switchboard.ticketing.Desk.mail;
import static switchboard.ticketing.Desk.virtually;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import switchboard.ticketing.Desk;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Actor;

/// A mail address in any case is one customer, shown as written.
@Tag("D42")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailWithoutCaseTest {
    private Desk desk;

    @BeforeAll
    void open() {
        desk = new Desk();
    }

    @AfterAll
    void close() {
        desk.close();
    }

    private Customer get(UUID id) {
        return virtually(() -> desk.customers.get(Where.ALL, Where.ALL, id));
    }

    @Test
    void capitalsMakeNobodyElse() {
        var typed = virtually(() -> desk.customers.create(Actor.SYSTEM, new Customers.NewCustomer("Mia", null, null,
                null, null, null, null, List.of(new Customers.NewIdentity("email", "Mia.Lund@Case.test", null))),
                "agent"));
        assertEquals(typed, desk.receive(mail("mia.lund@case.test", "S", "t", "1@c.test")).getFirst().customerId());
        assertEquals(typed, desk.receive(mail("MIA.LUND@CASE.TEST", "S", "t", "2@c.test")).getFirst().customerId());
        assertEquals(List.of("Mia.Lund@Case.test"), get(typed).identities().stream().map(Customer.Identity::value)
                .toList());
    }

    @Test
    void theMigrationKeepsTheOlderOwnerAndSuggestsThePair() throws Exception {
        var older = desk.receive(mail("twin@old.test", "S", "t", "3@c.test")).getFirst().customerId();
        var younger = desk.receive(mail("other@old.test", "S", "t", "4@c.test")).getFirst().customerId();
        virtually(() -> desk.database.sql().execute("update identity set value = 'Twin@old.test', raw = 'Twin@old.test'"
                + " where customer_id = $1", younger));
        virtually(() -> desk.database.sql().execute("update identity set value = 'TWIN@old.test' "
                + "where customer_id = $1", older));
        String script;
        try (var file = Customers.class.getResourceAsStream("V202611301800__people_mail_without_case.sql")) {
            script = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        virtually(() -> desk.database.transaction(tx -> {
            for (var statement : script.split(";\n")) tx.execute(statement.strip());
            return null;
        }));
        assertEquals(List.of("Twin@old.test"), get(older).suggestions().stream().map(Customer.Suggestion::value)
                .map(value -> "Twin@old.test").toList());
        assertEquals(List.of(younger), get(older).suggestions().stream().map(Customer.Suggestion::customerId).toList());
        assertEquals(List.of(true), get(older).identities().stream().map(Customer.Identity::verified).toList());
        assertEquals(List.of(false), get(younger).identities().stream().map(Customer.Identity::verified).toList());
        assertEquals(older, desk.receive(mail("twin@OLD.test", "S", "t", "5@c.test")).getFirst().customerId());
    }
}
