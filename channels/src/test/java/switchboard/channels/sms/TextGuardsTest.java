package switchboard.channels.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import switchboard.channels.line.Office;
import switchboard.channels.twilio.FormBody;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.reply.Replies;

/// Texts whose reports, repeats and opt-outs cross.
@Timeout(90)
class TextGuardsTest {
    private static Office office;
    private static UUID mei;

    @BeforeAll static void open() {
        office = new Office();
        office.play(() -> mei = office.agent("Mei", null));
    }

    @AfterAll static void close() {
        office.close();
    }

    private static UUID ticket(String from, String text) {
        office.handset(from).text(text);
        office.awaitRow("the text", "select 1 from message where text = $1", text);
        return office.database.sql().value(UUID.class, "select ticket_id from message where text = $1", text)
                .orElseThrow();
    }

    private static int report(String sid, String status, String error) throws Exception {
        return office.post("/webhooks/twilio/status", FormBody.of("MessageSid", sid, "AccountSid", Office.ACCOUNT,
                "MessageStatus", status, "ErrorCode", error), Office.TOKEN, UnaryOperator.identity()).statusCode();
    }

    @Tag("D04")
    @Test void lateDoubledAndUnknownReportsNeverTakeAStatusBackAndAFailureKeepsItsReason() {
        office.play(() -> {
            var message = office.reply(mei, ticket("+15551230901", "Status?"), "On its way");
            office.awaitRow("delivered", "select 1 from message where id = $1 and status = 'delivered'", message);
            var sid = office.database.sql().value(String.class, "select provider_id from message where id = $1",
                    message).orElseThrow();
            for (var late : new String[] {"queued", "sent", "sent", "undelivered", "whoknows"}) {
                assertEquals(200, report(sid, late, late.equals("undelivered") ? "30003" : ""));
            }
            assertEquals(200, report("SM" + "f".repeat(32), "sent", ""));
            office.handset("+15551230902").deliveryFails(30006);
            var failed = office.reply(mei, ticket("+15551230902", "Landline?"), "Hello landline");
            office.awaitRow("the failure", "select 1 from message where id = $1 and status = 'undelivered' "
                    + "and status_detail like '%landline%30006%'", failed);
            var other = office.database.sql().value(String.class, "select provider_id from message where id = $1",
                    failed).orElseThrow();
            assertEquals(200, report(other, "sent", ""));
            office.awaitRow("the report is read", "select 1 from inbox where door = 'sms-status' and state = 'done' "
                    + "and key = $1", other + "|sent|");
            assertEquals(1, office.count("message where id = $1 and status_detail like '%30006%'", failed));
            assertEquals(1, office.count("message where id = $1 and status = 'delivered'", message));
        });
    }

    @Tag("D05")
    @Test void theSameWordsSentTwiceAreTwoTexts() {
        office.play(() -> {
            var ticket = ticket("+15551230903", "Hello there");
            office.handset("+15551230903").text("Hello there");
            office.awaitRow("both", "select 1 from message where ticket_id = $1 having count(*) = 2", ticket);
        });
    }

    @Tag("D08")
    @Test void aStopThatOvertakesAWaitingAnswerWins() {
        office.play(() -> {
            var ticket = ticket("+15551230904", "Any news?");
            var waiting = office.replies.send(Where.ALL, mei, ticket, new Replies.Draft("Here is news", null, null,
                    null, null, null, null, null, null, 4), Ids.next().toString()).id();
            office.handset("+15551230904").text("ARRÊT");
            office.awaitRow("the stop", "select 1 from consent where address = '+15551230904' and not allowed");
            office.awaitRow("the refusal", "select 1 from message where id = $1 and status = 'failed'", waiting);
            assertEquals(0, office.handset("+15551230904").received().size());
            office.handset("+15551230904").text("START");
            office.awaitRow("the start", "select 1 from consent where address = '+15551230904' and allowed");
            var after = office.reply(mei, ticket, "Welcome back");
            office.awaitRow("delivered", "select 1 from message where id = $1 and status = 'delivered'", after);
        });
    }

    @Tag("D03")
    @Test void wishesInTheCustomersLanguageBlockOrAreFlagged() {
        office.play(() -> {
            var blocked = new String[] {"退订", "TD", "“STOP”", "ＳＴＯＰ", "Stop all", "Baja", "Стоп"};
            for (int i = 0; i < blocked.length; i++) {
                var from = "+1555124000" + i;
                ticket(from, blocked[i]);
                office.awaitRow(blocked[i], "select 1 from consent where address = $1 and not allowed", from);
                assertEquals(1, office.count("message where text = $1 and flags @> '{opt-out}'", blocked[i]));
            }
            ticket("+15551240101", "Ne m'envoyez plus de messages");
            office.awaitRow("the flag", "select 1 from message where text like 'Ne m%' and flags @> '{opt-out?}'");
            assertEquals(0, office.count("consent where address = '+15551240101'"));
            ticket("+15551240102", "Does the bus stop near your shop?");
            assertEquals(1, office.count("message where text like 'Does the bus%' and flags = '{}'"));
        });
    }
}
