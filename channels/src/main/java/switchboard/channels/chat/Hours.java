package switchboard.channels.chat;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Json.Nullable;

/// When somebody answers chats: what the channel goes by, and what the settings take and show.
///
/// @param timezone IANA name, such as `Europe/Berlin`; null: UTC
/// @param days `mon` to `sun`, each with its spans; a day that is absent is closed; null: always open
public record Hours(@Nullable String timezone, @Nullable Map<String, List<Span>> days) {
    public static final Hours ALWAYS = new Hours(null, null);
    /// Of one day.
    static final int SPANS_MAX = 10;
    private static final Set<String> DAYS = Set.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");
    private static final String END_OF_DAY = "24:00";

    /// @param from inclusive, `HH:mm`; `to` exclusive, where `24:00` is the end of the day. One that is not after
    ///     `from` is meant on the next day: `22:00` to `06:00` is a night, and belongs to the day on which it begins
    public record Span(String from, String to) {
        /// What is wrong with it, for people; empty when it can be kept.
        private Optional<String> wrong() {
            if (!time(from) || !time(to) && !END_OF_DAY.equals(to)) {
                return Optional.of("each time is as in 09:00 or 17:30, and 24:00 only ends a span");
            }
            return from.equals(to) ? Optional.of("from and to are the same time; a whole day is 00:00 to 24:00")
                    : Optional.empty();
        }

        private static boolean time(String text) {
            return text != null && TIME.matcher(text).matches();
        }

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

    /// For hours that somebody sets; what is stored was checked before.
    ///
    /// @throws Failure.Invalid for the field `hours`, when these could not be kept
    public void check() {
        if (timezone != null && !ZoneId.getAvailableZoneIds().contains(timezone)) {
            throw invalid("the timezone must be as in Europe/Berlin");
        }
        if (days != null) days.forEach(Hours::check);
    }

    private static void check(String day, List<Span> spans) {
        if (!DAYS.contains(day)) throw invalid("the days are mon, tue, wed, thu, fri, sat and sun");
        if (spans == null) throw invalid(day + ": a day that is closed is left out, or has no spans: []");
        if (spans.size() > SPANS_MAX) throw invalid(day + ": a day has at most " + SPANS_MAX + " spans");
        for (var span : spans) {
            var wrong = span == null ? Optional.of("each span has a from and a to") : span.wrong();
            wrong.ifPresent(words -> {
                throw invalid(day + ": " + words);
            });
        }
    }

    private static Failure.Invalid invalid(String words) {
        return Failure.Invalid.field("hours", words);
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
