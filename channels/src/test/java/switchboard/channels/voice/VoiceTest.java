package switchboard.channels.voice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.channels.voice.VoiceOffice.ADA;
import static switchboard.channels.voice.VoiceOffice.BO;
import static switchboard.channels.voice.VoiceOffice.MEI;

import java.time.Duration;
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
import switchboard.ticketing.call.Calls;
import switchboard.ticketing.call.Calls.Dial;

@Timeout(90)
class VoiceTest {
    private VoiceOffice office = new VoiceOffice();

    @AfterEach void nothingAgainstTheDescription() {
        try {
            assertEquals(List.of(), office.violations());
        } finally {
            office.close();
        }
    }

    private void quick() {
        office.close();
        office = new VoiceOffice(Duration.ofSeconds(4));
    }

    private long journalled(String state) {
        return office.count("journal where kind = 'call.changed' and facts ->> 'state' = $1", state);
    }

    @Test void aCallerWaitsIsOfferedAnsweredAndTheAgentHangsUp() {
        office.play(() -> {
            var mei = office.agent("Mei", MEI);
            var call = office.talking(mei, MEI);
            office.ada().awaitHeard("Welcome to the shop");
            office.ada().speak("My bag is torn");
            office.handset(MEI).awaitHeard("My bag is torn");
            assertEquals("open", office.ticket("status"));
            office.handset(MEI).hangUp();
            office.ada().awaitOver();
            var over = office.awaitState("wrapup");
            assertEquals("answered", over.outcome());
            assertNotNull(over.durationSeconds());
            assertEquals("ended", office.calls.hangup(mei, call).state());
            assertEquals("pending", office.ticket("status"));
            assertEquals(1, office.count("message where kind = 'call' and text like 'Call of % with Mei'"));
            assertEquals(1, office.count("customer c join identity i on i.customer_id = c.id where i.value = $1", ADA));
            for (var state : List.of("menu", "queued", "offered", "ringing-agent", "active", "wrapup", "ended")) {
                assertEquals(1, journalled(state), state);
            }
            assertEquals(List.of(), office.carrier.problems());
        });
    }

    @Test void theCustomerHangsUpInTheTalkAndTheAgentsLegEnds() {
        office.play(() -> {
            var mei = office.agent("Mei", MEI);
            office.talking(mei, MEI);
            office.ada().hangUp();
            office.handset(MEI).awaitOver();
            assertEquals("answered", office.awaitState("wrapup").outcome());
        });
    }

    @Test void theAgentEndsTheCallFromTheConsole() {
        office.play(() -> {
            var mei = office.agent("Mei", MEI);
            office.calls.hangup(mei, office.talking(mei, MEI));
            office.ada().awaitOver();
            office.handset(MEI).awaitOver();
            assertEquals("wrapup", office.call().state());
        });
    }

    @Test void aCallerWhoHangsUpInTheQueueIsToBeCalledBack() {
        office.play(() -> {
            office.ada().call();
            office.ada().awaitQueued();
            office.awaitState("queued");
            office.ada().hangUp();
            assertEquals("missed", office.awaitState("ended").outcome());
            assertEquals("open", office.ticket("status"));
            assertEquals("{call-back}", office.ticket("tags"));
            assertTrue(!office.ticket("waiting_since").isEmpty());
            assertEquals(1, office.count("message where text = 'Missed call'"));
            isReturnedLikeAMail();
        });
    }

    /// Routed with the age of its caller's waiting, to somebody who has no room for a call, and never offered as one.
    private void isReturnedLikeAMail() {
        assertEquals(1, office.count("ticket t join call c on c.ticket_id = t.id where t.queued_at = c.enqueued_at"));
        var bo = office.agent("Bo", BO);
        office.database.sql().execute("update agent set capacity = 20, version = version + 1 where id = $1", bo);
        office.awaitRow("the owner", "select 1 from ticket where assignee_id = $1", bo);
        assertEquals("ended", office.call().state());
        assertEquals(0, office.count("journal where kind = 'call.changed' and facts ->> 'state' = 'offered'"));
        assertEquals(0, office.requests("POST", "/Calls.json"));
    }

