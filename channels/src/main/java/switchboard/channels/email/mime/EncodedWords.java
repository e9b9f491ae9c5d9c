package switchboard.channels.email.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import switchboard.channels.email.charset.Charsets;
import switchboard.channels.email.charset.Labels;

/// Decodes `=?charset?B?...?=` in header values (RFC 2047) as really written: within words, with spaces, without
/// padding, split inside a character. Anything else stays as received. Takes linear time.
final class EncodedWords {
    private static final int WORD_CHARS_MAX = 4_096;
    private static final int CHARSET_CHARS_MAX = 60;

    /// @param base64 false: Q encoding
    /// @param end the index after its last character
    private record Word(String charset, boolean base64, String text, int end) {}

    private final String value;
    private final String hint;
    private final StringBuilder out;
    /// The charset of the current run of adjacent words; their bytes are decoded together.
    private String charset = "";
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final StringBuilder open = new StringBuilder();
    private byte[] apart = new byte[0];

    private EncodedWords(String value, String hint) {
        this.value = value;
        this.hint = hint;
        this.out = new StringBuilder(value.length());
    }

    static String decode(String value, String hint) {
        return value.contains("=?") ? new EncodedWords(value, hint).run() : value;
    }

    /// The index after the encoded word that starts there, or -1.
    static int end(String value, int at) {
        return value.startsWith("=?", at) ? word(value, at).map(Word::end).orElse(-1) : -1;
    }

    /// The charset of the first encoded word in a value; empty without one.
    static Optional<String> label(String value) {
        for (int at = value.indexOf("=?"); at >= 0; at = value.indexOf("=?", at + 2)) {
            var word = word(value, at);
            if (word.isPresent()) return Optional.of(word.get().charset());
        }
        return Optional.empty();
    }

    private String run() {
        int from = 0;
        boolean after = false;
        for (int at = value.indexOf("=?"); at >= 0; at = value.indexOf("=?", from)) {
            var found = word(value, at);
            if (found.isEmpty()) {
                flush();
                after = false;
                out.append(value, from, at + 2);
                from = at + 2;
                continue;
            }
            var between = value.substring(from, at);
            // Space between two encoded words is not text (RFC 2047, section 6.2).
            boolean adjacent = after && between.isBlank();
            if (!adjacent || !charset.equals(Labels.name(found.get().charset()))) flush();
            if (!adjacent) out.append(between);
            add(found.get());
            after = true;
            from = found.get().end();
        }
        flush();
        return out.append(value, from, value.length()).toString();
    }

    private static Optional<Word> word(String value, int at) {
        int mark = value.indexOf('?', at + 2);
        if (mark < 0 || mark - at > CHARSET_CHARS_MAX || mark + 2 >= value.length()
                || value.charAt(mark + 2) != '?') return Optional.empty();
        char encoding = Character.toLowerCase(value.charAt(mark + 1));
        if (encoding != 'b' && encoding != 'q') return Optional.empty();
        int from = mark + 3;
        int end = textEnd(value, from, encoding == 'q');
        if (end < 0) return Optional.empty();
        var charset = value.substring(at + 2, mark);
        int language = charset.indexOf('*');
        return Optional.of(new Word(language < 0 ? charset : charset.substring(0, language), encoding == 'b',
                value.substring(from, end), end + 2));
    }

    /// The end of the text: `?=`, except where the question mark precedes an encoded byte (`?=20`) and the word goes
    /// on.
    private static int textEnd(String value, int from, boolean q) {
        int limit = Math.min(value.length(), from + WORD_CHARS_MAX);
        int end = -1;
        for (int i = from; i + 1 < limit; i++) {
            char c = value.charAt(i);
            if (c == '=' && value.charAt(i + 1) == '?' && i > from && !value.startsWith("=", i + 2)) return end;
            if (end >= 0 && Character.isWhitespace(c)) return end;
            if (c != '?' || value.charAt(i + 1) != '=') continue;
            end = i;
            if (!q || !hex(value, i + 2) || !hex(value, i + 3)) return end;
            i++;
        }
        return end;
    }

    private static boolean hex(String value, int at) {
        return at < value.length() && Character.digit(value.charAt(at), 16) >= 0;
    }

    private void add(Word word) {
        charset = Labels.name(word.charset());
        if (!word.base64()) {
            closeBase64();
            q(word.text());
            return;
        }
        if (!unfinished(open) || open.length() > WORD_CHARS_MAX) closeBase64();
        var own = Base64Text.decode(word.text());
        var together = new byte[apart.length + own.length];
        System.arraycopy(apart, 0, together, 0, apart.length);
        System.arraycopy(own, 0, together, apart.length, own.length);
        apart = together;
        open.append(word.text().strip());
    }

    /// Some programs split the base64 rather than the characters: only the joined pieces decode.
    private static boolean unfinished(CharSequence base64) {
        return base64.length() % 4 != 0 && base64.charAt(base64.length() - 1) != '=';
    }

    private void closeBase64() {
        if (open.isEmpty()) return;
        var joined = Base64Text.decode(open.toString());
        boolean cut = !readable(apart) && readable(joined);
        bytes.writeBytes(cut ? joined : apart);
        open.setLength(0);
        apart = new byte[0];
    }

    private boolean readable(byte[] piece) {
        return Charsets.decode(piece, charset, hint).chars()
                .noneMatch(c -> c == '\ufffd' || Character.isISOControl(c));
    }

    private void q(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '=' && hex(text, i + 1) && hex(text, i + 2)) {
                bytes.write(Integer.parseInt(text, i + 1, i + 3, 16));
                i += 2;
            } else if (c == '_') {
                bytes.write(' ');
            } else if (c < 0x80) {
                bytes.write(c);
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void flush() {
        closeBase64();
        if (bytes.size() > 0) out.append(Charsets.decode(bytes.toByteArray(), charset, hint));
        bytes.reset();
        charset = "";
    }
}
