package switchboard.knowledgebase.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.QueryBuilder;

/// Builds the Lucene query for what a reader typed. It searches for every word in all parts of an article and ranks
/// hits in the title or keywords higher. A word in no article is treated as a misspelling; a known word never is, so
/// correct spellings keep their precision. Two words may be written as one elsewhere, and one as two (`Joining`).
///
/// The number of clauses is bounded: 100 tokens in four parts, two prefixes of 30 terms and four misspellings of 10 in
/// two parts make 600; eight joined and eight split words add 96. Lucene's own limit is 1,024.
final class Queries {
    private static final int TOKENS_MAX = 100;
    private static final int PREFIX_TERMS_MAX = 30;
    private static final int PREFIX_WORDS_MAX = 2;
    private static final int FUZZY_TERMS_MAX = 10;
    private static final int FUZZY_WORDS_MAX = 4;
    private static final int TIMES_MAX = 3; // a word said again weighs more, but not without end
    private static final int FUZZY_CHARS_MIN = 4;
    private static final int TWO_EDITS_CHARS_MIN = 8;
    private static final float PREFIX_BOOST = 0.7f;
    private static final float EXPANDED_TITLE_BOOST = 1.5f; // a guess is best confirmed by the title
    private static final float FUZZY_BOOST = 0.6f;
    private static final float PHRASE_BOOST = 2f;
    private static final float SECOND_READING = 0.6f; // the second reading confirms the first
    private static final int SMALL_ALL_MAX = 4; // beyond this, a quarter of the small words may be missing
    private static final float JOINED_BOOST = 0.4f; // a variant spelling; a higher boost hurts relevance

    private static final List<Part> EVERYWHERE = List.of(Part.values());
    private static final List<Part> EXPANDED = List.of(Part.ALL, Part.TITLE); // `ALL` has every term there is

    /// Words that say that something is asked, not what: left out when others remain.
    private static final Set<String> ASKING = Set.of("how", "do", "does", "did", "can", "could", "i", "my", "me", "we",
            "our", "you", "your", "what", "when", "where", "why", "which", "should", "would", "am", "have", "has",
            "的", "了", "吗", "呢", "我", "我的", "是", "在", "怎么", "如何", "怎样", "请问", "什么", "可以", "能",
            "哪里", "哪儿", "有", "要", "会", "和");

    private final Analyzers analyzers;
    private final IndexReader reader;
    private final List<String> readings;
    private final Joining joining;
    private int tokensLeft = TOKENS_MAX;
    private int prefixLeft = PREFIX_WORDS_MAX;
    private int fuzzyLeft = FUZZY_WORDS_MAX;

    Queries(Analyzers analyzers, IndexReader reader, String locale) {
        this.analyzers = analyzers;
        this.reader = reader;
        this.readings = Analyzers.readings(locale);
        this.joining = new Joining(token -> known(readings.getLast(), token));
    }

    Query of(QueryText text) {
        var all = new BooleanQuery.Builder();
        text.phrases().forEach(phrase -> all.add(phrase(phrase), Occur.MUST));
        if (text.phrases().isEmpty() && onlySmall(text.words())) return small(text.words());
        var said = asked(text.words());
        var words = said.stream().distinct().toList();
        for (var word : words) {
            boolean growing = text.unfinished() && word == said.getLast();
            int times = Math.min(TIMES_MAX, java.util.Collections.frequency(said, word));
            all.add(new BoostQuery(word(word, growing), times), Occur.SHOULD);
        }
        joining.joined(text.words().stream().map(QueryText.Word::text).toList(), this::lastToken)
                .forEach(token -> all.add(new BoostQuery(exact(token, readings.getLast()), JOINED_BOOST),
                        Occur.SHOULD));
        if (text.phrases().isEmpty()) all.setMinimumNumberShouldMatch(enough(words.size()));
        return all.build();
    }

    /// Queries such as `to be or not to be`, whose words the analyzers all drop.
    private boolean onlySmall(List<QueryText.Word> words) {
        return !words.isEmpty() && readings.getLast().equals("plain") && words.stream()
                .allMatch(word -> !word.prefix() && tokens(word.text(), readings.getFirst()).isEmpty());
    }

    /// Searches for them as written, and ranks adjacent ones highest.
    private Query small(List<QueryText.Word> words) {
        var all = new BooleanQuery.Builder();
        var tokens = words.stream().map(QueryText.Word::text).distinct()
                .flatMap(word -> tokens(word, readings.getLast()).stream()).distinct().toList();
        tokens.forEach(token -> all.add(exact(token, readings.getLast()), Occur.SHOULD));
        all.setMinimumNumberShouldMatch(tokens.size() <= SMALL_ALL_MAX ? tokens.size() : tokens.size() * 3 / 4);
        var together = words.stream().map(QueryText.Word::text).collect(java.util.stream.Collectors.joining(" "));
        return new BooleanQuery.Builder().add(all.build(), Occur.MUST).add(phrase(together), Occur.SHOULD).build();
    }

    /// The word as the last analyzer spells it, if that is one token.
    private Optional<String> lastToken(String word) {
        var tokens = tokens(word, readings.getLast());
        return tokens.size() == 1 ? Optional.of(tokens.getFirst()) : Optional.empty();
    }

    /// One word of four has to be there: a question in whole sentences still finds its answer.
    private static int enough(int words) {
        return Math.max(1, words / 4);
    }

    private List<QueryText.Word> asked(List<QueryText.Word> words) {
        var telling = words.stream().filter(word -> !ASKING.contains(word.text().toLowerCase(java.util.Locale.ROOT))
                && (word.prefix() || !tokens(word.text(), readings.getFirst()).isEmpty())).toList();
        if (!telling.isEmpty() && !words.isEmpty() && telling.getLast() != words.getLast()) {
            // The last word may be the beginning of another one.
            var withLast = new ArrayList<>(telling);
            if (words.getLast().text().length() > 2) withLast.add(words.getLast());
            return withLast;
        }
        return telling.isEmpty() ? words : telling;
    }

