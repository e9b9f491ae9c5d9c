package switchboard.channels.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.Recording;
import com.twilio.type.PhoneNumber;
import com.twilio.type.Twiml;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import switchboard.channels.line.Office;
import switchboard.channels.simulator.Handset.Outcome;
import switchboard.channels.twilio.FormBody;
import switchboard.ticketing.base.Failure;

@Timeout(90)
class SmsTest {
    private static final String ADA = "+15551230001";
    private static final String SID = "SM0123456789abcdef0123456789abcdef";
    private final Office office = new Office();

    @AfterEach void nothingAgainstTheDescription() {
        try {
            assertEquals(List.of(), office.violations());
        } finally {
            office.close();
        }
    }

    private UUID received(String text) {
        office.handset(ADA).text(text);
        return ticketOf(text);
    }

    private UUID ticketOf(String text) {
        office.awaitRow("the text " + text, "select 1 from message where text = $1", text);
        return office.database.sql().value(UUID.class, "select ticket_id from message where text = $1", text)
                .orElseThrow();
    }

    private void awaitStatus(UUID message, String status) {
        office.awaitRow("the status " + status, "select 1 from message where id = $1 and status = $2", message, status);
    }

    private List<String> steps(UUID message) {
        return office.database.sql()
                .column(String.class, "select status from delivery_step where message_id = $1 order by id", message);
    }

    private static FormBody text(String sid, String from, String body) {
        return FormBody.of("MessageSid", sid, "AccountSid", Office.ACCOUNT, "From", from, "To", Office.NUMBER, "Body",
                body,
                "NumMedia", "0", "NumSegments", "1", "ApiVersion", "2010-04-01");
    }

    @Tag("D05")
    @Test void aTextBecomesATicketOnceHoweverOftenItsWebhookComesAndTheNextTextJoinsIt() {
        office.play(() -> {
            office.carrier.chaos().duplicateWebhooks(true);
            var ticket = received("Where is my order?");
            office.carrier.chaos().duplicateWebhooks(false);
            assertEquals(ticket, received("It is the blue bag"));
            assertEquals(2, office.count("message"));
            assertEquals(2, office.count("inbox"));
            assertEquals(1, office.count("ticket where channel = 'sms' and status = 'open' and team_id = $1",
                    office.team));
            assertEquals(1, office.count("identity where kind = 'phone' and value = $1", ADA));
            assertEquals(List.of(), office.carrier.problems());
        });
    }

    @Tag("D04")
    @Test void aReplyIsSentOnceAndItsReportsEndAsDeliveredInWhateverOrderTheyCome() {
        office.play(() -> {
            var ticket = received("Hello?");
            var agent = office.agent("Mei", null);
            var first = office.reply(agent, ticket, "Hello Ada");
            office.handset(ADA).awaitText("Hello Ada");
            awaitStatus(first, "delivered");
            office.carrier.chaos().reorderWebhooks(true).duplicateWebhooks(true);
            var second = office.reply(agent, ticket, "It left today 📦");
            awaitStatus(second, "delivered");
            office.await("both reports", () -> steps(second).containsAll(List.of("sent", "delivered")));
            awaitStatus(second, "delivered");
            assertEquals(2, office.requests("POST", "/Messages.json"));
        });
    }

    @Test void afterA503NothingIsSentAgainBeforeTheCarriersListWasRead() {
        office.play(() -> {
            var ticket = received("Hello?");
            var agent = office.agent("Mei", null);
            office.carrier.chaos().breakNext(1);
            var message = office.reply(agent, ticket, "One and only");
            office.await("uncertainty", () -> steps(message).contains("uncertain"));
            awaitStatus(message, "delivered");
            assertEquals(2, office.requests("POST", "/Messages.json"));
            assertTrue(office.requests("GET", "/Messages.json") >= 1);
            assertEquals(1, office.handset(ADA).received().size());
        });
    }

    @Test void aTextThatTheCarrierTookWithoutAnsweringIsFoundAndNotSentAgain() {
        office.play(() -> {
            var ticket = received("Hello?");
            var agent = office.agent("Mei", null);
            awaitStatus(office.reply(agent, ticket, "Same words"), "delivered");
            office.carrier.chaos().leaveUnansweredNext(1);
            var second = office.reply(agent, ticket, "Same words");
            awaitStatus(second, "delivered");
            assertEquals(2, office.handset(ADA).received().size());
            assertEquals(2, office.requests("POST", "/Messages.json"));
            assertEquals(2, office.count("(select distinct provider_id from message where direction = 'outbound') x"));
        });
    }