    /// The agent talks to nobody yet, because the carrier knows no queue of the name that we know.
    private UUID aloneIn(UUID mei) {
        office.await("the offer", () -> office.call().agent() != null && office.call().state().equals("offered"));
        var call = office.call().id();
        office.database.sql().execute("update call set queue_sid = $1", "QU" + "0".repeat(32));
        office.calls.accept(mei, call);
        office.handset(MEI).answer();
        office.handset(MEI).awaitConference();
        office.awaitState("active");
        office.awaitRow("an attempt to connect", "select 1 from outbox where payload ->> 'do' = 'connect' "
                + "and attempts > 0 and state = 'pending'");
        return call;
    }

    @Test void aCallerWhoCannotBeBroughtToTheAgentKeepsThePlaceAndTheAgentIsLetGo() {
        office.play(() -> {
            var mei = office.agent("Mei", MEI);
            office.ada().call();
            office.ada().awaitQueued();
            office.awaitRow("the queue's name", "select 1 from call where queue_sid is not null");
            var queue = office.database.sql().value(String.class, "select queue_sid from call").orElseThrow();
            var since = office.ticket("queued_at");
            var call = aloneIn(mei);
            office.database.sql().execute("update agent set status = 'away' where id = $1", mei);
            office.database.sql().execute("update outbox set payload = jsonb_set(payload, '{until}', '0') "
                    + "where payload ->> 'do' = 'connect'");
            office.handset(MEI).awaitOver();
            office.awaitState("queued");
            assertEquals("", office.ticket("assignee_id"));
            assertEquals(since, office.ticket("queued_at"));
            assertEquals("open", office.ticket("status"));
            office.database.sql().execute("update call set queue_sid = $1", queue);
            var bo = office.agent("Bo", BO);
            office.await("the next offer", () -> office.isOffered(bo));
            office.calls.accept(bo, call);
            office.handset(BO).answer();
            office.handset(BO).awaitConference();
            office.ada().awaitConference();
            assertEquals("held", office.calls.hold(bo, call).state());
            office.ada().awaitHeld();
        });
    }

    @Test void holdPressedBeforeTheTwoHaveMetHoldsWhenTheyHave() {
        office.play(() -> {
            var mei = office.agent("Mei", MEI);
            office.ada().call();
            office.ada().awaitQueued();
            office.awaitRow("the queue's name", "select 1 from call where queue_sid is not null");
            var queue = office.database.sql().value(String.class, "select queue_sid from call").orElseThrow();
            var call = aloneIn(mei);
            assertEquals("held", office.calls.hold(mei, call).state());
            office.database.sql().execute("update call set queue_sid = $1", queue);
            office.ada().awaitHeld();
            assertEquals("active", office.calls.unhold(mei, call).state());
            office.ada().awaitConference();
        });
    }

    @Tag("U18")
    @Test void anOfferLeftAloneGoesBackWithItsAgeAndTheAgentIsMissed() {
        quick();
        office.play(() -> {
            var mei = office.agent("Mei", MEI);
            office.offered(mei);
            var since = office.ticket("queued_at");
            office.awaitRow("missed", "select 1 from agent where id = $1 and status = 'missed' "
                    + "and status_reason = 'missed'", mei);
            assertEquals("queued", office.awaitState("queued").state());
            assertEquals(since, office.ticket("queued_at"));
            assertEquals(1, office.count("routing_decision where outcome = 'missed' and agent_id = $1", mei));
            var bo = office.agent("Bo", BO);
            office.await("the next offer", () -> office.isOffered(bo));
        });
    }

    @Test void aDeclinedCallGoesToTheNextAgent() {
        office.play(() -> {
            var mei = office.agent("Mei", MEI);
            var call = office.offered(mei);
            var bo = office.agent("Bo", BO);
            office.calls.decline(mei, call);
            office.await("the next offer", () -> office.isOffered(bo));
            assertEquals(1, office.count("agent where id = $1 and status = 'available'", mei));
            assertThrows(Failure.Conflict.class, () -> office.calls.accept(mei, call));
        });
    }

