package switchboard.channels.email.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Messages made to exhaust their reader. Each ends quickly (the bound here is generous, to hold on a busy machine) and
/// says what was wrong.
@Tag("T24")
class MailBombTest {
    static Stream<Arguments> bombs() {
        return Stream.of(
                bomb("nested ten thousand deep", "nested-too-deep", () -> nested(10_000)),
                bomb("a million parts", "too-many-parts",
                () -> "From: a@b.test\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\nx\r\n"
                .repeat(1_000_000)),
                bomb("one header of thirty megabytes", "header-limit",
                () -> "From: a@b.test\r\nX: " + "y".repeat(30_000_000) + "\r\n\r\nhi"),
                bomb("a header folded a million times", "header-limit",
                () -> "From: a@b.test\r\nX: a\r\n" + " y\r\n".repeat(1_000_000) + "\r\nhi"),
                bomb("two hundred thousand headers", "header-limit",
                () -> "From: a@b.test\r\n" + "X: y\r\n".repeat(200_000) + "\r\nhi"),
                bomb("fifty thousand recipients", "header-limit",
                () -> "From: a@b.test\r\nTo: " + "someone@example.test,\r\n ".repeat(50_000) + "\r\n\r\nhi"),
                bomb("two thousand recipients", "too-many-recipients",
                () -> "From: a@b.test\r\nTo: " + "x@e.test,\r\n ".repeat(2_000) + "y@e.test\r\n\r\nhi"),
                bomb("larger than any door lets in", "message-too-large",
                () -> "From: a@b.test\r\nContent-Transfer-Encoding: base64\r\n\r\n" + "A".repeat(50_000_000)),
                bomb("base64 without a line end", "",
                () -> "From: a@b.test\r\nContent-Type: application/x\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + "QUJD".repeat(8_000_000)),
                bomb("a boundary of 70 kB", "", () -> "From: a@b.test\r\nContent-Type: multipart/mixed; boundary="
                + "b".repeat(70_000) + "\r\n\r\n--" + "b".repeat(70_000) + "\r\n\r\nx"),
                bomb("messages in messages", "", () -> "From: a@b.test\r\n" + "Content-Type: message/rfc822\r\n\r\n"
                .repeat(500) + "\r\nx"),
                bomb("encoded words without end", "",
                () -> "From: a@b.test\r\nSubject: " + "=?utf-8?Q?=C3?= =?".repeat(10_000) + "\r\n\r\nx"),
                bomb("encoded words in every hop", "header-limit", () ->
                        ("Received: " + "=?utf-8?Q?=C3?= =?".repeat(500) + "\r\n").repeat(1_900)
                        + "From: a@b.test\r\n\r\nx"),
                bomb("open comments in an address", "",
                () -> "From: a@b.test\r\nTo: " + "(".repeat(200_000) + "\r\n\r\nx"),
                bomb("html nested a hundred thousand deep", "",
                () -> "From: a@b.test\r\nContent-Type: text/html\r\n\r\n" + "<div>".repeat(100_000) + "x"),
                bomb("a delivery report with a million recipients", "",
                () -> "From: mailer-daemon@b.test\r\nContent-Type: multipart/report"
                + "; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
                        + "Final-Recipient: rfc822; a@b.test\r\nAction: failed\r\n\r\n".repeat(400_000) + "--b--"),
                bomb("ten megabytes of blanks", "text-cut", () -> "From: a@b.test\r\n\r\n" + " ".repeat(10_000_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void survives(String name, String reason, Supplier<String> bomb) {
        var raw = bomb.get().getBytes(StandardCharsets.US_ASCII);
        var mail = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> MailDecoder.decode(raw));
        assertEquals("", mail.quarantineReason().orElse(""));
        assertEquals("b.test", mail.from().orElseThrow().domain());
        assertEquals(!reason.isEmpty(), mail.overLimit(), () -> name + mail.warnings());
        assertTrue(reason.isEmpty() || mail.warnings().contains(reason));
    }

    @Test void accepts_what_is_just_below_each_limit() {
        assertFalse(MailDecoder.decode(nested(MailLimits.NESTING_MAX - 1).getBytes(StandardCharsets.US_ASCII))
                .overLimit());
        var parts = "From: a@b.test\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\nx\r\n"
                .repeat(MailLimits.PARTS_MAX - 1) + "--b--\r\n";
        assertFalse(MailDecoder.decode(parts.getBytes(StandardCharsets.US_ASCII)).overLimit());
        var people = "From: a@b.test\r\nTo: " + "x@e.test,\r\n ".repeat(MailLimits.RECIPIENTS_MAX - 1)
                + "y@e.test\r\n\r\nhi";
        assertFalse(MailDecoder.decode(people.getBytes(StandardCharsets.US_ASCII)).overLimit());
    }

    @Test void never_throws_on_damaged_mail() {
        var random = new Random(7);
        var seed = nested(3).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 5_000; i++) {
            var raw = seed.clone();
            for (int k = random.nextInt(20); k >= 0; k--) raw[random.nextInt(raw.length)] = (byte) random.nextInt(256);
            MailDecoder.decode(java.util.Arrays.copyOf(raw, random.nextInt(raw.length + 1)));
        }
        MailDecoder.decode(new byte[0]);
    }

    private static Arguments bomb(String name, String reason, Supplier<String> raw) {
        return Arguments.of(name, reason, raw);
    }

    private static String nested(int depth) {
        var out = new StringBuilder("From: a@b.test\r\nSubject: =?utf-8?Q?x?=\r\nReferences: <a@b> <c@d>\r\n");
        for (int i = 0; i < depth; i++)
                out.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\r\n\r\n--b").append(i)
                .append("\r\n");
        return out.append("Content-Type: text/plain\r\n\r\nhello\r\n").toString();
    }
}
