package switchboard.channels.email.mime;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;

/// Bytes to characters the way mail is really written: a wrong or missing charset is guessed, nothing throws.
public final class HeaderText {
    /// Encoded words are decoded within so many characters of a field; the decoder's time grows with their square.
    private static final int ENCODED_CHARS_MAX = 8_192;
    private static final Pattern FOLD = Pattern.compile("\\r?\\n(?=[ \\t])");
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final Map<String, String> ALIASES = Map.of(
            "gb2312", "GB18030", "gbk", "GB18030", "x-gbk", "GB18030",
            "ks_c_5601-1987", "x-windows-949", "euc-kr", "x-windows-949",
            "iso-8859-1", "windows-1252", "latin1", "windows-1252", "us-ascii", "windows-1252", "ascii", "windows-1252",
            "shift_jis", "windows-31j");

    private HeaderText() {}

    /// The text of a body part. A label of ASCII or none at all with 8-bit bytes means UTF-8 if they are valid UTF-8,
    /// else windows-1252.
    public static String decode(byte[] bytes, String label) {
        var named = charset(label);
        if (named == null || named.equals(WINDOWS_1252)) {
            var utf8 = strictUtf8(bytes);
            if (utf8 != null && (named == null || asciiOrMultibyte(label, utf8))) return utf8;
        }
        return new String(bytes, named == null ? WINDOWS_1252 : named);
    }

    /// A header value: unfolded, encoded words decoded, without controls.
    static String header(String raw) {
        boolean oneLine = raw.indexOf('\r') < 0 && raw.indexOf('\n') < 0;
        var unfolded = oneLine ? raw : FOLD.matcher(raw).replaceAll("").replaceAll("[\\r\\n]+", " ");
        String decoded = unfolded;
        int words = Math.min(unfolded.length(), ENCODED_CHARS_MAX);
        if (unfolded.contains("=?")) {
            try {
                decoded = DecoderUtil.decodeEncodedWords(unfolded.substring(0, words), DecodeMonitor.SILENT,
                        StandardCharsets.UTF_8) + unfolded.substring(words);
            } catch (RuntimeException | Error notDecodable) {
                if (notDecodable instanceof VirtualMachineError fatal) throw fatal;
            }
        }
        return clean(decoded).strip();
    }

    /// Header bytes are UTF-8 (RFC 6532) or, in old mail, the sender's own code page.
    static String raw(byte[] bytes) {
        var utf8 = strictUtf8(bytes);
        return utf8 != null ? utf8 : new String(bytes, WINDOWS_1252);
    }

    /// Without NUL and other controls, line and paragraph separators made spaces: one line.
    static String clean(String text) {
        return isClean(text) ? text : cleaned(text);
    }

    private static boolean isClean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\u2028' || c == '\u2029' || Character.isISOControl(c)) return false;
        }
        return true;
    }

    private static String cleaned(String text) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\t' || c == '\r' || c == '\n' || c == '\u2028' || c == '\u2029') out.append(' ');
            else if (!Character.isISOControl(c)) out.append(c);
        }
        return out.toString();
    }

    /// Body text without NUL, line ends as `\n`.
    static String body(String text) {
        var plain = text.replace("\0", "");
        int at = plain.indexOf('\r');
        if (at < 0) return plain;
        var out = new StringBuilder(plain.length());
        int from = 0;
        for (; at >= 0; at = plain.indexOf('\r', from)) {
            out.append(plain, from, at).append('\n');
            from = plain.startsWith("\n", at + 1) ? at + 2 : at + 1;
        }
        return out.append(plain, from, plain.length()).toString();
    }

    private static boolean asciiOrMultibyte(String label, String utf8) {
        var name = label.toLowerCase(Locale.ROOT);
        return name.contains("ascii") || utf8.chars().allMatch(c -> c < 0x80);
    }

    private static Charset charset(String label) {
        if (label == null || label.isBlank()) return null;
        var name = label.strip().toLowerCase(Locale.ROOT);
        try {
            return Charset.forName(ALIASES.getOrDefault(name, name));
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }

    private static String strictUtf8(byte[] bytes) {
        // The quick way writes a replacement character for what is no UTF-8; one may also have been sent.
        var quick = new String(bytes, StandardCharsets.UTF_8);
        if (quick.indexOf('\ufffd') < 0) return quick;
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException other) {
            return null;
        }
    }
}
