package switchboard.channels.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static switchboard.ticketing.Desk.virtually;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import switchboard.ticketing.Desk;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Signer;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailboxesTest {
    private final Desk desk = new Desk();
    private final Mailboxes mailboxes = new Mailboxes(desk.database, new Signer("a-secret-of-this-test"));

    @BeforeAll
    void open() {
        for (var address : new String[] {"help@desk.test", "help+vip@desk.test", "Sales@Shop.test"}) {
            virtually(() -> desk.database.sql().execute("insert into mailbox (id, name, address) values ($1, $2, $2)",
                    Ids.next(), address));
        }
    }

    @AfterAll
    void close() {
        desk.close();
    }

    @ParameterizedTest(name = "{0} reaches {1}")
    @CsvSource(nullValues = "nobody", value = {
            "help@desk.test, help@desk.test",
            "HELP+ticket.token@Desk.test, help@desk.test",
            "help+vip@desk.test, help+vip@desk.test",
            "help+vip+ticket.token@desk.test, help+vip@desk.test",
            "sales+a+b@shop.test, Sales@Shop.test",
            "help@shop.test, nobody",
            "helper@desk.test, nobody",
            "+help@desk.test, nobody",
            "help, nobody",
            "@desk.test, nobody"})
    void anAddressReachesTheMailboxWhoseNameItCarriesFurthest(String address, String mailbox) {
        assertEquals(mailbox, virtually(() -> mailboxes.of(address)).map(Mailboxes.Mailbox::address).orElse(null));
    }
}
