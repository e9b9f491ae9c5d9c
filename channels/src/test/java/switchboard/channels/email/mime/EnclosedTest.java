package switchboard.channels.email.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Content inside Outlook, calendar and encryption envelopes.
class EnclosedTest {
    @Test @Tag("M35")
    void the_files_in_winmail_dat_are_files_of_the_mail() {
        var mail = tnef("See file", new Tnef().message(0x8004, "Order\0").file("订单 1.pdf", "%PDF-1.4")
                .file("C:\\temp\\notes.txt", "line").bytes());
        assertEquals("See file", mail.text().strip());
        assertEquals(List.of("订单 1.pdf", "notes.txt"), mail.attachments().stream().map(Attachment::name).toList());
        assertEquals(List.of("application/pdf", "text/plain"),
                mail.attachments().stream().map(Attachment::type).toList());
        assertEquals("%PDF-1.4", new String(mail.attachments().getFirst().bytes(), StandardCharsets.UTF_8));
    }

    @Test @Tag("M35")
    void the_text_in_winmail_dat_is_read_where_the_mail_has_none() {
        var rtf = "{\\rtf1\\ansi\\ansicpg1252\\fromtext Where is my \\'fcber parcel?\\par Thanks}";
        for (var form : List.of(new Tnef().rtf(rtf), new Tnef().message(0x800c,
                "Where is my über parcel?\r\nThanks\0"))) {
            var mail = tnef(" ", form.file("a.pdf", "%PDF").bytes());
            assertEquals(List.of("Where is my über parcel?", "Thanks"), mail.text().lines().map(String::strip)
                    .filter(line -> !line.isEmpty()).toList());
            assertEquals(List.of("a.pdf"), mail.attachments().stream().map(Attachment::name).toList());
        }
    }

    @Test @Tag("M35")
    void a_winmail_dat_that_cannot_be_opened_stays_a_file() {
        for (var bytes : List.of(new byte[] {0x78, (byte) 0x9f, 0x3e, 0x22, 0, 1}, new byte[0], new byte[] {1, 2, 3},
                new Tnef().file("a.pdf", "%PDF").cut())) {
            assertEquals("winmail.dat", tnef("See file", bytes).attachments().getFirst().name());
        }
    }

    @Test @Tag("M36")
    void a_mail_that_is_an_invitation_says_so() {
        var mail = Raw.decode("From: a@b.test\nSubject: Invitation\nContent-Type: text/calendar; method=REQUEST\n\n"
                + calendar("REQUEST"));
        for (var fact : List.of("Kick-off, part 2", "2026-03-10 10:00", "Europe/Berlin", "Room 7", "Ann Lee")) {
            assertTrue(mail.text().contains(fact), mail.text());
        }
        assertEquals(List.of("invite.ics"), mail.attachments().stream().map(Attachment::name).toList());
    }

    @Test @Tag("M36")
    void what_is_signed_is_read() throws Exception {
        var inner = "Content-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\nContent-Type: text/plain; "
                + "charset=utf-8\r\n"
                + "\r\nThe signed question, 订单\r\n--i\r\nContent-Type: application/pdf; "
                        + "name=a.pdf\r\n\r\n%PDF\r\n--i--\r\n";
        for (var type : List.of("application/pkcs7-mime; smime-type=signed-data; name=smime.p7m",
                "application/x-pkcs7-mime; name=smime.p7m", "application/octet-stream; name=smime.p7m")) {
            var mail = part(type, Smime.signed(inner));
            assertEquals("The signed question, 订单", mail.text().strip());
            assertEquals(List.of("a.pdf"), mail.attachments().stream().map(Attachment::name).toList());
        }
    }

    @Test @Tag("M36")
    void what_is_encrypted_says_what_came() throws Exception {
        var smime = part("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m",
                Smime.encrypted("Content-Type: text/plain\r\n\r\nsecret"));
        assertTrue(smime.text().contains("S/MIME"), smime.text());
        assertEquals("smime.p7m", smime.attachments().getFirst().name());
        var pgp = Raw.decode("From: a@b.test\nContent-Type: multipart/encrypted; boundary=m; "
                + "protocol=\"application/pgp-encrypted\"\n\n--m\nContent-Type: "
                        + "application/pgp-encrypted\n\nVersion: 1\n"
                + "--m\nContent-Type: application/octet-stream; name=encrypted.asc\n\n-----BEGIN PGP "
                        + "MESSAGE-----\n\nabc\n"
                + "-----END PGP MESSAGE-----\n--m--\n");
        assertTrue(pgp.text().contains("PGP"), pgp.text());
        assertEquals(List.of("encrypted.asc"), pgp.attachments().stream().map(Attachment::name).toList());
    }

    @ParameterizedTest
    @Tag("M36")
    @ValueSource(strings = {"MIAGCSqGSIb3DQEHAqCAMIACAQE=", "", "AAAA", "MIIB"})
    void what_cannot_be_opened_says_what_came(String base64) {
        var mail = part("application/pkcs7-mime; smime-type=signed-data; name=smime.p7m",
                Base64.getDecoder().decode(base64));
        assertFalse(mail.text().isBlank());
        assertTrue(mail.text().contains("S/MIME"));
        assertEquals("smime.p7m", mail.attachments().getFirst().name());
    }

