package switchboard.channels.email.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The text is what a reader sees, wherever the sender's program put it.
class MailBodyTest {
    private static final String HTML = "<p>The parcel 4711 came open.</p><p>Please send a new one to my office.</p>";
    private static final String SAID = "The parcel 4711 came open.\n\nPlease send a new one to my office.";

    @ParameterizedTest
    @Tag("M20")
    @ValueSource(strings = {"", " ", "\n\n", "\u00a0", "\u200b\n\ufeff", "\u3000\t", "\u2800", "\u00ad \u200c\u200d",
            "This message is in HTML format. Please use a mail program that shows HTML.",
            "Please view this e-mail in your browser.", "Ihr E-Mail-Programm kann leider kein HTML darstellen.",
            "您的邮件客户端不支持HTML格式邮件", "このメールはHTML形式です。", "Votre messagerie n'affiche pas le format HTML.",
            "Ваша почтовая программа не показывает письма в формате HTML.",
            "View this email in your browser: https://news.test/4711",
            "The parcel 4711 came", "The parcel 4711 came open. Plea..."})
    void the_html_speaks_where_the_plain_part_says_less(String plain) {
        var mail = alternative(plain, HTML);
        assertEquals(SAID, mail.text());
        assertEquals(HTML, mail.html().strip());
    }

    @ParameterizedTest
    @Tag("M20")
    @ValueSource(strings = {"Please fix the HTML of our shop page, the browser shows nothing.",
            "👍", "?", "1) ok 2) no",
            "The parcel 4711 came open. Please send a new one to my office."})
    void the_plain_part_speaks_where_it_says_as_much(String plain) {
        assertEquals(plain, alternative(plain, "<p><b>" + plain
                + "</b></p><img src='https://x.test/1'>").text().strip());
    }

    @ParameterizedTest
    @Tag("M20")
    @ValueSource(strings = {"", " ", "<html><body>&nbsp;</body></html>", "<div><br></div>", "<style>p{}</style>"})
    void a_blank_html_hides_no_text(String html) {
        var mail = alternative("The real question", html);
        assertEquals("The real question", mail.text().strip());
        assertEquals("", mail.html());
    }

    @Test @Tag("M20")
    void a_blank_part_before_the_html_or_a_footer_behind_it_is_not_the_text() {
        var mail = mixed("Content-Type: text/plain\n\n \n", "Content-Type: text/html\n\n" + HTML + "\n",
                "Content-Type: text/plain\n\n____\nlist footer\n");
        assertEquals(SAID + "\n\n____\nlist footer", mail.text().strip());
        assertTrue(mail.html().contains(HTML) && mail.html().contains("list footer"));
        assertEquals(List.of(), mail.attachments());
    }

    @Test @Tag("M20")
    void text_around_pictures_is_one_text() {
        var mail = mixed("Content-Type: text/plain\n\nFirst\n", "Content-Type: image/png; name=a.png\n\nx\n",
                "Content-Type: text/plain\n\nSecond\n");
        assertEquals(List.of("First", "Second"), mail.text().lines().filter(line -> !line.isBlank()).toList());
        assertEquals("", mail.html());
        assertEquals(1, mail.attachments().size());
    }

    @ParameterizedTest
    @Tag("M22")
    @ValueSource(strings = {"Content-Type: text/plain; name=message.txt\nContent-Disposition: inline; "
            + "filename=message.txt",
            "Content-Type: text/plain; name=message.txt", "Content-Type: text/html; name=body.html",
            "Content-Disposition: inline; filename=body.txt", "Content-Type: text/enriched", "Content-Type: text/x-odd",
            "Content-Type: text", "Content-Type: TEXT/PLAIN; name=\"/tmp/body\""})
    void the_only_text_is_the_body_named_or_not(String header) {
        for (var mail : List.of(Raw.decode("From: a@b.test\n" + header + "\n\nThe question"),
                mixed(header + "\n\nThe question\n", "Content-Type: application/pdf; name=a.pdf\n\nx\n"))) {
            assertEquals("The question", mail.text().strip());
            assertFalse(mail.attachments().stream().anyMatch(file -> file.type().startsWith("text/")));
        }
    }

    @Test @Tag("M22")
    void a_named_text_beside_the_body_stays_a_file() {
        var mail = mixed("Content-Type: text/plain\n\nSee the log\n",
                "Content-Type: text/plain; name=a.log\n\nline\n",
                "Content-Type: text/plain\nContent-Disposition: attachment\n\nline 2\n");
        assertEquals("See the log", mail.text().strip());
        assertEquals(List.of("a.log", "attachment-2.txt"), mail.attachments().stream().map(Attachment::name).toList());
    }