    private Query word(QueryText.Word word, boolean growing) {
        var ways = new ArrayList<Query>();
        boolean known = false;
        for (int i = 0; i < readings.size(); i++) {
            boolean meaning = i == 0 || !readings.get(i).equals("plain");
            var tokens = telling(tokens(word.text(), readings.get(i)));
            var reading = readings.get(i);
            known |= tokens.stream().anyMatch(token -> known(reading, token));
            if (meaning) tokens = tokens.subList(0, Math.min(tokens.size(), tokensLeft));
            if (meaning && !tokens.isEmpty()) {
                tokensLeft -= tokens.size();
                var exact = together(tokens, readings.get(i));
                ways.add(i == 0 ? exact : new BoostQuery(exact, SECOND_READING));
            }
        }
        boolean parted = parted(word, known, ways);
        parts(word, growing, known || parted, ways);
        if (ways.isEmpty()) return new MatchNoDocsQuery("nothing to look for");
        return ways.size() == 1 ? ways.getFirst() : new DisjunctionMaxQuery(ways, 1f);
    }

    /// A Chinese question is one run of characters: what only asks is within it.
    private static List<String> telling(List<String> tokens) {
        if (tokens.size() < 2) return tokens;
        var telling = tokens.stream().filter(token -> !ASKING.contains(token)).toList();
        return telling.isEmpty() ? tokens : telling;
    }

    private boolean known(String reading, String token) {
        try {
            return reader.docFreq(new Term(Part.ALL.field(reading), token)) > 0;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// `login` where articles say `log in`.
    private boolean parted(QueryText.Word word, boolean known, List<Query> ways) {
        var parts = lastToken(word.text()).flatMap(token -> joining.parted(token, known))
                .map(halves -> phrase(String.join(" ", halves)));
        parts.ifPresent(phrase -> ways.add(new BoostQuery(phrase, JOINED_BOOST)));
        return parts.isPresent();
    }

    /// Prefixes and near spellings of words. `wi-f` is a prefix of `wif`.
    private void parts(QueryText.Word word, boolean growing, boolean known, List<Query> ways) {
        var reading = readings.getLast();
        var tokens = tokens(word.text(), reading);
        if (tokens.isEmpty() || tokens.size() > 1 && !Joining.hyphened(word.text())) return;
        var token = tokens.stream().max(Comparator.comparingInt(String::length)).get();
        boolean han = Character.isIdeographic(token.codePointAt(0));
        boolean beginning = word.prefix() || growing && token.length() >= QueryText.PREFIX_CHARS_MIN
                || han && token.length() == 1;
        if (beginning && prefixLeft-- > 0) {
            ways.add(new BoostQuery(inParts(EXPANDED, reading, field -> new PrefixQuery(new Term(field, token),
                    new MultiTermQuery.TopTermsBlendedFreqScoringRewrite(PREFIX_TERMS_MAX))), PREFIX_BOOST));
        }
        if (!known && !han && token.length() >= FUZZY_CHARS_MIN && fuzzyLeft-- > 0) {
            int edits = token.length() >= TWO_EDITS_CHARS_MIN || growing && token.length() > FUZZY_CHARS_MIN ? 2 : 1;
            ways.add(new BoostQuery(inParts(EXPANDED, reading, field ->
                    new FuzzyQuery(new Term(field, token), edits, 1, FUZZY_TERMS_MAX, true)), FUZZY_BOOST));
        }
    }

    private Query together(List<String> tokens, String reading) {
        if (tokens.size() == 1) return exact(tokens.getFirst(), reading);
        var many = new BooleanQuery.Builder();
        tokens.forEach(token -> many.add(exact(token, reading), Occur.SHOULD));
        many.setMinimumNumberShouldMatch(enough(tokens.size()));
        return many.build();
    }

    private Query exact(String token, String reading) {
        return inParts(EVERYWHERE, reading, field -> new TermQuery(new Term(field, token)));
    }

    private static Query inParts(List<Part> parts, String reading, java.util.function.Function<String, Query> in) {
        var sum = new BooleanQuery.Builder();
        for (var part : parts) {
            float boost = parts == EXPANDED && part == Part.TITLE ? EXPANDED_TITLE_BOOST : part.boost;
            sum.add(new BoostQuery(in.apply(part.field(reading)), boost), Occur.SHOULD);
        }
        return sum.build();
    }

    private Query phrase(String text) {
        var ways = new ArrayList<Query>();
        var builder = new QueryBuilder(analyzers);
        for (var spelled : Joining.hyphened(text) ? List.of(text, Joining.closed(text)) : List.of(text)) {
            for (var part : EXPANDED) {
                var query = builder.createPhraseQuery(part.field(readings.getLast()), spelled, 0);
                if (query != null) ways.add(new BoostQuery(query, part.boost * PHRASE_BOOST));
            }
        }
        return ways.isEmpty() ? new MatchNoDocsQuery("an empty phrase") : new DisjunctionMaxQuery(ways, 1f);
    }

    private List<String> tokens(String text, String reading) {
        var tokens = new ArrayList<String>();
        try (var stream = analyzers.tokenStream("all." + reading, text)) {
            var term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken() && tokens.size() < TOKENS_MAX) {
                var token = term.toString();
                // A joined word occurs at the position of each of its parts.
                if (!Joining.hyphened(text) || !tokens.contains(token)) tokens.add(token);
            }
            stream.end();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return tokens;
    }
}
