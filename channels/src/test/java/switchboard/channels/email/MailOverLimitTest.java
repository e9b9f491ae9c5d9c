package switchboard.channels.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A mail over a limit becomes an ordinary ticket and says so.
@Tag("M39")
class MailOverLimitTest {
    @AutoClose
    private static final MailHouse house = new MailHouse();

    @Test
    void too_many_copies() {
        read("copies", "Cc: " + "someone@many.test,\n ".repeat(1_500) + "last@many.test\n", "The question");
    }

    @Test
    void too_many_header_fields_before_the_sender() {
        house.send(MailHouse.SUPPORT, "X-Hop: y\n".repeat(2_500) + MailHouse.mail("many@customers.test", "fields",
                "fields@many.test", "", "The question"));
        flagged("fields");
    }

    @Test
    void too_large_a_field() {
        read("large", "X-Big: " + "y".repeat(300_000) + "\n", "The question");
    }

    @Test
    void too_many_levels() {
        var nested = new StringBuilder("From: many@customers.test\nTo: support@desk.test\nSubject: levels\n"
                + "Message-ID: <levels@many.test>\n");
        for (int i = 0; i < 40; i++) {
            nested.append("Content-Type: multipart/mixed; "
                    + "boundary=b").append(i).append("\n\n--b").append(i).append('\n');
        }
        house.send(MailHouse.SUPPORT, nested.append("Content-Type: text/plain\n\nThe question\n").toString());
        flagged("levels");
    }

    private static void read(String subject, String headers, String text) {
        house.send(MailHouse.SUPPORT, MailHouse.mail("many@customers.test", subject, subject + "@many.test", headers,
                text));
        flagged(subject);
    }

    private static void flagged(String subject) {
        var message = house.messages(house.ticket(subject).id()).getFirst();
        assertEquals("The question", message.visibleText().strip());
        assertEquals("many@customers.test", message.from());
        assertTrue(message.flags().contains("over-limit"), message.flags().toString());
        assertEquals(0, house.count("select count(*) from inbox where state = 'quarantined'"));
    }
}
