package switchboard.knowledgebase.article;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.knowledgebase.Fixture.WRITER;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.knowledgebase.Fixture;
import switchboard.ticketing.base.Failure;

class ArticlesTest {
    @TempDir Path folder;
    Fixture fixture;
    Category category;
    Shelf shelf;

    @BeforeEach
    void open() {
        fixture = new Fixture(folder);
        category = fixture.category("returns");
        shelf = new Shelf(fixture.database);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Article draft(String title) {
        return fixture.help.create(new ArticleDraft("en", category.id(), title, "In short", "# Long", List.of("one",
                " two "),
                null, null, null), WRITER);
    }

    private static ArticleChange body(String body, Integer version) {
        return new ArticleChange(null, null, body, null, null, null, null, version);
    }

    @Test
    void readersSeeNothingUntilAnArticleIsPublishedAndThenOnlyWhatWasPublished() {
        var draft = draft("How to return");
        assertEquals("draft", draft.status());
        assertEquals(List.of("one", "two"), draft.keywords());
        assertTrue(shelf.byIds(List.of(draft.id())).isEmpty());
        fixture.help.publish(draft.id(), null, WRITER);
        var changed = fixture.help.update(draft.id(), body("# New", null), WRITER);
        assertTrue(changed.unpublishedChanges());
        assertEquals("# Long", shelf.byIds(List.of(draft.id())).getFirst().body());
        assertFalse(fixture.help.publish(draft.id(), changed.version(), WRITER).unpublishedChanges());
        assertEquals("# New", shelf.byIds(List.of(draft.id())).getFirst().body());
        assertEquals(List.of(2, 1), fixture.help.revisions(draft.id(), 50, null).items().stream()
                .map(RevisionHead::number).toList());
    }

    @Test
    void anArchivedArticleIsGoneForReadersAndComesBackByPublishing() {
        var article = fixture.published(category, "en", "How to return", "", "x");
        assertEquals("archived", fixture.help.archive(article.id(), null, WRITER).status());
        assertTrue(shelf.byIds(List.of(article.id())).isEmpty());
        fixture.help.publish(article.id(), null, WRITER);
        assertEquals(1, shelf.byIds(List.of(article.id())).size());
    }

    @Test
    void whoChangesAnOldVersionIsRefusedAndGetsTheNewOne() {
        var article = draft("How to return");
        fixture.help.update(article.id(), body("mine", article.version()), WRITER);
        var stale = assertThrows(Failure.Conflict.class,
                () -> fixture.help.update(article.id(), body("yours", article.version()), WRITER));
        assertEquals("mine", ((Article) stale.current()).body());
        assertEquals("mine", fixture.help.get(article.id()).body());
    }

    @Test
    void everyChangeStandsInTheJournalAndARefusedOneDoesNot() {
        var article = fixture.published(category, "en", "How to return", "", "x");
        fixture.help.publish(article.id(), null, WRITER); // changes nothing
        assertThrows(Failure.Conflict.class, () -> fixture.help.archive(article.id(), 99, WRITER));
        fixture.help.archive(article.id(), null, WRITER);
        var expected = List.of("article.category", "article.created", "article.published", "article.archived");
        Fixture.eventually(() -> fixture.kinds().equals(expected));
    }

    @Test
    void aTranslationSharesTheArticleAndTheTailOfItsAddress() {
        var english = fixture.published(category, "en", "Refund timing", "", "x");
        var chinese = fixture.help.create(new ArticleDraft("zh-CN", null, "退款多久", "", "", List.of(), null, null,
                english.articleId()), WRITER);
        assertEquals(english.articleId(), chinese.articleId());
        assertEquals("tui-kuan-duo-jiu", chinese.slug());
        assertEquals(tail(english.url()), tail(chinese.url()));
        assertThrows(Failure.Conflict.class, () -> fixture.help.create(new ArticleDraft("zh-CN", null, "又", "", "",
                null,
                null, null, english.articleId()), WRITER));
    }

    private static String tail(String url) {
        return url.substring(url.lastIndexOf('-'));
    }

    @Test
    void wrongFieldsAreNamed() {
        var unknown = assertThrows(Failure.Invalid.class, () -> fixture.help.create(
                new ArticleDraft("xx", category.id(), "T", "", "", null, null, null, null), WRITER));
        assertEquals("locale", unknown.fields().getFirst().field());
        assertEquals("title", assertThrows(Failure.Invalid.class, () -> draft(" ")).fields().getFirst().field());
        assertThrows(Failure.Invalid.class, () -> draft("t".repeat(Limits.TITLE_MAX + 1)));
        assertEquals(Limits.TITLE_MAX, draft("t".repeat(Limits.TITLE_MAX)).title().length());
    }

    @Test
    void theListIsFilteredAndPagedNewestFirst() {
        for (int i = 0; i < 5; i++) draft("Number " + i);
        fixture.published(category, "en", "Public", "", "x");
        var drafts = new ArticleFilter("en", "draft", category.id(), "number");
        var first = fixture.help.list(drafts, 3, null);
        var second = fixture.help.list(drafts, 3, first.next());
        assertEquals(List.of("Number 4", "Number 3", "Number 2"), first.items().stream().map(Article::title).toList());
        assertEquals(List.of("Number 1", "Number 0"), second.items().stream().map(Article::title).toList());
        assertEquals(null, second.next());
    }

    @Test
    void aReaderHasOneVoteAndMayChangeIt() {
        var votes = new Votes(fixture.database, fixture.journal);
        var article = fixture.published(category, "en", "Public", "", "x");
        assertTrue(votes.record(article.id(), "a", true));
        assertFalse(votes.record(article.id(), "a", true));
        assertTrue(votes.record(article.id(), "a", false));
        votes.record(article.id(), "b", true);
        assertEquals(1, fixture.help.get(article.id()).helpful());
        assertEquals(1, fixture.help.get(article.id()).notHelpful());
        assertFalse(votes.record(draft("Unseen").id(), "a", true));
    }
}
