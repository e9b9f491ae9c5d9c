package switchboard.channels.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import switchboard.channels.chat.Hours.Span;

class HoursTest {
    /// The 23rd of November 2026 is a Monday.
    @ParameterizedTest
    @CsvSource({"2026-11-23T21:59:59Z, false", "2026-11-23T22:00:00Z, true", "2026-11-24T00:00:00Z, true",
            "2026-11-24T05:59:59Z, true", "2026-11-24T06:00:00Z, false", "2026-11-23T03:00:00Z, false",
            "2026-11-25T03:00:00Z, false", "2026-11-30T00:30:00Z, true", "2026-11-29T23:30:00Z, true"})
    void aNightBelongsToTheDayOnWhichItBegins(String at, boolean open) {
        var hours = new Hours("UTC", Map.of("mon", List.of(new Span("22:00", "06:00")),
                "sun", List.of(new Span("23:00", "01:00"))));
        assertEquals(open, hours.open(Instant.parse(at)));
    }

    @ParameterizedTest
    @CsvSource({"2026-11-23T07:59:00Z, false", "2026-11-23T08:00:00Z, true", "2026-11-23T11:00:00Z, false",
            "2026-11-23T12:00:00Z, true", "2026-11-23T22:59:00Z, true", "2026-11-23T23:00:00Z, false"})
    void aDayHasSeveralSpansInItsOwnZoneAndMayGoToItsEnd(String at, boolean open) {
        var hours = new Hours("Europe/Berlin", Map.of("mon",
                List.of(new Span("09:00", "12:00"), new Span("13:00", "24:00"))));
        assertEquals(open, hours.open(Instant.parse(at)));
    }

    @Test
    void withoutDaysItIsAlwaysOpenAndADayThatIsNotNamedIsClosed() {
        var now = Instant.parse("2026-11-23T12:00:00Z");
        assertTrue(new Hours("UTC", null).open(now));
        assertFalse(new Hours("UTC", Map.of()).open(now));
        assertTrue(new Hours("UTC", Map.of("mon", List.of(new Span("9 o'clock", "17:00")))).open(now));
    }
}
