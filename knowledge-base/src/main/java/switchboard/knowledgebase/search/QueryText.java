package switchboard.knowledgebase.search;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import switchboard.ticketing.base.Failure;

/// A parsed query. The whole grammar is: words, `"phrases"`, and a prefix of at least two characters followed by `*`.
/// Everything else is text: there are no operators, field names or leading wildcards. Signs that belong to a word stay:
/// `C++`, `C#`, `.NET`.
///
/// @param unfinished the last word may still be growing (search as one types)
record QueryText(List<Word> words, List<String> phrases, boolean unfinished) {
    static final int CHARS_MAX = 1_000;
    static final int WORDS_MAX = 40;
    static final int WORD_CHARS_MAX = 120;
    static final int PHRASES_MAX = 4;
    static final int PREFIX_CHARS_MIN = 2;

    private static final Pattern QUOTES = Pattern.compile("[\"\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d\u300e\u300f]");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s\\p{Z}/,;:!?，。；：！？、（）()\\[\\]{}]+");
    private static final Pattern BARE =
            Pattern.compile("[^\\p{L}\\p{N}]*?(\\.?[\\p{L}\\p{N}].*?(?:\\+\\+|#)?)[^\\p{L}\\p{N}]*");

    record Word(String text, boolean prefix) {}

    /// @throws Failure.Invalid when the query is longer than anyone types
    static QueryText parse(String typed, boolean asTyped) {
        if (typed.length() > CHARS_MAX) throw Failure.Invalid.field("q", "at most " + CHARS_MAX + " characters");
        var text = Normalizer.normalize(typed, Normalizer.Form.NFKC);
        var words = new ArrayList<Word>();
        var phrases = new ArrayList<String>();
        var parts = QUOTES.split(text, -1);
        for (int i = 0; i < parts.length; i++) {
            boolean quoted = i % 2 == 1 && i < parts.length - 1;
            if (quoted && phrases.size() < PHRASES_MAX && parts[i].codePoints().anyMatch(Character::isLetterOrDigit)) {
                phrases.add(parts[i].strip());
            } else {
                words(parts[i], words);
            }
        }
        boolean open = asTyped && !text.isEmpty() && Character.isLetterOrDigit(text.codePointBefore(text.length()));
        return new QueryText(List.copyOf(words), List.copyOf(phrases), open && !words.isEmpty());
    }

    private static void words(String text, List<Word> words) {
        for (var piece : BETWEEN_WORDS.split(text)) {
            if (words.size() == WORDS_MAX) return;
            var found = BARE.matcher(piece);
            if (!found.matches()) continue;
            var bare = found.group(1);
            var cut = bare.length() <= WORD_CHARS_MAX ? bare : bare.substring(0, WORD_CHARS_MAX);
            words.add(new Word(cut, piece.endsWith("*") && cut.length() >= PREFIX_CHARS_MIN));
        }
    }

    boolean isEmpty() {
        return words.isEmpty() && phrases.isEmpty();
    }
}
