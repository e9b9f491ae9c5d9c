package switchboard.knowledgebase.article;

import java.util.Map;
import java.util.UUID;

/// A shelf of the help centre.
///
/// @param icon a name from the site's icon set; an unknown one shows a book
/// @param title per locale, for example `{"en": "Orders", "zh-CN": "订单"}`
public record Category(UUID id, String slug, String icon, Map<String, String> title, Map<String, String> description,
                       int position) {

    public String title(String locale) {
        return in(title, locale);
    }

    public String description(String locale) {
        return in(description, locale);
    }

    /// The text in the locale, else in English, else in whatever language there is.
    private static String in(Map<String, String> texts, String locale) {
        var text = texts.get(locale);
        if (text != null) return text;
        return texts.getOrDefault(Locales.DEFAULT, texts.values().stream().findFirst().orElse(""));
    }
}
