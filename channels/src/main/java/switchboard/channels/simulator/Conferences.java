package switchboard.channels.simulator;

import static switchboard.channels.simulator.RestError.bad;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;
import switchboard.channels.simulator.RestRequest.Answer;
import switchboard.channels.simulator.Signal.Source;

/// Conferences and their participants, as resources and as the places where calls meet.
final class Conferences {
    private static final Duration LONGEST = Duration.ofHours(24);

    private final Map<String, Conference> bySid = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Exchange exchange;

    Conferences(Exchange exchange) {
        this.exchange = exchange;
    }

    Answer list(RestRequest request) {
        return request.page("conferences", all().reversed().stream()
                .filter(room -> request.matches("FriendlyName", room.name) && request.matches("Status", room.status())
                        && request.within("DateCreated", room.created))
                .map(room -> room.json(exchange.options.accountSid())).toList());
    }

    Answer fetch(RestRequest request) {
        return Answer.ok(existing(request).json(exchange.options.accountSid()));
    }

    Answer update(RestRequest request) {
        var room = existing(request);
        request.field("AnnounceUrl").ifPresent(url -> announce(room, room.participants(), url, request));
        if (request.field("Status").filter("completed"::equals).isPresent()) {
            room.end("conference-ended-via-api", "", "conference_ended_via_api");
            exchange.settle(() -> room.status().equals("completed"));
        }
        return Answer.ok(room.json(exchange.options.accountSid()));
    }

    /// Calls somebody into a conference, which its friendly name makes if there is none.
    Answer createParticipant(RestRequest request) {
        String to = request.field("To").orElseThrow(() -> bad(21201, "No 'To' number is specified"));
        String from = request.field("From").orElseThrow(() -> bad(21213, "No 'From' number is specified"));
        exchange.calls.check(from, to);
        var room = request.id().matches("CF[0-9a-fA-F]{32}") ? existing(request) : named(request.id());
        var coached = request.field("CallSidToCoach").filter(_ -> request.flag("Coaching", false));
        coached.ifPresent(sid -> checkCoached(room, sid));
        room.callback(request.callback("ConferenceStatusCallback", List.of()));
        if (request.field("ConferenceRecord").filter(how -> how.equals("true") || how.equals("record-from-start"))
                .isPresent()) {
            room.record(request.callback("ConferenceRecordingStatusCallback", List.of("completed")));
        }
        var call = new Call(exchange, from, to, "outbound-api", Optional.empty(),
                request.callback("StatusCallback", List.of("completed")));
        var participant = new Participant(call, request.field("Label").orElse(""),
                request.flag("StartConferenceOnEnter", true), request.flag("EndConferenceOnExit", false));
        participant.muted = request.flag("Muted", false);
        coached.ifPresent(participant::coach);
        room.add(participant);
        var music = request.field("WaitUrl");
        int timeout = request.field("Timeout").map(Integer::parseInt).orElse(Calls.TIMEOUT_SECONDS);
        var answer = Answer.created(participant.json(exchange.options.accountSid(), room.sid));
        exchange.calls.dial(call, Duration.ofSeconds(timeout),
                script -> stay(script, room, participant, music, false),
                _ -> room.exit(participant, "participant_add_failed"));
        return answer;
    }

    Answer listParticipants(RestRequest request) {
        var room = existing(request);
        return request.page("participants", room.participants().stream()
                .filter(one -> request.matches("Muted", String.valueOf(one.muted))
                        && request.matches("Hold", String.valueOf(one.held))
                        && request.matches("Coaching", String.valueOf(one.coaching())))
                .map(one -> one.json(exchange.options.accountSid(), room.sid)).toList());
    }

    Answer fetchParticipant(RestRequest request) {
        var room = existing(request);
        return Answer.ok(participant(room, request).json(exchange.options.accountSid(), room.sid));
    }

    Answer updateParticipant(RestRequest request) {
        var room = existing(request);
        var one = participant(room, request);
        request.field("Muted").map(Boolean::parseBoolean).ifPresent(muted -> {
            one.muted = muted;
            room.changed(one, muted ? "mute" : "unmute");
        });
        request.field("Hold").map(Boolean::parseBoolean).ifPresent(hold -> hold(room, one, hold, request));
        coach(room, one, request);
        request.field("EndConferenceOnExit").map(Boolean::parseBoolean).ifPresent(ends -> {
            one.endsConference = ends;
            room.changed(one, "modify");
        });
        request.field("AnnounceUrl").ifPresent(url -> announce(room, List.of(one), url, request));
        exchange.changed();
        return Answer.ok(one.json(exchange.options.accountSid(), room.sid));
    }

