package switchboard.channels.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.channels.twilio.CarrierOutcome.Accepted;
import switchboard.channels.twilio.CarrierOutcome.Refused;
import switchboard.channels.twilio.CarrierOutcome.RetryLater;
import switchboard.channels.twilio.CarrierOutcome.Unknown;
import switchboard.channels.twilio.CarrierOutcome;
import switchboard.channels.twilio.TwilioAccess;
import switchboard.channels.twilio.TwilioSettings;

class TextsTest {
    private static final String ADA = "+15551230001";
    private final Company company = new Company();

    @AfterEach void nothingAgainstTheDescription() {
        assertEquals(List.of(), company.violations());
        company.close();
    }

    private CarrierOutcome send(String to, String body) {
        return company.access.text(Company.NUMBER, to, body, List.of(), Optional.of(company.url("/sms-status")));
    }

    @Test void aTextReachesTheHandsetAndIsReportedSentAndDelivered() {
        var accepted = assertInstanceOf(Accepted.class, send(ADA, "你好, your parcel is on its way 😜"));
        assertEquals("queued", accepted.status());
        company.carrier.handset(ADA).awaitText("parcel");
        var delivered = company.await("/sms-status", "MessageStatus", "delivered");
        assertEquals(accepted.sid(), delivered.get("MessageSid"));
        assertEquals(List.of("sent", "delivered"), company.values("/sms-status", "MessageStatus"));
        var fetched = company.access.read(twilio -> Message.fetcher(accepted.sid()).fetch(twilio));
        assertEquals(Message.Status.DELIVERED, fetched.getStatus());
        assertEquals("1", fetched.getNumSegments());
    }

    @Test void aFailedDeliveryCarriesItsCode() {
        company.carrier.handset(ADA).deliveryFails(30003);
        send(ADA, "hello");
        assertEquals("30003", company.await("/sms-status", "MessageStatus", "undelivered").get("ErrorCode"));
        assertEquals(List.of(), company.carrier.handset(ADA).received());
    }

    @Test void aTextFromAHandsetComesSignedAndTheTwimlReplyGoesBack() {
        company.answers("/sms", "<Message>Thank you</Message>");
        String sid = company.carrier.handset(ADA).text("Where is my order? %2F & + é");
        var hook = company.await("/sms", "MessageSid", sid);
        assertEquals("Where is my order? %2F & + é", hook.get("Body"));
        assertEquals(ADA, hook.get("From"));
        assertEquals(Company.NUMBER, hook.get("To"));
        company.carrier.handset(ADA).awaitText("Thank you");
    }

    @Test void aPictureMessageNamesItsMedia() {
        String sid = company.carrier.handset(ADA)
                .picture("look", List.of("https://m.test/a.png", "https://m.test/b.jpg"));
        var hook = company.await("/sms", "MessageSid", sid);
        assertEquals("2", hook.get("NumMedia"));
        assertEquals("image/png", hook.get("MediaContentType0"));
        assertEquals("https://m.test/b.jpg", hook.get("MediaUrl1"));
    }

    @Test void stopBlocksThePairTellsTheCompanyAndStartOpensItAgain() {
        var ada = company.carrier.handset(ADA);
        ada.text("STOP please");
        assertInstanceOf(Accepted.class, send(ADA, "one"));
        String stop = ada.text(" stop ");
        ada.awaitText("no more messages");
        company.await("/sms", "MessageSid", stop);
        assertEquals(21610, assertInstanceOf(Refused.class, send(ADA, "two")).code());
        ada.text("Start");
        assertInstanceOf(Accepted.class, send(ADA, "three"));
    }

    @Test void refusalsCarryTwiliosCodes() {
        assertEquals(21211, refused("+15005550001"));
        assertEquals(21612, refused("+15005550002"));
        assertEquals(21408, refused("+15005550003"));
        assertEquals(21610, refused("+15005550004"));
        assertEquals(21614, refused("+15005550009"));
        assertInstanceOf(Accepted.class, send(ADA, "x".repeat(1600)));
        assertEquals(21617, assertInstanceOf(Refused.class, send(ADA, "x".repeat(1601))).code());
        assertEquals(21606, assertInstanceOf(Refused.class,
                company.access.text("+15005559999", ADA, "x", List.of(), Optional.empty())).code());
        assertEquals(20404, assertInstanceOf(Refused.class, company.access.attempt(twilio -> {
            Message.fetcher("SM" + "0".repeat(32)).fetch(twilio);
            throw new AssertionError("there is no such message");
        })).code());
    }

    private int refused(String to) {
        return assertInstanceOf(Refused.class, send(to, "x")).code();
    }

    @Test void aServerErrorIsUnknownAndLeavesExactlyOneRequest() {
        company.carrier.chaos().breakNext(1);
        assertInstanceOf(Unknown.class, send(ADA, "once"));
        assertEquals(1, company.carrier.requests().size());
        assertEquals(Optional.empty(), company.access.reconcile(Company.NUMBER, ADA, "once", Instant.now()));
    }

