package switchboard.channels.email.html;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;
import org.jsoup.select.Selector;

/// Removes what a mail's sender hides: preview lines, tracking text, parts for other programs. This happens before
/// anything is read or shown, because the styles that hide it aren't kept.
final class Hidden {
    private static final int RULES_MAX = 100;
    private static final Pattern MEDIA = Pattern.compile("@[a-z-]+[^{};]*\\{(?:[^{}]*\\{[^{}]*}\\s*)*[^{}]*}",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern RULE = Pattern.compile("([^{}@]{1,300})\\{([^{}]{1,2000})}");
    private static final Pattern NO_SIZE = Pattern.compile("0*\\.?0+(?:[a-z]+|%)?|0*(?:1|\\.\\d+|1\\.0+)(?:px|pt)");
    private static final Pattern OWN_SIZE = Pattern.compile("\\d*\\.?\\d+(?:px|pt|rem|in|cm|mm|pc|vw|vh)|(?:xx?-)?small"
            + "|medium|(?:xx?x?-)?large");

    private Hidden() {}

    /// If nothing would be left, keeps everything: showing too much beats an empty mail.
    static void remove(Document document) {
        var body = document.body();
        var before = body.hasText() ? body.clone() : null;
        var gone = new ArrayList<Node>();
        NodeTraversor.traverse(new Finder(gone), body);
        gone.addAll(bySheet(document));
        gone.forEach(Node::remove);
        if (before != null && !body.hasText() && body.select("img").isEmpty()) body.replaceWith(before);
    }

    private static List<Element> bySheet(Document document) {
        var hidden = new ArrayList<Element>();
        int rules = 0;
        for (var sheet : document.select("style")) {
            var rule = RULE.matcher(MEDIA.matcher(clipped(sheet.data())).replaceAll(" "));
            while (rule.find() && rules++ < RULES_MAX) {
                if (!hides(Style.of(rule.group(2)))) continue;
                for (var selector : rule.group(1).split(",")) hidden.addAll(selected(document, selector.strip()));
            }
        }
        return hidden;
    }

    private static String clipped(String sheet) {
        return sheet.length() > 100_000 ? sheet.substring(0, 100_000) : sheet;
    }

    /// Only selectors with a class or an id: a rule for all elements of a kind is a default that others override.
    private static List<Element> selected(Document document, String selector) {
        if (!selector.matches("[a-zA-Z]{0,12}[.#][\\w-]{1,60}")) return List.of();
        try {
            return document.body().select(selector);
        } catch (Selector.SelectorParseException odd) {
            return List.of();
        }
    }

    private static boolean hides(Element element) {
        return element.hasAttr("hidden") || hides(Style.of(element));
    }

    private static boolean hides(Style style) {
        if (style.is("display", "none") || style.is("visibility", "hidden", "collapse") || style.is("mso-hide", "all")
                || style.isZero("opacity") || style.isZero("max-height") || style.isZero("max-width")) return true;
        boolean clips = style.is("overflow", "hidden") || style.is("overflow-y", "hidden");
        if (clips && (style.isZero("height") || style.isZero("width") || style.is("height", "1px"))) return true;
        boolean placed = style.is("position", "absolute", "fixed");
        return placed && (style.isFarOff("left") || style.isFarOff("top") || style.get("clip").startsWith("rect(0"))
                || style.isFarOff("text-indent");
    }

    /// Removes text without size or colour, but keeps nested text that sets its own size.
    private static final class Finder implements NodeVisitor {
        private final List<Node> gone;
        private final Deque<Boolean> unseen = new ArrayDeque<>(List.of(false));
        private int within;

        Finder(List<Node> gone) {
            this.gone = gone;
        }

        @Override
        public void head(Node node, int depth) {
            if (node instanceof TextNode && within == 0 && unseen.peek()) gone.add(node);
            if (!(node instanceof Element element)) return;
            if (within > 0 || depth > 0 && hides(element)) {
                if (within++ == 0) gone.add(element);
                return;
            }
            unseen.push(unseen(element, unseen.peek()));
        }

        @Override
        public void tail(Node node, int depth) {
            if (!(node instanceof Element)) return;
            if (within > 0) within--;
            else unseen.pop();
        }

        private static boolean unseen(Element element, boolean outer) {
            var style = Style.of(element);
            var size = style.get("font-size");
            var colour = style.get("color");
            if (NO_SIZE.matcher(size).matches()) return true;
            if (!colour.isEmpty() && Colour.of(colour).filter(one -> one.alpha() == 0).isPresent()) return true;
            boolean shown = OWN_SIZE.matcher(size).matches() || element.normalName().equals("font")
                    && element.hasAttr("size");
            return !shown && outer;
        }
    }
}
