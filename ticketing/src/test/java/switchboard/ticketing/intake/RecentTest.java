package switchboard.ticketing.intake;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class RecentTest {
    private final Recent recent = new Recent();

    @Test
    void whatWasKeptIsTakenOnce() {
        var raw = new byte[] {1, 2};
        recent.keep(7, raw);
        assertNull(recent.take(8));
        assertSame(raw, recent.take(7));
        assertNull(recent.take(7));
    }

    @Test
    void theOldestGivesWayWhenAllIsMoreThanTheBoundAndNoSooner() {
        int half = (int) (Recent.BYTES_MAX / 2);
        recent.keep(1, new byte[half]);
        recent.keep(2, new byte[half]);
        recent.keep(3, new byte[1]);
        assertNull(recent.take(1), "one byte too many");
        assertNotNull(recent.take(2));
        recent.keep(4, new byte[half]);
        recent.keep(5, new byte[half - 1]);
        assertNotNull(recent.take(3), "what was taken leaves room");
        recent.keep(6, new byte[half * 2 + 1]);
        assertNull(recent.take(6), "larger than all that may be kept");
        assertNull(recent.take(4));
    }
}
