package switchboard.channels.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.exception.ApiException;
import com.twilio.http.HttpMethod;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.Conference;
import com.twilio.rest.api.v2010.account.Queue;
import com.twilio.rest.api.v2010.account.Recording;
import com.twilio.rest.api.v2010.account.conference.Participant;
import com.twilio.rest.api.v2010.account.queue.Member;
import com.twilio.type.Client;
import com.twilio.type.Endpoint;
import com.twilio.type.PhoneNumber;
import com.twilio.type.Twiml;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import switchboard.channels.twilio.FormBody;

@Timeout(60)
class VoiceTest {
    private static final String ADA = "+15551230001";
    private static final String AGENT = "client:agent_1";
    private final Company company = new Company();
    private final Handset ada = company.carrier.handset(ADA);
    private final Handset agent = company.carrier.handset(AGENT);

    @AfterEach void nothingAgainstTheDescription() {
        assertEquals(List.of(), company.violations());
        company.close();
    }

    private <T> T ask(Function<com.twilio.http.TwilioRestClient, T> request) {
        return company.access.read(request);
    }

    private static int size(Iterable<?> found) {
        int size = 0;
        for (var _ : found) {
            size++;
        }
        return size;
    }

    /// Greeting, key, queue; the room "r1" is where the agent comes.
    private void contactCentre() {
        company.answers("/voice", "<Gather numDigits=\"1\" action=\"/menu\"><Say>Welcome, press 1</Say></Gather>"
                + "<Say>No key</Say>")
                .answers("/menu", form -> "<Enqueue action=\"/queue-result\" waitUrl=\"/wait\">support-"
                + form.get("Digits") + "</Enqueue>")
                .answers("/wait", "<Say>Please wait</Say><Pause length=\"5\"/>")
                .answers("/room", "<Dial action=\"/after\"><Conference participantLabel=\"customer\" "
                        + "endConferenceOnExit=\"true\""
                        + " statusCallback=\"/conference\" "
                        + "statusCallbackEvent=\"start end join leave hold mute modify\">r1</Conference></Dial>")
                .answers("/after", "<Say>Goodbye</Say>").answers("/hold", "<Say>You are on hold</Say>");
    }

    private Queue queue() {
        return ask(twilio -> Queue.reader().read(twilio)).iterator().next();
    }

    private Participant callAgent(String room, String to) {
        return ask(twilio -> Participant.creator(room, new PhoneNumber(Company.NUMBER), (Endpoint) new Client(to))
                .setLabel(to).setTimeout(20).setBeep("false").setStatusCallback(company.url("/agent-status"))
                .setStatusCallbackEvent(List.of("initiated", "ringing", "answered", "completed")).create(twilio));
    }

    private void intoTheQueue() {
        contactCentre();
        ada.call();
        ada.press("1");
        ada.awaitQueued();
        ada.awaitHeard("Please wait");
    }

    private String intoTheConference() {
        intoTheQueue();
        ask(twilio -> Member.updater(queue().getSid(), "Front", company.url("/room")).setMethod(HttpMethod.POST)
                .update(twilio));
        ada.awaitConference();
        callAgent("r1", "agent_1");
        agent.answer();
        agent.awaitConference();
        return company.await("/conference", "StatusCallbackEvent", "conference-start").get("ConferenceSid");
    }

    @Test void aCallGoesFromGreetingOverQueueAndConferenceToTheHangUp() {
        intoTheQueue();
        assertEquals("ringing", company.at("/voice").getFirst().get("CallStatus"));
        assertEquals("1", company.at("/menu").getFirst().get("Digits"));
        var wait = company.at("/wait").getFirst();
        assertEquals("1", wait.get("QueuePosition"));
        var queue = queue();
        assertEquals("support-1", queue.getFriendlyName());
        assertEquals(1, queue.getCurrentSize());
        assertEquals(wait.get("QueueSid"), queue.getSid());
        assertEquals(ada.callSid().orElseThrow(), ask(twilio -> Member.reader(queue.getSid()).read(twilio)).iterator()
                .next().getCallSid());
        assertEquals(1, ask(twilio -> Member.fetcher(queue.getSid(), "Front").fetch(twilio)).getPosition());

        ask(twilio -> Member.updater(queue.getSid(), ada.callSid().orElseThrow(), company.url("/room")).update(twilio));
        company.await("/queue-result", "QueueResult", "redirected");
        ada.awaitConference();
        assertEquals(Participant.Status.QUEUED, callAgent("r1", "agent_1").getStatus());
        agent.answer();
        agent.awaitConference();
        ada.speak("Hello, are you there?");
        agent.awaitHeard("are you there?");
        agent.hangUp();
        ada.hangUp();
        company.await("/conference", "StatusCallbackEvent", "conference-end");
        assertEquals(List.of("participant-join", "participant-join", "conference-start", "participant-leave",
                "participant-leave", "conference-end"), company.values("/conference", "StatusCallbackEvent"));
        assertEquals("customer", company.at("/conference").getFirst().get("ParticipantLabel"));
        company.await("/agent-status", "CallStatus", "completed");
        assertEquals(List.of("initiated", "ringing", "in-progress", "completed"),
                company.values("/agent-status", "CallStatus"));
        assertEquals(List.of("0", "1", "2", "3"), company.values("/agent-status", "SequenceNumber"));
        assertEquals(ADA, company.await("/status", "CallStatus", "completed").get("From"));
        assertEquals(List.of(), company.carrier.problems());
    }

