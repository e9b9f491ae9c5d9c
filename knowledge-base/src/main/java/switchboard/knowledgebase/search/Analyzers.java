package switchboard.knowledgebase.search;

import com.ibm.icu.text.Transliterator;
import java.io.Reader;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.DelegatingAnalyzerWrapper;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.charfilter.MappingCharFilter;
import org.apache.lucene.analysis.charfilter.NormalizeCharMap;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthCharFilter;
import org.apache.lucene.analysis.cn.smart.HMMChineseTokenizer;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.icu.ICUFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/// How texts become terms. A field is named `part.reading` (`title.en`, `all.cjk`): the reading chooses the analyzer,
/// and a locale has one or two readings, the first for meaning, the last for parts of words and misspellings.
///
/// Chinese is read twice, by words and by pairs of characters: neither always wins. Traditional characters are read
/// as their simplified ones, so that readers of either find the same articles.
final class Analyzers extends DelegatingAnalyzerWrapper {
    private static final Map<String, List<String>> READINGS =
            Map.of("en", List.of("en", "plain"), "zh", List.of("words", "pairs"));
    private static final List<String> OTHER = List.of("plain");

    private final Map<String, Analyzer> byReading = Map.of(
            "en", new English(), "plain", new Plain(), "words", new Words(), "pairs", new Pairs());

    Analyzers() {
        super(PER_FIELD_REUSE_STRATEGY);
    }

    static List<String> readings(String locale) {
        return READINGS.getOrDefault(locale.split("-", 2)[0], OTHER);
    }

    @Override
    protected Analyzer getWrappedAnalyzer(String field) {
        return byReading.get(field.substring(field.indexOf('.') + 1));
    }

    /// Spells out signs, then ignores accents, width and case.
    private abstract static class Spelled extends Analyzer {
        @Override
        protected Reader initReader(String field, Reader text) {
            return Signs.spelledOut(text);
        }

        static TokenStream folded(TokenStream words) {
            return new ICUFoldingFilter(new ASCIIFoldingFilter(new LowerCaseFilter(words)));
        }
    }

    private static final class English extends Spelled {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            var words = new StandardTokenizer();
            var told = new StopFilter(folded(new Compounds(new EnglishPossessiveFilter(words))),
                    EnglishAnalyzer.getDefaultStopSet());
            return new TokenStreamComponents(words, new PorterStemFilter(Irregular.regular(told)));
        }
    }

    private static final class Plain extends Spelled {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            var words = new StandardTokenizer();
            return new TokenStreamComponents(words, folded(new Compounds(words)));
        }
    }

    private abstract static class Chinese extends Spelled {
        private static final int FIRST_IDEOGRAPH = 0x4E00;
        private static final int LAST_IDEOGRAPH = 0x9FFF;
        private static final NormalizeCharMap SIMPLIFIED = simplified();

        private static NormalizeCharMap simplified() {
            var simplify = Transliterator.getInstance("Hant-Hans");
            var map = new NormalizeCharMap.Builder();
            for (int c = FIRST_IDEOGRAPH; c <= LAST_IDEOGRAPH; c++) {
                var character = Character.toString(c);
                var simple = simplify.transliterate(character);
                if (!simple.equals(character)) map.add(character, simple);
            }
            return map.build();
        }

        @Override
        protected Reader initReader(String field, Reader text) {
            return Signs.spelledOut(new MappingCharFilter(SIMPLIFIED, new CJKWidthCharFilter(text)));
        }

    }

    private static final class Words extends Chinese {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            var words = new HMMChineseTokenizer();
            return new TokenStreamComponents(words,
                    new StopFilter(new PorterStemFilter(Irregular.regular(folded(words))),
                            SmartChineseAnalyzer.getDefaultStopSet()));
        }
    }

    private static final class Pairs extends Chinese {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            var characters = new StandardTokenizer();
            return new TokenStreamComponents(characters, new CJKBigramFilter(folded(new Compounds(characters))));
        }
    }

    @Override
    public void close() {
        super.close();
        Stream.of(byReading.values().toArray(Analyzer[]::new)).forEach(Analyzer::close);
    }
}
