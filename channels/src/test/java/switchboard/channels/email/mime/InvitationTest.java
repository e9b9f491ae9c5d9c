package switchboard.channels.email.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import switchboard.ticketing.conversation.Appointment;

/// What is read of the calendar parts that real programs write.
@Tag("M36")
class InvitationTest {
    private static final Appointment.When NEVER = Appointment.When.NEVER;

    private static Appointment read(String method, String... lines) {
        var mail = Raw.decode("From: a@b.test\nSubject: x\nContent-Type: text/calendar; charset=utf-8\n\n"
                + "BEGIN:VCALENDAR\nVERSION:2.0\n" + (method.isEmpty() ? "" : "METHOD:" + method + "\n")
                + String.join("\n", lines) + "\nEND:VCALENDAR\n");
        return mail.appointment().orElseThrow();
    }

    private static Appointment event(String method, String... lines) {
        return read(method, "BEGIN:VEVENT\nUID:1@b.test\nSUMMARY:Fitting\n" + String.join("\n", lines)
                + "\nEND:VEVENT");
    }

    private static Appointment.When when(String... lines) {
        return event("REQUEST", lines).when();
    }

    @ParameterizedTest
    @CsvSource({"REQUEST,,invitation", "REQUEST,SEQUENCE:0,invitation", "REQUEST,SEQUENCE:2,changed",
        "request,SEQUENCE:2,changed", "REQUEST,STATUS:CANCELLED,cancelled", "CANCEL,SEQUENCE:3,cancelled",
        "ADD,,invitation", "PUBLISH,SEQUENCE:1,appointment", "'',,appointment", "'',STATUS:CANCELLED,cancelled",
        "COUNTER,,proposal", "REPLY,ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.test,accepted",
        "REPLY,ATTENDEE;PARTSTAT=TENTATIVE:mailto:a@b.test,tentative",
        "REPLY,ATTENDEE;PARTSTAT=DECLINED:mailto:a@b.test,declined", "REPLY,,appointment", "ODD,,appointment"})
    void the_method_and_the_event_tell_what_is_meant(String method, String line, String kind) {
        assertEquals(kind, event(method, line == null ? "X-NOTHING:1" : line).kind());
    }

    @Test
    void a_moment_is_told_in_its_own_zone() {
        var utc = when("DTSTART:20260310T090000Z", "DTEND:20260310T100000Z");
        assertEquals(new Appointment.When("2026-03-10T09:00", Instant.parse("2026-03-10T09:00:00Z"),
                "2026-03-10T10:00", Instant.parse("2026-03-10T10:00:00Z"), "UTC", false), utc);
        var summer = when("DTSTART;TZID=Europe/Berlin:20260710T100000", "DURATION:PT45M");
        assertEquals(new Appointment.When("2026-07-10T10:00", Instant.parse("2026-07-10T08:00:00Z"),
                "2026-07-10T10:45", Instant.parse("2026-07-10T08:45:00Z"), "Europe/Berlin", false), summer);
    }

    @Test
    void a_zone_that_the_mail_explains_itself_is_taken_as_explained() {
        var when = read("REQUEST", """
                BEGIN:VTIMEZONE
                TZID:House time
                BEGIN:STANDARD
                DTSTART:16010101T000000
                TZOFFSETFROM:+0530
                TZOFFSETTO:+0530
                END:STANDARD
                END:VTIMEZONE
                BEGIN:VEVENT
                DTSTART;TZID="House time":20260310T100000
                END:VEVENT""").when();
        assertEquals(Instant.parse("2026-03-10T04:30:00Z"), when.startsAt());
        assertEquals("House time", when.zone());
        assertEquals("", when.end());
    }

    @Test
    void without_a_zone_no_moment_is_claimed() {
        var floating = when("DTSTART:20260310T100000", "DTEND:20260310T110000");
        assertEquals("2026-03-10T10:00", floating.start());
        assertNull(floating.startsAt());
        assertNull(floating.endsAt());
        assertEquals("", floating.zone());
        var unknown = when("DTSTART;TZID=Nowhere at all:20260310T100000");
        assertEquals("2026-03-10T10:00", unknown.start());
        assertNull(unknown.startsAt());
    }

