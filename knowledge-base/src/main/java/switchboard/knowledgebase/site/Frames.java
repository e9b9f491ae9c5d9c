package switchboard.knowledgebase.site;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import switchboard.knowledgebase.article.Locales;
import switchboard.ticketing.base.Database;

/// Makes the frame of each page and renders its template.
final class Frames {
    private static final Duration NAME_KEPT = Duration.ofSeconds(10);
    private static final Map<String, String> NAMES = Map.of("en", "English", "zh-CN", "简体中文");

    final Assets assets = new Assets();
    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
    private final Database database;
    private final String origin;
    private volatile String company = "";
    private volatile long companyUntilNanos = System.nanoTime();

    Frames(Database database, URI publicUrl) {
        this.database = database;
        this.origin = publicUrl.toString().replaceAll("/+$", "");
    }

    /// @param path the path of this page in a locale, or null when that language does not have it
    Frame frame(String locale, String title, String description, Function<String, String> path) {
        var languages = Locales.ALL.stream().map(other -> {
            var there = path.apply(other);
            var go = there == null ? "/help/" + other + "/" : there;
            return new Frame.Language(other, NAMES.get(other), go, origin + go, other.equals(locale), there != null);
        }).toList();
        var own = path.apply(locale);
        return new Frame(Words.in(locale), locale, company(), title, description,
                origin + (own == null ? "/help/" + locale + "/" : own), languages, true, null, "", assets);
    }

    /// A page that search engines should not list.
    Frame unlisted(String locale, String title, Function<String, String> path) {
        var frame = frame(locale, title, "", path);
        return new Frame(frame.words(), locale, frame.company(), title, "", frame.canonical(), frame.languages(), false,
                null, "", assets);
    }

    static Frame withJsonLd(Frame frame, List<Map<String, Object>> graph) {
        var json = switchboard.ticketing.base.Json.write(Map.of("@context", "https://schema.org", "@graph", graph));
        return new Frame(frame.words(), frame.locale(), frame.company(), frame.title(), frame.description(),
                frame.canonical(), frame.languages(), frame.indexed(), json.replace("<", "\\u003c"), frame.query(),
                frame.assets());
    }

    static Frame withQuery(Frame frame, String query) {
        return new Frame(frame.words(), frame.locale(), frame.company(), frame.title(), frame.description(),
                frame.canonical(), frame.languages(), frame.indexed(), frame.jsonLd(), query, frame.assets());
    }

    String render(String template, Map<String, Object> model) {
        var html = new StringOutput();
        templates.render(template + ".jte", model, html);
        return html.toString();
    }

    String origin() {
        return origin;
    }

    private String company() {
        if (System.nanoTime() - companyUntilNanos >= 0) {
            company = database.sql().value(String.class, "select name from brand where id = 1").orElse("");
            companyUntilNanos = System.nanoTime() + NAME_KEPT.toNanos();
        }
        return company;
    }
}
