package switchboard.channels.email.quote;

import java.util.Arrays;
import java.util.regex.Pattern;

/// Splits a plain-text mail into what its author wrote now, the mail it answers, and the signature. It folds only what
/// lies behind the author's words; whatever stands between quotations stays visible, with them. A pure function; time
/// grows with the text's length.
public final class QuoteFolding {
    private enum Place { VISIBLE, FOLDED, SIGNATURE }

    private static final int SIGNATURE_LINES_MAX = 25;
    private static final int RULED_SIGNATURE_LINES_MAX = 12;
    private static final int SECTION_LINES = 4;
    private static final int DISCLAIMER_CHARS = 160;
    private static final int LIST_LINES_MAX = 8;
    private static final Pattern SENTENCE = Pattern.compile("(?:\\S+\\s+){4,}\\S*[\\p{L}\\d][.?!]$|[。？！]$"
            + "|\\p{L}\\s?\\?$"
            + "|^(?i:please|kindly|bitte|merci de|veuillez|por favor|per favore|пожалуйста|请|請)(?!\\p{L})");
    private static final Pattern LIST = Pattern.compile("(?i)mailing[ -]?list|listinfo|unsubscribe|@lists?\\."
            + "|@\\S*list");
    /// Introductions are looked for in so many lines; an answer stands above the mails it quotes.
    private static final int LINES_MAX = 5_000;

    private final Lines lines;
    private final Place[] place;
    private final int end;
    private boolean cited;
    /// An earlier mail follows unquoted and without an introduction: the visible text may be its own.
    private boolean bare;

    private QuoteFolding(Lines lines) {
        this.lines = lines;
        this.end = Math.min(lines.count(), LINES_MAX);
        this.place = new Place[lines.count()];
        Arrays.fill(place, Place.VISIBLE);
    }

    public static Folded fold(String text) {
        var folding = new QuoteFolding(new Lines(text));
        folding.foldIntroduced();
        folding.foldTail();
        // Never hide the whole mail: a bare forward is what its sender wanted to show.
        if (!folding.wroteBefore(folding.place.length)) Arrays.fill(folding.place, Place.VISIBLE);
        return new Folded(folding.collect(Place.VISIBLE), folding.collect(Place.FOLDED),
                folding.collect(Place.SIGNATURE));
    }

    /// Goes from introduction to introduction and decides how much each takes with it.
    private void foldIntroduced() {
        int at = 0;
        while (at < end) {
            boolean quoted = lines.kind(at) == Lines.Kind.QUOTE && startsQuote(at);
            int after = lines.kind(at) == Lines.Kind.QUOTE && !quoted ? -1 : Attributions.end(lines, at, quoted);
            if (after < 0) at++;
            else at = quoted ? foldQuote(at, at, at) : foldAfter(at, after);
        }
    }

    private boolean startsQuote(int at) {
        return at == 0 || lines.kind(at - 1) != Lines.Kind.QUOTE;
    }

    /// The introduction is `[at, after)`. Answers where to go on.
    private int foldAfter(int at, int after) {
        int body = lines.next(after, Lines.Kind.BLANK, Lines.Kind.RULE);
        if (!cited) lines.cite(body);
        cited = true;
        if (body < lines.count() && lines.kind(body) == Lines.Kind.QUOTE) return foldQuote(at, after, body);
        if (body < lines.count() && lines.shortened(body)) {
            mark(at, body + 1, Place.FOLDED);
            return body + 1;
        }
        mark(at, after, Place.FOLDED);
        if (!wroteBefore(at)) {
            bare = true;
            return after;
        }
        mark(after, lines.count(), Place.FOLDED);
        return end;
    }

    /// A quotation with its introduction: folded when nothing follows it, or when the whole answer does; else it is
    /// being answered piece by piece and stays, only the introduction `[at, introduced)` goes.
    private int foldQuote(int at, int introduced, int quote) {
        int after = quote;
        while (after < lines.count() && (lines.kind(after) == Lines.Kind.QUOTE
                || lines.kind(after) == Lines.Kind.BLANK || lines.wrapped(after))) after++;
        boolean answered = ownWordsIn(after);
        boolean more = lines.any(Lines.Kind.QUOTE, after, lines.count());
        if (!answered || !more && !bare) {
            mark(at, after, Place.FOLDED);
            return after;
        }
        mark(at, introduced, Place.FOLDED);
        return after;
    }

    private boolean wroteBefore(int at) {
        for (int i = 0; i < at; i++) {
            boolean own = lines.kind(i) == Lines.Kind.TEXT || lines.kind(i) == Lines.Kind.QUOTE;
            if (own && place[i] == Place.VISIBLE) return true;
        }
        return false;
    }

