package switchboard.channels.email.html;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/// Prepares a mail's HTML for the allow-list, which checks single properties only. It removes hidden content, keeps a
/// background with its text, and recolours text that would be unreadable because the picture behind it isn't shown.
final class Readable {
    private static final double CONTRAST_MIN = 1.6;

    private Readable() {}

    static String of(String html) {
        var document = Jsoup.parse(html);
        document.outputSettings().prettyPrint(false);
        Hidden.remove(document);
        NodeTraversor.traverse(new Painter(), document.body());
        return body(document);
    }

    /// Moves the page's own colours to its content, which is all that is shown.
    private static String body(Document document) {
        var body = document.body();
        if (!body.hasAttr("style") && !body.hasAttr("bgcolor")) return body.html();
        return body.tagName("div").outerHtml();
    }

    private record Paint(Colour text, Colour back) {}

    private static final class Painter implements NodeVisitor {
        private final Deque<Paint> paints = new ArrayDeque<>();

        Painter() {
            paints.push(new Paint(Colour.INK, Colour.WHITE));
        }

        @Override
        public void head(Node node, int depth) {
            if (!(node instanceof Element element)) return;
            var outer = paints.peek();
            var style = Style.of(element);
            var back = style.background().or(() -> attribute(element, "bgcolor")).flatMap(Colour::of)
                    .map(one -> one.over(outer.back())).orElse(outer.back());
            var text = (style.get("color").isEmpty() ? colour(element) : Optional.of(style.get("color")))
                    .flatMap(Colour::of).map(one -> one.over(back)).orElse(outer.text());
            boolean plain = style.get("background-color").isEmpty() && style.background().isPresent();
            if (plain && !back.equals(outer.back())) add(element, "background-color:" + back.hex());
            if (element.attr("bgcolor").matches("[0-9a-fA-F]{6}")) element.attr("bgcolor", back.hex());
            if (!element.ownText().isBlank() && text.contrast(back) < CONTRAST_MIN) {
                text = back.isLight() ? Colour.INK : Colour.WHITE;
                add(element, "color:" + (back.isLight() ? "#1c1e23" : "#ffffff"));
            }
            paints.push(new Paint(text, back));
        }

        @Override
        public void tail(Node node, int depth) {
            if (node instanceof Element) paints.pop();
        }

        private static Optional<String> colour(Element element) {
            return switch (element.normalName()) {
                case "font" -> attribute(element, "color");
                case "body" -> attribute(element, "text");
                default -> Optional.empty();
            };
        }

        private static Optional<String> attribute(Element element, String name) {
            var value = element.attr(name).strip();
            return value.isEmpty() ? Optional.empty()
                    : Optional.of(value.matches("[0-9a-fA-F]{6}") ? "#" + value : value);
        }

        private static void add(Element element, String declaration) {
            var style = element.attr("style").strip();
            element.attr("style", style.isEmpty() || style.endsWith(";") ? style + declaration
                    : style + ";" + declaration);
        }
    }
}
