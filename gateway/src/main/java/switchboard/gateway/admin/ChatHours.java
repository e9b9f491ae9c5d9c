package switchboard.gateway.admin;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Json.Nullable;

/// When somebody answers chats, as the chat channel reads it from the widget's settings.
///
/// @param timezone IANA name, such as `Europe/Berlin`; null: UTC
/// @param days `mon` to `sun`, each with its spans; a day that is absent is closed; null: always open
public record ChatHours(@Nullable String timezone, @Nullable Map<String, List<Span>> days) {
    public static final ChatHours ALWAYS = new ChatHours(null, null);
    private static final Set<String> DAYS = Set.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final String TIME = "([01]\\d|2[0-3]):[0-5]\\d";
    private static final int SPANS_MAX = 10;

    /// @param from inclusive, `HH:mm`; `to` exclusive and later the same day, where `24:00` is its end
    public record Span(String from, String to) {
        private boolean meant() {
            if (from == null || to == null || !from.matches(TIME)) return false;
            return to.equals("24:00") || to.matches(TIME) && LocalTime.parse(from).isBefore(LocalTime.parse(to));
        }
    }

    /// @throws Failure.Invalid for hours that could not be kept
    void check() {
        if (timezone != null && !ZoneId.getAvailableZoneIds().contains(timezone)) {
            throw Failure.Invalid.field("hours", "the timezone must be as in Europe/Berlin");
        }
        if (days == null) return;
        days.forEach((day, spans) -> {
            if (!DAYS.contains(day)) throw Failure.Invalid.field("hours", "the days are mon to sun");
            if (spans == null || spans.size() > SPANS_MAX || spans.stream().anyMatch(one -> one == null
                    || !one.meant())) {
                throw Failure.Invalid.field("hours", day
                        + ": each span is from one time to a later one of the same day, as in 09:00 to 17:30;"
                        + " 24:00 ends the day");
            }
        });
    }
}
