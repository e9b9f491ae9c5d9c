package switchboard.channels.email.quote;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// The lines of a text, each with what it is: blank, quoted, a rule, or the author's own.
final class Lines {
    enum Kind { BLANK, TEXT, QUOTE, RULE }

    /// Longer lines are text, whatever they hold.
    private static final int EXAMINED_CHARS_MAX = 500;
    private static final Pattern QUOTE = Pattern.compile("^[ \\t]{0,3}(?:>|&gt;)");
    /// Initials or a name before the mark, as some programs quote; a shell prompt looks the same.
    private static final Pattern CITED = Pattern.compile("^[ \\t]{0,8}(\\p{Lu}[\\p{L}.-]{0,11}>)");
    private static final Pattern INITIALS = Pattern.compile("[A-Z]{1,4}>");
    private static final Pattern SHORTENED =
            Pattern.compile("^[\\[(<]?\\s?(?:\\.{3,}|…|snip(?:ped)?|cut|quoted text hidden)\\s?[\\])>]$|^\\.{3}$|^…$",
            Pattern.CASE_INSENSITIVE);
    private static final int WRAP_FROM = 60;
    private static final int WRAP_AT = 70;
    private static final Pattern RULE = Pattern.compile("^(?:[-—–]{1,}|_{2}|[_=*#~+]{3,}|[-_=*#~+ ]{4,}"
            + "|[\\u1427•·]{1,3})$");

    private static final Pattern INVISIBLE =
            Pattern.compile("[\\u200b-\\u200f\\u202a-\\u202e\\u2060\\ufeff]");
    private static final Pattern QUOTE_MARKS = Pattern.compile("^(?:[>\\s]|&gt;)+");

    /// Characters that a line has somewhere; nearly every line is prose and has none that any pattern looks for.
    static final int DIGIT = 1;
    static final int COLON = 2;
    static final int RULER = 4; // of which rules are drawn
    static final int ADDRESS = 8; // at sign or angle bracket
    private static final int QUOTED = 16;
    private static final int SPECIAL = 32;
    private static final int[] ASCII_MARKS = IntStream.range(0, 128).map(c -> mark((char) c)).toArray();

    final String[] line;
    private final String[] bare;
    private final Kind[] kind;
    private final int[] marks;

    Lines(String text) {
        var unified = text.replace("\r\n", "\n").replace('\r', '\n');
        line = unified.split("\n", -1);
        bare = new String[line.length];
        kind = new Kind[line.length];
        marks = new int[line.length];
        var chars = unified.toCharArray();
        int at = 0;
        boolean fenced = false;
        for (int i = 0; i < line.length; i++) {
            marks[i] = marks(chars, at, at + line[i].length());
            at += line[i].length() + 1;
            bare[i] = bare(line[i], marks[i]);
            boolean fence = line[i].startsWith("```");
            kind[i] = fenced || fence ? (line[i].isBlank() ? Kind.BLANK : Kind.TEXT)
                    : classify(line[i], bare[i], marks[i]);
            if (fence) fenced = !fenced;
        }
    }

    private static int marks(char[] chars, int from, int to) {
        int marks = 0;
        for (int i = from; i < to; i++) {
            char c = chars[i];
            marks |= c < ASCII_MARKS.length ? ASCII_MARKS[c] : mark(c);
        }
        return marks;
    }

    private static int mark(char c) {
        return switch (c) {
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> DIGIT;
            case ':' -> COLON;
            case '-', '=', '_', '*' -> RULER;
            case '@', '<' -> ADDRESS;
            case '>', '&' -> QUOTED;
            case '：' -> COLON | SPECIAL;
            default -> c >= '\u00a0' ? SPECIAL : 0;
        };
    }

    /// The line as rules see it: without its quote marks, unless these count.
    String seen(int i, boolean quoted) {
        return quoted ? unquoted(i) : examined(i);
    }

    /// After an introduction, initials before the mark also quote; so does the name that starts the first line.
    void cite(int from) {
        var first = CITED.matcher(from < line.length ? line[from] : "");
        var name = first.find() ? first.group(1) : "";
        for (int i = from; i < line.length; i++) {
            if (kind[i] != Kind.TEXT || bare[i].indexOf('>') < 0) continue;
            var cited = CITED.matcher(line[i]);
            if (cited.find() && (cited.group(1).equals(name) || INITIALS.matcher(cited.group(1)).matches())) {
                kind[i] = Kind.QUOTE;
            }
        }
    }

    /// `[...]`, in place of shortened quoted text.
    boolean shortened(int i) {
        return line[i].length() < 40 && SHORTENED.matcher(bare[i]).matches();
    }

    /// A line of a quotation that a program wrapped without repeating the quote mark.
    boolean wrapped(int i) {
        if (i == 0 || i + 1 >= line.length || kind[i] != Kind.TEXT || kind[i - 1] != Kind.QUOTE) return false;
        var above = bare[i - 1];
        var own = bare[i];
        if (above.lastIndexOf('(') > above.lastIndexOf(')') && own.indexOf(')') >= 0) return true;
        if (own.startsWith("(http") || own.startsWith("<http")) return kind[i + 1] == Kind.QUOTE;
        if (kind[i + 1] == Kind.TEXT || above.length() < WRAP_FROM || ends(above, '?')) return false;
        int word = own.indexOf(' ') < 0 ? own.length() : own.indexOf(' ');
        boolean full = above.length() + 1 + word > WRAP_AT && !ends(above, '.') && !ends(above, '!');
        return full || Character.isLowerCase(own.charAt(0)) && kind[i + 1] == Kind.QUOTE;
    }

    private static boolean ends(String text, char mark) {
        return text.charAt(text.length() - 1) == mark;
    }

    private static Kind classify(String line, String bare, int marks) {
        if (bare.isEmpty()) return Kind.BLANK;
        if ((marks & QUOTED) != 0 && (line.charAt(0) == '>' || QUOTE.matcher(line).find())) return Kind.QUOTE;
        boolean prose = Character.isLetterOrDigit(bare.charAt(0)) && bare.charAt(0) != '\u1427'
                || bare.length() > EXAMINED_CHARS_MAX;
        return !prose && RULE.matcher(bare).matches() ? Kind.RULE : Kind.TEXT;
    }

    int count() {
        return line.length;
    }

    Kind kind(int i) {
        return kind[i];
    }

    /// Whether the line has a character of any of these marks.
    boolean has(int i, int any) {
        return (marks[i] & any) != 0;
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

    private static String bare(String line, int marks) {
        return (marks & SPECIAL) == 0 ? line.strip()
                : INVISIBLE.matcher(line.replace('\u00a0', ' ')).replaceAll("").strip();
    }
}