    @Test void throttlingIsWaitedOut() {
        office.play(() -> {
            var ticket = received("Hello?");
            var agent = office.agent("Mei", null);
            office.carrier.chaos().throttleNext(2);
            awaitStatus(office.reply(agent, ticket, "Patience"), "delivered");
            assertEquals(1, office.handset(ADA).received().size());
            assertEquals(3, office.requests("POST", "/Messages.json"));
        });
    }

    @Tag("D08")
    @Test void stopBlocksRepliesUntilStartAndIsNeverAnswered() {
        office.play(() -> {
            var ticket = received("Hello?");
            var agent = office.agent("Mei", null);
            received(" Stop. ");
            office.awaitRow("the consent", "select 1 from consent where address = $1 and not allowed", ADA);
            var refused = assertThrows(Failure.Conflict.class, () -> office.reply(agent, ticket, "But why?"));
            assertEquals("opted-out", refused.code());
            received("START");
            office.awaitRow("the consent", "select 1 from consent where address = $1 and allowed", ADA);
            awaitStatus(office.reply(agent, ticket, "Welcome back"), "delivered");
        });
    }

    @Tag("D08")
    @Test void yesIsAnAnswerWhereNothingWasStoppedAndTakesAStopBackWhereSomethingWas() {
        office.play(() -> {
            var ticket = received("Is the blue one there?");
            var agent = office.agent("Mei", null);
            awaitStatus(office.reply(agent, ticket, "It is. Shall we send it?"), "delivered");
            assertEquals(ticket, received("Yes"));
            office.awaitRow("the answer waiting",
                    "select 1 from ticket where id = $1 and status = 'open' and waiting_since is not null", ticket);
            assertEquals(0, office.count("consent"));
            assertEquals(0, office.count("message where flags @> '{opt-in}'"));

            received("stop");
            office.awaitRow("the withdrawal", "select 1 from consent where address = $1 and not allowed", ADA);
            office.database.sql().execute(
                    "update ticket set status = 'pending', waiting_since = null where id = $1", ticket);
            received("YES");
            office.awaitRow("the consent", "select 1 from consent where address = $1 and allowed", ADA);
            assertEquals(1, office.count("ticket where id = $1 and status = 'pending' and waiting_since is null",
                    ticket));
            assertEquals(1, office.count("message where text = 'YES' and flags = '{opt-in}'"));
        });
    }

    @Tag("D03")
    @Test void anOptOutThatOnlyTheCarrierKnowsIsLearntFromItsRefusal() {
        office.play(() -> {
            var ticket = received("Hello?");
            var agent = office.agent("Mei", null);
            received("STOP");
            office.awaitRow("the consent", "select 1 from consent where not allowed");
            office.database.sql().execute("delete from consent");
            var message = office.reply(agent, ticket, "Are you there?");
            awaitStatus(message, "failed");
            office.awaitRow("what was learnt",
                    "select 1 from consent where not allowed and source = 'carrier' and address = $1", ADA);
            assertThrows(Failure.Conflict.class, () -> office.reply(agent, ticket, "And now?"));
        });
    }

    @Test void aWishInOtherWordsIsFlaggedAndBlocksNothing() {
        office.play(() -> {
            var ticket = received("please stop texting me");
            assertEquals(1, office.count("message where flags = '{opt-out?}'"));
            awaitStatus(office.reply(office.agent("Mei", null), ticket, "Reply STOP to stop"), "delivered");
        });
    }

    @Tag("D07")
    @Test void oddTextsLeaveAsTheyAreAndTooLongOnesDoNotLeave() {
        office.play(() -> {
            var ticket = received("Hello?");
            var agent = office.agent("Mei", null);
            for (var text : List.of("null", "😜 grüße 你好", "a\u0001b\u0000c", "x".repeat(1600))) {
                awaitStatus(office.reply(agent, ticket, text), "delivered");
            }
            assertEquals(List.of("null", "😜 grüße 你好", "abc", "x".repeat(1600)),
                    office.handset(ADA).received().stream().map(one -> one.text().strip()).toList());
            var tooLong = assertThrows(Failure.Invalid.class, () -> office.reply(agent, ticket, "x".repeat(1601)));
            assertTrue(tooLong.getMessage().contains("1,600"), tooLong.getMessage());
            office.handset(ADA).deliveryFails(30003);
            var undelivered = office.reply(agent, ticket, "Hello?");
            awaitStatus(undelivered, "undelivered");
            assertEquals(1, office.count("message where id = $1 and status_detail like '%30003%'", undelivered));
        });
    }

