package switchboard.channels.email.html;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/// An element's own declarations, by lower-case name; the last one of a name wins.
record Style(Map<String, String> declared) {
    private static final int CHARS_MAX = 10_000;
    private static final Pattern DECLARATION = Pattern.compile(
            "([A-Za-z-]{1,40})\\s*:\\s*((?:[^;\"'()]|\\([^)]*\\)|\"[^\"]*\"|'[^']*'){1,2000})");
    private static final Pattern ZERO = Pattern.compile("[+-]?0*\\.?0+(?:px|pt|em|ex|rem|%|vh|vw|in|cm|mm|pc)?");

    static Style of(Element element) {
        return of(element.attr("style"));
    }

    static Style of(String text) {
        var declared = new LinkedHashMap<String, String>();
        if (text.isEmpty() || text.length() > CHARS_MAX) return new Style(declared);
        var found = DECLARATION.matcher(text.replaceAll("/\\*.*?\\*/", ""));
        while (found.find()) {
            declared.put(found.group(1).toLowerCase(Locale.ROOT), found.group(2).strip().toLowerCase(Locale.ROOT)
                    .replaceAll("\\s*!\\s*important$", ""));
        }
        return new Style(declared);
    }

    String get(String name) {
        return declared.getOrDefault(name, "");
    }

    boolean is(String name, String... values) {
        for (var value : values) if (get(name).equals(value)) return true;
        return false;
    }

    boolean isZero(String name) {
        return ZERO.matcher(get(name)).matches();
    }

    /// Whether a length lies outside any page, to the left or above.
    boolean isFarOff(String name) {
        return get(name).matches("-\\d{4,}(?:\\.\\d+)?(?:px|pt|em|rem|%)?");
    }

    /// The colour behind the text, from either of the two properties.
    Optional<String> background() {
        if (declared.containsKey("background-color")) return Optional.of(get("background-color"));
        var plain = get("background").replaceAll("url\\([^)]*\\)", " ");
        return Arrays.stream(plain.split("\\s+(?![^(]*\\))")).filter(one -> Colour.of(one).isPresent())
                .findFirst();
    }
}
