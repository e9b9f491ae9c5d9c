package switchboard.channels.email.outgoing;

import java.util.regex.Pattern;

/// What may stand in a header or an SMTP command: one line without controls. Anything that some program takes for a
/// line end is refused.
final class OneLine {
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s<>@,;:\"()\\[\\]\\\\\\p{Cc}\\u2028\\u2029]{1,64}"
            + "@[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63}){0,20}");
    private static final Pattern MESSAGE_ID = Pattern.compile("[\\x21-\\x7e&&[^<>]]{1,900}");
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,70}");

    private static final int NAME_CHARS_MAX = 255;

    private OneLine() {}

    /// Whether a header can carry this id. An overlong one is known by its digest, and only here.
    static boolean isMessageId(String value) {
        return MESSAGE_ID.matcher(value).matches() && !value.startsWith("sha256:");
    }

    static String require(String what, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                throw new IllegalArgumentException(what + " holds the control character U+"
                        + String.format("%04X", (int) c));
            }
        }
        return value;
    }

    static String address(String value) {
        if (!ADDRESS.matcher(value).matches())
                throw new IllegalArgumentException("not an address that mail can be sent to");
        return value;
    }

    static String messageId(String value) {
        if (!MESSAGE_ID.matcher(value).matches()) throw new IllegalArgumentException("not a message id");
        return value;
    }

    static String headerName(String value) {
        if (!HEADER_NAME.matcher(value).matches()) throw new IllegalArgumentException("not a header name");
        return value;
    }

    /// A file name is other people's text: what cannot stand in a header is replaced, not refused.
    static String fileName(String value) {
        var clean = value.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029/\\\\\"]", "_").strip();
        if (clean.isEmpty()) return "attachment";
        return clean.length() > NAME_CHARS_MAX ? clean.substring(clean.length() - NAME_CHARS_MAX) : clean;
    }
}
