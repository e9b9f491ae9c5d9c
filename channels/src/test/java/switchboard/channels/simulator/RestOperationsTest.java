package switchboard.channels.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.Conference;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.Queue;
import com.twilio.rest.api.v2010.account.call.Recording;
import com.twilio.rest.api.v2010.account.conference.Participant;
import com.twilio.type.Client;
import com.twilio.type.Endpoint;
import com.twilio.type.PhoneNumber;
import com.twilio.type.Twiml;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The operations that no journey in [VoiceTest] and [TextsTest] comes by.
@Timeout(60)
class RestOperationsTest {
    private static <T> T ask(Company company, Function<TwilioRestClient, T> request) {
        return company.access.read(request);
    }

    @Test void aCallIsFetchedRecordedPausedAndItsRecordDeleted() {
        try (var company = new Company()) {
            var ada = company.carrier.handset("+15551230001");
            var made = ask(company, twilio ->
                    Call.creator(new PhoneNumber(ada.number()), new PhoneNumber(Company.NUMBER),
                    new Twiml("<Response><Enqueue>q</Enqueue></Response>")).create(twilio));
            String sid = made.getSid();
            ada.answer();
            ada.awaitQueued();
            assertEquals(Call.Status.IN_PROGRESS, ask(company, twilio -> Call.fetcher(sid).fetch(twilio)).getStatus());
            var recording = ask(company, twilio -> Recording.creator(sid).setRecordingChannels("dual")
                    .setRecordingStatusCallback(company.url("/recording")).create(twilio));
            assertEquals(Recording.Status.PAUSED, ask(company, twilio ->
                    Recording.updater(sid, "Twilio.CURRENT", Recording.Status.PAUSED).setPauseBehavior("skip")
                    .update(twilio)).getStatus());
            assertEquals(2, ask(company, twilio -> Recording.fetcher(sid, recording.getSid()).fetch(twilio))
                    .getChannels());
            assertEquals(recording.getSid(), ask(company, twilio -> Recording.reader(sid).read(twilio)).iterator()
                    .next().getSid());
            ask(company, twilio -> Call.updater(sid).setStatus(Call.UpdateStatus.COMPLETED).update(twilio));
            company.await("/recording", "RecordingStatus", "completed");
            assertEquals(true, ask(company, twilio -> Call.deleter(sid).delete(twilio)));
            assertEquals(List.of(), company.violations());
        }
    }

    @Test void aQueueIsRenamedAndDeleted() {
        try (var company = new Company()) {
            var queue = ask(company, twilio -> Queue.creator("before").create(twilio));
            assertEquals(1000, queue.getMaxSize());
            var renamed = ask(company, twilio -> Queue.updater(queue.getSid()).setFriendlyName("after").setMaxSize(5)
                    .update(twilio));
            assertEquals("after", renamed.getFriendlyName());
            assertEquals(true, ask(company, twilio -> Queue.deleter(queue.getSid()).delete(twilio)));
            assertEquals(List.of(), company.violations());
        }
    }

    @Test void aConferenceAndItsParticipantAreFetched() {
        try (var company = new Company()) {
            company.carrier.handset("client:agent_1").whenCalled(Handset.Outcome.ANSWER);
            var made = ask(company, twilio -> Participant.creator("room", new PhoneNumber(Company.NUMBER),
                    (Endpoint) new Client("agent_1")).setLabel("agent").create(twilio));
            company.carrier.handset("client:agent_1").awaitConference();
            String room = made.getConferenceSid();
            assertEquals("room", ask(company, twilio -> Conference.fetcher(room).fetch(twilio)).getFriendlyName());
            assertEquals(made.getCallSid(), ask(company, twilio -> Participant.fetcher(room, "agent").fetch(twilio))
                    .getCallSid());
            assertEquals(List.of(), company.violations());
        }
    }

    @Test void aThrottledReadIsNotTakenForAnAnswer() {
        try (var company = new Company()) {
            company.carrier.chaos().throttleNext(1);
            var outcome = company.access.attempt(twilio -> {
                Message.fetcher("SM" + "0".repeat(32)).fetch(twilio);
                throw new AssertionError("it was throttled");
            });
            assertTrue(outcome.toString().startsWith("RetryLater"), outcome.toString());
        }
    }

    @Test void everyDescribedOperationIsServed() throws Exception {
        var missing = new TreeSet<String>();
        try (var company = new Company();
             var in = RestOperationsTest.class.getResourceAsStream("/twilio/api-v2010-reduced.json")) {
            var rest = new Rest(new Exchange(new SimulatorOptions(Company.ACCOUNT, Company.TOKEN, 0, "127.0.0.1",
                    company.url("/sms"), company.url("/voice"), company.url("/status"), Company.NUMBER)));
            for (var path : new ObjectMapper().readTree(in).get("paths").properties()) {
                path.getValue().fieldNames().forEachRemaining(method -> {
                    String real = path.getKey().replace("{AccountSid}", Company.ACCOUNT).replaceAll("\\{\\w+}", "X1");
                    if (!rest.serves(method.toUpperCase(Locale.ROOT), real)) {
                        missing.add(method + " " + real);
                    }
                });
            }
        }
        assertEquals(new TreeSet<>(), missing);
    }
}
