package switchboard.channels.email.quote;

import java.util.Locale;
import java.util.regex.Pattern;

/// "On that day at that time N wrote:" in any order and language, with a verb or without: a day or time and a name or
/// address, and next to nothing else. A sentence that happens to end in a colon has more words, or speaks of us and
/// you.
final class AttributionLine {
    private static final int DATE_START_MAX = 60;
    private static final int DATE_CHARS_MAX = 12; // of the longest that is looked for
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
    /// The author's own words stand before it on the line.
    private static final Pattern SHARED = Pattern.compile(
            "^\\p{L}[^<>\"@\\d]{0,200}[\\s-](?:On|Am|Le|El|Il|Op|Em|Den) \\p{L}{2,10}[.,]* \\d?");
    private static final Pattern ENCLOSED = Pattern.compile("^[-=_*]{2,}.*\\p{L}.*[-=_*]{2,}$");
    private static final Pattern MARKS = Pattern.compile("^[-*_=\\s]+");
    /// What brackets and quotation marks hold is a name or an address, whatever words it has.
    private static final Pattern NAMES = Pattern.compile(
            "<[^<>]{0,200}>|\\([^()]{0,120}\\)|\\[[^\\[\\]]{0,120}]"
            + "|\"[^\"]{0,80}\"|“[^”]{0,80}”|[^\\s<>@]+@[^\\s<>@:：]+");
    private static final Pattern BRACKETED = Pattern.compile(
            "[<(\\[]\\s*(?:mailto:)?[^\\s<>@()\\[\\]]+@[^<>@()\\[\\]]+[>)\\]]", Pattern.CASE_INSENSITIVE);
    private static final Pattern ADDRESS_LAST = Pattern.compile(
            "(?:[^\\s<>@]+@[^\\s<>@]+|[>)\\]])[>)\\],\\s]*[:：]" + SHORTENED + "[\\s*_]*$");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}’']+");

    private AttributionLine() {}

    /// Whether one may begin with this line. Most lines are turned away here.
    static boolean mayBegin(String first, boolean marked) {
        if (first.isEmpty() || first.length() >= 400) return false;
        boolean traced = marked || first.contains("<") || hasAddress(first) || datedEarly(first);
        return traced && !SENTENCE_END.matcher(first).find();
    }

    /// @param quoteFollows the next line that is not blank is quoted
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

    /// The address stands last, or with one or two words of any language behind it, or the day does.
    private static boolean withoutVerb(String joined) {
        if (!dated(joined) || !hasAddress(joined) || speaksOfUs(joined)) return false;
        int other = otherWords(joined);
        if (ADDRESS_LAST.matcher(joined).find()) return other <= OTHER_WORDS_MAX;
        return BRACKETED.matcher(joined).find() && other <= TAIL_WORDS_MAX;
    }

    /// A time of day with a day, or a day with its year.
    private static boolean dated(String joined) {
        return TIME.matcher(joined).find() || YEAR.matcher(joined).find();
    }

    private static boolean speaksOfUs(String joined) {
        return QuoteWords.OURSELVES.matcher(joined).find();
    }

    /// Words in small letters that are no part of a day, a name or an address.
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

    private static boolean wroteLast(String joined) {
        var wrote = QuoteWords.WROTE.matcher(joined);
        int end = -1;
        while (wrote.find()) end = wrote.end();
        return end == joined.length();
    }
}
