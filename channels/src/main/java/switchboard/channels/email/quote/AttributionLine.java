package switchboard.channels.email.quote;

import java.util.Locale;
import java.util.regex.Pattern;

/// Recognises "On <date> at <time> N wrote:" in any word order and language, with or without a verb: a date or time, a
/// name or address, and little else. A sentence that happens to end in a colon has more words, or says "we" or "you".
final class AttributionLine {
    private static final int DATE_START_MAX = 60;
    private static final int DATE_CHARS_MAX = 12; // the longest date to look for
    private static final int OTHER_WORDS_MAX = 3;
    private static final int TAIL_WORDS_MAX = 2;
    private static final Pattern DATE = Pattern.compile(
            "\\d{1,2}[:.h]\\d{2}(?!\\d)|(?<!\\d)(?:19|20)\\d\\d(?!\\d)"
            + "|(?<!\\d)\\d{1,2}[./-]\\s?\\d{1,2}[./-]\\s?\\d{2,4}"
            + "|\\d{1,2}月\\d{1,2}");
    private static final Pattern TIME = Pattern.compile("(?<!\\d)\\d{1,2}[:.h]\\d{2}(?!\\d)");
    private static final Pattern YEAR = Pattern.compile(
            "(?<!\\d)(?:19|20)\\d\\d(?!\\d)|(?<!\\d)\\d{1,2}[./-]\\s?\\d{1,2}[./-]\\s?\\d{2}(?!\\d)");
    private static final Pattern MAIL = Pattern.compile("[^\\s<>@]+@[^\\s<>@]+");
    private static final String SHORTENED = "(?:\\s*[\\[(<](?:\\.{2,}|…|snip|cut)[\\])>])?";
    private static final Pattern ENDS = Pattern.compile("(?:[:：]" + SHORTENED + "|-{2,})[\\s*_]*$");
    private static final Pattern SENTENCE_END = Pattern.compile("\\p{L}{2,}[.!?。！？]$");
    private static final Pattern DATE_AND_ADDRESS =
            Pattern.compile("^\\d{1,4}[-/.年 ].{3,120}<\\s?[^\\s<>@]+@[^\\s<>@]+\\s?>\\s?[:：]?$");
    private static final Pattern DATE_AND_NAME = Pattern.compile(
            "^\\d{4}-\\d{2}-\\d{2} \\d{1,2}:\\d{2}(?::\\d{2})? (?:GMT|UTC)[+-]\\d{2}:?\\d{2} \\S.{0,80}$");
    /// The author's own words precede it on the line.
    private static final Pattern SHARED = Pattern.compile(
            "^\\p{L}[^<>\"@\\d]{0,200}[\\s-](?:On|Am|Le|El|Il|Op|Em|Den) \\p{L}{2,10}[.,]* \\d?");
    private static final Pattern ENCLOSED = Pattern.compile("^[-=_*]{2,}.*\\p{L}.*[-=_*]{2,}$");
    private static final Pattern MARKS = Pattern.compile("^[-*_=\\s]+");
    /// Text in brackets or quotation marks is a name or an address, whatever its words.
    private static final Pattern NAMES = Pattern.compile(
            "<[^<>]{0,200}>|\\([^()]{0,120}\\)|\\[[^\\[\\]]{0,120}]"
            + "|\"[^\"]{0,80}\"|“[^”]{0,80}”|[^\\s<>@]+@[^\\s<>@:：]+");
    private static final Pattern BRACKETED = Pattern.compile(
            "[<(\\[]\\s*(?:mailto:)?[^\\s<>@()\\[\\]]+@[^<>@()\\[\\]]+[>)\\]]", Pattern.CASE_INSENSITIVE);
    private static final Pattern ADDRESS_LAST = Pattern.compile(
            "(?:[^\\s<>@]+@[^\\s<>@]+|[>)\\]])[>)\\],\\s]*[:：]" + SHORTENED + "[\\s*_]*$");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}’']+");

    private AttributionLine() {}

    /// Whether an attribution may begin with this line. This rules out most lines cheaply.
    static boolean mayBegin(String first, boolean marked) {
        if (first.isEmpty() || first.length() >= 400) return false;
        boolean traced = marked || first.contains("<") || hasAddress(first) || datedEarly(first);
        return traced && !SENTENCE_END.matcher(first).find();
    }

    /// @param quoteFollows whether the next non-blank line is quoted
    static boolean is(String line, boolean quoteFollows) {
        var joined = MARKS.matcher(line).replaceFirst("");
        if (SHARED.matcher(joined).find()) return false;
        if (DATE_AND_ADDRESS.matcher(joined).matches() || DATE_AND_NAME.matcher(joined).matches()) return true;
        var wrote = QuoteWords.WROTE.matcher(joined);
        if (wrote.find()) return withVerb(line, joined, quoteFollows);
        return ENDS.matcher(joined).find() && (withoutVerb(joined) || quoteFollows && dated(joined)
                && otherWords(joined)
                <= OTHER_WORDS_MAX);
    }

    private static boolean withVerb(String line, String joined, boolean quoteFollows) {
        boolean ends = ENDS.matcher(joined).find();
        boolean dated = DATE.matcher(joined).find();
        if (ends && ENCLOSED.matcher(line).matches() && (dated || quoteFollows)) return true;
        if (!ends && !(dated && hasAddress(joined) && wroteLast(joined))) return false;
        if (!dated && !hasAddress(joined)) return false;
        if (quoteFollows) return true;
        return !speaksOfUs(joined) && otherWords(joined) <= OTHER_WORDS_MAX;
    }

    /// The line ends with the address, alone or followed by one or two words in any language, or with the date.
    private static boolean withoutVerb(String joined) {
        if (!dated(joined) || !hasAddress(joined) || speaksOfUs(joined)) return false;
        int other = otherWords(joined);
        if (ADDRESS_LAST.matcher(joined).find()) return other <= OTHER_WORDS_MAX;
        return BRACKETED.matcher(joined).find() && other <= TAIL_WORDS_MAX;
    }

    /// A time of day with a date, or a date with its year.
    private static boolean dated(String joined) {
        return TIME.matcher(joined).find() || YEAR.matcher(joined).find();
    }

    private static boolean speaksOfUs(String joined) {
        return QuoteWords.OURSELVES.matcher(joined).find();
    }

    /// Counts lower-case words outside dates, names and addresses.
    private static int otherWords(String joined) {
        var rest = NAMES.matcher(joined).replaceAll(" ");
        var words = WORD.matcher(QuoteWords.WROTE.matcher(rest).replaceAll(" "));
        int other = 0;
        while (words.find()) {
            var word = words.group();
            if (Character.isLowerCase(word.charAt(0)) && !QuoteWords.isDayWord(word.toLowerCase(Locale.ROOT))) other++;
        }
        return other;
    }

    /// A date begins with a digit, so most lines need no search.
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

    /// Searches only lines with an at sign.
    private static boolean hasAddress(String line) {
        return line.indexOf('@') > 0 && MAIL.matcher(line).find();
    }

    private static boolean wroteLast(String joined) {
        var wrote = QuoteWords.WROTE.matcher(joined);
        int end = -1;
        while (wrote.find()) end = wrote.end();
        return end == joined.length();
    }
}
