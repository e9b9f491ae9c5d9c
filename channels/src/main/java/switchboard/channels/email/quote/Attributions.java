package switchboard.channels.email.quote;

import java.util.Locale;
import java.util.regex.Pattern;

/// Finds where a mail program says "what follows is the earlier mail": an attribution line ("On ..., N wrote:") in one
/// to six lines, a block of header lines, or an announcing rule. The words are `QuoteWords`; the shapes are here.
final class Attributions {
    private static final int LINES_MAX = 6;
    private static final int CHARS_MAX = 400;
    private static final int HEADER_LINES_MAX = 12;
    private static final Pattern DATE = Pattern.compile(
            "\\d{1,2}[:.h]\\d{2}(?!\\d)|(?<!\\d)(?:19|20)\\d\\d(?!\\d)|(?<!\\d)\\d{1,2}[./-]\\s?\\d{1,2}[."
            + "/-]\\s?\\d{2,4}|\\d{1,2}月\\d{1,2}");
    private static final int DATE_START_MAX = 60;
    private static final int DATE_CHARS_MAX = 12; // of the longest that is looked for
    private static final Pattern MAIL = Pattern.compile("[^\\s<>@]+@[^\\s<>@]+");
    private static final Pattern ENDS = Pattern.compile("(?:[:：]|" + "-{2,})[\\s*_]*$");
    private static final Pattern SENTENCE_END = Pattern.compile("\\p{L}{2,}[.!?。！？]$");
    private static final Pattern DATE_AND_ADDRESS =
            Pattern.compile("^\\d{1,4}[-/.年 ].{3,120}<\\s?[^\\s<>@]+@[^\\s<>@]+\\s?>\\s?[:：]?$");
    private static final Pattern DATE_AND_NAME =
            Pattern.compile("^\\d{4}-\\d{2}-\\d{2} \\d{1,2}:\\d{2}(?::\\d{2})? (?:GMT"
            + "|UTC)[+-]\\d{2}:?\\d{2} \\S.{0,80}$");
    private static final String MARKS = "-=_*";
    private static final String BEFORE_MARKS = " \t\n\u000B\f\r>*";
    private static final Pattern LABEL =
            Pattern.compile("^[*_]{0,2}(\\p{L}[\\p{L}' -]{0,20}?)[*_]{0,2}\\s?[:：][*_]{0,2}(?:\\s+|$|(?<=：))(.*)$");

    private Attributions() {}

    /// The line after the introduction that begins at `at`, or -1 when none begins there.
    static int end(Lines lines, int at, boolean quoted) {
        if (lines.kind(at) == Lines.Kind.BLANK) return -1;
        int announced = announcement(lines, at, quoted);
        if (announced > 0) return announced;
        int headers = headerBlock(lines, at, quoted);
        return headers > 0 ? headers : attribution(lines, at, quoted);
    }

    private static String line(Lines lines, int i, boolean quoted) {
        return quoted ? lines.unquoted(i) : lines.examined(i);
    }

    /// An announcing line, with the header block under it, or a rule with a header block under it.
    private static int announcement(Lines lines, int at, boolean quoted) {
        boolean rule = lines.kind(at) == Lines.Kind.RULE;
        boolean announces = lines.has(at, Lines.COLON | Lines.RULER) && announces(line(lines, at, quoted));
        if (!rule && !announces) return -1;
        int next = at + 1;
        while (next < lines.count() && line(lines, next, quoted).isEmpty() && next < at + 4) next++;
        int headers = next < lines.count() ? headerBlock(lines, next, quoted) : -1;
        return headers > 0 ? headers : announces ? at + 1 : -1;
    }

    /// Most lines neither begin with a mark nor end with a colon, and no pattern is tried on them.
    private static boolean announces(String line) {
        if (line.isEmpty()) return false;
        char last = line.charAt(line.length() - 1);
        boolean colon = last == ':' || last == '：';
        if (!colon && !isMarked(line)) return false;
        var words = QuoteWords.ANNOUNCEMENT.matcher(line);
        return words.matches() && (colon || words.group("rule") != null);
    }

