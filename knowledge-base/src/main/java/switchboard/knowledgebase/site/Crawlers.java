package switchboard.knowledgebase.site;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import switchboard.knowledgebase.article.Categories;
import switchboard.knowledgebase.article.Locales;
import switchboard.knowledgebase.article.Published;
import switchboard.knowledgebase.article.Shelf;

/// What programs that read the site want: sitemap (sitemaps.org 0.9 with hreflang links), robots.txt, llms.txt.
final class Crawlers {
    private static final int ADDRESSES_MAX = 20_000; // a sitemap may hold 50,000, each language its own
    private static final int PAGE = 500;

    private final String origin;
    private final Shelf shelf;
    private final Categories categories;

    Crawlers(String origin, Shelf shelf, Categories categories) {
        this.origin = origin;
        this.shelf = shelf;
        this.categories = categories;
    }

    Answer robots() {
        return Answer.of("text/plain; charset=utf-8", """
                User-agent: *
                Disallow: /console/
                Disallow: /api/
                Disallow: /help/*/search
                Disallow: /help/*/suggest
                Sitemap: %s/sitemap.xml
                """.formatted(origin));
    }

    Answer sitemap() {
        var xml = new StringBuilder("""
                <?xml version="1.0" encoding="UTF-8"?>
                <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
                """);
        for (var locale : Locales.ALL) {
            xml.append("<url><loc>").append(origin).append("/help/").append(locale).append("/</loc></url>\n");
            categories.list().forEach(category -> xml.append("<url><loc>").append(origin).append("/help/")
                    .append(locale)
                    .append("/categories/").append(category.slug()).append("</loc></url>\n"));
        }
        var all = all();
        var byArticle = all.stream().collect(Collectors.groupingBy(Published::articleId));
        all.forEach(article -> url(xml, article, byArticle.get(article.articleId())));
        return Answer.of("application/xml; charset=utf-8", xml.append("</urlset>\n").toString());
    }

    private void url(StringBuilder xml, Published article, List<Published> languages) {
        xml.append("<url><loc>").append(origin).append(article.url()).append("</loc><lastmod>")
                .append(article.publishedAt()).append("</lastmod>");
        if (languages.size() > 1) {
            languages.forEach(other -> xml.append("<xhtml:link rel=\"alternate\" hreflang=\"").append(other.locale())
                    .append("\" href=\"").append(origin).append(other.url()).append("\"/>"));
        }
        xml.append("</url>\n");
    }

    Answer forModels() {
        var text = new StringBuilder("# Help centre\n\n"
                + "Each page is also served as Markdown: add `.md` to its address.\n");
        for (var category : categories.list()) {
            text.append("\n## ").append(category.title(Locales.DEFAULT)).append("\n\n");
            shelf.inCategory(category.id(), Locales.DEFAULT).forEach(article -> text.append("- [")
                    .append(article.title())
                    .append("](").append(origin).append(article.url()).append(".md): ").append(article
                            .summary()).append('\n'));
        }
        return Answer.of("text/plain; charset=utf-8", text.toString());
    }

    private List<Published> all() {
        var all = new java.util.ArrayList<Published>();
        UUID after = null;
        for (var page = shelf.page(null, PAGE); !page.isEmpty() && all.size() < ADDRESSES_MAX;
                page = shelf.page(after, PAGE)) {
            all.addAll(page);
            after = page.getLast().id();
        }
        return all;
    }
}
