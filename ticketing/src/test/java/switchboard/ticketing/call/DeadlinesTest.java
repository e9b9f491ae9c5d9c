package switchboard.ticketing.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static switchboard.ticketing.Desk.sms;
import static switchboard.ticketing.Desk.virtually;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.Desk;
import switchboard.ticketing.base.Ids;

class DeadlinesTest {
    private static UUID call(Desk desk, String from, String deadline, String changed) {
        var placed = desk.receive(sms(from, "a call")).getFirst();
        var id = Ids.next();
        virtually(() -> desk.database.sql().execute("""
                insert into call (id, direction, state, customer_id, number, our_number, ticket_id, message_id,
                  call_sid, enqueued_at, deadline, changed_at)
                values ($1, 'inbound', 'offered', $2, $3, '+15005550006', $4, $5, $3, now(),
                  now() + $6::text::interval, now() + $7::text::interval)""", id, placed.customerId(), from,
                placed.ticketId(), placed.messageId(), deadline, changed));
        return id;
    }

    @Test
    @Tag("R10")
    void anOfferIsOverInSecondsAndASilentLegIsAskedAboutThoughTheClockWasTurnedBack() {
        try (var desk = new Desk()) {
            call(desk, "+15550120001", "20 seconds", "-1 second");
            var over = call(desk, "+15550120002", "-1 second", "-2 minutes");
            var turned = call(desk, "+15550120003", "1 hour", "1 hour");
            var book = new CallBook(desk.journal, desk.outbox, CallBook.OFFER);
            assertEquals(List.of(over, turned), virtually(() -> desk.database.transaction(book::due)).stream()
                    .map(CallRow::id).toList());
            var calls = new Calls(desk.database, desk.journal, desk.outbox, desk.intake);
            assertEquals(List.of(over, turned), virtually(() -> calls.silent(Duration.ofMinutes(1))).stream()
                    .map(Calls.Silent::call).distinct().toList());
        }
    }
}
