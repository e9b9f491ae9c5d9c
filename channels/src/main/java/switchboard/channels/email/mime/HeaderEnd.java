package switchboard.channels.email.mime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/// Repairs a header that ends in a line of spaces instead of an empty line. Standard parsers take that line and
/// everything after it as a continuation of the last field, and lose the text.
final class HeaderEnd {
    private static final int HEADER_BYTES_MAX = 64 * 1024;
    private static final Pattern FIELD = Pattern.compile("[!-9;-~\\x80-\\xff]{1,200}[ \\t]{0,9}:.*", Pattern.DOTALL);

    private HeaderEnd() {}

    /// The same bytes, or a copy with the header ended where its writer meant.
    static byte[] mended(byte[] raw) {
        var lines = new String(raw, 0, Math.min(raw.length, HEADER_BYTES_MAX), StandardCharsets.ISO_8859_1)
                .split("(?<=\\n)");
        int at = 0;
        for (int i = 0; i + 1 < lines.length; i++) {
            if (lines[i].equals("\n") || lines[i].equals("\r\n")) return raw;
            if (i > 0 && lines[i].isBlank() && isText(lines[i + 1])) return without(raw, at, lines[i]);
            at += lines[i].length();
        }
        return raw;
    }

    private static boolean isText(String line) {
        return !line.isBlank() && !line.startsWith(" ") && !line.startsWith("\t") && !FIELD.matcher(line).matches();
    }

    /// Replaces the line of spaces by its line end.
    private static byte[] without(byte[] raw, int at, String line) {
        int blanks = line.length() - (line.endsWith("\r\n") ? 2 : 1);
        var mended = Arrays.copyOf(raw, raw.length - blanks);
        System.arraycopy(raw, at + blanks, mended, at, raw.length - at - blanks);
        return mended;
    }
}
