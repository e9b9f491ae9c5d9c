package switchboard.channels.email.outgoing;

import java.util.Map;

/// What became of one message at the relay.
public sealed interface SendResult {
    /// The relay's answer for one recipient, or for all.
    record Answer(int code, String text) {}

    /// The relay has the message, for everyone but those in `refused` (5xx) and `deferred` (4xx, try those again).
    record Accepted(String response, Map<String, Answer> refused, Map<String, Answer> deferred) implements SendResult {}

    /// Nothing was taken over; trying later may help.
    record RetryLater(String reason) implements SendResult {}

    /// Nothing was taken over and trying again will not help.
    record Refused(Map<String, Answer> recipients) implements SendResult {}

    /// The connection was lost after the message was complete and before the relay answered: it may have it.
    record Unknown(String reason) implements SendResult {}
}