    @Test void theCustomerHangsUpWhileWaitingAndTheActionIsTold() {
        intoTheQueue();
        ada.hangUp();
        company.await("/queue-result", "QueueResult", "hangup");
        assertEquals(0, queue().getCurrentSize());
        company.await("/status", "CallStatus", "completed");
    }

    @Test void aDeclinedAndAnUnansweredAgentLegEndAsBusyAndNoAnswer() {
        intoTheQueue();
        callAgent("r2", "agent_1");
        agent.decline();
        company.await("/agent-status", "CallStatus", "busy");
        agent.whenCalled(Handset.Outcome.NO_ANSWER);
        callAgent("r2", "agent_1");
        company.await("/agent-status", "CallStatus", "no-answer");
        agent.whenCalled(Handset.Outcome.FAILED);
        callAgent("r2", "agent_1");
        company.await("/agent-status", "CallStatus", "failed");
        assertEquals(1, queue().getCurrentSize(), "the customer still waits");
    }

    @Test void aParticipantIsHeldUnheldMutedAndRemovedByItsLabel() {
        String room = intoTheConference();
        assertEquals(1, size(ask(twilio -> Conference.reader().setFriendlyName("r1")
                .setStatus(Conference.Status.IN_PROGRESS).read(twilio))));
        var held = ask(twilio -> Participant.updater(room, "customer").setHold(true).setHoldUrl(company.url("/hold"))
                .update(twilio));
        assertTrue(held.getHold());
        ada.awaitHeld();
        ada.awaitHeard("You are on hold");
        agent.speak("nobody hears this");
        ask(twilio -> Participant.updater(room, "customer").setHold(false).update(twilio));
        ada.awaitConference();
        ask(twilio -> Participant.updater(room, "agent_1").setMuted(true).update(twilio));
        ask(twilio -> Participant.updater(room, "customer").setAnnounceUrl(company.url("/hold")).update(twilio));
        ask(twilio -> Participant.updater(room, "agent_1").setMuted(false).update(twilio));
        agent.speak("now you hear me");
        ada.awaitHeard("now you hear me");
        assertFalse(ada.heard().contains("nobody hears this"));
        assertEquals(2, size(ask(twilio -> Participant.reader(room).read(twilio))));
        ask(twilio -> Participant.deleter(room, "agent_1").delete(twilio));
        agent.awaitOver();
        assertEquals(Conference.Status.COMPLETED, ask(twilio -> Conference.updater(room)
                .setStatus(Conference.UpdateStatus.COMPLETED).update(twilio)).getStatus());
        ada.awaitHeard("Goodbye");
        assertEquals("answered", company.at("/after").getFirst().get("DialCallStatus"));
        company.await("/conference", "StatusCallbackEvent", "participant-unhold");
        company.await("/conference", "StatusCallbackEvent", "participant-mute");
    }

    @Test void aSupervisorMonitorsWhispersAndBargesIn() {
        String room = intoTheConference();
        String agentCall = agent.callSid().orElseThrow();
        var boss = company.carrier.handset("client:boss");
        boss.whenCalled(Handset.Outcome.ANSWER);
        var monitor = ask(twilio -> Participant.creator(room, new PhoneNumber(Company.NUMBER),
                (Endpoint) new Client("boss"))
                .setMuted(true).setCoaching(true).setCallSidToCoach(agentCall).setBeep("false")
                .setStartConferenceOnEnter(false).setEndConferenceOnExit(false).create(twilio));
        boss.awaitConference();
        ada.speak("I want my money back");
        boss.awaitHeard("money back");
        boss.speak("a cough");
        ask(twilio -> Participant.updater(room, monitor.getCallSid()).setMuted(false).setCoaching(true)
                .setCallSidToCoach(agentCall).update(twilio));
        boss.speak("offer a refund");
        agent.awaitHeard("offer a refund");
        ask(twilio -> Participant.updater(room, monitor.getCallSid()).setMuted(false).setCoaching(false)
                .update(twilio));
        boss.speak("This is the supervisor");
        ada.awaitHeard("This is the supervisor");
        assertFalse(ada.heard().contains("offer a refund"));
        assertFalse(agent.heard().contains("a cough"));
    }

