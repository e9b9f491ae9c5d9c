package switchboard.channels.email.html;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jsoup.nodes.Entities;
import org.owasp.html.CssSchema;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/// Other people's HTML made fit for the console's frame: an allow-list of elements, attributes and styles; no script,
/// no form, no request that the caller didn't approve. All HTML passes through here in the current `VERSION` before it
/// is shown: the stored output of an earlier version is not trusted. Idempotent if `imageUrl` maps its own results to
/// themselves.
public final class MailHtml {
    /// Raise it with every change of the output, so that no older output is shown.
    public static final int VERSION = 1;
    /// Longer HTML is cut first; the text of the mail is kept elsewhere in full.
    static final int HTML_CHARS_MAX = 4_000_000;
    /// Broken nesting is mended step by step; what a parser still reads differently after so many rounds is shown as
    /// its text.
    private static final int ROUNDS_MAX = 8;
    private static final String[] ELEMENTS = {"a", "abbr", "address", "b", "bdi", "bdo", "big", "blockquote", "br",
            "caption", "center", "cite", "code", "col",
        "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
        "i", "img", "ins", "kbd", "li", "mark", "ol", "p",
        "pre", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot",
        "th", "thead", "tr", "tt", "u", "ul", "var", "wbr"};
    /// No position, no z-index, no content, nothing that takes a URL: nothing paints outside its box or asks a server.
    private static final CssSchema STYLES =
            CssSchema.withProperties(List.of("background-color", "border", "border-bottom", "border-bottom-color",
            "border-bottom-style",
            "border-bottom-width", "border-collapse", "border-color", "border-left", "border-left-color",
            "border-left-style", "border-left-width", "border-radius", "border-right",
            "border-right-color", "border-right-style", "border-right-width", "border-spacing", "border-style",
            "border-top", "border-top-color", "border-top-style", "border-top-width",
            "border-width", "caption-side", "color", "direction", "font-family", "font-size", "font-style",
            "font-variant", "font-weight", "height", "letter-spacing", "line-height",
            "max-width", "padding", "padding-bottom", "padding-left", "padding-right", "padding-top", "text-align",
            "text-decoration", "text-indent", "text-transform", "vertical-align",
            "white-space", "width", "word-spacing"));
    private static final Pattern LINK = Pattern.compile("(?i)(?:https?://|mailto:|tel:)[^\\p{Cntrl}]{1,4000}");
    private static final Pattern IMAGE = Pattern.compile("(?i)(?:https?://|cid:|/content/)[^\\p{Cntrl}]{1,4000}"
            + "|data:image/(?:png|jpe?g|gif|webp|bmp);base64,[A-Za-z0-9+/=%]{1,2000000}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,5}%?");
    private static final Pattern WORD = Pattern.compile("[#a-zA-Z0-9 ,.-]{1,60}");

    private MailHtml() {}

    /// @param imageUrl maps `http:`, `https:`, `cid:`, `data:` or our own `/content/` URLs to the URL to show, or null
    ///     for none
    public static String sanitise(String html, Function<String, String> imageUrl) {
        var cut = html.length() > HTML_CHARS_MAX ? html.substring(0, HTML_CHARS_MAX) : html;
        // Later rounds keep the approved URLs; they can't tell where those came from.
        var shown = new HashSet<String>();
        var clean = once(policy(url -> noted(image(url, imageUrl), shown)), cut.replace("\0", ""));
        var policy = policy(url -> shown.contains(url) ? url : null);
        for (int round = 0; round < ROUNDS_MAX; round++) {
            var again = once(policy, clean);
            if (again.equals(clean)) return clean;
            clean = again;
        }
        return policy.sanitize(Entities.escape(HtmlText.of(clean)));
    }

    /// With the mail's own pictures and none whose loading its sender could see.
    ///
    /// @param inline maps a Content-ID to the URL to show, or null
    public static String shown(String html, UnaryOperator<String> inline) {
        return sanitise(html, image -> {
            var scheme = image.substring(0, image.indexOf(':') + 1).toLowerCase(Locale.ROOT);
            return switch (scheme) {
                case "cid:" -> inline.apply(image.substring(scheme.length()));
                case "data:" -> image;
                default -> null;
            };
        });
    }

    /// Without images: for places that have no one to ask for them.
    public static String sanitise(String html) {
        return sanitise(html, _ -> null);
    }

    private static String once(PolicyFactory policy, String html) {
        return policy.sanitize(Readable.of(html)).stripLeading();
    }

    private static String noted(String url, Set<String> shown) {
        if (url != null) shown.add(url);
        return url;
    }

    private static PolicyFactory policy(Function<String, String> imageUrl) {
        return new HtmlPolicyBuilder()
                .allowElements(ELEMENTS)
                .allowElements((name, attributes) -> {
                    if (!attributes.contains("href")) return name;
                    attributes.add("target");
                    attributes.add("_blank");
                    return name;
                }, "a")
                .requireRelsOnLinks("noopener", "noreferrer", "nofollow")
                .allowUrlProtocols("http", "https", "mailto", "tel", "cid", "data")
                .allowAttributes("href").matching((_, _, value) -> LINK.matcher(value.strip()).matches() ? url(value)
                : null).onElements("a")
                .allowAttributes("src").matching((_, _, value) -> imageUrl.apply(value.strip())).onElements("img")
                .allowAttributes("alt", "title").matching((_, _, value) -> value.replace('`', '\'').strip()).globally()
                .allowAttributes("width", "height", "border", "cellpadding", "cellspacing", "colspan", "rowspan",
                "span", "start").matching(NUMBER)
                .onElements("img", "table", "td", "th", "tr", "col", "colgroup", "ol", "hr")
                .allowAttributes("align", "valign", "bgcolor", "dir", "lang").matching(WORD).globally()
                .allowAttributes("color", "face", "size").matching(WORD).onElements("font")
                .allowStyling(STYLES)
                .allowWithoutAttributes("a", "span", "font", "img")
                .toFactory();
    }

    private static String image(String url, Function<String, String> imageUrl) {
        var asked = url.regionMatches(true, 0, "data:", 0, 5) ? url.replaceAll("\\s+", "") : url;
        if (!IMAGE.matcher(asked).matches()) return null;
        var shown = imageUrl.apply(asked);
        return shown != null && IMAGE.matcher(shown).matches()
                && !shown.regionMatches(true, 0, "cid:", 0, 4) ? url(shown) : null;
    }

    /// A backtick ends an attribute for some old readers.
    private static String url(String url) {
        return url.strip().replace("`", "%60");
    }
}
