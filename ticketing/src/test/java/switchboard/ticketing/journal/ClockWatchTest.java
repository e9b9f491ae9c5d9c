package switchboard.ticketing.journal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R10")
class ClockWatchTest {
    private long nanos = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos(); // runs over, as it may
    private Instant clock = Instant.parse("2026-03-04T05:06:07Z");
    private final ClockWatch watch = new ClockWatch(Duration.ofSeconds(15), () -> nanos);

    /// @param by how far the clock has gone meanwhile
    private boolean after(Duration time, Duration by) {
        nanos += time.toNanos();
        clock = clock.plus(by);
        return watch.steady(clock);
    }

    private boolean after(int seconds) {
        return after(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds));
    }

    @Test
    void whoeverLooksForTheFirstTimeBelievesTheClockAndOneThatGoesAsTimeGoesStaysBelieved() {
        for (int look = 0; look < 100; look++) assertTrue(after(look), "look " + look);
    }

    @Test
    void forAWhileNothingIsBelievedOfAClockThatWasTurned() {
        assertTrue(after(1));
        for (var by : new int[] {3600, -3600, 300, -300, 4, -3}) {
            assertFalse(after(Duration.ofSeconds(1), Duration.ofSeconds(by)), "turned by " + by);
            assertFalse(after(7));
            assertFalse(after(7));
            assertTrue(after(1), "steady for 15 seconds since it was turned by " + by);
        }
    }

    @Test
    void aLateAnswerAndAClockThatIsSetRightByLittleAreNoTurn() {
        assertTrue(after(1));
        assertTrue(after(Duration.ofMillis(1900), Duration.ZERO));
        assertTrue(after(Duration.ZERO, Duration.ofMillis(1900)));
        assertTrue(after(Duration.ofSeconds(5), Duration.ofMillis(4500)));
    }
}
