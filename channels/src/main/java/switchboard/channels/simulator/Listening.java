package switchboard.channels.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.w3c.dom.Element;
import switchboard.channels.simulator.Script.Next;

/// The verbs that speak to one caller and listen to one caller: Say, Play, Pause, Gather, Record.
final class Listening {
    private static final int SOUND_SECONDS = 3;
    private static final int RECORD_SECONDS_MAX = 3600;
    private static final int SPOKEN_CHARACTERS_PER_SECOND = 12;

    private final Script script;
    private final Exchange exchange;
    private final Call call;

    Listening(Script script) {
        this.script = script;
        exchange = script.exchange;
        call = script.call;
    }

    void say(String text) {
        call.hear("line", text);
        call.listen(exchange.options.pace().speech(text), _ -> false);
    }

    /// Speaks or plays, until it ends or an interrupting signal comes, which is returned.
    Optional<Signal> sound(Element verb, String base, Predicate<Signal> interrupts) {
        var pace = exchange.options.pace();
        String text = verb.getTextContent().strip();
        return switch (verb.getTagName()) {
            case "Say" -> {
                call.hear("line", text);
                yield call.listen(pace.speech(text), interrupts);
            }
            case "Play" -> {
                call.hear("line", "♪ " + text);
                boolean forever = Twiml.number(verb, "loop", 1) == 0;
                yield call.listen(forever ? Duration.ofHours(4) : pace.pause(SOUND_SECONDS), interrupts);
            }
            default -> call.listen(pace.pause(Twiml.number(verb, "length", 1)), interrupts);
        };
    }

    Next gather(Twiml document, Element verb) {
        String input = Twiml.attribute(verb, "input").orElse("dtmf");
        String finishOnKey = Twiml.attribute(verb, "finishOnKey").orElse("#");
        int most = Twiml.number(verb, "numDigits", Integer.MAX_VALUE);
        var timeout = Duration.ofSeconds(Twiml.number(verb, "timeout", 5));
        Predicate<Signal> wanted = signal -> signal instanceof Signal.Digit && input.contains("dtmf")
                || signal instanceof Signal.Speech && input.contains("speech");
        var before = call.place();
        call.place(Call.Place.ASKED);
        var signal = prompt(document, verb, wanted);
        var digits = new StringBuilder();
        String speech = "";
        while (speech.isEmpty()) {
            signal = signal.or(() -> call.listen(timeout, wanted));
            if (signal.orElse(null) instanceof Signal.Digit(char key) && finishOnKey.indexOf(key) < 0) {
                digits.append(key);
            } else if (signal.orElse(null) instanceof Signal.Speech(String text)) {
                speech = text;
            } else {
                break;
            }
            if (digits.length() >= most) {
                break;
            }
            signal = Optional.empty();
        }
        call.place(before == Call.Place.QUEUED ? before : Call.Place.LISTENING);
        if (!digits.isEmpty()) {
            return script.action(document, verb, true, List.of("Digits", digits.toString(), "msg", "Gather End"));
        }
        if (!speech.isEmpty()) {
            return script.action(document, verb, true, List.of("SpeechResult", speech, "Confidence", "0.92", "Language",
                    Twiml.attribute(verb, "language").orElse("en-US")));
        }
        return Twiml.flag(verb, "actionOnEmptyResult", false)
                ? script.action(document, verb, true, List.of("Digits", "")) : Next.GO_ON;
    }

    private Optional<Signal> prompt(Twiml document, Element gather, Predicate<Signal> wanted) {
        boolean bargeIn = Twiml.flag(gather, "bargeIn", true);
        for (Element part : Twiml.children(gather)) {
            var signal = sound(part, document.url(), bargeIn ? wanted : _ -> false);
            if (signal.isPresent()) {
                return signal;
            }
        }
        return Optional.empty();
    }

    Next record(Twiml document, Element verb) {
        var recording = exchange.recordings.start(call.sid, "", "RecordVerb", 1, callback(document, verb));
        if (Twiml.flag(verb, "playBeep", true)) {
            call.hear("line", "♪ beep");
        }
        call.place(Call.Place.RECORDING);
        var said = new StringBuilder();
        String key;
        try {
            key = recordUntilKey(verb, said);
        } catch (Signal.Over e) {
            finish(recording, verb, document, said);
            if (!said.isEmpty()) {
                call.status = "completed";      // what the last request about the call says
                ask(document, verb, fields(recording, "hangup"));
            }
            throw e;
        }
        call.place(Call.Place.LISTENING);
        finish(recording, verb, document, said);
        return said.isEmpty() ? Next.GO_ON : script.action(document, verb, true, fields(recording, key));
    }

    private String recordUntilKey(Element verb, StringBuilder said) {
        String keys = Twiml.attribute(verb, "finishOnKey").orElse("1234567890*#");
        int silence = Twiml.number(verb, "timeout", 5);
        long end = System.nanoTime() + Duration.ofSeconds(Twiml.number(verb, "maxLength", RECORD_SECONDS_MAX))
                .toNanos();
        while (System.nanoTime() < end) {
            var wait = Duration.ofNanos(end - System.nanoTime());
            wait = silence > 0 && wait.toSeconds() >= silence ? Duration.ofSeconds(silence) : wait;
            switch (call.listen(wait, signal -> signal instanceof Signal.Speech || signal instanceof Signal.Digit)
                    .orElse(null)) {
                case Signal.Speech(String text) -> said.append(said.isEmpty() ? "" : " ").append(text);
                case Signal.Digit(char key) when keys.indexOf(key) >= 0 -> {
                    return String.valueOf(key);
                }
                case null -> {
                    return "";
                }
                default -> { }
            }
        }
        return "";
    }

    private void finish(Recordings.Recording recording, Element verb, Twiml document, StringBuilder said) {
        int seconds = said.isEmpty() ? 0 : 1 + said.length() / SPOKEN_CHARACTERS_PER_SECOND;
        exchange.recordings.finish(recording, seconds);
        if (Twiml.flag(verb, "transcribe", false) && seconds >= 2) {
            Twiml.attribute(verb, "transcribeCallback").ifPresent(url -> exchange.webhooks.report(recording.sid,
                    script.resolve(document, url), "POST", exchange.calls.parameters(call, call.status)
                            .with("TranscriptionSid", Sid.next("TR")).with("TranscriptionText", said.toString())
                            .with("TranscriptionStatus", "completed").with("RecordingSid", recording.sid)
                            .with("RecordingUrl", exchange.recordings.url(recording))));
        }
    }

    private void ask(Twiml document, Element verb, List<String> fields) {
        if (script.action(document, verb, true, fields) instanceof Next.Goto(Signal.Source source)) {
            script.fetch(source);
        }
    }

    private List<String> fields(Recordings.Recording recording, String digits) {
        return List.of("RecordingUrl", exchange.recordings.url(recording), "RecordingSid", recording.sid,
                "RecordingDuration", String.valueOf(recording.seconds), "Digits", digits);
    }

    private Optional<StatusCallback> callback(Twiml document, Element verb) {
        return Twiml.attribute(verb, "recordingStatusCallback")
                .map(url -> new StatusCallback(script.resolve(document, url),
                Script.method(verb, "recordingStatusCallbackMethod"),
                List.of(Twiml.attribute(verb, "recordingStatusCallbackEvent").orElse("completed").split(" "))));
    }
}
