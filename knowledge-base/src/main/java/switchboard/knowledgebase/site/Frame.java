package switchboard.knowledgebase.site;

import java.util.List;

/// What every page has around its content.
///
/// @param title of the page alone; the company's name is added
/// @param canonical the absolute address of the page
/// @param languages the page in the site's languages, this one included
/// @param indexed whether search engines may list it
/// @param jsonLd structured data, `<` escaped, or null
/// @param query what stands in the search box
public record Frame(Words words, String locale, String company, String title, String description, String canonical,
                    List<Language> languages, boolean indexed, String jsonLd, String query, Assets assets) {

    /// @param path where to go; the same page if it exists in that language
    /// @param same whether it is the same page and not only the start
    public record Language(String locale, String name, String path, String absolute, boolean current, boolean same) {}

    public String say(String key, Object... args) {
        return words.say(key, args);
    }

    public String home() {
        return "/help/" + locale + "/";
    }

    public String at(String rest) {
        return home() + rest;
    }

    public String asset(String file) {
        return assets.url(file);
    }

    public String icon(String name) {
        return assets.icon(name);
    }

    /// A category's icon may be a sign of its own, an emoji for example, instead of a name.
    public boolean isSign(String icon) {
        return !icon.isEmpty() && icon.codePointAt(0) > 0x2000;
    }

    public String initial() {
        return company.isEmpty() ? "?" : company.substring(0, company.offsetByCodePoints(0, 1));
    }

    public List<Language> alternates() {
        return languages.stream().filter(Language::same).toList();
    }
}
