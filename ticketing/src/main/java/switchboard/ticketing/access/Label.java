package switchboard.ticketing.access;

import java.text.Normalizer;
import java.util.regex.Pattern;
import switchboard.ticketing.base.Failure;

/// What a person types as the name of something: one line that reads as it is stored. Line breaks would forge lines
/// where names are listed, and marks of writing direction would turn the text beside them.
public final class Label {
    public static final int CHARS_MAX = 200;
    /// Controls, line and paragraph separators, marks of direction, and what takes no place at all. The joiners that
    /// Persian and Indian names need are not among them.
    private static final Pattern NOT_IN_A_LINE =
            Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069\\u200B\\uFEFF]");

    private Label() {}

    /// Stripped, in composed letters (Unicode NFC).
    ///
    /// @throws Failure.Invalid when it is empty, too long or no line
    public static String checked(String field, String given, int charsMax) {
        var line = line(field, given == null ? "" : given, charsMax);
        if (line.isEmpty()) throw Failure.Invalid.field(field, "must have 1 to " + charsMax + " characters");
        return line;
    }

    /// The same where there need not be one.
    public static String line(String field, String given, int charsMax) {
        var line = Normalizer.normalize(given.strip(), Normalizer.Form.NFC);
        if (line.length() > charsMax) {
            throw Failure.Invalid.field(field, "must have at most " + charsMax + " characters");
        }
        if (NOT_IN_A_LINE.matcher(line).find()) {
            throw Failure.Invalid.field(field, "must be one line, without marks of writing direction");
        }
        return line;
    }

    /// For what strangers send, which cannot be refused: without what does not belong there.
    public static String cleaned(String given) {
        return NOT_IN_A_LINE.matcher(given).replaceAll(" ").strip();
    }

    /// @throws Failure.Invalid when a text is longer than its limit; null is fine
    public static void length(String field, String text, int charsMax) {
        if (text != null && text.length() > charsMax) {
            throw Failure.Invalid.field(field, "must have at most " + charsMax + " characters, not " + text.length());
        }
    }
}
