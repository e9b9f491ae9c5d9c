package switchboard.knowledgebase.article;

import com.ibm.icu.text.Transliterator;
import java.security.SecureRandom;
import java.util.Locale;

/// The words and the short id in an article's address.
final class Slugs {
    static final int CHARS_MAX = 60;
    // 31^7 = 27 billion: a clash is met by the unique index and tried again
    private static final int SHORT_ID_CHARS = 7;
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"; // nothing that looks like another
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Transliterator LATIN = Transliterator.getInstance("Any-Latin; Latin-ASCII; Lower");

    private Slugs() {}

    /// Latin letters, digits and hyphens; other scripts are spelled in Latin (`退款` is `tui-kuan`).
    static String of(String text) {
        var words = LATIN.transliterate(text).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        var cut = words.length() <= CHARS_MAX ? words : words.substring(0, CHARS_MAX).replaceAll("-[^-]*$", "");
        var slug = cut.replaceAll("^-+|-+$", "");
        return slug.isEmpty() ? "article" : slug;
    }

    static String shortId() {
        var id = new StringBuilder();
        for (int i = 0; i < SHORT_ID_CHARS; i++) id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        return id.toString();
    }
}