    @Test
    void whole_days_end_with_the_last_of_them() {
        assertEquals(new Appointment.When("2026-03-10", null, "2026-03-10", null, "", false),
                when("DTSTART;VALUE=DATE:20260310", "DTEND;VALUE=DATE:20260311"));
        assertEquals("2026-03-12", when("DTSTART;VALUE=DATE:20260310", "DTEND;VALUE=DATE:20260313").end());
        assertEquals("2026-03-11", when("DTSTART;VALUE=DATE:20260310", "DURATION:P2D").end());
        assertEquals("2026-03-10", when("DTSTART;VALUE=DATE:20260310", "DTEND;VALUE=DATE:20260310").end());
        assertEquals("", when("DTSTART;VALUE=DATE:20260310").end());
    }

    @Test
    void what_is_no_date_is_none_and_the_rest_is_told() {
        for (var line : new String[] {"DTSTART:tomorrow", "DTSTART:20261399T990000Z", "X-NO:1"}) {
            var odd = event("REQUEST", line, "DTEND:20260310T110000Z", "LOCATION:Bench");
            assertEquals("Fitting", odd.summary(), line);
            assertEquals("Bench", odd.place(), line);
            assertTrue(odd.when().equals(NEVER) || !odd.when().start().contains("99"), odd.toString());
        }
        assertTrue(when("DTSTART:20260310T090000Z", "RRULE:FREQ=WEEKLY;COUNT=3").repeats());
    }

    @Test
    void one_occurrence_of_a_series_is_not_the_series() {
        var series = event("REQUEST", "DTSTART:20260310T090000Z", "RRULE:FREQ=DAILY");
        var one = event("CANCEL", "RECURRENCE-ID:20260311T090000Z");
        assertEquals("1@b.test", series.uid());
        assertFalse(one.uid().equals(series.uid()), one.uid());
        assertTrue(one.uid().startsWith("1@b.test"));
    }

    @Test
    void a_mail_of_nothing_else_says_so() {
        assertTrue(event("REQUEST", "DTSTART:20260310T090000Z").alone());
        var mail = Raw.decode("From: a@b.test\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: "
                + "text/plain\n\nCome!\n--b\nContent-Type: text/calendar\n\n" + EnclosedTest.calendar("REQUEST")
                + "\n--b--\n");
        assertFalse(mail.appointment().orElseThrow().alone());
        assertEquals("Come!", mail.text().strip());
    }

    @Test
    void a_hostile_calendar_harms_nothing() {
        var evil = event("REQUEST", "DTSTART:20260310T090000Z", "RRULE:FREQ=SECONDLY;INTERVAL=1",
                "RDATE:" + "20260310T090000Z,".repeat(500) + "20260311T090000Z",
                "LOCATION:<script>alert(1)</script>\0\u0001" + "😀".repeat(5000), "ORGANIZER:javascript:alert(1)");
        assertTrue(evil.when().repeats());
        assertTrue(evil.place().startsWith("<script>alert(1)</script>"), "text that every reader shows as text");
        assertTrue(evil.place().length() <= 500 && evil.place().indexOf('\0') < 0, evil.place());
        assertFalse(Character.isHighSurrogate(evil.place().charAt(evil.place().length() - 1)));
        var deep = "BEGIN:VEVENT\n".repeat(20_000);
        var mail = Raw.decode("From: a@b.test\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n" + deep);
        assertFalse(mail.text().contains("BEGIN"), "no text of the calendar itself");
        var huge = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Fitting\nDESCRIPTION:" + "x".repeat(3_000_000)
                + "\nEND:VEVENT\nEND:VCALENDAR\n";
        assertEquals("Fitting", Raw.decode("From: a@b.test\nContent-Type: text/calendar\n\n" + huge).appointment()
                .orElseThrow().summary());
    }

    @Test
    void the_first_part_that_can_be_read_is_the_appointment() {
        var mail = Raw.decode("From: a@b.test\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: "
                + "text/calendar\n\nnothing\n--b\nContent-Type: application/ics; name=invite.ics\n\n"
                + EnclosedTest.calendar("CANCEL") + "\n--b--\n");
        assertEquals("cancelled", mail.appointment().orElseThrow().kind());
    }
}
