package switchboard.ticketing.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static switchboard.ticketing.Desk.sms;
import static switchboard.ticketing.Desk.virtually;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.Desk;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.conversation.Timeline;
import switchboard.ticketing.conversation.TimelineItem;
import switchboard.ticketing.intake.Received;

class VoicemailTest {
    private static TimelineItem.Phone item(Desk desk, UUID ticket) {
        desk.settle();
        return virtually(() -> desk.timeline.ofTicket(ticket, Timeline.Query.ALL)).items().stream()
                .filter(one -> one.kind().equals("call")).findFirst().orElseThrow().call();
    }

    @Test
    void theMessageIsHeardAtTheCallAndWaitsSinceTheCallerDid() {
        try (var desk = new Desk()) {
            var calls = new Calls(desk.database, desk.journal, desk.outbox, desk.intake);
            var id = Ids.next();
            var since = Instant.now().minusSeconds(300).truncatedTo(ChronoUnit.MILLIS);
            var sms = sms("+15550120001", "Incoming call");
            var placed = desk.receive(new Received.Message(sms.origin(), "phone", sms.ourAddress(), since, "call", true,
                    sms.sender(), List.of(), Optional.empty(), sms.content(), List.of(), List.of(), List.of(),
                    Optional.empty(), Optional.of(id), Optional.empty())).getFirst();
            virtually(() -> desk.database.sql().execute("""
                    insert into call (id, direction, state, customer_id, number, our_number, ticket_id, message_id,
                      started_at, enqueued_at, outcome)
                    values ($1, 'inbound', 'ended', $2, '+15550120001', '+15005550006', $3, $4, $5, $5, 'missed')""",
                    id, placed.customerId(), placed.ticketId(), placed.messageId(), since));
            assertNull(item(desk, placed.ticketId()).recordingUrl());
            virtually(() -> {
                calls.voicemail(id, new byte[100], "audio/x-wav");
                return null;
            });
            var attachment = virtually(() -> desk.database.sql().value(UUID.class, "select id from attachment"))
                    .orElseThrow();
            assertEquals("/content/" + attachment, item(desk, placed.ticketId()).recordingUrl());
            assertEquals("open", desk.ticket(placed.ticketId()).status());
            assertEquals(since, desk.ticket(placed.ticketId()).queuedAt());
        }
    }
}
