package switchboard.channels.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;
import switchboard.channels.simulator.Script.Next;
import switchboard.channels.simulator.Signal.Source;

/// The verb Dial: other handsets, the front of a queue, or a conference.
final class Dialing {
    private static final int TIMEOUT_SECONDS = 30;
    private static final int TIME_LIMIT_SECONDS = 14_400;
    private static final Duration QUEUE_LOOK = Duration.ofMillis(100);

    private final Script script;
    private final Exchange exchange;
    private final Call call;

    Dialing(Script script) {
        this.script = script;
        exchange = script.exchange;
        call = script.call;
    }

    Next dial(Twiml document, Element verb) {
        var nouns = Twiml.children(verb);
        String first = nouns.isEmpty() ? "Number" : nouns.getFirst().getTagName();
        return switch (first) {
            case "Conference" -> conference(document, verb, nouns.getFirst());
            case "Queue" -> queue(document, verb, nouns.getFirst());
            default -> handsets(document, verb, nouns.isEmpty() ? List.of(verb) : nouns);
        };
    }

    private Next handsets(Twiml document, Element verb, List<Element> nouns) {
        var timeout = Duration.ofSeconds(Twiml.number(verb, "timeout", TIMEOUT_SECONDS));
        String from = Twiml.attribute(verb, "callerId").orElse(call.from);
        var legs = new ArrayList<Call>();
        try {
            for (Element noun : nouns) {
                var leg = new Call(exchange, from, address(noun), "outbound-dial", Optional.of(call),
                        callback(document, noun));
                legs.add(leg);
                var whisper = Twiml.attribute(noun, "url").filter(_ -> noun != verb)
                        .map(url -> Source.at(script.resolve(document, url), Script.method(noun, "method")));
                exchange.calls.dial(leg, timeout, life -> answered(life, whisper), over ->
                        call.signal(new Signal.LegOver(over)));
            }
            return after(document, verb, untilOver(document, verb, legs));
        } finally {
            legs.stream().filter(leg -> !leg.over()).forEach(leg -> leg.signal(new Signal.HangUp("canceled")));
            call.bridgedWith = Optional.empty();
        }
    }

    /// What a dialled leg does once its handset has picked up.
    private void answered(Script leg, Optional<Source> whisper) {
        whisper.ifPresent(source -> {
            if (leg.perform(source) instanceof Next.Finish(String status)) {
                throw new Signal.Over(status);
            }
        });
        call.signal(new Signal.LegAnswered(leg.call));
        leg.call.place(Call.Place.CONNECTED);
        leg.call.listen(Duration.ofSeconds(TIME_LIMIT_SECONDS), signal -> signal instanceof Signal.Released);
    }

    /// The leg that was talked with, or the last that failed.
    private Call untilOver(Twiml document, Element verb, List<Call> legs) {
        boolean star = Twiml.flag(verb, "hangupOnStar", false);
        var limit = Duration.ofSeconds(Twiml.number(verb, "timeLimit", TIME_LIMIT_SECONDS));
        Call connected = null;
        int left = legs.size();
        while (true) {
            var signal = call.listen(limit, any -> any instanceof Signal.LegAnswered || any instanceof Signal.LegOver
                    || star && any instanceof Signal.Digit(char key) && key == '*').orElse(null);
            if (signal instanceof Signal.LegAnswered(Call leg) && connected == null && legs.contains(leg)) {
                connected = leg;
                legs.stream().filter(other -> other != leg)
                        .forEach(other -> other.signal(new Signal.HangUp("canceled")));
                bridge(document, verb, leg);
            } else if (signal instanceof Signal.LegOver(Call leg) && legs.contains(leg)) {
                left--;
                if (leg == connected || left == 0 && connected == null) {
                    return leg;
                }
            } else if (connected != null && !(signal instanceof Signal.LegOver)) {
                exchange.calls.end(connected, "completed");
                return connected;
            }
        }
    }

    private void bridge(Twiml document, Element verb, Call leg) {
        call.bridgedWith = Optional.of(leg);
        leg.bridgedWith = Optional.of(call);
        call.place(Call.Place.CONNECTED);
        if (Twiml.attribute(verb, "record").filter(how -> how.startsWith("record-")).isPresent()) {
            exchange.recordings.start(call.sid, "", "DialVerb", verb.getAttribute("record").endsWith("dual") ? 2 : 1,
                    recordingCallback(document, verb));
        }
    }

