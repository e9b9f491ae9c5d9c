package switchboard.channels.simulator;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/// One call in one conference, or on its way there.
final class Participant {
    final Call call;
    final String label;
    final boolean startsConference;
    final Instant created = Instant.now();
    volatile Instant updated = created;
    volatile boolean endsConference;
    volatile boolean muted;
    volatile boolean held;
    /// Empty: not coaching. Otherwise the only call that hears this one.
    private volatile String coaches = "";
    volatile boolean connected;
    /// Why it leaves, when somebody else decided that.
    volatile String removedBecause = "";

    Participant(Call call, String label, boolean startsConference, boolean endsConference) {
        this.call = call;
        this.label = label;
        this.startsConference = startsConference;
        this.endsConference = endsConference;
    }

    void coach(String callSid) {
        coaches = callSid;
    }

    boolean coaching() {
        return !coaches.isEmpty();
    }

    boolean isCalled(String labelOrSid) {
        return call.sid.equals(labelOrSid) || !label.isEmpty() && label.equals(labelOrSid);
    }

    /// Whether what this one says reaches the other.
    boolean heardBy(Participant other) {
        return other != this && connected && other.connected && !muted && !held && !other.held
                && (coaches.isEmpty() || coaches.equals(other.call.sid));
    }

    JsonObject json(String account, String conference) {
        return new JsonObject().put("account_sid", account).put("call_sid", call.sid).put("conference_sid", conference)
                .put("label", label.isEmpty() ? null : label)
                .put("call_sid_to_coach", coaches.isEmpty() ? null : coaches)
                .put("coaching", coaching()).put("muted", muted).put("hold", held)
                .put("start_conference_on_enter", startsConference).put("end_conference_on_exit", endsConference)
                .put("status", status()).put("queue_time", "0").put("date_created", RestRequest.date(created))
                .put("date_updated", RestRequest.date(updated)).put("uri", "/2010-04-01/Accounts/" + account
                        + "/Conferences/" + conference + "/Participants/" + call.sid + ".json");
    }

    private String status() {
        if (connected) {
            return "connected";
        }
        return call.over() ? call.answered() ? "complete" : "failed" : switch (call.status) {
            case "ringing" -> "ringing";
            case "in-progress" -> "connecting";
            default -> "queued";
        };
    }
}
