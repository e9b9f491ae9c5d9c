package switchboard.channels.email.charset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.channels.email.mime.MailDecoder;

@Tag("M15")
class CharsetsTest {
    private static final byte[] KO = "\u001b$B$3\u001b(B \u0083 n".getBytes(StandardCharsets.ISO_8859_1);

    @ParameterizedTest
    @ValueSource(strings = {"iso-2022-jp", "iso-2022-kr", "iso-2022-cn", "utf-7", "hz-gb-2312", "", "us-ascii", "utf-8",
            "gb2312", "big5", "shift_jis", "windows-1252", "unknown"})
    void anyBytesUnderAnyLabelAreRead(String label) {
        var random = new Random(14);
        for (int i = 0; i < 3_000; i++) {
            var bytes = new ByteArrayOutputStream();
            for (int k = random.nextInt(12); k >= 0; k--) {
                bytes.writeBytes(switch (random.nextInt(5)) {
                    case 0 -> "\u001b$B$3\u001b(B".getBytes(StandardCharsets.ISO_8859_1);
                    case 1 -> "\u001b$)C\u000e".getBytes(StandardCharsets.ISO_8859_1);
                    case 2 -> "ü您".getBytes(StandardCharsets.UTF_8);
                    case 3 -> new byte[] {(byte) random.nextInt(256)};
                    default -> "+~{ a".getBytes(StandardCharsets.US_ASCII);
                });
            }
            Charsets.decode(bytes.toByteArray(), label, i % 2 == 0 ? "" : "iso-2022-jp");
            Charsets.isUtf8(bytes.toByteArray());
        }
    }

    @Test
    void aStrayByteBesideEscapesIsOneUnreadableSign() {
        var text = Charsets.decode(KO, "iso-2022-jp", "");
        assertTrue(text.startsWith("こ ") && text.endsWith(" n"), text);
    }

    @Test
    void anEscapeInUtf8IsNoCharset() {
        var bytes = "Grüße, terminal says \u001b(B done".getBytes(StandardCharsets.UTF_8);
        assertEquals("Grüße, terminal says \u001b(B done", Charsets.decode(bytes, "", ""));
        var mail = MailDecoder.decode(("From: a@b.test\r\nSubject: =?iso-2022-jp?B?"
                + Base64.getEncoder().encodeToString(KO) + "?=\r\n\r\nGrüße, terminal says \u001b(B done")
                .getBytes(StandardCharsets.UTF_8));
        assertTrue(mail.subject().startsWith("こ"), mail.subject());
        assertTrue(mail.text().contains("Grüße"), mail.text());
    }
}
