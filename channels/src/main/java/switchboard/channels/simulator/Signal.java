package switchboard.channels.simulator;

import java.util.Optional;
import switchboard.channels.twilio.FormBody;

/// What can reach a call from outside while it does something.
sealed interface Signal {
    record Digit(char key) implements Signal {}

    record Speech(String text) implements Signal {}

    /// The handset picks up.
    record Answer() implements Signal {}

    /// @param status what the call ends with if it was not answered yet: busy, no-answer, canceled
    record HangUp(String status) implements Signal {}

    /// REST sends the call to another document.
    record Divert(Source to) implements Signal {}

    /// A leg that this call dials was answered.
    record LegAnswered(Call leg) implements Signal {}

    /// A leg that this call dials, or is bridged with, is over.
    record LegOver(Call leg) implements Signal {}

    /// Someone takes this call from its queue.
    record Taken(Call by, Optional<Source> first) implements Signal {}

    /// The other side let go, or the conference is over for this call.
    record Released() implements Signal {}

    /// Where the next document is: a URL with the fields to send along, or the document itself.
    record Source(String url, String method, FormBody fields,
            Optional<String> inline) {
        static Source at(String url, String method) {
            return new Source(url, method, FormBody.empty(), Optional.empty());
        }

        static Source inline(String twiml) {
            return new Source("", "POST", FormBody.empty(), Optional.of(twiml));
        }
    }

    /// Thrown where a call waits, when it is over.
    final class Over extends RuntimeException {
        final String status;

        Over(String status) {
            super(status, null, false, false);
            this.status = status;
        }
    }

    /// Thrown where a queued call waits, when someone takes it.
    final class TakenAway extends RuntimeException {
        final transient Taken taken;

        TakenAway(Taken taken) {
            super("taken", null, false, false);
            this.taken = taken;
        }
    }

    /// Thrown where a call waits, when it has to leave for another document.
    final class Diverted extends RuntimeException {
        final transient Source to;

        Diverted(Source to) {
            super("diverted", null, false, false);
            this.to = to;
        }
    }
}
