package switchboard.ticketing.outbox;

import java.time.Duration;
import java.util.Optional;

/// How one attempt ended, in the provider's view.
public sealed interface Delivery {
    /// The provider has it; `providerId` is how its later reports name it, `status` its first word about it.
    record Accepted(String providerId, String status) implements Delivery {}

    /// Certainly not delivered; worth another try after `after` (or the usual back-off).
    record RetryLater(String reason, Optional<Duration> after) implements Delivery {}

    /// Certainly not delivered, and it never will be.
    record Refused(String code, String reason) implements Delivery {}

    /// It may or may not have been delivered. Must be reconciled with the provider before another attempt.
    record Unknown(String reason) implements Delivery {}
}
