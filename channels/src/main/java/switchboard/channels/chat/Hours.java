package switchboard.channels.chat;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// When somebody answers chats.
///
/// @param timezone IANA name, such as `Europe/Berlin`
/// @param days `mon` to `sun`, each with its spans; a day that is absent is closed
public record Hours(String timezone, Map<String, List<Span>> days) {
    private static final String END_OF_DAY = "24:00";

    /// @param from inclusive, `HH:mm`; `to` exclusive, where `24:00` is the end of the day. One that is not after
    ///     `from` is meant on the next day: `22:00` to `06:00` is a night, and belongs to the day on which it begins
    public record Span(String from, String to) {
        private LocalTime begin() {
            return LocalTime.parse(from);
        }

        private boolean overMidnight() {
            return !to.equals(END_OF_DAY) && !LocalTime.parse(to).isAfter(begin());
        }

        private boolean holdsToday(LocalTime time) {
            return !time.isBefore(begin())
                    && (to.equals(END_OF_DAY) || overMidnight() || time.isBefore(LocalTime.parse(to)));
        }

        private boolean holdsTomorrow(LocalTime time) {
            return overMidnight() && time.isBefore(LocalTime.parse(to));
        }
    }

    boolean open(Instant at) {
        if (days == null) return true;
        try {
            var local = at.atZone(ZoneId.of(timezone == null ? "UTC" : timezone));
            var today = local.getDayOfWeek();
            return of(today).stream().anyMatch(span -> span.holdsToday(local.toLocalTime()))
                    || of(today.minus(1)).stream().anyMatch(span -> span.holdsTomorrow(local.toLocalTime()));
        } catch (DateTimeException unreadable) {
            // Whoever mistyped the hours should rather get a chat too many than none.
            return true;
        }
    }

    private List<Span> of(DayOfWeek day) {
        return days.getOrDefault(day.name().substring(0, 3).toLowerCase(Locale.ROOT), List.of());
    }
}
