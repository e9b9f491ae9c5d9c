package switchboard.channels.simulator;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import switchboard.channels.simulator.RestRequest.Answer;
import switchboard.channels.twilio.FormBody;

/// Recordings, whose sound is a quiet tone of the right length.
final class Recordings {
    /// One recording of a call or a conference.
    static final class Recording {
        final String sid;
        final String callSid;
        final String conferenceSid;
        final String source;
        final int channels;
        final Instant created;
        private final Optional<StatusCallback> callback;
        volatile String status = "in-progress";
        volatile int seconds = -1;

        Recording(String sid, String callSid, String conferenceSid, String source, int channels, Instant created,
                  Optional<StatusCallback> callback) {
            this.sid = sid;
            this.callSid = callSid;
            this.conferenceSid = conferenceSid;
            this.source = source;
            this.channels = channels;
            this.created = created;
            this.callback = callback;
        }
    }

    private final Map<String, Recording> bySid = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Exchange exchange;

    Recordings(Exchange exchange) {
        this.exchange = exchange;
        for (var kept : exchange.file.remembered("recording")) {
            var recording = new Recording(kept.getString("sid"), kept.getString("callSid"),
                    kept.getString("conferenceSid"),
                    kept.getString("source"), kept.getInteger("channels"), kept.getInstant("created"),
                    Optional.empty());
            recording.status = kept.getString("status");
            recording.seconds = kept.getInteger("seconds");
            bySid.put(recording.sid, recording);
        }
    }

    Recording start(String callSid, String conferenceSid, String source, int channels,
            Optional<StatusCallback> callback) {
        var recording = new Recording(Sid.next("RE"), callSid, conferenceSid, source, channels, Instant.now(),
                callback);
        bySid.put(recording.sid, recording);
        tell(recording);
        return recording;
    }

    /// @param seconds 0: nothing was heard
    void finish(Recording recording, int seconds) {
        recording.seconds = seconds;
        recording.status = seconds == 0 ? "absent" : "completed";
        exchange.file.remember("recording", recording.sid, new JsonObject().put("sid", recording.sid)
                .put("callSid", recording.callSid).put("conferenceSid", recording.conferenceSid)
                .put("source", recording.source).put("channels", recording.channels).put("created", recording.created)
                .put("status", recording.status).put("seconds", seconds));
        tell(recording);
    }

    /// Ends what is still being recorded of a call.
    void callOver(Call call) {
        all().stream().filter(one -> one.callSid.equals(call.sid) && one.seconds < 0).forEach(one ->
                finish(one, (int) Math.max(1, Duration.between(one.created, Instant.now()).toSeconds())));
    }

    String url(Recording recording) {
        return exchange.baseUrl() + exchange.accountPath() + "/Recordings/" + recording.sid;
    }

    Answer list(RestRequest request) {
        return request.page("recordings", all().reversed().stream()
                .filter(one -> request.matches("CallSid", one.callSid)
                && request.matches("ConferenceSid", one.conferenceSid)
                        && request.within("DateCreated", one.created))
                .map(this::json).toList());
    }

    Answer fetch(RestRequest request) {
        return Answer.ok(json(existing(request, request.id())));
    }

    Answer delete(RestRequest request) {
        bySid.remove(existing(request, request.id()).sid);
        exchange.file.remember("recording", request.id(), null);
        return Answer.noContent();
    }

    Answer media(RestRequest request) {
        var recording = existing(request, request.id());
        if (!recording.status.equals("completed")) {
            throw RestError.notFound(request.path());
        }
        return new Answer(200, "audio/x-wav", Wav.tone(recording.seconds, recording.channels));
    }

    Answer createForCall(RestRequest request) {
        var call = exchange.calls.bySid(request.id()).filter(one -> one.answered() && !one.over())
                .orElseThrow(() -> RestError.bad(21220, "Call is not in-progress. Cannot record."));
        int channels = request.field("RecordingChannels").orElse("mono").equals("dual") ? 2 : 1;
        var recording = start(call.sid, "", "StartCallRecordingAPI", channels,
                request.callback("RecordingStatusCallback", List.of("completed")));
        return Answer.created(callJson(recording));
    }