    @Tag("D24")
    @Test void anAgentWhoseTelephoneIsBusyOrNotAnsweredLosesTheCallAndTheCallerKeepsThePlace() {
        office.play(() -> {
            var mei = office.agent("Mei", MEI);
            office.handset(MEI).whenCalled(Outcome.BUSY);
            var call = office.offered(mei);
            office.calls.accept(mei, call);
            office.awaitRow("declined", "select 1 from routing_decision where outcome = 'declined' and agent_id = $1",
                    mei);
            var bo = office.agent("Bo", BO);
            office.handset(BO).whenCalled(Outcome.NO_ANSWER);
            office.await("the next offer", () -> office.isOffered(bo));
            office.calls.accept(bo, call);
            office.awaitRow("missed", "select 1 from agent where id = $1 and status = 'missed'", bo);
            office.awaitState("queued");
            assertEquals(1, office.count("call"));
        });
    }

    @Tag("D24")
    @Test void aCustomerWhoHangsUpWhileTheAgentsTelephoneRingsStopsIt() {
        office.play(() -> {
            var mei = office.agent("Mei", MEI);
            var call = office.offered(mei);
            office.calls.accept(mei, call);
            office.handset(MEI).awaitRinging();
            // Before its name is known, the agent's leg is ended on another way.
            office.awaitRow("the name of the leg", "select 1 from call where agent_call_sid is not null");
            office.ada().hangUp();
            assertEquals("missed", office.awaitState("ended").outcome());
            office.handset(MEI).awaitOver();
            assertEquals("{call-back}", office.ticket("tags"));
        });
    }

    @Test void holdAndBack() {
        office.play(() -> {
            var mei = office.agent("Mei", MEI);
            var call = office.talking(mei, MEI);
            assertEquals("held", office.calls.hold(mei, call).state());
            office.ada().awaitHeld();
            office.ada().awaitHeard("on hold");
            assertThrows(Failure.Conflict.class, () -> office.calls.hold(mei, call));
            assertEquals("active", office.calls.unhold(mei, call).state());
            office.ada().awaitConference();
            assertThrows(Failure.Conflict.class, () -> office.calls.hangup(office.agent("Bo", BO), call));
        });
    }

    @Test void theMenuAsksThreeTimesAndLeadsToTheChosenTeam() {
        office.play(() -> {
            var repairs = UUID.randomUUID();
            office.database.sql().execute("insert into team (id, name) values ($1, 'Repairs & more <b>')", repairs);
            office.database.sql().execute("update phone_number set menu = $1::text::jsonb", """
                    [{"digit": "1", "label": "repairs & <more>", "teamId": "%s"}, {"digit": "2", "label":
                    "orders"}]""".formatted(repairs));
            office.ada().call();
            office.ada().awaitHeard("For repairs & <more>, press 1.");
            office.ada().press("9");
            office.ada().awaitHeard("did not understand");
            office.ada().press("1");
            office.ada().awaitQueued();
            assertEquals(repairs.toString(), office.ticket("team_id"));
            office.ada().hangUp();
            office.awaitState("ended");
            office.ada().call();
            office.ada().press("7");
            office.ada().press("8");
            office.ada().press("9");
            office.ada().awaitQueued();
            assertEquals(office.team.toString(), office.ticket("team_id"));
        });
    }

    @Test void aMessageLeftOnTheLineIsAttachedToTheTicket() {
        office.play(() -> {
            office.ada().call();
            office.ada().awaitQueued();
            office.ada().press("1");
            office.ada().awaitHeard("after the tone");
            office.ada().speak("This is Ada, please call me about the torn bag");
            office.ada().hangUp();
            office.awaitRow("the message", "select 1 from message m join attachment a on a.message_id = m.id "
                    + "where m.kind = 'voicemail' and a.type = 'audio/x-wav' and a.size_bytes > 44");
            office.await("the outcome", () -> "voicemail".equals(office.call().outcome()));
            office.awaitState("ended");
            assertEquals("open", office.ticket("status"));
            assertEquals("{}", office.ticket("tags"));
            assertEquals(1, office.count("ticket"));
            assertEquals(1, office.count("blob b join call c on c.recording_sha = b.sha256 where b.part = 0"));
            isReturnedLikeAMail();
        });
    }

