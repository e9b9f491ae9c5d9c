package switchboard.channels.email.mime;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import switchboard.channels.email.html.HtmlText;

/// Chooses between a message's plain text and its HTML. The plain text wins, unless it is blank, only points to the
/// HTML, or breaks off.
final class TextChoice {
    private static final int COMPARED_CHARS_MAX = 20_000;
    /// A notice that points to the HTML is short.
    private static final int NOTICE_CHARS_MAX = 600;
    private static final int PIECE_CHARS = 3;
    /// If both forms say the same, the HTML contains this share of the plain text; lists and links differ.
    private static final double SAME = 0.6;
    private static final Pattern BLANK = Pattern.compile("[\\s\\p{Z}\\p{Cc}\\p{Cf}\u2800\u3164]*");
    private static final Pattern LINK = Pattern.compile("<?\\b(?:https?|mailto):[^\\s>]{1,2000}>?");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    /// How a notice refers to the HTML, in any language.
    private static final Pattern POINTS_TO_HTML = Pattern.compile(
            "html|browser|webversion|web version|online version|浏览器|瀏覽器|网页版|網頁版|ブラウザ|브라우저|браузер|"
            + "navegador|navigateur|im web ansehen", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern IMAGE = Pattern.compile("<img\\b", Pattern.CASE_INSENSITIVE);

    private TextChoice() {}

    /// Whether the text shows nothing: only spaces of any kind and zero-width characters.
    static boolean blank(String text) {
        return BLANK.matcher(text).matches();
    }

    /// Whether the HTML shows anything.
    static boolean shows(String html) {
        return IMAGE.matcher(html).find() || !blank(HtmlText.of(html));
    }

    /// Whether the HTML is the better source of the text.
    ///
    /// @param formatted the HTML's text
    static boolean htmlSaysMore(String plain, String formatted) {
        if (blank(formatted)) return false;
        if (blank(plain)) return true;
        var said = words(plain);
        var full = words(formatted);
        if (said.isEmpty()) return false;
        boolean breaksOff = full.length() > said.length() * 3 / 2 + 8 && full.contains(said);
        return breaksOff || plain.length() <= NOTICE_CHARS_MAX && POINTS_TO_HTML.matcher(plain).find()
                && full.length() > 3 && shared(said, full) < SAME;
    }

    private static String words(String text) {
        var cut = text.length() > COMPARED_CHARS_MAX ? text.substring(0, COMPARED_CHARS_MAX) : text;
        return NO_WORD.matcher(LINK.matcher(cut).replaceAll("")).replaceAll("").toLowerCase(Locale.ROOT);
    }

    private static double shared(String said, String full) {
        Set<String> pieces = new HashSet<>();
        for (int i = 0; i + PIECE_CHARS <= full.length(); i++) pieces.add(full.substring(i, i + PIECE_CHARS));
        int all = 0;
        int found = 0;
        for (int i = 0; i + PIECE_CHARS <= said.length(); i++, all++) {
            if (pieces.contains(said.substring(i, i + PIECE_CHARS))) found++;
        }
        return all == 0 ? 1 : (double) found / all;
    }
}
