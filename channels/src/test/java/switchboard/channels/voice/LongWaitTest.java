package switchboard.channels.voice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.channels.voice.VoiceOffice.MEI;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import switchboard.channels.line.Office;
import switchboard.channels.twilio.FormBody;

/// An unanswered caller reaches voicemail or is promised a callback.
@Tag("D21")
@Timeout(90)
class LongWaitTest {
    private final VoiceOffice office = new VoiceOffice();

    @AfterEach void close() {
        office.close();
    }

    /// Ada waits. Returns what she hears after this many seconds.
    private String after(int seconds) throws Exception {
        office.awaitRow("the queue's name", "select 1 from call where queue_sid is not null");
        var queue = office.database.sql().value(String.class, "select queue_sid from call").orElseThrow();
        var sid = office.call().callSid();
        return office.post("/webhooks/twilio/voice/wait?call=" + office.call().id(), FormBody.of("CallSid", sid,
                "AccountSid", Office.ACCOUNT, "QueueSid", queue, "QueuePosition", "1", "QueueTime",
                String.valueOf(seconds)), Office.TOKEN, UnaryOperator.identity()).body();
    }

    private void queued() {
        office.ada().call();
        office.ada().awaitQueued();
        office.awaitState("queued");
    }

    private void agent(String status) {
        var mei = office.agent("Mei", MEI);
        office.database.sql().execute("update agent set status = $2, capacity = 0 where id = $1", mei, status);
    }

    @Test void whenEverybodyIsAwayOrDidNotPickUpTheCallerSoonLeavesWord() {
        office.play(() -> {
            agent("away");
            office.database.sql().execute("insert into agent (id, name, email, role, status, phone) values "
                    + "(gen_random_uuid(), 'Bo', 'bo@office.test', 'agent', 'missed', '+15551239002')");
            queued();
            assertTrue(after(29).contains("You are next"));
            assertTrue(after(30).contains("<Leave"), "the caller leaves word");
            assertEquals("menu", office.call().state());
            office.ada().hangUp();
            assertEquals("missed", office.awaitState("ended").outcome());
            assertEquals("{call-back}", office.ticket("tags"));
            assertEquals("open", office.ticket("status"));
        });
    }

    @Test void whileSomebodyIsThereTheCallerWaitsAsLongAsTheLineSays() {
        office.play(() -> {
            agent("available");
            queued();
            assertTrue(after(299).contains("You are next"));
            assertTrue(after(300).contains("<Leave"));
        });
    }

    @Test void theLongestWaitIsASettingAndWithoutVoicemailTheCallerIsPromisedACall() {
        office.play(() -> {
            agent("available");
            office.database.sql().execute("update phone_number set voicemail = false, wait_seconds_max = 60");
            queued();
            assertTrue(after(59).contains("You are next"));
            assertTrue(after(60).contains("<Leave"));
            assertEquals("callback", office.awaitState("ended").outcome());
            assertEquals("{call-back}", office.ticket("tags"));
        });
    }

    @Test void whoIsJustBeingOfferedToAnAgentIsNotCutOff() {
        office.play(() -> {
            var mei = office.agent("Mei", MEI);
            office.offered(mei);
            assertTrue(!after(900).contains("<Leave"));
            assertEquals("offered", office.call().state());
        });
    }
}
