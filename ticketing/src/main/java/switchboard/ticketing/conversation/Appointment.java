package switchboard.ticketing.conversation;

import java.time.Instant;
import switchboard.ticketing.base.Json.Nullable;
import switchboard.ticketing.base.Json.OneOf;

/// An appointment that a message carries, as its calendar part (RFC 5545, 5546) names it. A claim of its sender.
///
/// @param kind `changed`: an invitation that was sent before; `accepted`, `tentative`, `declined`: how somebody answers
///     one; `proposal`: another time is suggested; `appointment`: nothing is asked
/// @param organiser a name, an address or both; empty where none is named
/// @param uid what all mails about one appointment share; one occurrence of a series has a name of its own
/// @param alone the message says nothing else: its text is these facts
/// @param later what a later message of the same customer did to it; never stored
public record Appointment(@OneOf({"invitation", "changed", "cancelled", "accepted", "tentative", "declined",
                              "proposal", "appointment"}) String kind,
                          String summary, When when, String place, String organiser, String uid, boolean alone,
                          @Nullable @OneOf({"changed", "cancelled"}) String later) {
    /// @param start as its sender wrote it, by the clock of `zone`: `2026-03-10T10:00`, or only the day; empty where
    ///     none is named
    /// @param startsAt the moment of `start`; null for whole days, and where no zone is named
    /// @param end like `start`; of whole days the last one
    /// @param zone as the sender names it, often `Europe/Berlin`; empty for whole days, and where none is named
    public record When(String start, @Nullable Instant startsAt, String end, @Nullable Instant endsAt, String zone,
                       boolean repeats) {
        public static final When NEVER = new When("", null, "", null, "", false);
    }

    public Appointment alone(boolean alone) {
        return new Appointment(kind, summary, when, place, organiser, uid, alone, later);
    }
}
