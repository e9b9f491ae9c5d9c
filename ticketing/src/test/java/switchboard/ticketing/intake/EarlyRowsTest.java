package switchboard.ticketing.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static switchboard.ticketing.Desk.virtually;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.Desk;

/// A row that came too early waits for ten minutes as time goes, whatever the clock says.
@Tag("R10")
class EarlyRowsTest {
    private static String state(Desk desk) {
        return virtually(() -> desk.database.sql().value(String.class, "select state from inbox")).orElseThrow();
    }

    private static void early(Desk desk, Inbox inbox) {
        virtually(() -> {
            desk.database.sql().execute("update inbox set next_at = now()");
            inbox.next(List.of("a"), 10).rows().forEach(row -> inbox.early(row, "too early"));
            return null;
        });
    }

    @Test
    void theClockNeitherShortensNorProlongsTheWait() {
        for (var turned : List.of("received_at - interval '1 hour'", "received_at + interval '1 hour'")) {
            try (var desk = new Desk()) {
                var nanos = new AtomicLong();
                var inbox = new Inbox(desk.database, nanos::get);
                virtually(() -> inbox.put(new Arrival("words", "a", "k", Map.of(), new byte[1])));
                virtually(() -> desk.database.sql().execute("update inbox set received_at = " + turned));
                for (int minute = 0; minute <= 10; minute++) {
                    nanos.set(Duration.ofMinutes(minute).toNanos());
                    early(desk, inbox);
                    assertEquals("new", state(desk), turned + " after " + minute + " minutes");
                }
                nanos.addAndGet(1);
                early(desk, inbox);
                assertEquals("quarantined", state(desk), turned);
            }
        }
    }
}