    Answer deleteParticipant(RestRequest request) {
        var room = existing(request);
        var one = participant(room, request);
        one.removedBecause = "participant_updated_via_api";
        one.call.signal(one.connected ? new Signal.Released() : new Signal.HangUp("canceled"));
        exchange.settle(() -> !room.participants().contains(one));
        return Answer.noContent();
    }

    private void hold(Conference room, Participant one, boolean hold, RestRequest request) {
        one.held = hold;
        one.call.place(hold ? Call.Place.HELD : Call.Place.CONFERENCE);
        room.changed(one, hold ? "hold" : "unhold");
        if (hold) {
            var url = request.field("HoldUrl");
            play(new Script(exchange, one.call), url, request.field("HoldMethod").orElse("POST"));
        }
    }

    private void coach(Conference room, Participant one, RestRequest request) {
        var coaching = request.field("Coaching").map(Boolean::parseBoolean);
        coaching.filter(on -> on).ifPresent(_ -> {
            String sid = request.field("CallSidToCoach").orElseThrow(() -> bad(13240, "CallSidToCoach is required."));
            checkCoached(room, sid);
            one.coach(sid);
        });
        coaching.filter(on -> !on).ifPresent(_ -> one.coach(""));
        coaching.ifPresent(_ -> room.changed(one, "modify"));
    }

    private static void checkCoached(Conference room, String callSid) {
        if (room.participants().stream().noneMatch(one -> one.connected && one.call.sid.equals(callSid))) {
            throw bad(13240, "The call to coach, " + callSid + ", is not in this conference.");
        }
    }

    /// Keeps a call in a conference until it is let go; throws when it hangs up or is sent elsewhere.
    void stay(Script script, Conference room, Participant participant, Optional<String> waitUrl, boolean star) {
        var call = participant.call;
        room.enter(participant);
        call.place(Call.Place.CONFERENCE);
        String reason = "participant_hung_up";
        try {
            if (!room.started()) {
                play(script, waitUrl, "POST");
            }
            call.listen(LONGEST, signal -> signal instanceof Signal.Released
                    || star && signal instanceof Signal.Digit(char key) && key == '*');
        } catch (Signal.Over e) {
            call.status = e.status;
            throw e;
        } catch (Signal.Diverted e) {
            reason = "participant_updated_via_api";
            throw e;
        } finally {
            room.exit(participant, participant.removedBecause.isEmpty() ? reason : participant.removedBecause);
        }
    }

    private void announce(Conference room, List<Participant> to, String url, RestRequest request) {
        for (var one : to) {
            play(new Script(exchange, one.call), Optional.of(url), request.field("AnnounceMethod").orElse("POST"));
        }
        exchange.webhooks.threads().execute(() -> room.announced(url));
    }

    /// Lets a call hear a document's words and music beside what it does.
    private void play(Script script, Optional<String> url, String method) {
        if (url.isEmpty()) {
            script.call.hear("line", "♪");
        }
        url.filter(address -> !address.isEmpty()).ifPresent(address -> exchange.webhooks.threads().execute(() ->
                script.fetch(Source.at(address, method)).ifPresent(document -> {
                    for (Element verb : document.verbs()) {
                        if (verb.getTagName().equals("Say") || verb.getTagName().equals("Play")) {
                            String text = verb.getTextContent().strip();
                            script.call.hear("line", verb.getTagName().equals("Play") ? "♪ " + text : text);
                        }
                    }
                })));
    }

    /// What a participant says, heard by those who can hear it.
    void speak(Call speaker, String text) {
        for (var room : all()) {
            for (var one : room.participants()) {
                if (one.call == speaker) {
                    room.participants().stream().filter(one::heardBy).forEach(other -> other.call.hear("other", text));
                }
            }
        }
    }

    Optional<Participant> participation(Call call) {
        return all().stream().flatMap(room -> room.participants().stream()).filter(one -> one.call == call).findFirst();
    }

    /// The conference of this name that is not over; a new one where there is none.
    synchronized Conference named(String name) {
        return all().stream().filter(room -> room.name.equals(name) && !room.status().equals("completed")).findFirst()
                .orElseGet(() -> {
                    var room = new Conference(exchange, name);
                    bySid.put(room.sid, room);
                    return room;
                });
    }

    private List<Conference> all() {
        synchronized (bySid) {
            return List.copyOf(bySid.values());
        }
    }

    private Conference existing(RestRequest request) {
        var room = bySid.get(request.id());
        if (room == null) {
            throw RestError.notFound(request.path());
        }
        return room;
    }

    private static Participant participant(Conference room, RestRequest request) {
        return room.participant(request.ids().get(1)).orElseThrow(() -> RestError.notFound(request.path()));
    }
}
