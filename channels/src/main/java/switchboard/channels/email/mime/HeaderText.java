package switchboard.channels.email.mime;

import java.util.regex.Pattern;

/// Header values and body text as people read them: unfolded, decoded, without control characters. `Charsets` decodes
/// the bytes.
final class HeaderText {
    private static final Pattern FOLD = Pattern.compile("\\r?\\n(?=[ \\t])");

    private HeaderText() {}

    static String header(String raw) {
        return header(raw, "");
    }

    /// A header value: unfolded, encoded words decoded, without controls.
    ///
    /// @param hint the charset for words with an unknown label
    static String header(String raw, String hint) {
        boolean oneLine = raw.indexOf('\r') < 0 && raw.indexOf('\n') < 0;
        var unfolded = oneLine ? raw : FOLD.matcher(raw).replaceAll("").replaceAll("[\\r\\n]+", " ");
        return clean(EncodedWords.decode(unfolded, hint)).strip();
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
}
