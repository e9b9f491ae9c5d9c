package switchboard.knowledgebase.article;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Page;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;

/// What writers do with articles: draft, change, publish, archive. Each change stands in the journal
/// (`article.created`, `.changed`, `.published`, `.archived`, with `articleId`, `translationId` and `locale` as
/// facts) by the transaction that makes it; realtime and the search index follow from there.
///
/// All methods need a virtual thread and open their own transaction.
public final class Articles {
    private static final String ROW = """
            select t.id, t.article_id, r.slug, t.locale, a.category_id, r.title, r.summary, r.body, r.keywords,
              t.state as status, t.published_revision is distinct from t.latest_revision as unpublished_changes,
              a.position, t.updated_at, t.published_at, t.version,
              '/help/' || t.locale || '/articles/' || coalesce(p.slug, r.slug) || '-' || a.short_id as url,
              (select count(*) from article_vote v where v.translation_id = t.id and v.helpful) as helpful,
              (select count(*) from article_vote v where v.translation_id = t.id and not v.helpful) as not_helpful
            from article_translation t join article a on a.id = t.article_id
            join article_revision r on r.id = t.latest_revision
            left join article_revision p on p.id = t.published_revision
            """;

    private final Database database;
    private final Journal journal;

    public Articles(Database database, Journal journal) {
        this.database = database;
        this.journal = journal;
    }

    /// Newest change first.
    ///
    /// @param after the `next` of the page before, or null
    public Page<Article> list(ArticleFilter filter, int limit, String after) {
        if (limit < 1 || limit > Page.LIMIT_MAX) throw Failure.Invalid.field("limit", "1 to " + Page.LIMIT_MAX);
        var from = after == null ? null : Ids.parse(after, "The page");
        var rows = database.sql().list(Article.class, ROW + """
                where ($1::text is null or t.locale = $1) and ($2::text is null or t.state = $2)
                  and ($3::uuid is null or a.category_id = $3)
                  and ($4::text is null or strpos(lower(r.title), lower($4)) > 0 or strpos(r.slug, lower($4)) > 0)
                  and ($5::uuid is null or
                       (t.updated_at, t.id) < (select updated_at, id from article_translation where id = $5))
                order by t.updated_at desc, t.id desc limit $6""",
                filter.locale(), filter.status(), filter.categoryId(), blankToNull(filter.query()), from, limit + 1);
        return Page.of(rows, limit, Article::id);
    }

    /// @throws Failure.NotFound when there is no such article
    public Article get(UUID id) {
        return get(database.sql(), id);
    }

    private static Article get(Sql sql, UUID id) {
        return sql.one(Article.class, ROW + "where t.id = $1",
                id).orElseThrow(() -> new Failure.NotFound("The article"));
    }

    /// The newest text first.
    ///
    /// @param after the `next` of the page before, or null
    public Page<RevisionHead> revisions(UUID id, int limit, String after) {
        get(id);
        var from = after == null ? null : Ids.parse(after, "The page");
        var rows = database.sql().list(RevisionHead.class, """
                select r.id, r.number, r.title, r.author_id, r.created_at,
                  t.state = 'published' and r.id = t.published_revision as published
                from article_revision r join article_translation t on t.id = r.translation_id
                where t.id = $1 and ($2::uuid is null or
                  r.number < (select number from article_revision where id = $2 and translation_id = $1))
                order by r.number desc limit $3""", id, from, limit + 1);
        return Page.of(rows, limit, RevisionHead::id);
    }

    /// @throws Failure.NotFound when the article has no such text
    public Revision revision(UUID id, UUID revision) {
        return revision(database.sql(), id, revision);
    }

    private static Revision revision(Sql sql, UUID id, UUID revision) {
        return sql.one(Revision.class, """
                select id, translation_id, number, slug, title, summary, body, keywords, author_id, created_at
                from article_revision where translation_id = $1 and id = $2""", id, revision)
                .orElseThrow(() -> new Failure.NotFound("The version"));
    }

    /// The same article in its other languages and this one.
    ///
    /// @param id of one of them
    public List<Article> translations(UUID id) {
        return database.sql().list(Article.class, ROW + "where t.article_id = $1 order by t.locale limit 50",
                get(id).articleId());
    }

    /// @throws Failure.Invalid when a field is missing or too long, or the category is unknown
    /// @throws Failure.Conflict `translation-exists` when the article has this language already
    public Article create(ArticleDraft draft, Actor author) {
        Limits.check(draft);
        return commit(tx -> {
            var articleId = draft.articleId() == null ? newSubject(tx, draft) : existing(tx, draft);
            var translation = Ids.next();
            var revision = Ids.next();
            tx.execute("""
                    insert into article_translation (id, article_id, locale, latest_revision)
                    values ($1, $2, $3, $4)""",
                    translation, articleId, draft.locale(), revision);
            var slug = Slugs.of(draft.slug() == null ? draft.title() : draft.slug());
            insertRevision(tx, new Revision(revision, translation, 1, slug, draft.title().strip(),
                    orEmpty(draft.summary()),
                    orEmpty(draft.body()), Limits.clean(draft.keywords()), author.id().orElse(null), Instant.now()));
            return record(tx, "article.created", get(tx, translation), author);
        });
    }

