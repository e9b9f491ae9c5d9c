package switchboard.ticketing.outbox;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// How one attempt ended, in the provider's view.
public sealed interface Delivery {
    /// The provider has it; `providerId` is how its later reports name it, `status` its first word about it.
    record Accepted(String providerId, String status) implements Delivery {}

    /// The provider has it for some of those whom it is for.
    ///
    /// @param refused whom it will never take it for, with its words
    /// @param deferred whom it may take it for later, with its words
    record Partly(String providerId, String status, Map<String, String> refused, Map<String, String> deferred)
            implements Delivery {
        String words() {
            return refused.isEmpty() ? "deferred: " + String.join(", ", deferred.keySet()) : refused.entrySet()
                    .stream().map(one -> one.getKey() + ": " + one.getValue()).collect(Collectors.joining("; "));
        }
    }

    /// Certainly not delivered; worth another try after `after` (or the usual back-off).
    record RetryLater(String reason, Optional<Duration> after) implements Delivery {}

    /// Certainly not delivered, and it never will be.
    record Refused(String code, String reason) implements Delivery {}

    /// It may or may not have been delivered. Must be reconciled with the provider before another attempt.
    record Unknown(String reason) implements Delivery {}
}
