package switchboard.ticketing.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.mail;
import static switchboard.ticketing.Desk.virtually;

import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import switchboard.ticketing.Desk;
import switchboard.ticketing.access.Where;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchTest {
    private Desk desk;
    private long number;

    @BeforeAll
    void open() {
        desk = new Desk();
        var long80 = "word ".repeat(16);
        var ticket = desk.receive(mail("mia@x.test", long80 + "A Wobbly lamp " + long80, "It moves", "1@x.test"))
                .getFirst().ticketId();
        desk.receive(mail("mia@x.test", "Re", "And one thing more, which is the last", "2@x.test", "1@x.test"));
        number = desk.ticket(ticket).number();
    }

    @AfterAll
    void close() {
        desk.close();
    }

    private Search.Hits find(String q) {
        return virtually(() -> new Search(desk.database).find(Where.ALL, Where.ALL, q, 10));
    }

    @Test
    void aTicketIsShownWithThePartOfItsSubjectThatWasFound() {
        for (var q : new String[] {"wobbly", "WOBBLY LAMP", "a wobbly"}) {
            var hits = find(q).tickets();
            assertEquals(1, hits.size(), q);
            assertTrue(hits.getFirst().highlight().toLowerCase(Locale.ROOT).contains(q.toLowerCase(Locale.ROOT)),
                    hits.getFirst().highlight());
        }
    }

    @Test
    void aTicketFoundByItsNumberIsShownWithIt() {
        assertTrue(find("#" + number).tickets().getFirst().highlight().startsWith("#" + number + " "));
    }

    @Test
    void aMessageIsShownWithThePartThatWasFound() {
        assertTrue(find("thing more").messages().getFirst().highlight().contains("thing more"));
    }
}
