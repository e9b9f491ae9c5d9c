package switchboard.channels.chat;

import java.time.DateTimeException;
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
    /// @param from inclusive, `HH:mm`; `to` exclusive, where `24:00` is the end of the day
    public record Span(String from, String to) {}

    boolean open(Instant at) {
        if (days == null) return true;
        try {
            var local = at.atZone(ZoneId.of(timezone == null ? "UTC" : timezone));
            var day = local.getDayOfWeek().name().substring(0, 3).toLowerCase(Locale.ROOT);
            return days.getOrDefault(day, List.of()).stream().anyMatch(span -> within(span, local.toLocalTime()));
        } catch (DateTimeException unreadable) {
            // Whoever mistyped the hours should rather get a chat too many than none.
            return true;
        }
    }

    private static boolean within(Span span, LocalTime time) {
        boolean begun = !time.isBefore(LocalTime.parse(span.from()));
        return begun && (span.to().equals("24:00") || time.isBefore(LocalTime.parse(span.to())));
    }
}
