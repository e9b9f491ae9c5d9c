package switchboard.knowledgebase.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.knowledgebase.Fixture;
import switchboard.knowledgebase.article.Article;
import switchboard.knowledgebase.article.ArticleFilter;

class DemoArticlesTest {
    private static final String ROOT = "switchboard/knowledgebase/demofixture";

    @Test
    void articlesOfAFolderArePublishedOnceAndTheirLanguagesBelongTogether(@TempDir Path folder) {
        try (var fixture = new Fixture(folder)) {
            assertEquals(2, DemoArticles.load(fixture.database, fixture.journal, ROOT));
            assertEquals(0, DemoArticles.load(fixture.database, fixture.journal, ROOT));
            var all = fixture.help.list(ArticleFilter.ALL, 10, null).items();
            assertEquals(1, all.stream().map(Article::articleId).distinct().count());
            var english = all.stream().filter(article -> article.locale().equals("en")).findFirst().orElseThrow();
            assertEquals("Refund timing: when it arrives", english.title());
            assertEquals("published", english.status());
            assertEquals(java.util.List.of("money back", "refund"), english.keywords());
            assertEquals("退货", fixture.help.categories().getFirst().title("zh-CN"));
            Fixture.eventually(() -> !fixture.help.search("zh-CN", "退款", 5).items().isEmpty());
        }
    }

    @Test
    @Tag("U22")
    void aBrokenBuckleFindsTheRecallFirst(@TempDir Path folder) {
        try (var fixture = new Fixture(folder)) {
            DemoArticles.load(fixture.database, fixture.journal, DemoArticles.ROOT);
            Fixture.eventually(() -> fixture.help.search("en", "buckle", 10).items().size() > 3);
            for (var query : new String[] {"broken buckle", "my buckle broke", "the buckle is broken"}) {
                assertEquals("Recall: buckle of the Gosling Sling",
                        fixture.help.search("en", query, 5).items().getFirst().title(), query);
            }
        }
    }
}