    static String calendar(String method) {
        return """
                BEGIN:VCALENDAR
                VERSION:2.0
                METHOD:%s
                BEGIN:VTIMEZONE
                TZID:Europe/Berlin
                BEGIN:STANDARD
                DTSTART:16011028T030000
                RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
                TZOFFSETFROM:+0200
                TZOFFSETTO:+0100
                END:STANDARD
                BEGIN:DAYLIGHT
                DTSTART:16010325T020000
                RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
                TZOFFSETFROM:+0100
                TZOFFSETTO:+0200
                END:DAYLIGHT
                END:VTIMEZONE
                BEGIN:VEVENT
                UID:1@b.test
                SUMMARY:Kick-off\\, part 2
                DTSTART;TZID=Europe/Berlin:20260310T100000
                DTEND;TZID=Europe/Berlin:20260310T110000
                LOCATION:Room 7
                ORGANIZER;CN=Ann Lee:mailto:ann@kunde.test
                END:VEVENT
                END:VCALENDAR
                """.formatted(method);
    }

    private static DecodedMail tnef(String text, byte[] winmail) {
        return Raw.decode("From: a@b.test\nContent-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: "
                + "text/plain\n\n"
                + text + "\n--m\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: "
                        + "base64\n\n"
                + Base64.getMimeEncoder().encodeToString(winmail) + "\n--m--\n");
    }

    private static DecodedMail part(String type, byte[] body) {
        return Raw.decode("From: a@b.test\nSubject: x\nContent-Type: " + type + "\nContent-Disposition: attachment; "
                + "filename=smime.p7m\nContent-Transfer-Encoding: base64\n\n"
                + Base64.getMimeEncoder().encodeToString(body) + "\n");
    }

    /// Builds a winmail.dat as MS-OXTNEF specifies.
    private static final class Tnef {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Tnef() {
            number(0x223e9f78, 4);
            number(1, 2);
        }

        Tnef message(int id, String text) {
            return attribute(1, id, id == 0x8004 || id == 0x800c ? 1 : 6, text.getBytes(StandardCharsets.ISO_8859_1));
        }

        /// PR_RTF_COMPRESSED in a block of MAPI properties, stored without compression ("MELA").
        Tnef rtf(String rtf) {
            var text = rtf.getBytes(StandardCharsets.US_ASCII);
            var block = new Tnef();
            block.out.reset();
            block.number(1, 4);
            block.number(0x10090102, 4);
            block.number(1, 4);
            block.number(text.length + 16, 4);
            block.number(text.length + 12, 4);
            block.number(text.length, 4);
            block.number(0x414c454d, 4);
            block.number(0, 4);
            block.out.writeBytes(text);
            while (block.out.size() % 4 != 0) block.out.write(0);
            return attribute(1, 0x9003, 6, block.out.toByteArray());
        }

        Tnef file(String name, String content) {
            attribute(2, 0x9002, 6, new byte[14]);
            attribute(2, 0x8010, 1, (name + "\0").getBytes(StandardCharsets.ISO_8859_1));
            var wide = name.getBytes(StandardCharsets.UTF_16LE);
            attribute(2, 0x800f, 6, content.getBytes(StandardCharsets.UTF_8));
            var block = new Tnef();
            block.out.reset();
            block.number(1, 4);
            block.number(0x3707001f, 4);
            block.number(1, 4);
            block.number(wide.length + 2, 4);
            block.out.writeBytes(wide);
            block.number(0, 2);
            while (block.out.size() % 4 != 0) block.out.write(0);
            return attribute(2, 0x9005, 6, block.out.toByteArray());
        }

        private Tnef attribute(int level, int id, int type, byte[] data) {
            out.write(level);
            number(id, 2);
            number(type, 2);
            number(data.length, 4);
            out.writeBytes(data);
            int sum = 0;
            for (byte b : data) sum += b & 0xff;
            number(sum & 0xffff, 2);
            return this;
        }

        private void number(int value, int bytes) {
            for (int i = 0; i < bytes; i++) out.write(value >> 8 * i);
        }

        byte[] bytes() {
            return out.toByteArray();
        }

        byte[] cut() {
            return java.util.Arrays.copyOf(bytes(), 40);
        }
    }

    /// A sender with its own key.
    private static final class Smime {
        static byte[] signed(String content) throws Exception {
            var keys = keys();
            var generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(new JcaSimpleSignerInfoGeneratorBuilder().build("SHA256withRSA",
                    keys.getPrivate(), certificate(keys)));
            return generator.generate(new CMSProcessableByteArray(content.getBytes(StandardCharsets.UTF_8)), true)
                    .getEncoded();
        }

        static byte[] encrypted(String content) throws Exception {
            var generator = new CMSEnvelopedDataGenerator();
            generator.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(certificate(keys())));
            return generator.generate(new CMSProcessableByteArray(content.getBytes(StandardCharsets.UTF_8)),
                    new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES128_CBC).build()).getEncoded();
        }

        private static java.security.KeyPair keys() throws Exception {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(1024);
            return generator.generateKeyPair();
        }

        private static java.security.cert.X509Certificate certificate(java.security.KeyPair keys) throws Exception {
            var name = new X500Principal("CN=Ann");
            var from = Instant.parse("2026-01-01T00:00:00Z");
            var built = new JcaX509v3CertificateBuilder(name, BigInteger.ONE, Date.from(from),
                    Date.from(from.plusSeconds(400_000_000)), name, keys.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate()));
            return new org.bouncycastle.cert.jcajce.JcaX509CertificateConverter().getCertificate(built);
        }
    }
}
