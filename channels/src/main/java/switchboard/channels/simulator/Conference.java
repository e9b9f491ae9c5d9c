package switchboard.channels.simulator;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import switchboard.channels.twilio.FormBody;

/// One conference from its first participant to its end. Its methods are atomic, and none of them waits.
final class Conference {
    final String sid = Sid.next("CF");
    final String name;
    final Instant created = Instant.now();
    private final Exchange exchange;
    private final List<Participant> participants = new ArrayList<>();
    private Instant updated = created;
    private Optional<StatusCallback> callback = Optional.empty();
    private Optional<Recordings.Recording> recording = Optional.empty();
    private String status = "init";
    private boolean startTold;
    private boolean ending;
    private String endedBecause = "";
    private String endedBy = "";
    private int sequence;

    Conference(Exchange exchange, String name) {
        this.exchange = exchange;
        this.name = name;
    }

    /// Who is told what happens; the first to say so decides.
    synchronized void callback(Optional<StatusCallback> wanted) {
        callback = callback.or(() -> wanted);
    }

    synchronized void record(Optional<StatusCallback> wanted) {
        recording = recording.or(() -> Optional.of(exchange.recordings.start("", sid, "Conference", 1, wanted)));
    }

    synchronized String status() {
        return status;
    }

    synchronized boolean started() {
        return status.equals("in-progress");
    }

    /// Counts a call that is on its way here.
    synchronized void add(Participant participant) {
        participants.add(participant);
    }

    synchronized void enter(Participant participant) {
        participant.connected = true;
        tell("join", "participant-join", participant, FormBody.empty());
        if (participant.startsConference) {
            status = "in-progress";
        }
        if (!startTold && started() && connected().size() > 1) {
            startTold = true;
            tell("start", "conference-start", FormBody.empty());
        }
        updated = Instant.now();
    }

    /// A participant is gone, or never came.
    synchronized void exit(Participant participant, String reason) {
        if (!participants.remove(participant)) {
            return;
        }
        boolean came = participant.connected;
        participant.connected = false;
        var form = FormBody.of("ParticipantCallStatus", participant.call.status, "ReasonParticipantLeft", reason);
        tell("leave", "participant-leave", participant, form);
        if (came && participant.endsConference && !ending) {
            end("participant-with-end-conference-on-exit-left", participant.call.sid, "moderator_ended_conference");
        }
        if (participants.isEmpty() && !status.equals("completed")) {
            over(ending ? endedBecause : "last-participant-left", ending ? endedBy : participant.call.sid);
        }
    }

    /// Sends everybody away.
    synchronized void end(String because, String by, String leftBecause) {
        ending = true;
        endedBecause = because;
        endedBy = by;
        for (var participant : List.copyOf(participants)) {
            participant.removedBecause = leftBecause;
            participant.call.signal(participant.connected ? new Signal.Released() : new Signal.HangUp("canceled"));
        }
        if (participants.isEmpty()) {
            over(because, by);
        }
    }

    private void over(String because, String by) {
        status = "completed";
        updated = Instant.now();
        endedBecause = because;
        endedBy = by;
        recording.ifPresent(made -> exchange.recordings.finish(made,
                (int) Math.max(1, Duration.between(made.created, Instant.now()).toSeconds())));
        tell("end", "conference-end", FormBody.of("ReasonConferenceEnded", because, "Reason", because,
                "CallSidEndingConference", by));
    }

    /// Tells of a change that a participant went through: mute, unmute, hold, unhold, modify.
    synchronized void changed(Participant participant, String what) {
        participant.updated = Instant.now();
        String asked = what.equals("unmute") ? "mute" : what.equals("unhold") ? "hold" : what;
        tell(asked, "participant-" + what, participant, FormBody.empty());
    }

    synchronized void announced(String url) {
        tell("announcement", "announcement-end", FormBody.of("AnnounceUrl", url));
    }

    synchronized Optional<Participant> participant(String labelOrSid) {
        return participants.stream().filter(one -> one.isCalled(labelOrSid)).findFirst();
    }

    synchronized List<Participant> participants() {
        return List.copyOf(participants);
    }

    private List<Participant> connected() {
        return participants.stream().filter(one -> one.connected).toList();
    }

    private void tell(String asked, String event, Participant about, FormBody more) {
        var form = FormBody.of("CallSid", about.call.sid, "Muted", String.valueOf(about.muted), "Hold",
                String.valueOf(about.held), "Coaching", String.valueOf(about.coaching()), "EndConferenceOnExit",
                String.valueOf(about.endsConference), "StartConferenceOnEnter", String.valueOf(about.startsConference));
        form = about.label.isEmpty() ? form : form.with("ParticipantLabel", about.label);
        var fields = new ArrayList<>(form.fields());
        fields.addAll(more.fields());
        tell(asked, event, new FormBody(fields));
    }

    private void tell(String asked, String event, FormBody more) {
        exchange.changed();
        int number = ++sequence;
        callback.filter(one -> one.wants(asked)).ifPresent(one -> {
            var fields = new ArrayList<>(FormBody.of("ConferenceSid", sid, "FriendlyName", name, "AccountSid",
                    exchange.options.accountSid(), "SequenceNumber", String.valueOf(number), "Timestamp",
                    RestRequest.date(Instant.now()), "StatusCallbackEvent", event).fields());
            fields.addAll(more.fields());
            exchange.webhooks.report(sid, one.url(), one.method(), new FormBody(fields));
        });
    }

    synchronized JsonObject json(String account) {
        String path = "/2010-04-01/Accounts/" + account + "/Conferences/" + sid;
        boolean over = status.equals("completed");
        return new JsonObject().put("sid", sid).put("account_sid", account).put("api_version", "2010-04-01")
                .put("friendly_name", name).put("region", "us1").put("status", status)
                .put("reason_conference_ended", over ? endedBecause : null)
                .put("call_sid_ending_conference", over && !endedBy.isEmpty() ? endedBy : null)
                .put("date_created", RestRequest.date(created)).put("date_updated", RestRequest.date(updated))
                .put("uri", path + ".json").put("subresource_uris", new JsonObject()
                        .put("participants", path + "/Participants.json").put("recordings", path + "/Recordings.json"));
    }
}
