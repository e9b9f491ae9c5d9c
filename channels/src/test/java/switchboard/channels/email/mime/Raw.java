package switchboard.channels.email.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// Builds a mail from pieces in different charsets, as the bytes that a sender's program wrote.
final class Raw {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /// Decodes a UTF-8 mail, with line ends as on the wire.
    static DecodedMail decode(String mail) {
        return new Raw().add(mail).decode();
    }

    /// The pieces between header and end form a `text/plain` body without a label.
    static Raw from(String from) {
        return new Raw().add("From: " + from + "\nTo: support@demo.test\nMessage-ID: <1@x.test>\n");
    }

    Raw add(String text) {
        return add(text, StandardCharsets.UTF_8);
    }

    Raw add(String text, String charset) {
        return add(text, Charset.forName(charset));
    }

    Raw add(String text, Charset charset) {
        bytes.writeBytes(text.replace("\n", "\r\n").getBytes(charset));
        return this;
    }

    Raw add(int... raw) {
        for (int b : raw) bytes.write(b);
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    DecodedMail decode() {
        return MailDecoder.decode(bytes());
    }
}
