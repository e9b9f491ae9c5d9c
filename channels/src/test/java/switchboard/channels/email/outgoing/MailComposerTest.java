package switchboard.channels.email.outgoing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.channels.email.mime.Attachment;
import switchboard.channels.email.mime.MailAddress;
import switchboard.channels.email.mime.MailDecoder;

class MailComposerTest {
    private static final MailAddress FROM = new MailAddress("Zoë, \"Support\"", "support@demo.test");
    private static final MailAddress TO = new MailAddress("王小明", "wang@kunde.test");

    @Test void writes_what_its_own_reader_reads() {
        var mail = plain("Grüße 😀").withThread(List.of("q@kunde.test"), List.of("p@kunde.test", "q@kunde.test"))
                .withCopies(List.of(new MailAddress("", "cc@kunde.test")),
                List.of(new MailAddress("", "hidden@kunde.test")))
                .withReplyTo(new MailAddress("", "reply+abc@demo.test")).withHtml("<p>Hällo <img src=\"cid:logo\"></p>")
                .withAttachments(List.of(new Attachment("logo.png", "image/png", 3, "logo", true, new byte[] {1, 2, 3}),
                        new Attachment("Rechnung März 2026.pdf", "application/pdf", 2, "", false, new byte[] {4, 5})));
        var raw = MailComposer.compose(mail);
        var read = MailDecoder.decode(raw);
        assertEquals(FROM, read.from().orElseThrow());
        assertEquals(List.of(TO), read.to());
        assertEquals("Grüße 😀", read.subject());
        assertEquals("m1@demo.test", read.messageId());
        assertEquals(List.of("q@kunde.test"), read.inReplyTo());
        assertEquals(List.of("p@kunde.test", "q@kunde.test"), read.references());
        assertEquals("Hello\n.\nwörld", read.text());
        assertTrue(read.html().contains("cid:logo"));
        assertEquals(List.of("logo.png true", "Rechnung März 2026.pdf false"),
                read.attachments().stream().map(a -> a.name() + " " + a.inline()).toList());
        assertArrayEquals(new byte[] {4, 5}, read.attachments().get(1).bytes());
        assertTrue(read.warnings().isEmpty(), () -> read.warnings().toString());
        assertFalse(new String(raw, StandardCharsets.UTF_8).contains("hidden@kunde.test"));
        assertEquals(List.of("wang@kunde.test", "cc@kunde.test", "hidden@kunde.test"), mail.recipients());
    }

    @Test void says_that_a_machine_wrote_it() {
        var read = MailDecoder.decode(MailComposer.compose(plain("x").automatic()));
        assertFalse(read.loop().mayAutoReply());
        assertTrue(read.autoSubmitted());
        assertEquals("auto-generated", read.loop().autoSubmittedValue());
        var reply = plain("x").automatic().withThread(List.of("p@kunde.test"), List.of("p@kunde.test"));
        assertEquals("auto-replied", MailDecoder.decode(MailComposer.compose(reply)).loop().autoSubmittedValue());
    }

    @Test void ends_every_line_with_crlf_and_keeps_lines_short() {
        var raw = new String(MailComposer.compose(plain("long " + "wörd ".repeat(80))
                .withThread(List.of(), IntStream.range(0, 200).mapToObj(i -> "id" + i + "@kunde.test").toList())
                .withHeaders(Map.of("List-Unsubscribe", "<https://demo.test/" + "u/".repeat(100) + ">"))),
                StandardCharsets.ISO_8859_1);
        assertFalse(raw.matches("(?s).*(?<!\r)\n.*"));
        assertFalse(raw.matches("(?s).*\r(?!\n).*"));
        assertTrue(raw.lines().allMatch(l -> l.length() <= 998));
        assertTrue(raw.contains("<id0@kunde.test>") && raw.contains("<id199@kunde.test>")
                && !raw.contains("<id50@kunde.test>"));
    }

    @ParameterizedTest
    @Tag("T62")
    @ValueSource(strings = {"\r\nBcc: evil@x.test", "\nX: y", "\rX: y", "\r\n.\r\nMAIL FROM:<e@x>", "\u0000",
            "\u2028X: y", "\u2029", "\u0085X: y", "\u000b"})
    void refuses_whatever_could_break_out_of_a_header(String evil) {
        assertThrows(IllegalArgumentException.class, () -> plain("hi" + evil));
        assertThrows(IllegalArgumentException.class,
                () -> plain("x").withReplyTo(new MailAddress("n" + evil, "a@b.test")));
        assertThrows(IllegalArgumentException.class,
                () -> plain("x").withReplyTo(new MailAddress("", "a" + evil + "@b.test")));
        assertThrows(IllegalArgumentException.class,
                () -> plain("x").withReplyTo(new MailAddress("", "a@b.test" + evil)));
        assertThrows(IllegalArgumentException.class, () -> plain("x").withThread(List.of("a@b" + evil), List.of()));
        assertThrows(IllegalArgumentException.class, () -> plain("x").withHeaders(Map.of("X-Ok", "v" + evil)));
        assertThrows(IllegalArgumentException.class, () -> plain("x").withHeaders(Map.of("X-Ok" + evil, "v")));
    }

    @Test @Tag("T62") void keeps_a_hostile_file_name_inside_its_header() {
        var raw = MailComposer.compose(plain("x").withAttachments(List.of(
                new Attachment("a\r\nX-Evil: 1\u2028\"b/..\\c.txt", "text/plain\r\nX-Evil: 2", 1, "", false,
                new byte[] {1}))));
        var text = new String(raw, StandardCharsets.ISO_8859_1);
        assertFalse(text.matches("(?s).*\nX-Evil.*"));
        assertEquals("application/octet-stream", MailDecoder.decode(raw).attachments().getFirst().type());
    }

    @ParameterizedTest
    @ValueSource(strings = {"From", "Bcc", "content-type", "Sender", "Return-Path"})
    void refuses_a_second_say_on_its_own_headers(String name) {
        assertThrows(IllegalArgumentException.class, () -> plain("x").withHeaders(Map.of(name, "v")));
    }

    private static OutgoingMail plain(String subject) {
        return OutgoingMail.plain(FROM, List.of(TO), subject, "m1@demo.test", Instant.parse("2026-03-03T09:00:00Z"),
                "Hello\n.\nwörld");
    }
}
