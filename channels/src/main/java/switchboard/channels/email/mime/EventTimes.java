package switchboard.channels.email.mime;

import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.property.DateOrDateTimeProperty;
import biweekly.util.DateTimeComponents;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import switchboard.ticketing.conversation.Appointment;

/// When an event of a calendar is: as its sender wrote it, and the moments that are meant.
final class EventTimes {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm");

    /// @param wall by the sender's clock
    /// @param at null for a whole day, and where no zone is known
    private record Point(LocalDateTime wall, boolean timed, Instant at) {
        String text() {
            return timed ? MINUTE.format(wall) : wall.toLocalDate().toString();
        }

        Point plus(Duration duration) {
            return new Point(wall.plus(duration), timed, at == null ? null : at.plus(duration));
        }
    }

    private EventTimes() {}

    static Appointment.When of(ICalendar calendar, VEvent event) {
        boolean repeats = event.getRecurrenceRule() != null;
        var start = point(calendar, event.getDateStart());
        if (start == null) return new Appointment.When("", null, "", null, "", repeats);
        var end = end(calendar, event, start);
        return new Appointment.When(start.text(), start.at(), end == null ? "" : end.text(),
                end == null ? null : end.at(), zone(calendar, event.getDateStart()), repeats);
    }

    /// A whole day ends with the one before its DTEND.
    private static Point end(ICalendar calendar, VEvent event, Point start) {
        var end = point(calendar, event.getDateEnd());
        if (end == null && event.getDuration() != null && event.getDuration().getValue() != null) {
            end = start.plus(Duration.ofMillis(event.getDuration().getValue().toMillis()));
        }
        if (end == null || end.timed()) return end;
        var last = new Point(end.wall().minusDays(1), false, null);
        return last.wall().isBefore(start.wall()) ? start : last;
    }

    private static Point point(ICalendar calendar, DateOrDateTimeProperty property) {
        if (property == null || property.getValue() == null) return null;
        var date = property.getValue();
        var wall = wall(date.getRawComponents());
        if (wall == null) return null;
        return new Point(wall, date.hasTime(), !date.hasTime() || zone(calendar, property).isEmpty() ? null
                : date.toInstant());
    }

    private static LocalDateTime wall(DateTimeComponents raw) {
        try {
            return raw == null ? null : LocalDateTime.of(raw.getYear(), raw.getMonth(), raw.getDate(), raw.getHour(),
                    raw.getMinute());
        } catch (DateTimeException none) {
            return null;
        }
    }

    private static String zone(ICalendar calendar, DateOrDateTimeProperty property) {
        if (!property.getValue().hasTime()) return "";
        var raw = property.getValue().getRawComponents();
        if (raw != null && raw.isUtc()) return "UTC";
        var assigned = calendar.getTimezoneInfo().getTimezone(property);
        return assigned == null ? "" : Invitation.fact(assigned.getTimeZone().getID());
    }
}