    Answer listForCall(RestRequest request) {
        return request.page("recordings", all().reversed().stream().filter(one -> one.callSid.equals(request.id()))
                .map(this::callJson).toList());
    }

    Answer fetchForCall(RestRequest request) {
        return Answer.ok(callJson(ofCall(request)));
    }

    /// Pauses, resumes or stops; `Twilio.CURRENT` is the one that runs.
    Answer updateForCall(RestRequest request) {
        var recording = ofCall(request);
        switch (request.field("Status").orElse("")) {
            case "paused" -> recording.status = "paused";
            case "in-progress" -> recording.status = "in-progress";
            case "stopped" -> finish(recording,
                    (int) Math.max(1, Duration.between(recording.created, Instant.now()).toSeconds()));
            default -> throw RestError.bad(20001, "Status is paused, in-progress or stopped.");
        }
        return Answer.ok(callJson(recording));
    }

    private void tell(Recording recording) {
        recording.callback.filter(callback -> callback.wants(recording.status)).ifPresent(callback -> {
            var form = FormBody.of("AccountSid", exchange.options.accountSid(), "RecordingSid", recording.sid,
                    "RecordingUrl", url(recording), "RecordingStatus", recording.status,
                    "RecordingDuration", String.valueOf(Math.max(0, recording.seconds)),
                    "RecordingChannels", String.valueOf(recording.channels), "RecordingTrack", "both",
                    "RecordingStartTime", RestRequest.date(recording.created), "RecordingSource", recording.source);
            form = recording.callSid.isEmpty() ? form : form.with("CallSid", recording.callSid);
            form = recording.conferenceSid.isEmpty() ? form : form.with("ConferenceSid", recording.conferenceSid);
            exchange.webhooks.report(recording.sid, callback.url(), callback.method(), form);
        });
    }

    private Recording existing(RestRequest request, String sid) {
        var recording = bySid.get(sid);
        if (recording == null) {
            throw RestError.notFound(request.path());
        }
        return recording;
    }

    private Recording ofCall(RestRequest request) {
        String sid = request.ids().get(1);
        return all().reversed().stream().filter(one -> one.callSid.equals(request.id()))
                .filter(one -> one.sid.equals(sid) || sid.equals("Twilio.CURRENT") && one.seconds < 0)
                .findFirst().orElseThrow(() -> RestError.notFound(request.path()));
    }

    private List<Recording> all() {
        synchronized (bySid) {
            return List.copyOf(bySid.values());
        }
    }

    private JsonObject common(Recording one) {
        return new JsonObject().put("sid", one.sid).put("account_sid", exchange.options.accountSid())
                .put("api_version", "2010-04-01").put("call_sid", one.callSid.isEmpty() ? null : one.callSid)
                .put("conference_sid", one.conferenceSid.isEmpty() ? null : one.conferenceSid)
                .put("date_created", RestRequest.date(one.created)).put("date_updated", RestRequest.date(one.created))
                .put("start_time", RestRequest.date(one.created)).put("status", one.status)
                .put("duration", one.seconds < 0 ? null : String.valueOf(one.seconds)).put("channels", one.channels)
                .put("source", one.source).put("error_code", null).put("price", null).put("price_unit", "USD")
                .put("encryption_details", null);
    }

    private JsonObject json(Recording one) {
        String path = exchange.accountPath() + "/Recordings/" + one.sid;
        return common(one).put("media_url", url(one)).put("uri", path + ".json")
                .put("subresource_uris", new JsonObject().put("transcriptions", path + "/Transcriptions.json")
                        .put("add_on_results", path + "/AddOnResults.json"));
    }

    private JsonObject callJson(Recording one) {
        return common(one).put("track", "both")
                .put("uri", exchange.accountPath() + "/Calls/" + one.callSid + "/Recordings/" + one.sid + ".json");
    }
}