    private static UUID newSubject(Sql tx, ArticleDraft draft) {
        requireCategory(tx, draft.categoryId());
        var id = Ids.next();
        tx.execute("""
                insert into article (id, short_id, category_id, position) values ($1, $2, $3,
                  coalesce($4, (select max(position) + 1 from article where category_id = $3), 1))""",
                id, Slugs.shortId(), draft.categoryId(), draft.position());
        return id;
    }

    private static UUID existing(Sql tx, ArticleDraft draft) {
        var id = tx.value(UUID.class, "select id from article where id = $1 for update", draft.articleId())
                .orElseThrow(() -> new Failure.NotFound("The article"));
        if (tx.exists("select 1 from article_translation where article_id = $1 and locale = $2", id, draft.locale())) {
            throw new Failure.Conflict("translation-exists", "The article has a text in this language already");
        }
        return id;
    }

    /// Saves a new revision of the text, or moves the article, or both.
    ///
    /// @throws Failure.Conflict `stale` with the article as it is now, when someone else changed it since
    public Article update(UUID id, ArticleChange change, Actor author) {
        Limits.check(change);
        return commit(tx -> {
            var now = locked(tx, id, change.version());
            if (change.changesText()) addRevision(tx, id, change, now, author);
            if (change.changesPlace()) {
                if (change.categoryId() != null) requireCategory(tx, change.categoryId());
                tx.execute("""
                        update article set category_id = coalesce($2, category_id), position = coalesce($3, position)
                        where id = $1""", now.articleId(), change.categoryId(), change.position());
            }
            touch(tx, id);
            return record(tx, "article.changed", get(tx, id), author);
        });
    }

    /// Saves an old text once more, as the latest revision. Readers get it with `publish`.
    ///
    /// @param version as in `update`
    public Article restore(UUID id, UUID revision, Integer version, Actor author) {
        return commit(tx -> {
            var now = locked(tx, id, version);
            var old = revision(tx, id, revision);
            addRevision(tx, id, new ArticleChange(old.title(), old.summary(), old.body(), old.keywords(), old.slug(),
                    null, null, null), now, author);
            touch(tx, id);
            return record(tx, "article.changed", get(tx, id), author, Map.of("restored", old.number()));
        });
    }

    private static void addRevision(Sql tx, UUID id, ArticleChange change, Article now, Actor author) {
        var revision = Ids.next();
        insertRevision(tx, new Revision(revision, id, nextNumber(tx, id),
                change.slug() == null ? now.slug() : Slugs.of(change.slug()),
                or(change.title(), now.title()).strip(), or(change.summary(), now.summary()),
                or(change.body(), now.body()), Limits.clean(or(change.keywords(), now.keywords())),
                author.id().orElse(null), Instant.now()));
        tx.execute("update article_translation set latest_revision = $2 where id = $1", id, revision);
    }

    /// Gives readers the latest text. Publishing what is published already changes nothing.
    ///
    /// @param version as in `update`, or null to publish whatever is the latest
    public Article publish(UUID id, Integer version, Actor author) {
        return commit(tx -> {
            var now = locked(tx, id, version);
            if (now.status().equals("published") && !now.unpublishedChanges()) return now;
            tx.execute("""
                    update article_translation set state = 'published', published_revision = latest_revision,
                      published_at = now() where id = $1""", id);
            touch(tx, id);
            return record(tx, "article.published", get(tx, id), author);
        });
    }

    /// Takes the article from readers; its texts stay, and `publish` brings it back.
    public Article archive(UUID id, Integer version, Actor author) {
        return commit(tx -> {
            var now = locked(tx, id, version);
            if (now.status().equals("archived")) return now;
            tx.execute("update article_translation set state = 'archived' where id = $1", id);
            touch(tx, id);
            return record(tx, "article.archived", get(tx, id), author);
        });
    }

    private <T> T commit(java.util.function.Function<Sql, T> work) {
        var result = database.transaction(work);
        journal.committed();
        return result;
    }

    private static Article locked(Sql tx, UUID id, Integer version) {
        tx.query("select 1 from article_translation where id = $1 for update", id);
        var now = get(tx, id);
        if (version != null && version != now.version()) {
            throw new Failure.Conflict("stale", "Someone else has changed this article since you opened it", now);
        }
        return now;
    }

    private static void touch(Sql tx, UUID id) {
        tx.execute("update article_translation set version = version + 1, updated_at = now() where id = $1", id);
    }

    private static int nextNumber(Sql tx, UUID id) {
        return tx.value(Long.class, "select max(number) + 1 from article_revision where translation_id = $1", id)
                .orElse(1L).intValue();
    }

    private static void insertRevision(Sql tx, Revision revision) {
        tx.insert("article_revision", List.of(revision));
    }

    private Article record(Sql tx, String kind, Article article, Actor author) {
        return record(tx, kind, article, author, Map.of());
    }

    private Article record(Sql tx, String kind, Article article, Actor author, Map<String, Object> more) {
        var facts = new HashMap<String, Object>(Map.of("articleId", article.articleId(),
                "translationId", article.id(), "locale", article.locale(), "version", article.version()));
        facts.putAll(more);
        journal.append(tx, Entry.of(kind, author, Instant.now()).facts(facts));
        return article;
    }

    private static void requireCategory(Sql tx, UUID id) {
        // Locked, so that nobody deletes it under the article that is being put there.
        if (id == null || tx.query("select 1 from article_category where id = $1 for key share", id).rowCount() == 0) {
            throw Failure.Invalid.field("categoryId", "must be one of the categories");
        }
    }

    private static <T> T or(T changed, T before) {
        return changed == null ? before : changed;
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
