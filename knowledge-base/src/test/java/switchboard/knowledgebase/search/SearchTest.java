package switchboard.knowledgebase.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.knowledgebase.Fixture.WRITER;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.knowledgebase.Fixture;
import switchboard.knowledgebase.article.ArticleChange;
import switchboard.knowledgebase.article.Category;
import switchboard.knowledgebase.article.Articles;
import switchboard.ticketing.base.Failure;

class SearchTest {
    @TempDir Path folder;
    Fixture fixture;
    Category category;

    @BeforeEach
    void open() {
        fixture = new Fixture(folder.resolve("index"));
        category = fixture.category("returns");
        fixture.published(category, "en", "Refund timing", "When your money is back.", "A refund takes five days.",
                "money back");
        fixture.published(category, "en", "Washing your bag", "Cold water.",
                "Never use a machine, timing is no matter.");
        fixture.published(category, "zh-CN", "退款多久到账", "退款需要三到五个工作日。", "我们收到退货后开始处理，款项会退回原支付方式。");
        fixture.published(category, "zh-CN", "如何清洗背包", "用冷水。", "不要用洗衣机。");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<String> titles(String locale, String query) {
        return fixture.help.search(locale, query, 10).items().stream().map(Hit::title).toList();
    }

    private List<String> typing(String locale, String query) {
        return fixture.help.suggest(locale, query, 10).items().stream().map(Hit::title).toList();
    }

    @Test
    void ownChangesAreFoundAtOnceAndArchivedArticlesNoMore() {
        assertEquals("Refund timing", titles("en", "refunds").getFirst());
        var late = fixture.published(category, "en", "Zeppelin rides", "", "Up we go");
        assertEquals(List.of("Zeppelin rides"), titles("en", "zeppelin"));
        fixture.help.update(late.id(), new ArticleChange("Balloon rides", null, null, null, null, null, null, null),
                WRITER);
        assertEquals(List.of("Zeppelin rides"), titles("en", "zeppelin"));
        fixture.help.publish(late.id(), null, WRITER);
        assertEquals(List.of("Balloon rides"), titles("en", "balloon"));
        fixture.help.archive(late.id(), null, WRITER);
        assertEquals(List.of(), titles("en", "balloon"));
    }

    @Test
    void changesOfOtherNodesArriveByTheJournal() {
        var elsewhere = new Articles(fixture.database, fixture.journal);
        var article = fixture.published(category, "en", "Zeppelin rides", "", "Up we go");
        elsewhere.archive(article.id(), null, WRITER);
        Fixture.eventually(() -> titles("en", "zeppelin").isEmpty());
        elsewhere.publish(article.id(), null, WRITER);
        Fixture.eventually(() -> titles("en", "zeppelin").size() == 1);
    }

    @Test
    void aDeletedIndexComesBackAlsoWhileTheProgramRuns() {
        fixture.reopen(() -> delete(folder.resolve("index")));
        assertEquals("Refund timing", titles("en", "refund").getFirst());
        delete(folder.resolve("index"));
        Fixture.eventually(() -> Files.isDirectory(folder.resolve("index")) && !fixture.help.rebuilding());
        assertEquals("Refund timing", titles("en", "refund").getFirst());
    }

    @Test
    void aDamagedIndexIsMadeAnew() {
        fixture.reopen(() -> each(folder.resolve("index"), file -> {
            var bytes = Files.readAllBytes(file);
            if (bytes.length > 40) bytes[bytes.length / 2] ^= 0x55;
            Files.write(file, bytes);
        }));
        assertEquals("Refund timing", titles("en", "refund").getFirst());
        assertEquals("退款多久到账", titles("zh-CN", "退款").getFirst());
    }

    @Test
    void anIndexThatMissedChangesCatchesUpFromItsOwnPlaceInTheJournal() {
        fixture.reopen(() -> {
            var elsewhere = new Articles(fixture.database, fixture.journal);
            var article = elsewhere.create(new switchboard.knowledgebase.article.ArticleDraft("en", category.id(),
                    "Zeppelin rides", "", "", null, null, null, null), WRITER);
            elsewhere.publish(article.id(), null, WRITER);
        });
        Fixture.eventually(() -> titles("en", "zeppelin").size() == 1);
    }

    @Test
    void misspelledAndHalfTypedWordsFindTheArticle() {
        fixture.published(category, "en", "Pay in parts", "",
                "Refund timing is told in [refund timing](article:refund-timing).");
        assertEquals("Refund timing", typing("en", "refnud tim").getFirst());
        assertEquals("Refund timing", typing("en", "ref").getFirst());
        assertEquals("Refund timing", titles("en", "refnud").getFirst());
        assertEquals("Refund timing", titles("en", "refu*").getFirst());
        assertEquals("Washing your bag", titles("en", "how do I wash my bags?").getFirst());
    }

    @Test
    void chineseIsFoundByWordsPartsAndTraditionalCharacters() {
        for (var query : List.of("退款多久", "退款", "到账", "退款要多久才能到账？", "退", "款多", "退款多久到帳")) {
            assertEquals("退款多久到账", typing("zh-CN", query).getFirst(), query);
        }
        assertEquals("如何清洗背包", titles("zh-CN", "怎么清洗").getFirst());
    }

    @Test
    void aLanguageFindsOnlyItsOwnArticles() {
        assertEquals(List.of(), titles("en", "退款"));
        assertEquals(List.of(), titles("zh-CN", "refund"));
    }

    @Test
    void aPhraseIsFoundOnlyAsItStands() {
        assertEquals(List.of("Refund timing"), titles("en", "\"refund timing\""));
        assertEquals(List.of(), titles("en", "\"timing refund\""));
    }

    @Test
    void whatIsShownIsEscapedAndFoundWordsAreMarked() {
        fixture.published(category, "en", "<b>Bold & \"gold\"</b>", "<script>alert(1)</script> gold",
                "gold <img src=x>");
        var hit = fixture.help.search("en", "gold", 5).items().getFirst();
        assertEquals("&lt;b&gt;Bold &amp; &quot;<mark>gold</mark>&quot;&lt;/b&gt;", hit.titleHtml());
        assertEquals("&lt;script&gt;alert(1)&lt;/script&gt; <mark>gold</mark>", hit.snippet());
    }

    @Test
    void hostileQueriesAreJustWordsAndCostLittle() {
        var many = new StringBuilder();
        for (int i = 0; i < 3000; i++) many.append("re").append(i).append(" co").append(i).append(" zzzzz")
                .append(i).append(' ');
        fixture.published(category, "en", "Many words", "", many.toString());
        assertEquals(1, fixture.help.search("en", "re1*", 5).items().size());
        var hostile = List.of("*a*", "a~2 b~2 ".repeat(100), "[* TO *]", "field:/(.*)*x/", "title:refund",
                "\"a b\"~1000000",
                "((((".repeat(200), "\"".repeat(999), "*", "**", "?", "\\", "refund^1e9", "+-!(){}[]^\"~*?:\\/",
                        "\u0000",
                "词".repeat(1000), "re* ".repeat(200), "re* co* zz* ".repeat(80),
                        "zzzzz1x zzzzzx2 zxzzz3 xzzzz ".repeat(30), "zzzzzz ".repeat(140), "𠀀".repeat(400));
        for (var query : hostile) {
            for (var locale : List.of("en", "zh-CN")) {
                fixture.help.search(locale, query, 50);
                fixture.help.suggest(locale, query, 50);
            }
        }
        assertThrows(Failure.Invalid.class, () -> fixture.help.search("en", "a ".repeat(5000), 10));
        assertThrows(Failure.Invalid.class, () -> fixture.help.search("en", "a", Search.LIMIT_MAX + 1));
        assertThrows(Failure.Invalid.class, () -> fixture.help.search("en", "a", 0));
        assertEquals(QueryText.CHARS_MAX, QueryText.parse("x".repeat(QueryText.CHARS_MAX),
                false).words().isEmpty() ? 0 : 1000);
        assertEquals(QueryText.WORDS_MAX, QueryText.parse("ab ".repeat(300), false).words().size());
    }

    @Test
    void searchesInVainAreCounted() {
        fixture.help.search("en", "Quantum  Socks", 10);
        fixture.help.search("en", "quantum socks", 10);
        fixture.help.search("en", "refund", 10);
        fixture.help.suggest("en", "quantum sh", 10);
        var gaps = fixture.help.gaps(Instant.now().minus(Duration.ofDays(7)), 10);
        assertEquals(List.of("quantum socks"), gaps.stream().map(SearchLog.Count::query).toList());
        assertEquals(2, gaps.getFirst().zeroResults());
        assertFalse(fixture.help.rebuilding());
        assertTrue(fixture.help.gaps(Instant.now().plus(Duration.ofDays(2)), 10).isEmpty());
    }

    private interface OnFile {
        void accept(Path file) throws IOException;
    }

    private static void each(Path folder, OnFile work) {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) work.accept(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path folder) {
        each(folder, Files::delete);
        try {
            Files.delete(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
