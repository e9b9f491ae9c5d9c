package switchboard.knowledgebase.article;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.UrlSanitizer;

/// Markdown of writers as HTML for readers. Raw HTML is shown as text; links go to http, https, mailto, tel or the
/// site itself; images come from the site itself; `article:slug` becomes the article's address.
public final class Markdown {
    private static final List<org.commonmark.Extension> EXTENSIONS = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final String TO_ARTICLE = "article:";

    /// A heading for the table of contents; `level` is 2 or 3.
    public record Section(int level, String id, String title) {}

    /// The page's HTML, safe to show, and its sections.
    public record Page(String html, List<Section> sections) {}

    private Markdown() {}

    /// @param urlOfSlug the address of an article by its slug, or null when there is none
    public static Page page(String markdown, Function<String, String> urlOfSlug) {
        var document = PARSER.parse(markdown);
        var ids = new java.util.IdentityHashMap<Node, String>();
        var sections = new ArrayList<Section>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                // The page's own title is the first level.
                heading.setLevel(Math.max(2, heading.getLevel()));
                var id = "s" + (ids.size() + 1) + "-" + Slugs.of(words(heading));
                ids.put(heading, id);
                if (heading.getLevel() <= 3) sections.add(new Section(heading.getLevel(), id, words(heading)));
                visitChildren(heading);
            }

            @Override
            public void visit(Link link) {
                if (link.getDestination().startsWith(TO_ARTICLE)) {
                    var url = urlOfSlug.apply(link.getDestination().substring(TO_ARTICLE.length()));
                    link.setDestination(url == null ? "" : url);
                }
                visitChildren(link);
            }
        });
        return new Page(renderer(ids).render(document), List.copyOf(sections));
    }

    private static HtmlRenderer renderer(Map<Node, String> ids) {
        return HtmlRenderer.builder().extensions(EXTENSIONS).escapeHtml(true).sanitizeUrls(true)
                .urlSanitizer(new Urls()).attributeProviderFactory(_ -> attributes(ids)).build();
    }

    private static AttributeProvider attributes(Map<Node, String> ids) {
        return (node, tag, attributes) -> {
            // Wider than a telephone they scroll, by keys too.
            if (tag.equals("table") || tag.equals("pre")) attributes.put("tabindex", "0");
            switch (node) {
                case Heading heading -> attributes.put("id", ids.get(heading));
                case Link link when link.getDestination().startsWith("http") -> attributes.put("rel", "noopener");
                case Image _ -> attributes.put("loading", "lazy");
                default -> { }
            }
            // Cells say how they are aligned by a style or an old attribute; the policy of our pages allows no styles.
            var align = attributes.remove("align");
            if (align != null) attributes.put("class", "align-" + align);
            attributes.remove("style");
        };
    }

    /// The words alone, one block a line, for searching; addresses of links are not words.
    public static String text(String markdown) {
        var text = new StringBuilder();
        append(text, PARSER.parse(markdown));
        return text.toString().strip();
    }

    private static void append(StringBuilder text, Node node) {
        switch (node) {
            case Text one -> text.append(one.getLiteral());
            case Code code -> text.append(code.getLiteral());
            case FencedCodeBlock code -> text.append(code.getLiteral());
            case IndentedCodeBlock code -> text.append(code.getLiteral());
            case HtmlInline html -> text.append(html.getLiteral());
            case HtmlBlock html -> text.append(html.getLiteral());
            case SoftLineBreak _, HardLineBreak _ -> text.append(' ');
            default -> { }
        }
        for (var child = node.getFirstChild(); child != null; child = child.getNext()) append(text, child);
        if (node instanceof TableCell) text.append(' ');
        boolean line = node instanceof Block || node instanceof TableRow;
        if (line && !text.isEmpty() && text.charAt(text.length() - 1) != '\n') text.append('\n');
    }

    private static String words(Node node) {
        var words = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                words.append(text.getLiteral());
            }

            @Override
            public void visit(Code code) {
                words.append(code.getLiteral());
            }
        });
        return words.toString();
    }

    private static final class Urls implements UrlSanitizer {
        @Override
        public String sanitizeLinkUrl(String url) {
            var clean = url.strip();
            boolean ours = clean.startsWith("#") || clean.startsWith("/") && !clean.startsWith("//");
            return ours || clean.matches("(?i)(https?|mailto|tel):.*") ? clean : "";
        }

        @Override
        public String sanitizeImageUrl(String url) {
            var clean = url.strip();
            return clean.startsWith("/") && !clean.startsWith("//") && clean.indexOf('\\') < 0 ? clean : "";
        }
    }
}