    @Test @Tag("M22")
    void a_text_that_is_sent_as_the_only_file_is_read_and_kept() {
        var mail = Raw.decode("From: a@b.test\nContent-Type: text/plain\nContent-Disposition: attachment; "
                + "filename=q.txt"
                + "\n\nThe question");
        assertEquals("The question", mail.text());
        assertEquals("q.txt", mail.attachments().getFirst().name());
    }

    @ParameterizedTest
    @Tag("M53")
    @CsvSource(delimiter = '|', value = {
        "multipart/mixed; boundary=never\\n\\nThe question",
        "multipart/alternative; boundary=\"\"\\n\\n--b\\nContent-Type: text/plain\\n\\nThe question\\n--b--",
        "multipart/mixed\\n\\n--b\\nContent-Type: text/plain\\n\\nThe question\\n--b--",
        "multipart/mixed; boundary=b\\n\\npreamble\\n--b\\nContent-Type: text/plain\\n\\nThe question",
        "multipart/mixed; boundary=b\\n\\n--b\\n\\nThe question\\n--b--\\nepilogue",
        "multipart/mixed; boundary=----=_Next_01=\\n\\n------=_Next_01=\\n\\nThe question\\n------=_Next_01=--",
        "multipart/mixed; boundary=abc\\n\\n--abc\\nContent-Type: multipart/alternative; "
                + "boundary=abcd\\n\\n--abcd\\n\\n"
        + "The question\\n--abcd--\\n--abc--",
        "multipart/mixed; boundary=b\\n\\n--b\\nContent-Type: multipart/mixed; boundary=b2\\n\\n--b2\\n\\nThe "
                + "question\\n"
        + "--b--", "text/plain; charset\\n\\nThe question", "\\n\\nThe question", "nonsense\\n\\nThe question"})
    void the_text_is_found_in_broken_structures(String rest) {
        assertEquals("The question", Raw.decode("From: a@b.test\nContent-Type: " + rest.replace("\\n", "\n")).text()
                .strip());
    }

    @ParameterizedTest
    @Tag("M53")
    @ValueSource(strings = {"base64\n\nVGhlIHF1ZXN0aW9u", "BASE64 \n\nVGhlIHF1ZXN0aW9u",
            "quoted-printable\n\nThe =71uest=\nion",
            "8-bit\n\nThe question", "utf-8\n\nThe question", "quoted-printable\n\nThe question= ",
            "\"base64\"\n\nVGhlIHF1ZXN0aW9u"})
    void transfer_encodings_are_undone(String rest) {
        assertEquals("The question", Raw.decode("From: a@b.test\nContent-Transfer-Encoding: " + rest).text().strip());
    }

    @Test @Tag("M53")
    void a_header_that_ends_in_a_line_of_blanks_does_not_swallow_the_text() {
        var mail = Raw.decode("From: a@b.test\nSubject: Hi\nX-Mailer: y\n \nThe question, \"as\" asked.\n");
        assertEquals("The question, \"as\" asked.", mail.text().strip());
        assertEquals("folded on", Raw.decode("From: a@b.test\nSubject: folded\n \n on\nTo: x@y.test\n\nHi").subject()
                .replaceAll("\\s+", " "));
    }

    @Test @Tag("M53")
    void a_forwarded_mail_is_a_file_however_it_is_encoded() {
        for (var part : List.of("Content-Type: message/rfc822\n\nFrom: c@d.test\nSubject: inner\n\ntext\n",
                "Content-Type: message/rfc822; name=fw.eml\nContent-Transfer-Encoding: base64\n\n"
                + "RnJvbTogY0BkLnRlc3QNClN1YmplY3Q6IGlubmVyDQoNCnRleHQ=\n")) {
            var mail = mixed("Content-Type: text/plain\n\nsee below\n", part);
            assertEquals("see below", mail.text().strip());
            assertEquals("inner", mail.embedded().orElseThrow().subject());
            assertEquals("message/rfc822", mail.attachments().getFirst().type());
        }
    }

    private static DecodedMail alternative(String plain, String html) {
        return Raw.decode("From: a@b.test\nContent-Type: multipart/alternative; boundary=m\n\n--m\n"
                + "Content-Type: text/plain; charset=utf-8\n\n" + plain
                        + "\n--m\nContent-Type: text/html; charset=utf-8\n\n"
                + html + "\n--m--\n");
    }

    private static DecodedMail mixed(String... parts) {
        return Raw.decode("From: a@b.test\nContent-Type: multipart/mixed; boundary=m\n\n--m\n"
                + String.join("--m\n", parts) + "--m--\n");
    }
}
