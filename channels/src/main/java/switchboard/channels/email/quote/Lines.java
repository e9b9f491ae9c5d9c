package switchboard.channels.email.quote;

import java.util.Arrays;
import java.util.regex.Pattern;

/// The lines of a text, each with what it is: blank, quoted, a rule, or the author's own.
final class Lines {
    enum Kind { BLANK, TEXT, QUOTE, RULE }

    /// Longer lines are text, whatever they hold.
    private static final int EXAMINED_CHARS_MAX = 500;
    private static final Pattern QUOTE = Pattern.compile("^[ \\t]{0,3}(?:>|[A-Z]{1,4}>|&gt;)");
    private static final Pattern RULE = Pattern.compile("^(?:[-—–]{1,}|[_=*#~+]{3,}|[-_=*#~+ ]{4,}|[\\u1427•·]{1,3})$");

    private static final Pattern INVISIBLE =
            Pattern.compile("[\\u200b-\\u200f\\u202a-\\u202e\\u2060\\ufeff]");
    private static final Pattern QUOTE_MARKS = Pattern.compile("^(?:[>\\s]|&gt;)+");

    final String[] line;
    private final String[] bare;
    private final Kind[] kind;

    Lines(String text) {
        line = text.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1);
        bare = new String[line.length];
        kind = new Kind[line.length];
        boolean fenced = false;
        for (int i = 0; i < line.length; i++) {
            bare[i] = bare(line[i]);
            boolean fence = line[i].startsWith("```");
            kind[i] = fenced || fence ? (line[i].isBlank() ? Kind.BLANK : Kind.TEXT) : classify(line[i], bare[i]);
            if (fence) fenced = !fenced;
        }
    }

    private static Kind classify(String line, String bare) {
        if (bare.isEmpty()) return Kind.BLANK;
        // Nearly every line is prose: it is told by its first characters, before any pattern.
        boolean marked = line.indexOf('>') >= 0 || line.indexOf("&gt;") >= 0;
        if (marked && QUOTE.matcher(line).find()) return Kind.QUOTE;
        boolean prose = Character.isLetterOrDigit(bare.charAt(0)) || bare.length() > EXAMINED_CHARS_MAX;
        return !prose && RULE.matcher(bare).matches() ? Kind.RULE : Kind.TEXT;
    }

    int count() {
        return line.length;
    }

    Kind kind(int i) {
        return kind[i];
    }

    /// What rules look at: without invisible characters and outer space; empty for a line too long to be anything but
    /// text.
    String examined(int i) {
        return line[i].length() > EXAMINED_CHARS_MAX ? "" : bare[i];
    }

    /// Without its quote marks.
    String unquoted(int i) {
        return QUOTE_MARKS.matcher(examined(i)).replaceFirst("");
    }

    boolean any(Kind wanted, int from, int to) {
        return Arrays.stream(kind, from, to).anyMatch(k -> k == wanted);
    }

    int next(int from, Kind... skipped) {
        int i = from;
        while (i < kind.length && Arrays.asList(skipped).contains(kind[i])) i++;
        return i;
    }

    private static boolean isPlain(String line) {
        for (int i = 0; i < line.length(); i++) if (line.charAt(i) >= '\u00a0') return false;
        return true;
    }

    private static String bare(String line) {
        return isPlain(line) ? line.strip() : INVISIBLE.matcher(line.replace('\u00a0', ' ')).replaceAll("").strip();
    }
}
