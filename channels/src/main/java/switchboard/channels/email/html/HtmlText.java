package switchboard.channels.email.html;

import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/// HTML as plain text: paragraphs and line breaks kept, quotations marked with `>`, nothing invisible.
public final class HtmlText {
    /// Characters of HTML that are read; mail beyond this is a bomb or a newsletter's style sheet.
    static final int HTML_CHARS_MAX = 2_000_000;
    private static final Set<String> BLOCKS = Set.of("p", "div", "table", "tr", "ul", "ol", "li", "h1", "h2", "h3",
            "h4", "h5", "h6",
            "blockquote", "pre", "section", "article", "header", "footer", "dl", "dt", "dd", "hr", "address",
            "center", "form", "title");
    private static final Set<String> SPACED = Set.of("p", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "pre");
    private static final Set<String> UNSEEN = Set.of("script", "style", "head", "template", "noscript", "object",
            "iframe", "svg", "math");

    private HtmlText() {}

    public static String of(String html) {
        var document = Jsoup.parse(html.length() > HTML_CHARS_MAX ? html.substring(0, HTML_CHARS_MAX) : html);
        Hidden.remove(document);
        var writer = new Writer();
        NodeTraversor.traverse(writer, document);
        return writer.text();
    }

    private static final class Writer implements NodeVisitor {
        private final StringBuilder out = new StringBuilder();
        private int quoted;
        private int hidden;
        private int preformatted;
        private boolean lineStart = true;
        private int blank = 2;

        @Override public void head(Node node, int depth) {
            if (node instanceof Element element) {
                var name = element.normalName();
                if (UNSEEN.contains(name)) hidden++;
                if (name.equals("br")) newline();
                if (BLOCKS.contains(name)) block(name);
                if (name.equals("blockquote")) quoted++;
                if (name.equals("pre")) preformatted++;
                if (name.equals("li") && hidden == 0) words("- ");
            } else if (node instanceof TextNode text && hidden == 0) {
                if (preformatted > 0) text.getWholeText().lines().forEach(l -> { words(l); newline(); });
                else words(text.getWholeText().replaceAll("[ \\t\\r\\n\\f]+", " ").replace('\u00a0', ' '));
            }
        }

        @Override public void tail(Node node, int depth) {
            if (!(node instanceof Element element)) return;
            var name = element.normalName();
            if (UNSEEN.contains(name)) hidden--;
            if (name.equals("pre")) preformatted--;
            if (BLOCKS.contains(name)) block(name);
            if (name.equals("blockquote")) {
                quoted--;
                block(name);
            }
            if ((name.equals("td") || name.equals("th")) && !lineStart) out.append(' ');
        }

        private void block(String name) {
            if (!lineStart) newline();
            if (SPACED.contains(name) && blank < 1) newline();
        }

        private void newline() {
            if (hidden > 0) return;
            if (lineStart) {
                blank++;
                if (blank > 2) return;
                out.append(">".repeat(Math.min(quoted, 20)));
            } else {
                blank = 0;
            }
            out.append('\n');
            lineStart = true;
        }

        private void words(String words) {
            var shown = lineStart && preformatted == 0 ? words.stripLeading() : words;
            if (shown.isEmpty()) return;
            if (lineStart && quoted > 0) out.append(">".repeat(Math.min(quoted, 20))).append(' ');
            if (!lineStart && shown.startsWith(" ") && out.charAt(out.length() - 1) == ' ') shown = shown.substring(1);
            out.append(shown);
            lineStart = false;
            blank = 0;
        }

        String text() {
            return out.toString().lines().map(String::stripTrailing).collect(java.util.stream.Collectors.joining("\n"))
                    .replaceAll("(?:\\n>{1,20})+$", "").strip();
        }
    }
}
