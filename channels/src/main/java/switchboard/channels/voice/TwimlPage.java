package switchboard.channels.voice;

import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Conference;
import com.twilio.twiml.voice.Dial;
import com.twilio.twiml.voice.Enqueue;
import com.twilio.twiml.voice.Gather;
import com.twilio.twiml.voice.Hangup;
import com.twilio.twiml.voice.Leave;
import com.twilio.twiml.voice.Pause;
import com.twilio.twiml.voice.Record;
import com.twilio.twiml.voice.Redirect;
import java.util.List;
import java.util.UUID;
import switchboard.ticketing.call.Next;
import switchboard.ticketing.call.PhoneLine;

/// Renders what a telephone is to do next.
final class TwimlPage {
    private static final int CHOICE_SECONDS = 6;
    private static final int WAIT_SECONDS = 12;
    private static final int MESSAGE_SECONDS_MAX = 180;
    private static final int SILENCE_SECONDS = 8;

    private final VoiceAddresses addresses;

    TwimlPage(VoiceAddresses addresses) {
        this.addresses = addresses;
    }

    String render(Next next) {
        return (switch (next) {
            case Next.Greet greet -> greet(greet);
            case Next.Enqueue enqueue -> enqueue(enqueue);
            case Next.Wait wait -> waiting(wait);
            case Next.Leave _ -> new VoiceResponse.Builder().leave(new Leave.Builder().build());
            case Next.JoinAsAgent(var call, var room) -> join(call, room, "agent", false);
            case Next.JoinAsCustomer(var call, var room) -> join(call, room, "customer", true);
            case Next.TakeMessage(var call, var language) -> message(call, language);
            case Next.Goodbye(var why, var language) -> goodbye(why, language);
            case Next.Nothing _ -> new VoiceResponse.Builder();
        }).build().toXml();
    }

    private VoiceResponse.Builder greet(Next.Greet greet) {
        var language = greet.language();
        var line = greet.line();
        var gather = new Gather.Builder().inputs(Gather.Input.DTMF).numDigits(1).timeout(CHOICE_SECONDS)
                .action(addresses.step("menu", greet.call(), "try", greet.attempt()));
        gather.say(greet.attempt() > 1 ? Wording.AGAIN.say(language) : greeting(line.greeting(), language));
        for (PhoneLine.Choice choice : line.menu()) gather.say(Wording.PRESS.say(choice.spoken(language),
                choice.label(), choice.digit()));
        return new VoiceResponse.Builder().gather(gather.build())
                .redirect(new Redirect.Builder(addresses.step("menu", greet.call(), "try", greet.attempt())).build());
    }

    private static com.twilio.twiml.voice.Say greeting(String greeting, String language) {
        return greeting.isBlank() ? Wording.HELLO.say(language) : Wording.say(greeting, language);
    }

    private VoiceResponse.Builder enqueue(Next.Enqueue enqueue) {
        var page = new VoiceResponse.Builder();
        if (!enqueue.greeting().isBlank()) page.say(Wording.say(enqueue.greeting(), enqueue.language()));
        return page.say(Wording.CONNECTING.say(enqueue.language())).enqueue(new Enqueue.Builder(enqueue.queue())
                .action(addresses.step("left", enqueue.call())).waitUrl(addresses.step("wait", enqueue.call()))
                .build());
    }

    private VoiceResponse.Builder waiting(Next.Wait wait) {
        var language = wait.language();
        var gather = new Gather.Builder().inputs(Gather.Input.DTMF).numDigits(1).timeout(WAIT_SECONDS)
                .action(addresses.step("wish", wait.call()));
        if (wait.position() == 1) gather.say(Wording.NEXT.say(language));
        if (wait.position() > 1) gather.say(Wording.POSITION.say(language, wait.position()));
        if (wait.voicemail()) gather.say(Wording.LEAVE_WORD.say(language));
        gather.say(Wording.CALL_ME.say(language));
        return new VoiceResponse.Builder().gather(gather.build());
    }

    /// The room is over when the customer goes; its reports are asked for by whoever comes first.
    private VoiceResponse.Builder join(UUID call, String room, String label, boolean ends) {
        var conference = new Conference.Builder(room).participantLabel(label).beep(Conference.Beep.FALSE)
                .startConferenceOnEnter(true).endConferenceOnExit(ends)
                .statusCallback(addresses.report("conference", call))
                .statusCallbackEvents(List.of(Conference.Event.START, Conference.Event.END, Conference.Event.JOIN,
                        Conference.Event.LEAVE, Conference.Event.HOLD));
        var dial = new Dial.Builder().conference(conference.build());
        if (ends) dial.action(addresses.step("after", call));
        return new VoiceResponse.Builder().dial(dial.build());
    }

    private VoiceResponse.Builder message(UUID call, String language) {
        var record = new Record.Builder().action(addresses.step("recorded", call)).maxLength(MESSAGE_SECONDS_MAX)
                .timeout(SILENCE_SECONDS).finishOnKey("#").playBeep(true)
                .recordingStatusCallback(addresses.report("recording", call))
                .recordingStatusCallbackEvents(List.of(Record.RecordingEvent.COMPLETED, Record.RecordingEvent.ABSENT));
        return new VoiceResponse.Builder().say(Wording.AFTER_TONE.say(language)).record(record.build())
                .say(Wording.GOODBYE.say(language)).hangup(new Hangup.Builder().build());
    }

    private static VoiceResponse.Builder goodbye(String why, String language) {
        var words = switch (why) {
            case "callback" -> Wording.CALLBACK;
            case "thanks" -> Wording.THANKS;
            case "gone" -> Wording.GONE;
            case "nobody" -> Wording.SORRY;
            default -> Wording.GOODBYE;
        };
        return new VoiceResponse.Builder().say(words.say(language)).hangup(new Hangup.Builder().build());
    }

    /// What a held customer hears.
    String hold(String language) {
        return new VoiceResponse.Builder().say(Wording.ON_HOLD.say(language))
                .pause(new Pause.Builder().length(10).build())
                .build().toXml();
    }

    /// For when the step could not be stored in time: the same step is asked for again in a moment.
    String moment(String sameStep) {
        return new VoiceResponse.Builder().say(Wording.MOMENT.say("en")).pause(new Pause.Builder().length(2).build())
                .redirect(new Redirect.Builder(sameStep).build()).build().toXml();
    }

    String sorry() {
        return new VoiceResponse.Builder().say(Wording.SORRY.say("en")).hangup(new Hangup.Builder().build()).build()
                .toXml();
    }
}