    @Test void aVoicemailIsRecordedReportedAndPlayable() throws Exception {
        company.answers("/voice", "<Say>We are closed</Say><Record action=\"/recorded\" "
                + "recordingStatusCallback=\"/recording\" maxLength=\"60\"/>")
                .answers("/recorded", "<Say>Thank you</Say><Hangup/>");
        ada.call();
        ada.speak("Please call me back about order forty-two.");
        ada.press("#");
        ada.awaitHeard("Thank you");
        var recorded = company.at("/recorded").getFirst();
        assertEquals("#", recorded.get("Digits"));
        assertEquals("4", recorded.get("RecordingDuration"));
        var done = company.await("/recording", "RecordingStatus", "completed");
        assertEquals(recorded.get("RecordingSid"), done.get("RecordingSid"));
        var http = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(URI.create(done.get("RecordingUrl") + ".wav"));
        assertEquals(401, http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode());
        request.header("Authorization", "Basic " + Base64.getEncoder()
                .encodeToString((Company.ACCOUNT + ":" + Company.TOKEN).getBytes()));
        var wav = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        try (var sound = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav.body()))) {
            assertEquals(4 * 8000, sound.getFrameLength());
        }
        String sid = done.get("RecordingSid");
        assertEquals("4", ask(twilio -> Recording.fetcher(sid).fetch(twilio)).getDuration());
        assertEquals(1, size(ask(twilio -> Recording.reader().setCallSid(done.get("CallSid")).read(twilio))));
        assertEquals(true, ask(twilio -> Recording.deleter(sid).delete(twilio)));
    }

    @Test void nobodyPressesAKeyAndTheDocumentGoesOn() {
        company.answers("/voice", "<Gather timeout=\"1\" action=\"/menu\"><Say>Press 1</Say></Gather>"
                + "<Say>No key</Say><Redirect>/again?x=1&amp;y=2</Redirect>")
                .answers("/again", "<Gather input=\"speech dtmf\" action=\"said\"><Say>Say it then</Say></Gather>")
                .answers("/said", "<Reject/>");
        ada.call();
        ada.awaitHeard("No key");
        ada.awaitHeard("Say it then");
        ada.speak("billing");
        assertEquals("billing", company.await("/said", "SpeechResult", "billing").get("SpeechResult"));
        ada.awaitOver();
    }

    @Test void aCallbackIsAskedForInTheQueueAndTheCallLeaves() {
        contactCentre();
        company.answers("/wait", "<Gather numDigits=\"1\" action=\"/wait-key\"><Say>Press 2 for a call back</Say>"
                + "</Gather>")
                .answers("/wait-key", "<Leave/>").answers("/queue-result", "<Say>We will call you</Say>");
        ada.call();
        ada.press("1");
        ada.awaitHeard("call back");
        ada.press("2");
        ada.awaitHeard("We will call you");
        company.await("/queue-result", "QueueResult", "leave");
        assertEquals("1", company.at("/wait-key").getFirst().get("QueuePosition"));
        ada.awaitOver();
    }

    @Test void aCallMadeByRestRingsIsAnsweredSentElsewhereAndEnded() {
        company.answers("/hello", "<Say>Hello from us</Say><Pause length=\"5\"/><Dial timeout=\"5\" "
                + "action=\"/dialled\"><Number>+15551230009</Number></Dial>")
                .answers("/dialled", "<Say>Nobody there</Say><Enqueue>later</Enqueue>")
                .answers("/other", "<Say>Elsewhere</Say><Enqueue>q2</Enqueue>");
        company.carrier.handset("+15551230009").whenCalled(Handset.Outcome.BUSY);
        var call = ask(twilio -> Call.creator(new PhoneNumber(ADA), new PhoneNumber(Company.NUMBER),
                company.url("/hello"))
                .setStatusCallback(company.url("/call-status"))
                .setStatusCallbackEvent(List.of("initiated", "ringing", "answered", "completed"))
                .create(twilio));
        assertEquals(Call.Status.QUEUED, call.getStatus());
        ada.answer();
        ada.awaitHeard("Nobody there");
        assertEquals("busy", company.at("/dialled").getFirst().get("DialCallStatus"));
        assertEquals(2, size(ask(twilio -> Call.reader().read(twilio))));
        ask(twilio -> Call.updater(call.getSid()).setUrl(company.url("/other")).update(twilio));
        ada.awaitHeard("Elsewhere");
        var ended = ask(twilio -> Call.updater(call.getSid()).setStatus(Call.UpdateStatus.COMPLETED).update(twilio));
        assertEquals(Call.Status.COMPLETED, ended.getStatus());
        company.await("/call-status", "CallStatus", "completed");
        assertEquals(List.of("initiated", "ringing", "in-progress", "completed"),
                company.values("/call-status", "CallStatus"));
        int code = 0;
        try {
            ask(twilio -> Call.updater(call.getSid()).setTwiml(new Twiml("<Response/>")).update(twilio));
        } catch (ApiException e) {
            code = e.getCode();
        }
        assertEquals(21220, code);
    }

    @Test void aDialledHandsetTalksWithTheCallerUntilEitherHangsUp() {
        company.answers("/voice", "<Dial action=\"/dialled\" record=\"record-from-answer\" "
                + "recordingStatusCallback=\"/recording\"><Client>agent_1</Client></Dial>")
                .answers("/dialled", "<Say>Bye</Say>");
        ada.call();
        agent.answer();
        ada.awaitConnected();
        ada.speak("hi there");
        agent.awaitHeard("hi there");
        agent.hangUp();
        ada.awaitHeard("Bye");
        assertEquals("completed", company.at("/dialled").getFirst().get("DialCallStatus"));
        company.await("/recording", "RecordingStatus", "completed");
    }

    @Test void theFrontOfAQueueIsTakenByDialQueue() {
        intoTheQueue();
        var call = ask(twilio -> Call.creator(new Client("agent_1"), new PhoneNumber(Company.NUMBER),
                new Twiml("<Response><Dial><Queue>support-1</Queue></Dial></Response>")).create(twilio));
        agent.answer();
        agent.awaitConnected();
        agent.speak("How can I help?");
        ada.awaitHeard("How can I help?");
        ask(twilio -> Call.updater(call.getSid()).setStatus(Call.UpdateStatus.COMPLETED).update(twilio));
        company.await("/queue-result", "QueueResult", "bridged");
    }

    @Test void queuesAreMadeOnceAndAFullOneSaysSo() {
        var queue = ask(twilio -> Queue.creator("support-1").setMaxSize(1).create(twilio));
        assertEquals(1, ask(twilio -> Queue.fetcher(queue.getSid()).fetch(twilio)).getMaxSize());
        intoTheQueue();
        var second = company.carrier.handset("+15551230002");
        second.call();
        second.press("1");
        company.await("/queue-result", "QueueResult", "queue-full");
    }

    @Test void aBrokenDocumentIsAnnouncedAndNoted() {
        company.answers("/voice", "<Dance/><Say colour=\"red\">Hi</Say><Redirect>/broken</Redirect>")
                .answers("/broken", "<Say>");
        ada.call();
        ada.awaitHeard("application error");
        ada.awaitOver();
        assertEquals(List.of("12200", "12200", "12100"), company.carrier.problems().stream()
                .map(text -> text.substring(0, 5)).toList());
    }

    @Test void theCheckSeesAViolation() {
        var check = new OpenApiCheck();
        String path = "/2010-04-01/Accounts/" + Company.ACCOUNT;
        assertEquals(List.of("unknown field Texts", "has none of [\"body\",\"media_url\",\"content_sid\"]"),
                texts(check, record("POST", path + "/Messages.json", "To", ADA, "From", Company.NUMBER, "Texts", "x")));
        assertEquals(List.of("lacks From", "Timeout may not be 'soon'", "Method may not be 'PUT'"),
                texts(check, record("POST",
                path + "/Calls.json", "To", ADA, "Timeout", "soon", "Method", "PUT", "Url", "http://x.test/")));
        assertEquals(List.of("Sid may not be 'CA1'"), texts(check, record("GET", path + "/Calls/CA1.json")));
        assertEquals(List.of("is no operation"), texts(check, record("GET", path + "/Accidents.json")));
        assertEquals(List.of("MaxSize is given twice"),
                texts(check, record("POST", path + "/Queues.json", "FriendlyName", "q",
                "MaxSize", "1", "MaxSize", "2")));
    }

    private static List<String> texts(OpenApiCheck check, RecordedRequest request) {
        return check.violations(request).stream().map(text -> text.substring(text.indexOf(": ") + 2)).toList();
    }

    private static RecordedRequest record(String method, String path, String... form) {
        return new RecordedRequest(Instant.EPOCH, method, path, FormBody.empty(),
                "application/x-www-form-urlencoded", FormBody.of(form), 400, "");
    }
}
