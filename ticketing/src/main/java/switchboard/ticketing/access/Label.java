package switchboard.ticketing.access;

import java.text.Normalizer;
import java.util.regex.Pattern;
import switchboard.ticketing.base.Failure;

/// The name that a person types for something: one line that reads as stored. Line breaks would forge entries in lists
/// of names, and direction marks would turn the surrounding text.
public final class Label {
    public static final int CHARS_MAX = 200;
    /// Controls, line and paragraph separators, direction marks and zero-width characters. The joiners of Persian and
    /// Indic names are allowed.
    private static final Pattern NOT_IN_A_LINE =
            Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069\\u200B\\uFEFF]");

    private Label() {}

    /// Stripped and composed (Unicode NFC).
    ///
    /// @throws Failure.Invalid when it is empty, too long or not one line
    public static String checked(String field, String given, int charsMax) {
        var line = line(field, given == null ? "" : given, charsMax);
        if (line.isEmpty()) throw Failure.Invalid.field(field, "must have 1 to " + charsMax + " characters");
        return line;
    }

    /// As above, but may be empty.
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

    /// For a stranger's input, which we can't refuse: removes the characters that don't belong in a line.
    public static String cleaned(String given) {
        return NOT_IN_A_LINE.matcher(given).replaceAll(" ").strip();
    }

    /// @throws Failure.Invalid when the text exceeds its limit; null passes
    public static void length(String field, String text, int charsMax) {
        if (text != null && text.length() > charsMax) {
            throw Failure.Invalid.field(field, "must have at most " + charsMax + " characters, not " + text.length());
        }
    }
}
