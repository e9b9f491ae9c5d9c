package switchboard.channels.email.quote;

/// Finds where a mail program introduces the earlier mail: an attribution of one to six lines, a block of header lines,
/// or a rule with an announcement. `QuoteWords` has the words; this package has the patterns.
final class Attributions {
    private static final int LINES_MAX = 6;
    private static final int CHARS_MAX = 400;
    private static final int BLANKS_MAX = 4;
    private static final String MARKS = "-=_*";
    private static final String BEFORE_MARKS = " \t\n\u000B\f\r>*";

    private Attributions() {}

    /// The line after the introduction that begins at `at`, or -1 when none begins there.
    static int end(Lines lines, int at, boolean quoted) {
        if (lines.kind(at) == Lines.Kind.BLANK) return -1;
        int announced = announcement(lines, at, quoted);
        if (announced > 0) return announced;
        int headers = HeaderBlock.end(lines, at, quoted, false);
        return headers > 0 ? headers : attribution(lines, at, quoted);
    }

    /// An announcing line, with the header block under it, or a rule with a header block under it.
    private static int announcement(Lines lines, int at, boolean quoted) {
        boolean rule = lines.kind(at) == Lines.Kind.RULE;
        var line = rule ? "" : lines.seen(at, quoted);
        boolean announces = !rule && lines.has(at, Lines.COLON | Lines.RULER) && announces(line);
        boolean words = !rule && !announces && lines.has(at, Lines.RULER) && isRuleWithWords(line);
        if (!rule && !announces && !words) return -1;
        int next = at + 1;
        while (next < lines.count() && next < at + BLANKS_MAX && lines.seen(next, quoted).isEmpty()) next++;
        // A plain rule announces nothing: anything may follow it.
        int headers = next < lines.count()
                ? HeaderBlock.end(lines, next, quoted || lines.kind(next) == Lines.Kind.QUOTE, announces || words) : -1;
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

    /// `----- some words -----`, in a language that isn't listed.
    private static boolean isRuleWithWords(String line) {
        return line.length() < 80 && isMarked(line) && QuoteWords.RULED.matcher(line).matches();
    }

    /// Two marks, with nothing before them but quote signs, stars and space.
    private static boolean isMarked(String line) {
        for (int i = 0; i + 1 < line.length(); i++) {
            if (MARKS.indexOf(line.charAt(i)) >= 0 && MARKS.indexOf(line.charAt(i + 1)) >= 0) return true;
            if (BEFORE_MARKS.indexOf(line.charAt(i)) < 0) return false;
        }
        return false;
    }

    private static int attribution(Lines lines, int at, boolean quoted) {
        boolean marked = lines.has(at, Lines.RULER) && isMarked(lines.seen(at, quoted));
        if (!marked && !lines.has(at, Lines.DIGIT | Lines.ADDRESS)
                || !AttributionLine.mayBegin(lines.seen(at, quoted), marked)) {
            return -1;
        }
        var joined = new StringBuilder();
        for (int i = at; i < lines.count() && i < at + LINES_MAX && joined.length() < CHARS_MAX; i++) {
            var line = lines.seen(i, quoted);
            if (line.isEmpty() && !resumes(lines, i + 1, quoted)) return -1;
            joined.append(joined.isEmpty() ? "" : " ").append(line);
            if (joined.length() <= CHARS_MAX && AttributionLine.is(joined.toString(), quoteFollows(lines, i, quoted))) {
                return i + 1;
            }
        }
        return -1;
    }

    private static boolean quoteFollows(Lines lines, int at, boolean quoted) {
        int next = lines.next(at + 1, Lines.Kind.BLANK);
        return quoted || next < lines.count() && lines.kind(next) == Lines.Kind.QUOTE;
    }

    /// After a blank line an attribution goes on only with the address that a program broke off.
    private static boolean resumes(Lines lines, int i, boolean quoted) {
        return i < lines.count() && lines.seen(i, quoted).startsWith("<");
    }
}