    @Test void aCallbackIsAskedForByKey() {
        office.play(() -> {
            office.ada().call();
            office.ada().awaitQueued();
            office.ada().press("2");
            office.ada().awaitHeard("call you back");
            office.ada().awaitOver();
            assertEquals("callback", office.awaitState("ended").outcome());
            assertEquals("{call-back}", office.ticket("tags"));
        });
    }

    @Test void weCallACustomerTheAgentsTelephoneFirst() {
        office.play(() -> {
            var mei = office.agent("Mei", MEI);
            var dial = new Dial(null, ADA, null);
            var call = office.calls.dial(Calls.Seen.ALL, mei, dial, "key-1");
            assertEquals(call.id(), office.calls.dial(Calls.Seen.ALL, mei, dial, "key-1").id());
            office.handset(MEI).answer();
            office.handset(MEI).awaitConference();
            office.ada().answer();
            office.ada().awaitConference();
            office.await("the answer", () -> office.call().answeredAt() != null);
            office.handset(MEI).speak("Hello Ada, your bag is ready");
            office.ada().awaitHeard("your bag is ready");
            assertEquals("held", office.calls.hold(mei, call.id()).state());
            office.ada().awaitHeld();
            office.ada().hangUp();
            office.handset(MEI).awaitOver();
            assertEquals("answered", office.awaitState("wrapup").outcome());
            office.ada().whenCalled(Outcome.NO_ANSWER);
            office.calls.hangup(mei, call.id());
            var again = office.calls.dial(Calls.Seen.ALL, mei, dial, "key-2");
            office.handset(MEI).answer();
            office.await("the end", () -> office.calls.get(again.id()).state().equals("ended"));
            assertEquals("missed", office.calls.get(again.id()).outcome());
            office.handset(MEI).awaitOver();
            for (var number : List.of("+882123456789", "+442079460000", "+19002345678", "anonymous")) {
                assertThrows(Failure.Invalid.class, () -> office.calls.dial(Calls.Seen.ALL, mei,
                        new Dial(null, number, null), number), number);
            }
            assertEquals(2, office.requests("POST", "/Calls.json"));
        });
    }

    @Test void aCallThatEndedWhileWeWereDownIsFoundAfterTheRestart() {
        office.play(() -> {
            office.ada().call();
            office.ada().awaitQueued();
            office.awaitState("queued");
            // The report of the end never came.
            office.database.sql().execute("update call set call_sid = $1", "CA" + "0".repeat(32));
            office.restarted();
            var reaper = new Reaper(office.access, office.calls);
            reaper.start();
            assertEquals("missed", office.awaitState("ended").outcome());
            reaper.close();
        });
    }

    @Test void reportsTwiceAndOutOfOrderChangeNothing() {
        office.play(() -> {
            office.carrier.chaos().duplicateWebhooks(true).reorderWebhooks(true);
            var mei = office.agent("Mei", MEI);
            var call = office.talking(mei, MEI);
            office.handset(MEI).hangUp();
            office.ada().awaitOver();
            assertEquals("answered", office.awaitState("wrapup").outcome());
            office.calls.hangup(mei, call);
            for (var state : List.of("menu", "queued", "offered", "ringing-agent", "active", "wrapup", "ended")) {
                assertEquals(1, journalled(state), state);
            }
            assertEquals(1, office.count("ticket"));
        });
    }

