package switchboard.knowledgebase.article;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;

/// The shelves, few enough to be read at once. A change is journalled as `article.category`.
public final class Categories {
    private static final int CATEGORIES_MAX = 200;
    private static final String ROW = "select id, slug, icon, title, description, position from article_category ";

    private final Database database;
    private final Journal journal;

    public Categories(Database database, Journal journal) {
        this.database = database;
        this.journal = journal;
    }

    public List<Category> list() {
        return database.sql().list(Category.class, ROW + "order by position, slug limit $1", CATEGORIES_MAX);
    }

    public Optional<Category> bySlug(String slug) {
        return database.sql().one(Category.class, ROW + "where slug = $1", slug);
    }

    /// Makes the category of this slug, or changes the one there is. The id of `category` may be null.
    public Category save(Category category, Actor actor) {
        if (category.title() == null || category.title().isEmpty()) throw Failure.Invalid.field("title", "is missing");
        var slug = Slugs.of(category.slug() == null ? category.title(Locales.DEFAULT) : category.slug());
        var saved = database.transaction(tx -> {
            var id = tx.value(UUID.class, """
                    insert into article_category (id, slug, icon, title, description, position)
                    values ($1, $2, $3, $4::text::jsonb, $5::text::jsonb, $6)
                    on conflict (brand_id, slug) do update set icon = excluded.icon, title = excluded.title,
                      description = excluded.description, position = excluded.position
                    returning id""", Ids.next(), slug, category.icon() == null ? "book" : category.icon(),
                    json(category.title()), json(category.description()), category.position()).orElseThrow();
            journal.append(tx, Entry.of("article.category", actor, Instant.now()).facts(Map.of("categoryId", id)));
            return new Category(id, slug, category.icon(), category.title(), category.description(),
                    category.position());
        });
        journal.committed();
        return saved;
    }

    private static String json(Map<String, String> texts) {
        return switchboard.ticketing.base.Json.write(texts == null ? Map.of() : texts);
    }
}
