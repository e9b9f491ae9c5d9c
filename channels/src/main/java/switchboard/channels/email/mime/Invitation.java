package switchboard.channels.email.mime;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.property.DateOrDateTimeProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import switchboard.channels.email.charset.Charsets;

/// The first event of a calendar part (RFC 5545, 5546), with times as the sender wrote them.
///
/// @param method in capitals, or empty
/// @param start as `2026-03-10 10:00`, or the date alone; empty if absent
/// @param zone of both times, or empty
record Invitation(String method, String summary, String start, String end, String zone, String place,
                  String organiser) {
    private static final int CHARS_MAX = 256 * 1024;
    private static final int FACT_CHARS_MAX = 500;

    static boolean is(String type) {
        return type.equals("text/calendar") || type.equals("application/ics");
    }

    /// Empty when the part holds no readable event.
    static Optional<Invitation> of(Part part) {
        var text = Charsets.decode(part.body(), part.label(), "");
        try {
            var calendar = Biweekly.parse(text.length() > CHARS_MAX ? text.substring(0, CHARS_MAX) : text).first();
            return calendar == null || calendar.getEvents().isEmpty() ? Optional.empty()
                    : Optional.of(of(calendar, calendar.getEvents().getFirst()));
        } catch (RuntimeException | StackOverflowError broken) {
            return Optional.empty();
        }
    }

    private static Invitation of(ICalendar calendar, VEvent event) {
        var organiser = event.getOrganizer();
        var name = organiser == null ? "" : fact(organiser.getCommonName());
        var address = organiser == null ? "" : fact(organiser.getEmail());
        return new Invitation(
                calendar.getMethod() == null ? "" : fact(calendar.getMethod().getValue()).toUpperCase(Locale.ROOT),
                event.getSummary() == null ? "" : fact(event.getSummary().getValue()),
                time(event.getDateStart()), time(event.getDateEnd()), zone(calendar, event.getDateStart()),
                event.getLocation() == null ? "" : fact(event.getLocation().getValue()),
                address.isEmpty() ? name : name.isEmpty() ? address : name + " <" + address + ">");
    }

    private static String fact(String value) {
        var text = value == null ? "" : HeaderText.clean(value).strip();
        return text.length() > FACT_CHARS_MAX ? text.substring(0, FACT_CHARS_MAX) : text;
    }

    private static String time(DateOrDateTimeProperty property) {
        if (property == null || property.getValue() == null) return "";
        var date = property.getValue();
        var raw = date.getRawComponents();
        if (raw == null) return date.toInstant().toString();
        var day = String.format("%04d-%02d-%02d", raw.getYear(), raw.getMonth(), raw.getDate());
        return date.hasTime() ? day + String.format(" %02d:%02d", raw.getHour(), raw.getMinute()) : day;
    }

    private static String zone(ICalendar calendar, DateOrDateTimeProperty property) {
        if (property == null || property.getValue() == null || !property.getValue().hasTime()) return "";
        var raw = property.getValue().getRawComponents();
        if (raw != null && raw.isUtc()) return "UTC";
        var assigned = calendar.getTimezoneInfo().getTimezone(property);
        return assigned == null ? "" : fact(assigned.getTimeZone().getID());
    }

    /// The facts line by line, for a mail without other text. Its first words are in both languages of the console,
    /// because they also appear in lists and previews.
    String text() {
        var what = switch (method) {
            case "CANCEL" -> "Cancelled · 已取消: ";
            case "REPLY" -> "Reply to an invitation · 会议回复: ";
            default -> "Appointment · 日程: ";
        };
        var same = !end.isEmpty() && end.length() > 10 && start.startsWith(end.substring(0, 10));
        var until = end.isEmpty() || end.equals(start) ? "" : " – " + (same ? end.substring(11) : end);
        var lines = new ArrayList<>(List.of(what + summary, start + until + (zone.isEmpty() ? "" : " (" + zone + ")"),
                place, organiser));
        lines.removeIf(String::isBlank);
        return String.join("\n", lines);
    }
}