    @Tag("D20")
    @Test void callersWithoutANumberAreNobodyInCommon() {
        office.play(() -> {
            for (var from : List.of("anonymous", "+266696687", "client:kiosk", "sip:bob@example.test", "12")) {
                var sid = "CA" + UUID.randomUUID().toString().replace("-", "");
                var form = FormBody.of("CallSid", sid, "AccountSid", Office.ACCOUNT, "From", from, "To", Office.NUMBER,
                        "CallStatus", "ringing", "Direction", "inbound");
                var first = office.post("/webhooks/twilio/voice", form, Office.TOKEN, UnaryOperator.identity());
                assertEquals(200, first.statusCode(), from);
                assertTrue(first.body().contains("<Enqueue"), first.body());
                assertEquals(first.body(), office.post("/webhooks/twilio/voice", form, Office.TOKEN,
                        UnaryOperator.identity()).body());
                assertEquals(403, office.post("/webhooks/twilio/voice", form, "wrong", UnaryOperator.identity())
                        .statusCode());
            }
            assertEquals(5, office.count("call"));
            assertEquals(5, office.count("customer"));
            assertEquals(0, office.count("identity"));
            assertEquals(5, office.count("inbox where state = 'done'"));
            office.database.sql().execute("update call set state = 'ended'");
        });
    }

    @Test void aTheftOfTheFormForAnotherStepIsRefused() {
        office.play(() -> {
            var form = FormBody.of("CallSid", "CA" + "1".repeat(32), "AccountSid", Office.ACCOUNT, "CallStatus",
                    "completed");
            UnaryOperator<FormBody> same = UnaryOperator.identity();
            assertEquals(403, office.post("/webhooks/twilio/voice/menu?call=1&try=1", form, Office.TOKEN, same)
                    .statusCode());
            assertEquals(403, office.post("/webhooks/twilio/voice", form, Office.TOKEN, same).statusCode());
            assertEquals(403, office.post("/webhooks/twilio/voice/agent-status?call=" + UUID.randomUUID(), form,
                    Office.TOKEN, same)
                    .statusCode());
            assertEquals(200, office.post("/webhooks/twilio/status", form, Office.TOKEN, same).statusCode());
            assertEquals(0, office.count("call"));
        });
    }

    @Test void whenTheDatabaseIsSlowTheCallerHearsAMomentAndTheSameStepGoesOn() {
        office.play(() -> {
            var sid = "CA" + "a".repeat(32);
            var form = FormBody.of("CallSid", sid, "AccountSid", Office.ACCOUNT, "From", ADA, "To", Office.NUMBER,
                    "CallStatus", "ringing", "Direction", "inbound");
            UnaryOperator<FormBody> same = UnaryOperator.identity();
            office.database.run(tx -> {
                tx.query("select pg_advisory_xact_lock(hashtextextended($1, 7))", "call:" + sid);
                try {
                    var late = office.post("/webhooks/twilio/voice", form, Office.TOKEN, same);
                    assertEquals(200, late.statusCode());
                    assertTrue(late.body().contains("One moment"), late.body());
                    assertTrue(late.body().contains("/webhooks/twilio/voice?again=1</Redirect>"), late.body());
                } catch (Exception failed) {
                    throw new AssertionError(failed);
                }
            });
            var again = office.post("/webhooks/twilio/voice?again=1", form, Office.TOKEN, same);
            assertTrue(again.body().contains("<Enqueue"), again.body());
            assertEquals(1, office.count("call"));
            assertEquals(1, office.count("inbox"));
            office.database.sql().execute("update call set state = 'ended'");
        });
    }

    @Test void anOpenCallCanBePickedByHandAndATalkGoesOnOverARestart() {
        office.play(() -> {
            office.ada().call();
            office.ada().awaitQueued();
            var waiting = office.awaitState("queued");
            var mei = office.agent("Mei", MEI);
            office.database.sql().execute("update agent set status = 'away' where id = $1", mei);
            assertEquals("no-phone", assertThrows(Failure.Conflict.class, () ->
                    office.calls.accept(office.agent("Without", null), waiting.id())).code());
            assertEquals("ringing-agent", office.calls.accept(mei, waiting.id()).state());
            office.handset(MEI).answer();
            office.ada().awaitConference();
            office.restarted();
            office.calls.hold(mei, waiting.id());
            office.ada().awaitHeld();
            office.ada().hangUp();
            assertEquals("answered", office.awaitState("wrapup").outcome());
            assertEquals(1, office.calls.live().size());
            assertEquals(mei, office.calls.live().getFirst().agent().id());
        });
    }
}
