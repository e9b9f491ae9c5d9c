package switchboard.knowledgebase.search;

import java.io.IOException;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;

/// Titles and passages as HTML: all text escaped, found words in `<mark>`. A word counts as found when one of its
/// readings is a term of the query as it was run, beginnings and misspellings included.
final class Snippets {
    static final int CHARS_MAX = 220;
    private static final int TEXT_CHARS_MAX = 20_000; // a passage further down is not looked for
    private static final int CHARS_BEFORE = 60;

    private static final Pattern BETWEEN_MARKS = Pattern.compile("</mark>([-_\u2010\u2011]?)<mark>");

    private record Span(int start, int end, String term) {}

    private final Analyzers analyzers;
    private final Locale locale;
    private final Map<String, Set<String>> termsByReading = new HashMap<>();

    /// @param query rewritten, so that it consists of terms
    Snippets(Analyzers analyzers, String locale, Query query) {
        this.analyzers = analyzers;
        this.locale = Locale.forLanguageTag(locale);
        var terms = new HashSet<Term>();
        query.visit(QueryVisitor.termCollector(terms));
        for (var term : terms) {
            int dot = term.field().indexOf('.');
            if (dot > 0) {
                termsByReading.computeIfAbsent(term.field().substring(dot + 1), _ -> new HashSet<>()).add(term.text());
            }
        }
    }

    String title(String title) throws IOException {
        return html(title, 0, title.length(), spans(title));
    }

    /// The summary when it has a found word, else the best sentence of the text, else the beginning.
    String passage(String summary, String text) throws IOException {
        var inSummary = spans(summary);
        if (!inSummary.isEmpty()) return around(summary, 0, summary.length(), inSummary);
        var head = text.substring(0, Math.min(text.length(), TEXT_CHARS_MAX));
        var spans = spans(head);
        if (spans.isEmpty()) {
            var start = summary.isBlank() ? head : summary;
            return around(start, 0, start.length(), spans);
        }
        return best(head, spans);
    }

    /// The sentence with the most different words, the first of equals.
    private String best(String text, List<Span> spans) {
        var sentences = BreakIterator.getSentenceInstance(locale);
        sentences.setText(text);
        int bestStart = 0;
        int bestEnd = text.length();
        long most = 0;
        int next = 0;
        for (int start = 0, end = sentences.next(); end != BreakIterator.DONE; start = end, end = sentences.next()) {
            var words = new HashSet<String>();
            while (next < spans.size() && spans.get(next).start() < end) words.add(spans.get(next++).term());
            if (words.size() > most) {
                most = words.size();
                bestStart = start;
                bestEnd = end;
            }
        }
        return around(text, bestStart, bestEnd, spans);
    }

    private static String around(String text, int start, int end, List<Span> spans) {
        int first = spans.stream().mapToInt(Span::start).filter(at -> at >= start).findFirst().orElse(start);
        int from = first - start > CHARS_MAX - CHARS_BEFORE ? whole(text, first - CHARS_BEFORE) : start;
        int to = end - from <= CHARS_MAX ? end : softEnd(text, from + CHARS_MAX);
        return (from > start ? "…" : "") + html(text, from, to, spans).strip() + (to < end ? "…" : "");
    }

    private static String html(String text, int from, int to, List<Span> spans) {
        var html = new StringBuilder();
        int at = from;
        for (var span : spans) {
            int start = Math.max(at, span.start());
            int end = Math.min(to, span.end());
            if (start >= end) continue;
            html.append(escape(text.substring(at, start)))
                    .append("<mark>").append(escape(text.substring(start, end))).append("</mark>");
            at = end;
        }
        return BETWEEN_MARKS.matcher(html.append(escape(text.substring(at, to)))).replaceAll("$1");
    }

    private List<Span> spans(String text) throws IOException {
        var spans = new ArrayList<Span>();
        for (var reading : termsByReading.entrySet()) {
            try (var stream = analyzers.tokenStream(Part.ALL.field(reading.getKey()), text)) {
                var term = stream.addAttribute(CharTermAttribute.class);
                var offset = stream.addAttribute(OffsetAttribute.class);
                stream.reset();
                while (stream.incrementToken()) {
                    if (!reading.getValue().contains(term.toString())) continue;
                    spans.add(new Span(offset.startOffset(), offset.endOffset(), term.toString()));
                }
                stream.end();
            }
        }
        spans.sort(Comparator.comparingInt(Span::start).thenComparing(Comparator.comparingInt(Span::end).reversed()));
        return spans;
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /// Rather at a blank.
    private static int softEnd(String text, int at) {
        int blank = text.lastIndexOf(' ', at);
        return blank > at - 30 ? blank : whole(text, at);
    }

    /// Not within a surrogate pair.
    private static int whole(String text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }
}
