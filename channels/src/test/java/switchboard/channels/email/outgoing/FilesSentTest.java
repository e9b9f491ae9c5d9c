package switchboard.channels.email.outgoing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.channels.email.mime.Attachment;
import switchboard.channels.email.mime.MailAddress;
import switchboard.channels.email.mime.MailDecoder;

/// Our attachments arrive intact, under their names.
class FilesSentTest {
    @ParameterizedTest
    @Tag("M33")
    @CsvSource(delimiter = '|', value = {
        "contract.pdf | %PDF-1.7 x  | application/pdf", "contract  | %PDF-1.7 x   | application/pdf",
        "prices.csv   | a,b         | text/csv",        "notes.txt | hello        | text/plain",
        "prices.xlsx  | zip         | application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "letter.docx  | zip         | application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "all.zip      | zip         | application/zip", "photo.png |              | image/png",
        "event.ics    | BEGIN:VCALENDAR | text/calendar", "合同.PDF | %PDF-1.4     | application/pdf",
        "song.mp3     | ID3         | audio/mpeg",      "data       | x            | text/plain",
        "unknown      |             | application/octet-stream"})
    void a_file_leaves_as_what_its_content_and_name_say(String name, String content, String type) throws Exception {
        var bytes = "zip".equals(content) ? zip() : content == null ? new byte[] {0, 1, 2}
                : content.getBytes(StandardCharsets.US_ASCII);
        for (var given : List.of("application/octet-stream", "")) {
            assertEquals(type, sent(name, given, bytes).type());
        }
        assertEquals("image/heic", sent(name, "image/heic", bytes).type(), "what is known of it already");
    }

    @ParameterizedTest
    @Tag("M33")
    @ValueSource(strings = {"合", "订单合同附件说明", "Rechnung März 2026", "a b;c,d=e'f%g", "😀", "x", "é"})
    void a_name_of_any_length_and_script_arrives_whole_and_no_line_is_too_long(String words) {
        for (int length : new int[] {1, 20, 140, 250}) {
            var name = words.repeat(length / words.length() + 1).substring(0, Math.max(words.length(), length)
                    / words.length() * words.length()) + ".pdf";
            var raw = MailComposer.compose(mail(name, "application/pdf", new byte[] {1}));
            for (var line : new String(raw, StandardCharsets.ISO_8859_1).split("\r\n", -1)) {
                assertTrue(line.length() <= 998, () -> name + ": " + line.length());
                assertTrue(!line.startsWith(" filename") || line.length() <= 78, line);
            }
            assertEquals(name, MailDecoder.decode(raw).attachments().getFirst().name());
        }
    }

    @Test
    @Tag("M33")
    void a_name_in_other_peoples_words_cannot_break_out_of_its_field() {
        var raw = new String(MailComposer.compose(mail("a\"\r\nX-Evil: 1\u202e.pdf", "application/pdf",
                new byte[] {1})),
                StandardCharsets.ISO_8859_1);
        assertTrue(!raw.contains("\r\nX-Evil"), raw);
    }

    private static Attachment sent(String name, String type, byte[] bytes) {
        return MailDecoder.decode(MailComposer.compose(mail(name, type, bytes))).attachments().getFirst();
    }

    private static OutgoingMail mail(String name, String type, byte[] bytes) {
        return OutgoingMail.plain(new MailAddress("", "support@demo.test"), List.of(new MailAddress("",
                "wang@kunde.test")),
                "Contract", "m1@demo.test", Instant.parse("2026-03-03T10:00:00Z"), "Here it is.")
                .withAttachments(List.of(new Attachment(name, type, bytes.length, "", false, bytes)));
    }

    private static byte[] zip() throws Exception {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("a.txt"));
            zip.write('a');
        }
        return out.toByteArray();
    }
}
