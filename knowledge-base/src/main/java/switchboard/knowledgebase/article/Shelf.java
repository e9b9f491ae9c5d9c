package switchboard.knowledgebase.article;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import switchboard.ticketing.base.Database;

/// What readers can take: published texts only. It needs nothing but the database.
public final class Shelf {
    private static final String ROW = """
            select t.id, t.article_id, a.short_id, t.locale, a.category_id, r.slug, r.title, r.summary, r.body,
              r.keywords, t.published_at, '/help/' || t.locale || '/articles/' || r.slug || '-' || a.short_id as url
            from article_translation t join article a on a.id = t.article_id
            join article_revision r on r.id = t.published_revision
            where t.state = 'published'\s""";

    /// How many articles a category has in one locale.
    public record Count(UUID categoryId, long articles) {}

    private final Database database;

    public Shelf(Database database) {
        this.database = database;
    }

    public Optional<Published> article(String locale, String shortId) {
        return database.sql().one(Published.class, ROW + "and t.locale = $1 and a.short_id = $2", locale, shortId);
    }

    /// The published languages of one article.
    public List<Published> languages(String shortId) {
        return database.sql().list(Published.class, ROW + "and a.short_id = $1 order by t.locale limit 20", shortId);
    }

    public List<Published> byIds(List<UUID> ids) {
        if (ids.isEmpty()) return List.of();
        var found = database.sql().list(Published.class, ROW + "and t.id = any($1) limit 1000", ids).stream()
                .collect(Collectors.toMap(Published::id, article -> article));
        return ids.stream().map(found::get).filter(java.util.Objects::nonNull).toList();
    }

    public List<Published> inCategory(UUID categoryId, String locale) {
        return database.sql().list(Published.class,
                ROW + "and a.category_id = $1 and t.locale = $2 order by a.position, r.title limit 500", categoryId,
                        locale);
    }

    /// The first of each category, then by what readers found helpful.
    public List<Published> popular(String locale, int limit) {
        return database.sql().list(Published.class, ROW + """
                and t.locale = $1 order by
                  (select coalesce(sum(case when v.helpful then 1 else -1 end), 0) from article_vote v
                   where v.translation_id = t.id) desc,
                  a.position, (select c.position from article_category c where c.id = a.category_id), t.id
                limit $2""", locale, limit);
    }

    public Map<UUID, Long> counts(String locale) {
        return database.sql().list(Count.class, """
                select a.category_id, count(*) as articles
                from article_translation t join article a on a.id = t.article_id
                where t.state = 'published' and t.locale = $1 group by 1 limit 1000""", locale).stream()
                .collect(Collectors.toMap(Count::categoryId, Count::articles));
    }

    /// All published texts in the order of their ids, in pages: `after` is the last id of the page before, or null.
    public List<Published> page(UUID after, int limit) {
        return database.sql().list(Published.class,
                ROW + "and ($1::uuid is null or t.id > $1) order by t.id limit $2", after, limit);
    }

    /// The address of the published article with this slug, for links between articles.
    public Optional<String> urlOfSlug(String locale, String slug) {
        return database.sql().value(String.class, "select url from (" + ROW
                + "and t.locale = $1 and r.slug = $2 order by t.id limit 1) x", locale, slug);
    }
}