    private Next after(Twiml document, Element verb, Call leg) {
        boolean bridged = leg.answered();
        exchange.recordings.callOver(call);
        return script.action(document, verb, false, List.of("DialCallStatus", bridged ? "completed" : leg.status,
                "DialCallSid", leg.sid, "DialCallDuration", String.valueOf(leg.seconds()), "DialBridged",
                String.valueOf(bridged)));
    }

    private Next queue(Twiml document, Element verb, Element noun) {
        var queue = exchange.queues.named(noun.getTextContent().strip());
        var first = Twiml.attribute(noun, "url")
                .map(url -> Source.at(script.resolve(document, url), Script.method(noun, "method")));
        var end = Instant.now().plusSeconds(Twiml.number(verb, "timeout", TIMEOUT_SECONDS));
        var taken = queue.take();
        while (taken.isEmpty() && Instant.now().isBefore(end)) {
            call.listen(QUEUE_LOOK, _ -> false);
            taken = queue.take();
        }
        if (taken.isEmpty()) {
            return script.action(document, verb, false, List.of("DialCallStatus", "no-answer"));
        }
        Call member = taken.get().call();
        try {
            member.signal(new Signal.Taken(call, first));
            return after(document, verb, untilOver(document, verb, List.of(member)));
        } finally {
            member.signal(new Signal.Released());
            call.bridgedWith = Optional.empty();
        }
    }

    private Next conference(Twiml document, Element verb, Element noun) {
        var room = exchange.conferences.named(noun.getTextContent().strip());
        room.callback(callback(document, noun, List.of()));
        var participant = new Participant(call, Twiml.attribute(noun, "participantLabel").orElse(""),
                Twiml.flag(noun, "startConferenceOnEnter", true), Twiml.flag(noun, "endConferenceOnExit", false));
        participant.muted = Twiml.flag(noun, "muted", false);
        Twiml.attribute(noun, "coach").filter(sid -> !sid.isEmpty()).ifPresent(participant::coach);
        if (Twiml.attribute(noun, "record").filter(how -> how.equals("record-from-start") || how.equals("true"))
                .isPresent()) {
            room.record(recordingCallback(document, noun));
        }
        room.add(participant);
        var music = Twiml.attribute(noun, "waitUrl").map(url -> url.isEmpty() ? url : script.resolve(document, url));
        boolean star = Twiml.flag(verb, "hangupOnStar", false);
        exchange.conferences.stay(script, room, participant, music, star);
        return script.action(document, verb, false, List.of("DialCallStatus", "answered", "DialCallDuration",
                String.valueOf(Duration.between(participant.created, Instant.now()).toSeconds())));
    }

    private Optional<StatusCallback> callback(Twiml document, Element noun) {
        return callback(document, noun, List.of("completed"));
    }

    private Optional<StatusCallback> callback(Twiml document, Element noun, List<String> otherwise) {
        return Twiml.attribute(noun, "statusCallback").map(url -> new StatusCallback(script.resolve(document, url),
                Script.method(noun, "statusCallbackMethod"),
                Twiml.attribute(noun, "statusCallbackEvent").map(events -> List.of(events.split(" ")))
                .orElse(otherwise)));
    }

    private Optional<StatusCallback> recordingCallback(Twiml document, Element verb) {
        return Twiml.attribute(verb, "recordingStatusCallback")
                .map(url -> new StatusCallback(script.resolve(document, url),
                Script.method(verb, "recordingStatusCallbackMethod"),
                List.of(Twiml.attribute(verb, "recordingStatusCallbackEvent").orElse("completed").split(" "))));
    }

    private static String address(Element noun) {
        if (!noun.getTagName().equals("Client")) {
            return noun.getTextContent().strip();
        }
        return "client:" + Twiml.children(noun).stream().filter(part -> part.getTagName().equals("Identity"))
                .map(Element::getTextContent).findFirst().orElse(noun.getTextContent()).strip();
    }
}
