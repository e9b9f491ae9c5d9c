package switchboard.channels.email.charset;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Charsets that encode everything in seven bits, by escapes. The JDK lacks UTF-7 (RFC 2152) and HZ (RFC 1843).
final class SevenBit {
    static final int ESCAPE = 0x1b;

    private SevenBit() {}

    /// Whether the bytes switch between character sets by escapes, which only seven-bit charsets do.
    static boolean escapes(byte[] bytes) {
        return !eightBit(bytes) && hasEscape(bytes);
    }

    private static boolean hasEscape(byte[] bytes) {
        for (int i = 0; i + 1 < bytes.length; i++) {
            if (bytes[i] == ESCAPE && (bytes[i + 1] == '$' || bytes[i + 1] == '(')) return true;
        }
        return false;
    }

    static String byEscapes(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.contains("\u001b$)C") ? "iso-2022-kr" : text.contains("\u001b$)A") ? "iso-2022-cn" : "iso-2022-jp";
    }

    static String decode(byte[] bytes, String name) {
        return switch (name) {
            case "utf-7" -> utf7(new String(bytes, StandardCharsets.ISO_8859_1));
            case "hz-gb-2312" -> hz(bytes);
            case "iso-2022-jp" -> mislabelled(bytes) ? Charsets.decode(bytes, "", "shift_jis")
                    : fewestFaults(bytes, name);
            default -> mislabelled(bytes) ? Charsets.decode(bytes, "", "")
                    : new String(bytes, Charset.forName(name.toUpperCase(java.util.Locale.ROOT)));
        };
    }

    /// Eight-bit bytes without escapes are in another charset of the same country; beside escapes they are damage.
    private static boolean mislabelled(byte[] bytes) {
        return eightBit(bytes) && !hasEscape(bytes);
    }

    private static boolean eightBit(byte[] bytes) {
        for (byte b : bytes) if (b < 0) return true;
        return false;
    }

    private static String fewestFaults(byte[] bytes, String name) {
        String best = null;
        for (var charset : Labels.candidates(name)) {
            var text = new String(bytes, charset);
            if (best == null || faults(text) < faults(best)) best = text;
        }
        return best;
    }

    private static long faults(String text) {
        return text.chars().filter(c -> c == '\ufffd' || c >= '\ue000' && c <= '\uf8ff').count();
    }

    /// `+` starts base64 of UTF-16; `-` or any character outside base64 ends it; `+-` is a plus.
    private static String utf7(String text) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '+') {
                out.append(c);
                continue;
            }
            int end = i + 1;
            while (end < text.length() && isBase64(text.charAt(end))) end++;
            if (end == i + 1) out.append('+');
            else out.append(utf16(text.substring(i + 1, end)));
            i = end < text.length() && text.charAt(end) == '-' ? end : end - 1;
        }
        return out.toString();
    }

    private static boolean isBase64(char c) {
        return c < 128 && Character.isLetterOrDigit(c) || c == '+' || c == '/';
    }

    private static String utf16(String base64) {
        // Four characters hold three bytes; a single leftover character holds none.
        int whole = base64.length() % 4 == 1 ? base64.length() - 1 : base64.length();
        var bytes = Base64.getDecoder().decode(base64.substring(0, whole));
        return new String(bytes, 0, bytes.length / 2 * 2, StandardCharsets.UTF_16BE);
    }

    private static String hz(byte[] bytes) {
        var out = new ByteArrayOutputStream(bytes.length);
        boolean chinese = false;
        for (int i = 0; i < bytes.length; i++) {
            int next = i + 1 < bytes.length ? bytes[i + 1] : -1;
            if (bytes[i] == '~' && (next == '{' || next == '}')) {
                chinese = next == '{';
                i++;
            } else if (bytes[i] == '~' && next == '~' && !chinese) {
                out.write('~');
                i++;
            } else {
                out.write(chinese && bytes[i] > 0x20 ? bytes[i] | 0x80 : bytes[i]);
            }
        }
        return out.toString(Charset.forName("GB18030"));
    }
}