    @Test void forgedWebhooksAreRefusedAndLeaveNoTrace() {
        office.play(() -> {
            var form = text(SID, ADA, "hello");
            UnaryOperator<FormBody> same = UnaryOperator.identity();
            var tries = List.of(
                    office.post("/webhooks/twilio/sms", form, null, same),
                    office.post("/webhooks/twilio/sms", form, "wrong", same),
                    office.post("/webhooks/twilio/sms", form, Office.TOKEN, whole -> whole.with("Body", "more")),
                    // The same characters cut elsewhere: the signature holds, the fields do not.
                    office.post("/webhooks/twilio/sms", FormBody.of("MessageSid", SID, "AccountSid", Office.ACCOUNT,
                            "From", ADA, "To",
                            Office.NUMBER, "Bodyhello", ""), Office.TOKEN, same),
                    office.post("/webhooks/twilio/sms", form.with("To", "+15005550007"), Office.TOKEN, same),
                    office.post("/webhooks/twilio/sms", text("SM1", ADA, "x"), Office.TOKEN, same),
                    office.post("/webhooks/twilio/sms", FormBody.of("MessageSid", SID, "AccountSid", "AC" + "2"
                    .repeat(32), "From", ADA,
                            "To", Office.NUMBER, "Body", "x"), Office.TOKEN, same),
                    office.post("/webhooks/twilio/status", FormBody.of("MessageSid", SID, "AccountSid", Office.ACCOUNT,
                            "MessageStatus", "De livered"), Office.TOKEN, same));
            for (var answer : tries) {
                assertEquals(403, answer.statusCode());
                assertEquals("Forbidden.", answer.body());
            }
            assertEquals(413, office.post("/webhooks/twilio/sms", text(SID, ADA, "x".repeat(70_000)), Office.TOKEN,
                    same).statusCode());
            assertEquals(0, office.count("inbox"));
        });
    }

    @Tag("D05")
    @Test void aRepeatedWebhookIsAnsweredAlikeAndUnknownFieldsAreAccepted() {
        office.play(() -> {
            var form = text(SID, ADA, "hello %2F").with("Whatever", "new").with("Whatever", "and again");
            var first = office.post("/webhooks/twilio/sms", form, Office.TOKEN, UnaryOperator.identity());
            for (int i = 0; i < 20; i++) {
                var again = office.post("/webhooks/twilio/sms", form, Office.TOKEN, UnaryOperator.identity());
                assertEquals(200, again.statusCode());
                assertEquals(first.body(), again.body());
            }
            ticketOf("hello %2F");
            assertEquals(1, office.count("inbox"));
            assertEquals(1, office.count("message"));
        });
    }

    @Test void aPictureIsFetchedFromTheCarrierAloneAndALostOneIsMarked() {
        office.play(() -> {
            var lost = office.carrier.baseUrl() + "/2010-04-01/Accounts/" + Office.ACCOUNT + "/Messages/" + SID
                    + "/Media/ME1";
            office.handset(ADA).picture("Look", List.of(lost, "http://169.254.169.254/latest/meta-data"));
            ticketOf("Look");
            office.awaitNextTries("the mark",
                    () -> office.count("message where flags @> '{media,media-lost}'") == 1);
            office.awaitNextTries("both tries",
                    () -> office.count("outbox where channel = 'sms-media' and state = 'failed'") == 2);
            assertEquals(1, office.count("outbox where last_error like '%from the carrier alone%'"));
        });
    }

    @Test void aPictureIsAttachedToItsText() {
        office.play(() -> {
            // Anything that the carrier keeps behind our password will do: a recording of a call.
            var ada = office.handset(ADA);
            ada.whenCalled(Outcome.ANSWER);
            office.access.read(twilio -> Call.creator(new PhoneNumber(ADA), new PhoneNumber(Office.NUMBER),
                    new Twiml("<Response><Record/></Response>")).create(twilio));
            ada.speak("la la la");
            ada.hangUp();
            var recording = office.access.read(twilio -> Recording.reader().read(twilio).iterator().next().getSid());
            ada.picture("Listen", List.of(office.carrier.baseUrl() + "/2010-04-01/Accounts/" + Office.ACCOUNT
                    + "/Recordings/"
                    + recording + ".wav"));
            office.awaitRow("the attachment", "select 1 from attachment a join message m on m.id = a.message_id "
                    + "join blob b on b.sha256 = a.sha256 where m.text = 'Listen' and a.size_bytes > 44");
            assertEquals(0, office.count("message where flags @> '{media-lost}'"));
        });
    }
}
