package switchboard.channels.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import switchboard.channels.chat.Hours.Span;
import switchboard.ticketing.base.Failure;

class HoursTest {
    /// The 23rd of November 2026 is a Monday.
    @Tag("D14")
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
    @Tag("D14")
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

    private static Hours on(String day, Span... spans) {
        return new Hours("Europe/Berlin", Map.of(day, List.of(spans)));
    }

    @ParameterizedTest
    @CsvSource({"09:00, 17:30, false", "00:00, 24:00, false", "23:59, 24:00, false", "22:00, 00:00, false",
            "22:00, 00:01, true", "22:00, 06:00, true", "09:01, 09:00, true"})
    void aSpanOverMidnightIsAsGoodAsOneOfADay(String from, String to, boolean goesOn) {
        on("sun", new Span(from, to)).check();
        var monday = new Hours("UTC", Map.of("mon", List.of(new Span(from, to))));
        assertEquals(goesOn, monday.open(Instant.parse("2026-11-24T00:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"09:00, 09:00, same time", "00:00, 00:00, same time",
            "9:00, 17:00, as in 09:00", "09:00, 25:00, as in 09:00", "09:60, 17:00, as in 09:00",
            "24:00, 06:00, as in 09:00", "-, 06:00, as in 09:00", "09:00, -, as in 09:00", "'', '', as in 09:00"})
    void aSpanThatCannotBeKeptIsRefusedAndWhyIsSaid(String from, String to, String why) {
        assertTrue(refusal(on("mon", new Span("09:00", "12:00"), new Span(from, to))).contains("mon: "));
        assertTrue(refusal(on("mon", new Span(from, to))).contains(why));
    }

    @Test
    void daysTheirNumberOfSpansAndTheTimezoneAreChecked() {
        Hours.ALWAYS.check();
        new Hours(null, Map.of()).check();
        on("mon").check();
        var spans = Collections.nCopies(Hours.SPANS_MAX, new Span("09:00", "17:00")).toArray(Span[]::new);
        on("wed", spans).check();
        var oneMore = Arrays.copyOf(spans, spans.length + 1);
        oneMore[spans.length] = spans[0];
        assertTrue(refusal(on("wed", oneMore)).contains("at most 10"));
        assertTrue(refusal(on("monday")).contains("mon, tue"));
        assertTrue(refusal(new Hours("Mars/Olympus", null)).contains("Europe/Berlin"));
        assertTrue(refusal(new Hours("+02:00", null)).contains("Europe/Berlin"));
        assertTrue(refusal(new Hours("UTC", Collections.singletonMap("mon", null))).contains("mon: "));
        assertTrue(refusal(new Hours("UTC", Map.of("mon", Collections.singletonList(null)))).contains("mon: "));
    }

    private static String refusal(Hours hours) {
        var refused = assertThrows(Failure.Invalid.class, hours::check);
        assertEquals("hours", refused.fields().getFirst().field());
        return refused.fields().getFirst().detail();
    }
}
