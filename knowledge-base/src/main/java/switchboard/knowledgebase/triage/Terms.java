package switchboard.knowledgebase.triage;

import com.ibm.icu.text.Transliterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/// What a text consists of for the classifier: stems with their pairs, and pieces of words, which see through
/// inflection and misspellings. An ideograph is a word of its own, so Chinese is read by characters and their pairs;
/// traditional characters are read as simplified ones.
final class Terms {
    /// Longer texts are cut: the intent of a message is said early, and training stays bounded.
    private static final int CHARS_MAX = 2_000;
    private static final int PIECE_MIN = 2;
    private static final int PIECE_MAX = 4;
    private static final int WORD_CHARS_MAX = 40;
    private static final Transliterator SIMPLIFY = Transliterator.getInstance("Hant-Hans");

    /// @param words stems, and pairs of neighbours with the text's two ends
    /// @param pieces parts of words, marked where a word begins or ends
    record Read(List<String> words, List<String> pieces) {}

    private static final class Words extends Analyzer {
        private final boolean stemmed;

        Words(boolean stemmed) {
            this.stemmed = stemmed;
        }

        @Override
        protected TokenStreamComponents createComponents(String field) {
            var words = new StandardTokenizer();
            var folded = new ASCIIFoldingFilter(new LowerCaseFilter(words));
            return new TokenStreamComponents(words, stemmed ? new PorterStemFilter(folded) : folded);
        }
    }

    private final Analyzer stems = new Words(true);
    private final Analyzer plain = new Words(false);

    Read of(String text) {
        var clean = clean(text);
        var words = new ArrayList<String>();
        var before = "^";
        for (var stem : tokens(stems, clean)) {
            words.add(stem);
            words.add(before + " " + stem);
            before = stem;
        }
        words.add(before + " $");
        var pieces = new ArrayList<String>();
        for (var word : tokens(plain, clean)) pieces(word, pieces);
        return new Read(words, pieces);
    }

    private static String clean(String text) {
        var cut = text.length() <= CHARS_MAX ? text : text.substring(0, CHARS_MAX);
        var clean = Normalizer.normalize(cut, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return clean.codePoints().anyMatch(Character::isIdeographic) ? SIMPLIFY.transliterate(clean) : clean;
    }

    private static List<String> tokens(Analyzer analyzer, String text) {
        var tokens = new ArrayList<String>();
        try (var stream = analyzer.tokenStream("", text)) {
            var term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) tokens.add(term.toString());
            stream.end();
        } catch (IOException bug) {
            throw new UncheckedIOException(bug);
        }
        return tokens;
    }

    private static void pieces(String word, List<String> pieces) {
        var marked = "_" + (word.length() <= WORD_CHARS_MAX ? word : word.substring(0, WORD_CHARS_MAX)) + "_";
        for (int length = PIECE_MIN; length <= PIECE_MAX; length++) {
            for (int i = 0; i + length <= marked.length(); i++) pieces.add(marked.substring(i, i + length));
        }
    }
}