    /// Two marks, with nothing before them but quote signs, stars and space.
    private static boolean isMarked(String line) {
        for (int i = 0; i + 1 < line.length(); i++) {
            if (MARKS.indexOf(line.charAt(i)) >= 0 && MARKS.indexOf(line.charAt(i + 1)) >= 0) return true;
            if (BEFORE_MARKS.indexOf(line.charAt(i)) < 0) return false;
        }
        return false;
    }

    private static int headerBlock(Lines lines, int at, boolean quoted) {
        if (!lines.has(at, Lines.COLON)) return -1;
        int from = 0;
        int known = 0;
        int last = at;
        int strange = 0;
        for (int i = at; i < lines.count() && i < at + HEADER_LINES_MAX; i++) {
            var line = line(lines, i, quoted);
            var label = LABEL.matcher(line);
            boolean colon = line.indexOf(':') > 0 || line.indexOf('：') > 0;
            var name = colon && label.matches() ? label.group(1).strip().toLowerCase(Locale.ROOT) : "";
            if (QuoteWords.FROM.contains(name)) from++;
            if (QuoteWords.FROM.contains(name) || QuoteWords.OTHER.contains(name)) {
                known++;
                last = i;
                strange = 0;
            } else if (known == 0 || line.isEmpty() || ++strange > 2) {
                break;
            }
        }
        return from == 1 && known >= 3 ? continued(lines, last, quoted) : -1;
    }

    /// A folded last header line belongs to the block when a blank line follows it.
    private static int continued(Lines lines, int last, boolean quoted) {
        int next = last + 1;
        boolean folded = next + 1 < lines.count() && !line(lines, next, quoted).isEmpty()
                && line(lines, next + 1, quoted).isEmpty()
                && lines.line[next].startsWith(" ");
        return folded ? next + 1 : next;
    }

    private static int attribution(Lines lines, int at, boolean quoted) {
        if (!lines.has(at, Lines.DIGIT | Lines.ADDRESS) || !startsOne(line(lines, at, quoted))) return -1;
        var joined = new StringBuilder();
        for (int i = at; i < lines.count() && i < at + LINES_MAX && joined.length() < CHARS_MAX; i++) {
            var line = line(lines, i, quoted);
            if (line.isEmpty() && !resumes(lines, i + 1, quoted)) return -1;
            joined.append(joined.isEmpty() ? "" : " ").append(line);
            if (isAttribution(joined.toString().replaceFirst("^[-*_\\s]+", ""))) return i + 1;
        }
        return -1;
    }

    /// A date begins with a digit, so that most lines are not searched at all.
    private static boolean datedEarly(String line) {
        int digit = 0;
        while (digit < line.length() && !isDigit(line.charAt(digit))) digit++;
        if (digit == line.length() || digit > DATE_START_MAX) return false;
        var date = DATE.matcher(line).useTransparentBounds(true)
                .region(digit, Math.min(line.length(), DATE_START_MAX + DATE_CHARS_MAX));
        return date.find() && date.start() <= DATE_START_MAX;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// A line without an at sign is not searched from each of its words.
    private static boolean hasAddress(String line) {
        return line.indexOf('@') > 0 && MAIL.matcher(line).find();
    }

    private static boolean startsOne(String first) {
        if (first.length() >= CHARS_MAX) return false;
        boolean traced = first.contains("<") || hasAddress(first) || datedEarly(first);
        return traced && !SENTENCE_END.matcher(first).find();
    }

    /// After a blank line an attribution goes on only with the address that a program broke off.
    private static boolean resumes(Lines lines, int i, boolean quoted) {
        return i < lines.count() && line(lines, i, quoted).startsWith("<");
    }

    private static boolean isAttribution(String joined) {
        if (joined.length() > CHARS_MAX) return false;
        if (DATE_AND_ADDRESS.matcher(joined).matches() || DATE_AND_NAME.matcher(joined).matches()) return true;
        var wrote = QuoteWords.WROTE.matcher(joined);
        if (!wrote.find()) return false;
        boolean ends = ENDS.matcher(joined).find() || wroteLast(joined);
        return ends && (DATE.matcher(joined).find() || hasAddress(joined));
    }

    private static boolean wroteLast(String joined) {
        var wrote = QuoteWords.WROTE.matcher(joined);
        int end = -1;
        while (wrote.find()) end = wrote.end();
        return end == joined.length() && hasAddress(joined) && DATE.matcher(joined).find();
    }
}