    private boolean ownWordsIn(int from) {
        for (int i = from; i < lines.count(); i++) {
            if (signatureMark(i) > 0) return false;
            if (lines.kind(i) == Lines.Kind.TEXT && !MobileFooters.isOne(lines.examined(i)))
                    return true;
        }
        return false;
    }

    /// From the bottom up: signature, mobile footers, rules, and a last quotation that nothing follows.
    private void foldTail() {
        foldSignature();
        boolean wrote = false;
        int last = lines.count() - 1;
        for (int i = last; i >= 0 && !wrote; i--) wrote = place[i] == Place.VISIBLE && lines.kind(i) == Lines.Kind.TEXT;
        for (int i = last; i >= 0; i--) {
            if (place[i] != Place.VISIBLE || lines.kind(i) == Lines.Kind.BLANK) continue;
            var line = lines.examined(i);
            if (lines.kind(i) == Lines.Kind.RULE) place[i] = Place.FOLDED;
            else if (lines.kind(i) == Lines.Kind.QUOTE && wrote) place[i] = Place.FOLDED;
            else if (!line.isEmpty() && MobileFooters.isOne(line))
                    place[i] = Place.SIGNATURE;
            else return;
        }
    }

    /// The topmost line that may begin a signature, with few enough lines and no quotation under it.
    private void foldSignature() {
        int written = 0;
        int start = -1;
        for (int i = lines.count() - 1; i >= 0 && written <= SIGNATURE_LINES_MAX; i--) {
            if (place[i] != Place.VISIBLE) continue;
            if (lines.kind(i) == Lines.Kind.QUOTE) break;
            if (lines.kind(i) == Lines.Kind.TEXT) written++;
            else if (signatureMark(i) > 0 && written <= signatureMark(i)) start = i;
        }
        if (start < 0 || !wroteBefore(start)) return;
        for (int i = start; i < lines.count(); i++) if (place[i] == Place.VISIBLE) place[i] = Place.SIGNATURE;
    }

    /// How many lines a signature may have that begins with this line; 0 when none begins here.
    private int signatureMark(int i) {
        if (lines.kind(i) != Lines.Kind.RULE) return 0;
        var line = lines.examined(i);
        if (line.equals("--") || line.equals("—")) {
            return lines.line[i].equals("-- ") || !isSection(i) ? SIGNATURE_LINES_MAX : 0;
        }
        if (!line.matches("_{2,}")) return 0;
        return isListFooter(i) || line.length() >= 5 && !isSection(i) && onlyRule(i) ? RULED_SIGNATURE_LINES_MAX : 0;
    }

    /// The author continues below the rule, in sentences.
    private boolean isSection(int rule) {
        int seen = 0;
        for (int i = rule + 1; i < lines.count() && seen < SECTION_LINES; i++) {
            if (place[i] != Place.VISIBLE || lines.kind(i) != Lines.Kind.TEXT) continue;
            seen++;
            if (lines.examined(i).length() <= DISCLAIMER_CHARS
                    && SENTENCE.matcher(lines.examined(i)).find()) return true;
        }
        return false;
    }

    private boolean onlyRule(int rule) {
        for (int i = 0; i < lines.count(); i++) {
            if (i != rule && place[i] == Place.VISIBLE && lines.kind(i) == Lines.Kind.RULE
                    && lines.examined(i).length() >= 3 && wroteBefore(i)) return false;
        }
        return true;
    }

    /// The short footer of a mailing list: its name, its address, how to unsubscribe.
    private boolean isListFooter(int rule) {
        int text = 0;
        boolean list = false;
        for (int i = rule + 1; i < lines.count(); i++) {
            if (lines.kind(i) == Lines.Kind.QUOTE) return false;
            if (lines.kind(i) == Lines.Kind.TEXT) text++;
            list |= lines.has(i, Lines.ADDRESS | Lines.COLON) && LIST.matcher(lines.examined(i)).find();
        }
        return list && text <= LIST_LINES_MAX;
    }

    private void mark(int from, int to, Place where) {
        Arrays.fill(place, from, Math.min(to, place.length), where);
    }

    /// Its lines without the blank ones above and below them.
    private String collect(Place wanted) {
        int chars = 0;
        for (int i = 0; i < lines.count(); i++) if (place[i] == wanted) chars += lines.line[i].length() + 1;
        var out = new StringBuilder(chars);
        for (int i = 0; i < lines.count(); i++) {
            if (place[i] != wanted || out.isEmpty() && lines.line[i].isBlank()) continue;
            out.append(lines.line[i]).append('\n');
        }
        int end = out.length();
        while (end > 0 && Character.isWhitespace(out.charAt(end - 1))) end--;
        return out.substring(0, end);
    }
}
