package switchboard.channels.twilio;

import java.time.Duration;
import java.util.Optional;

/// What became of one request to the carrier.
public sealed interface CarrierOutcome {
    /// The carrier has it. `status` is the carrier's word, `unknown` when it is one that the SDK does not know.
    record Accepted(String sid, String status) implements CarrierOutcome {}

    /// It was certainly not carried out; the same request may be sent again, not before `after` when given.
    record RetryLater(String reason, Optional<Duration> after) implements CarrierOutcome {}

    /// The carrier will not do it, now or later. `code` is Twilio's (21610: the recipient opted out), or the HTTP
    /// status when the answer had none.
    record Refused(int code, String message) implements CarrierOutcome {}

    /// It may or may not have been carried out: ask ([TwilioAccess#reconcile]) before sending anything again.
    record Unknown(String reason) implements CarrierOutcome {}
}