    @Test void aTextThatWasTakenWithoutAnAnswerIsFoundAgain() {
        var before = Instant.now();
        send(ADA, "another text");
        company.carrier.chaos().leaveUnansweredNext(1);
        assertInstanceOf(Unknown.class, send(ADA, "the one"));
        var found = company.access.reconcile(Company.NUMBER, ADA, "the one", before).orElseThrow();
        assertEquals("the one", company.access.read(twilio -> Message.fetcher(found.sid()).fetch(twilio)).getBody());
        assertEquals(2, company.carrier.requests().stream().filter(one -> one.method().equals("POST")).count());
    }

    @Test void throttlingAndADeadPortMeanLater() {
        company.carrier.chaos().throttleNext(2);
        assertInstanceOf(RetryLater.class, send(ADA, "x"));
        assertInstanceOf(RetryLater.class, send(ADA, "x"));
        assertInstanceOf(Accepted.class, send(ADA, "x"));
        var nobody = new Company();
        var dead = nobody.carrier.baseUrl();
        nobody.close();
        try (var access = new TwilioAccess(new TwilioSettings(Company.ACCOUNT, Company.TOKEN, Optional.empty(),
                Optional.empty(), Optional.of(dead)))) {
            assertInstanceOf(RetryLater.class, access.text(Company.NUMBER, ADA, "x", List.of(), Optional.empty()));
        }
    }

    @Test void theTextNullIsSentThoughTheSdkWouldDropIt() {
        assertInstanceOf(Accepted.class, send(ADA, "null"));
        company.carrier.handset(ADA).awaitText("null");
        assertTrue(company.access.reconcile(Company.NUMBER, ADA, "null", Instant.now()).isPresent());
    }

    @Test void webhooksComeTwiceWithOneTokenAndInTheWrongOrderOnRequest() {
        company.carrier.chaos().duplicateWebhooks(true);
        String sid = company.carrier.handset(ADA).text("twice");
        company.await("/sms", "MessageSid", sid);
        company.carrier.chaos().duplicateWebhooks(false);
        String next = company.carrier.handset(ADA).text("once");
        company.await("/sms", "MessageSid", next);
        var twice = company.at("/sms").stream().filter(hook -> hook.get("MessageSid").equals(sid)).toList();
        assertEquals(1, twice.stream().map(Company.Hook::token).distinct().count());
        company.carrier.chaos().reorderWebhooks(true);
        send(ADA, "hello");
        company.await("/sms-status", "MessageStatus", "sent");
        assertEquals(List.of("delivered", "sent"), company.values("/sms-status", "MessageStatus"));
    }

    @Test void listsArePagedAndFiltered() {
        for (int i = 0; i < 5; i++) {
            send(ADA, "text " + i);
            send("+15551230002", "other " + i);
        }
        var found = new ArrayList<String>();
        company.access.read(twilio -> {
            Message.reader().setTo(new PhoneNumber(ADA))
                    .setDateSentAfter(Instant.now().minusSeconds(60).atZone(ZoneOffset.UTC))
                    .pageSize(2).read(twilio).forEach(message -> found.add(message.getBody()));
            return null;
        });
        assertEquals(List.of("text 4", "text 3", "text 2", "text 1", "text 0"), found);
    }

    @Test void aMessageCanBeRedactedAndDeleted() {
        var sent = assertInstanceOf(Accepted.class, send(ADA, "secret"));
        company.await("/sms-status", "MessageStatus", "delivered");
        assertEquals("", company.access.read(twilio -> Message.updater(sent.sid()).setBody("").update(twilio))
                .getBody());
        assertEquals(true, company.access.read(twilio -> Message.deleter(sent.sid()).delete(twilio)));
    }

    @Test void textsAndOptOutsOutliveARestart(@TempDir Path folder) {
        try (var first = new Company(options -> options.withFolder(folder))) {
            first.access.text(Company.NUMBER, ADA, "kept", List.of(), Optional.empty());
            first.carrier.handset(ADA).awaitText("kept");
            first.carrier.handset(ADA).text("STOP");
        }
        try (var second = new Company(options -> options.withFolder(folder))) {
            assertEquals("kept", second.carrier.handset(ADA).received().getFirst().text());
            assertEquals(21610, assertInstanceOf(Refused.class,
                    second.access.text(Company.NUMBER, ADA, "again", List.of(), Optional.empty())).code());
        }
    }

    @Test void aWrongPasswordIsRefusedAndAnApiKeyIsTaken() {
        String key = "SK00000000000000000000000000000001";
        try (var other = new Company(options -> options.withApiKey(key, "key-secret"))) {
            var base = Optional.of(other.carrier.baseUrl());
            try (var wrong = new TwilioAccess(new TwilioSettings(Company.ACCOUNT, "wrong", Optional.empty(),
                    Optional.empty(), base));
                 var right = new TwilioAccess(new TwilioSettings(Company.ACCOUNT, "x", Optional.of(key),
                         Optional.of("key-secret"), base))) {
                assertEquals(20003, assertInstanceOf(Refused.class,
                        wrong.text(Company.NUMBER, ADA, "x", List.of(), Optional.empty())).code());
                assertInstanceOf(Accepted.class, right.text(Company.NUMBER, ADA, "x", List.of(), Optional.empty()));
            }
        }
    }
}
