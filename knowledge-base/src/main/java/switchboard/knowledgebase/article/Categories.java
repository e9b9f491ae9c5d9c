package switchboard.knowledgebase.article;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Sql;
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

    /// @throws Failure.Conflict `category-exists` when one has that slug, `too-many` when there is no room
    public Category create(CategoryChange wanted, Actor actor) {
        Limits.check(wanted);
        if (wanted.title() == null) throw Failure.Invalid.field("title", "is missing");
        var slug = Slugs.of(wanted.slug() == null || wanted.slug().isBlank() ? shown(wanted.title()) : wanted.slug());
        return commit(tx -> {
            tx.query("select 1 from brand where id = 1 for update");
            if (tx.value(Long.class, "select count(*) from article_category").orElse(0L) >= CATEGORIES_MAX) {
                throw new Failure.Conflict("too-many", "There may be at most " + CATEGORIES_MAX + " categories");
            }
            var id = Ids.next();
            int made = tx.execute("""
                    insert into article_category (id, slug, icon, title, description, position)
                    values ($1, $2, $3, $4::text::jsonb, $5::text::jsonb,
                      coalesce($6, (select coalesce(max(position), 0) + 1 from article_category)))
                    on conflict do nothing""",
                    id, slug, wanted.icon() == null ? "book" : wanted.icon(), json(wanted.title()),
                    json(wanted.description()), wanted.position());
            if (made == 0) throw new Failure.Conflict("category-exists", "There is a category " + slug + " already");
            return record(tx, get(tx, id), actor);
        });
    }

    /// @throws Failure.Conflict `category-exists` when another one has that slug
    public Category change(UUID id, CategoryChange change, Actor actor) {
        Limits.check(change);
        return commit(tx -> {
            tx.query("select 1 from brand where id = 1 for update");
            var now = get(tx, id);
            var slug = change.slug() == null || change.slug().isBlank() ? now.slug() : Slugs.of(change.slug());
            if (tx.exists("select 1 from article_category where slug = $1 and id <> $2", slug, id)) {
                throw new Failure.Conflict("category-exists", "There is a category " + slug + " already");
            }
            tx.execute("""
                    update article_category set slug = $2, icon = coalesce($3, icon),
                      title = coalesce($4::text::jsonb, title), description = coalesce($5::text::jsonb, description),
                      position = coalesce($6, position) where id = $1""",
                    id, slug, change.icon(), change.title() == null ? null : json(change.title()),
                    change.description() == null ? null : json(change.description()), change.position());
            return record(tx, get(tx, id), actor);
        });
    }

    /// @throws Failure.Conflict `category-not-empty` while an article, whatever its state, stands in it
    public void delete(UUID id, Actor actor) {
        commit(tx -> {
            tx.query("select 1 from article_category where id = $1 for update", id);
            var gone = get(tx, id);
            if (tx.exists("select 1 from article where category_id = $1", id)) {
                throw new Failure.Conflict("category-not-empty",
                        "There are articles in this category: move them to another one first");
            }
            tx.execute("delete from article_category where id = $1", id);
            return record(tx, gone, actor);
        });
    }

    private static Category get(Sql sql, UUID id) {
        return sql.one(Category.class, ROW + "where id = $1", id)
                .orElseThrow(() -> new Failure.NotFound("The category"));
    }

    private Category record(Sql tx, Category category, Actor actor) {
        journal.append(tx, Entry.of("article.category", actor, Instant.now())
                .facts(Map.of("categoryId", category.id())));
        return category;
    }

    private Category commit(Function<Sql, Category> work) {
        var result = database.transaction(work);
        journal.committed();
        return result;
    }

    private static String shown(Map<String, String> title) {
        return title.getOrDefault(Locales.DEFAULT, title.values().iterator().next());
    }

    private static String json(Map<String, String> texts) {
        return switchboard.ticketing.base.Json.write(texts == null ? Map.of() : texts);
    }
}
