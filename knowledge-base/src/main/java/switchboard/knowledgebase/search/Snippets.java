package switchboard.knowledgebase.search;

import java.io.IOException;
import java.text.BreakIterator;
import java.util.Locale;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.uhighlight.Passage;
import org.apache.lucene.search.uhighlight.PassageFormatter;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.search.uhighlight.WholeBreakIterator;

/// Passages as HTML: all text escaped, found words in `<mark>`.
final class Snippets {
    private static final int TEXT_CHARS_MAX = 50_000;
    static final int CHARS_MAX = 220;
    private static final int CHARS_BEFORE = 60;

    private final UnifiedHighlighter whole;
    private final UnifiedHighlighter passages;
    private final String reading;

    Snippets(Analyzers analyzers, String locale) {
        reading = Analyzers.readings(locale).getFirst();
        whole = UnifiedHighlighter.builderWithoutSearcher(analyzers).withFieldMatcher(_ -> true)
                .withBreakIterator(WholeBreakIterator::new).withFormatter(new Marks(Integer.MAX_VALUE)).build();
        passages = UnifiedHighlighter.builderWithoutSearcher(analyzers).withFieldMatcher(_ -> true)
                .withMaxLength(TEXT_CHARS_MAX).withFormatter(new Marks(CHARS_MAX))
                .withBreakIterator(() -> BreakIterator.getSentenceInstance(Locale.forLanguageTag(locale))).build();
    }

    String title(Query query, String title) throws IOException {
        var marked = whole.highlightWithoutSearcher(Part.TITLE.field(reading), query, title, 1);
        return marked == null ? escape(title) : marked.toString();
    }

    /// The summary when it has a found word, else the best passage of the text, else the beginning.
    String passage(Query query, String summary, String text) throws IOException {
        var inSummary = (String) passages.highlightWithoutSearcher(Part.ALL.field(reading), query, summary, 1);
        if (inSummary != null && inSummary.contains("<mark>")) return inSummary;
        var inText = (String) passages.highlightWithoutSearcher(Part.ALL.field(reading), query, text, 1);
        if (inText != null && inText.contains("<mark>")) return inText;
        return start(summary.isBlank() ? text : summary);
    }

    private static String start(String text) {
        return text.length() <= CHARS_MAX ? escape(text) : escape(text.substring(0, softEnd(text, CHARS_MAX))) + "…";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /// Not within a surrogate pair, and rather at a blank.
    private static int softEnd(String text, int at) {
        int blank = text.lastIndexOf(' ', at);
        int end = blank > at - 30 ? blank : at;
        return Character.isLowSurrogate(text.charAt(Math.min(end, text.length() - 1))) ? end - 1 : end;
    }

    private static final class Marks extends PassageFormatter {
        private final int charsMax;

        Marks(int charsMax) {
            this.charsMax = charsMax;
        }

        @Override
        public String format(Passage[] found, String text) {
            var passage = found[0];
            int first = passage.getNumMatches() == 0 ? passage.getStartOffset() : passage.getMatchStarts()[0];
            int from = first - passage.getStartOffset() > charsMax - CHARS_BEFORE
                    ? Math.max(passage.getStartOffset(), first - CHARS_BEFORE) : passage.getStartOffset();
            if (from > 0 && Character.isLowSurrogate(text.charAt(from))) from--;
            int to = passage.getEndOffset() - from <= charsMax ? passage.getEndOffset() : softEnd(text, from + charsMax);
            var html = new StringBuilder(from > passage.getStartOffset() ? "…" : "");
            int at = from;
            for (int i = 0; i < passage.getNumMatches(); i++) {
                int start = Math.max(at, passage.getMatchStarts()[i]);
                int end = Math.min(to, passage.getMatchEnds()[i]);
                if (start >= end) continue;
                html.append(escape(text.substring(at, start)))
                        .append("<mark>").append(escape(text.substring(start, end))).append("</mark>");
                at = end;
            }
            html.append(escape(text.substring(at, to).stripTrailing()));
            return (to < passage.getEndOffset() ? html.append("…") : html).toString().replace("</mark><mark>", "");
        }
    }
}
