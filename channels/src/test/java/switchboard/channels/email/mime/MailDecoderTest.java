package switchboard.channels.email.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailDecoderTest {
    private static final String ALTERNATIVE = """
            From: =?utf-8?Q?J=C3=BCrgen?= <j@kunde.test>
            To: Support <support@demo.test>, "Berg, Anna" <anna@demo.test>
            Cc: team:x@demo.test,y@demo.test;
            Subject: =?UTF-8?B?QmVzdGVsbHVuZyDwn5iA?=
             weiter
            Message-ID: <1@kunde.test>
            In-Reply-To: <0@demo.test>
            References: <a@demo.test>
             <b@demo.test> <0@demo.test>
            Date: Tue, 3 Mar 2026 10:12:00 +0100
            Authentication-Results: mx.demo.test; spf=pass smtp.mailfrom=kunde.test
            Authentication-Results: evil.test; dkim=pass
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=m

            --m
            Content-Type: multipart/alternative; boundary=a

            --a
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            Gr=FC=DFe
            --a
            Content-Type: multipart/related; boundary=r

            --r
            Content-Type: text/html; charset=utf-8

            <p>Grüße <img src="cid:logo"></p>
            --r
            Content-Type: image/png; name=logo.png
            Content-ID: <logo>
            Content-Transfer-Encoding: base64

            iVBORw0KGgo=
            --r--
            --a--
            --m
            Content-Type: application/pdf
            Content-Disposition: attachment; filename*0*=utf-8''Rechnung%20; filename*1*=M%C3%A4rz.pdf
            Content-Transfer-Encoding: base64

            JVBERg==
            --m--
            """;

    @Test void reads_a_mail_with_alternatives_an_inline_image_and_a_file() {
        var mail = decode(ALTERNATIVE);
        assertEquals(Optional.of(new MailAddress("Jürgen", "j@kunde.test")), mail.from());
        assertEquals(List.of("support@demo.test", "anna@demo.test"),
                mail.to().stream().map(MailAddress::address).toList());
        assertEquals(List.of("x@demo.test", "y@demo.test"), mail.cc().stream().map(MailAddress::address).toList());
        assertEquals("Bestellung 😀 weiter", mail.subject());
        assertEquals("1@kunde.test", mail.messageId());
        assertEquals(List.of("0@demo.test"), mail.inReplyTo());
        assertEquals(List.of("a@demo.test", "b@demo.test", "0@demo.test"), mail.references());
        assertEquals("2026-03-03T09:12:00Z", mail.date().orElseThrow().toString());
        assertEquals("Grüße", mail.text().strip());
        assertTrue(mail.html().contains("cid:logo"));
        assertEquals(List.of("logo.png true", "Rechnung März.pdf false"),
                mail.attachments().stream().map(a -> a.name() + " " + a.inline()).toList());
        assertArrayEquals("%PDF".getBytes(StandardCharsets.US_ASCII), mail.attachments().get(1).bytes());
        assertEquals(List.of("mx.demo.test", "evil.test"),
                mail.authenticationResults().stream().map(AuthenticationResult::server).toList());
        assertEquals(MailKind.NORMAL, mail.kind());
        assertEquals(Optional.empty(), mail.quarantineReason());
        assertTrue(mail.loop().mayAutoReply());
    }

    @Test void takes_the_text_of_a_mail_that_is_only_html() {
        var mail = decode("From: a@b.test\nContent-Type: text/html\n\n<style>p{}</style><p>One<br>two<"
                + "/p><blockquote>old</blockquote><script>x</script>");
        assertEquals("One\ntwo\n\n> old", mail.text());
    }

    @ParameterizedTest
    @CsvSource({"utf-8,Grüße", "iso-8859-15,5 €", "windows-1251,Привет", "gb2312,你好", "big5,您好", "shift_jis,こんにちは",
            "euc-kr,안녕", "koi8-r,Привет", "iso-2022-jp,こんにちは"})
    void reads_the_charsets_that_mail_is_written_in(String charset, String words) {
        var head = ("From: a@b.test\nContent-Type: text/plain; charset=" + charset
                + "\nContent-Transfer-Encoding: 8bit\n\n").getBytes(StandardCharsets.US_ASCII);
        var body = words.getBytes(Charset.forName(charset));
        var raw = new byte[head.length + body.length];
        System.arraycopy(head, 0, raw, 0, head.length);
        System.arraycopy(body, 0, raw, head.length, body.length);
        assertEquals(words, MailDecoder.decode(raw).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "", "us-ascii"})
    void guesses_utf8_where_the_charset_is_missing_or_unknown(String charset) {
        assertEquals("Grüße", decode("From: a@b.test\nContent-Type: text/plain; charset=\"" + charset + "\"\n\nGrüße")
                .text());
    }

    @ParameterizedTest
    @Tag("T79")
    @CsvSource(delimiter = '|', value = {
        "From: Real <b@y.test>                                    | b@y.test",
        "From: \"a@x.test\" <b@y.test>                            | b@y.test",
        "From: b@y.test (a@x.test)                                | b@y.test",
        "From: Friends: b@y.test;                                 | b@y.test",
        "From: (a@x.test) b@y.test                                | b@y.test",
        "From: B@Y.TEST                                           | B@y.test",
        "From: <b@y.test>\\nFrom: Other <b@y.test>                | b@y.test",
        "From: a@x.test, b@y.test\\nSender: b@y.test              | b@y.test",
        "From: a@x.test, b@y.test                                 | several-senders",
        "From: a@x.test\\nFrom: b@y.test                          | several-senders",
        "From: a@x.test\\nFrom: b@y.test\\nSender: b@y.test       | several-senders",
        "From: nobody                                             | unreadable-from",
        "From: =?utf-8?Q?a=40x.test?=                             | unreadable-from",
        "From: Friends:;                                          | unreadable-from",
        "From: a@x.test\\0b@y.test                                | nul-in-from",
        "Subject: none                                            | no-from"})
    void names_one_sender_or_says_why_it_cannot(String headers, String expected) {
        var mail = decode(headers.replace("\\n", "\n").replace("\\0", "\0") + "\nTo: support@demo.test\n\nHi");
        if (expected.contains("@")) assertEquals(expected, mail.from().orElseThrow().address());
        else assertEquals(expected, mail.quarantineReason().orElse("none"));
        assertEquals(expected.contains("@"), mail.from().isPresent());
    }

    @Test void warns_when_the_name_looks_like_another_address() {
        assertTrue(decode("From: \"boss@demo.test\" <evil@x.test>\n\nHi").warnings()
                .contains("name-looks-like-other-address"));
        assertFalse(decode("From: \"evil@x.test\" <evil@x.test>\n\nHi").warnings()
                .contains("name-looks-like-other-address"));
    }

    @Test void decodes_the_message_that_was_forwarded_as_a_file() {
        var mail = decode("From: a@b.test\nContent-Type: multipart/mixed"
                + "; boundary=m\n\n--m\n\nsee below\n--m\nContent-Type: message/rfc822\n\n"
                + "From: c@d.test\nMessage-ID: <inner@d.test>\nSubject: inner\n\nhello\n--m--\n");
        assertEquals("inner@d.test", mail.embedded().orElseThrow().messageId());
        assertEquals("see below", mail.text().strip());
        assertEquals(List.of("message.eml"), mail.attachments().stream().map(Attachment::name).toList());
    }

    @Test void strips_nul_and_line_separators() {
        var mail = decode("From: a@b.test\nSubject: a\0b\u2028c\n\nd\0e");
        assertEquals("ab c", mail.subject());
        assertEquals("de", mail.text());
    }

    @ParameterizedTest
    @Tag("T74")
    @CsvSource(delimiter = '|', value = {
        "Auto-Submitted: auto-replied    | auto-submitted", "Auto-Submitted: auto-generated (x) | auto-submitted",
        "Precedence: bulk                | precedence", "Precedence: junk | precedence",
        "Precedence: list | precedence", "Precedence: auto_reply | precedence",
        "List-Id: <x.test>               | mailing-list", "X-Auto-Response-Suppress: OOF | suppressed",
        "Return-Path: <> | null-return-path",
        "X-Loop: us@demo.test            | auto-responder"})
    void knows_what_must_not_be_answered_by_a_machine(String header, String reason) {
        var mail = decode("From: a@b.test\n" + header + "\n\nHi");
        assertFalse(mail.loop().mayAutoReply());
        assertTrue(mail.loop().objections().contains(reason));
    }

    @ParameterizedTest
    @Tag("T74")
    @ValueSource(strings = {"MAILER-DAEMON@x.test", "postmaster@x.test", "no-reply@x.test", "noreply+7@x.test",
            "do-not-reply@x.test", "owner-list@x.test", "list-bounces@x.test"})
    void knows_senders_that_are_machines(String from) {
        assertTrue(decode("From: " + from + "\n\nHi").loop().objections().contains("system-sender"));
    }

    @Test @Tag("T74") void counts_hops_and_lets_ordinary_mail_be_answered() {
        assertTrue(decode("Received: x\n".repeat(30)
                + "From: a@b.test\nAuto-Submitted: no\nReturn-Path: <a@b.test>\n\nHi").loop().mayAutoReply());
        assertEquals(List.of("too-many-hops"), decode("Received: x\n".repeat(31) + "From: a@b.test\n\nHi").loop()
                .objections());
    }

    private static DecodedMail decode(String mail) {
        return MailDecoder.decode(mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }
}
