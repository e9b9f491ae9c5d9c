package switchboard.channels.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.channels.line.Office;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.reply.Replies;

/// What happens to a text that can't be sent or doesn't arrive.
@Tag("U9")
@Timeout(90)
class TextFailureTest {
    private static Office office;
    private static UUID mei;

    @BeforeAll static void open() {
        office = new Office();
        office.play(() -> mei = office.agent("Mei", null));
    }

    @AfterAll static void close() {
        office.close();
    }

    private static UUID stranger() {
        var id = Ids.next();
        office.database.sql().execute("insert into customer (id, name) values ($1, 'Typed')", id);
        return id;
    }

    private static UUID text(String to) {
        return office.replies.open(mei, new Replies.Opening(stranger(), "sms", "Hello", null, List.of(to), null, null,
                null, null, Replies.Draft.of("Your bag is ready")), Ids.next().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345", "*86", "110", "5551", "MY SHOP", "+1", "13800138000"})
    void whatIsNoNumberIsRefusedAtOnceInWords(String to) {
        office.play(() -> {
            var refused = assertThrows(Failure.Invalid.class, () -> text(to));
            assertTrue(refused.getMessage().contains(to) && refused.getMessage().contains("country code"),
                    refused.getMessage());
            assertEquals(0, office.count("message where $1 = any(to_list)", to));
        });
    }

    @Test void aTextThatDoesNotArriveBringsItsTicketBackWithTheReason() {
        office.play(() -> {
            office.handset("+15551230801").deliveryFails(30005);
            var ticket = text("+1 (555) 123-0801");
            office.awaitRow("the failure", "select 1 from message where ticket_id = $1 and status = 'undelivered' "
                    + "and status_detail like '%30005%'", ticket);
            office.awaitRow("the ticket", "select 1 from ticket where id = $1 and status = 'open' and waiting_since "
                    + "is not null", ticket);
            assertEquals(1, office.count("journal where ticket_id = $1 and kind = 'ticket.changed' and "
                    + "facts ->> 'reason' = 'answer-not-delivered'", ticket));
        });
    }

    @Test void aTextThatTheCarrierRefusesBringsItsTicketBack() {
        office.play(() -> {
            office.database.sql().execute("insert into phone_number (id, number, name) values ($1, '+15005559999', "
                    + "'Zed, which the carrier does not know')", Ids.next());
            var ticket = office.replies.open(mei, new Replies.Opening(stranger(), "sms", "Hello", "+15005559999",
                    List.of("+15551230802"), null, null, null, null, Replies.Draft.of("Hello")), Ids.next().toString());
            office.awaitRow("the failure", "select 1 from message where ticket_id = $1 and status = 'failed'", ticket);
            office.awaitRow("the ticket", "select 1 from ticket where id = $1 and status = 'open'", ticket);
        });
    }
}
