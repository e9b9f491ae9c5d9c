package switchboard.channels.email.mime;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.parameter.ParticipationStatus;
import biweekly.property.TextProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import switchboard.channels.email.charset.Charsets;
import switchboard.ticketing.conversation.Appointment;

/// Reads the first event of a calendar part (RFC 5545, 5546).
final class Invitation {
    private static final int CHARS_MAX = 256 * 1024;
    private static final int FACT_CHARS_MAX = 500;

    private Invitation() {}

    static boolean is(String type) {
        return type.equals("text/calendar") || type.equals("application/ics");
    }

    /// Empty when the part holds no readable event.
    static Optional<Appointment> of(Part part) {
        var text = Charsets.decode(part.body(), part.label(), "");
        try {
            var calendar = Biweekly.parse(text.length() > CHARS_MAX ? text.substring(0, CHARS_MAX) : text).first();
            return calendar == null || calendar.getEvents().isEmpty() ? Optional.empty()
                    : Optional.of(of(calendar, calendar.getEvents().getFirst()));
        } catch (RuntimeException | StackOverflowError broken) {
            return Optional.empty();
        }
    }

    private static Appointment of(ICalendar calendar, VEvent event) {
        return new Appointment(kind(calendar, event), fact(event.getSummary()), EventTimes.of(calendar, event),
                fact(event.getLocation()), organiser(event), uid(event), false, null);
    }

    private static String kind(ICalendar calendar, VEvent event) {
        boolean cancelled = event.getStatus() != null && event.getStatus().isCancelled();
        boolean again = event.getSequence() != null && event.getSequence().getValue() != null
                && event.getSequence().getValue() > 0;
        return switch (fact(calendar.getMethod()).toUpperCase(Locale.ROOT)) {
            case "CANCEL" -> "cancelled";
            case "REPLY" -> answer(event);
            case "COUNTER" -> "proposal";
            case "REQUEST", "ADD" -> cancelled ? "cancelled" : again ? "changed" : "invitation";
            default -> cancelled ? "cancelled" : "appointment";
        };
    }

    /// A reply names the one who answers (RFC 5546, 3.2.3).
    private static String answer(VEvent event) {
        Predicate<ParticipationStatus> said = status -> event.getAttendees().stream()
                .anyMatch(one -> status.equals(one.getParticipationStatus()));
        if (said.test(ParticipationStatus.DECLINED)) return "declined";
        if (said.test(ParticipationStatus.TENTATIVE)) return "tentative";
        return said.test(ParticipationStatus.ACCEPTED) ? "accepted" : "appointment";
    }

    private static String organiser(VEvent event) {
        if (event.getOrganizer() == null) return "";
        var name = fact(event.getOrganizer().getCommonName());
        var address = fact(event.getOrganizer().getEmail());
        return address.isEmpty() ? name : name.isEmpty() ? address : name + " <" + address + ">";
    }

    private static String uid(VEvent event) {
        var series = fact(event.getUid());
        var one = event.getRecurrenceId() == null ? null : event.getRecurrenceId().getValue();
        return series.isEmpty() || one == null ? series : series + " " + one.toInstant();
    }

    private static String fact(TextProperty property) {
        return property == null ? "" : fact(property.getValue());
    }

    static String fact(String value) {
        var text = value == null ? "" : HeaderText.clean(value).strip();
        if (text.length() <= FACT_CHARS_MAX) return text;
        boolean halved = Character.isHighSurrogate(text.charAt(FACT_CHARS_MAX - 1));
        return text.substring(0, halved ? FACT_CHARS_MAX - 1 : FACT_CHARS_MAX);
    }

    /// The facts line by line, for a mail without other text. Its first words are in both languages of the console,
    /// because they also appear in lists and previews.
    static String text(Appointment appointment) {
        var what = switch (appointment.kind()) {
            case "cancelled" -> "Cancelled · 已取消: ";
            case "changed" -> "Changed · 已更改: ";
            case "accepted" -> "Accepted · 已接受: ";
            case "tentative" -> "Perhaps · 暂定: ";
            case "declined" -> "Declined · 已谢绝: ";
            case "proposal" -> "Another time · 建议改期: ";
            default -> "Appointment · 日程: ";
        };
        var when = appointment.when();
        var start = when.start().replace('T', ' ');
        var end = when.end().replace('T', ' ');
        var same = end.length() > 10 && start.startsWith(end.substring(0, 10));
        var until = end.isEmpty() || end.equals(start) ? "" : " – " + (same ? end.substring(11) : end);
        var lines = new ArrayList<>(List.of(what + appointment.summary(),
                start + until + (when.zone().isEmpty() ? "" : " (" + when.zone() + ")"),
                appointment.place(), appointment.organiser()));
        lines.removeIf(String::isBlank);
        return String.join("\n", lines);
    }
}
