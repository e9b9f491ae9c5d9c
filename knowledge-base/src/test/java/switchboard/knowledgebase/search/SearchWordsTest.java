package switchboard.knowledgebase.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import switchboard.knowledgebase.Fixture;
import switchboard.knowledgebase.article.Category;

/// How readers spell queries: accents, joined and split words, plurals, signs, small words, phrases.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchWordsTest {
    private Fixture fixture;
    private Category category;

    @BeforeAll
    void open(@TempDir Path folder) {
        fixture = new Fixture(folder.resolve("index"));
        category = fixture.category("words");
        article("Café opening hours", "The crème brûlée is naïve art. Ask Zoë or José in São Paulo.");
        article("Plain resume tips", "Write a resume for the jalapeno shop of Malmo.");
        article("When a clasp breaks", "It may break in the cold.");
        article("Set up Wi-Fi", "Choose your wireless network. The e-mail with the password comes later.");
        article("Voicemail greeting", "Say hello to callers.");
        article("Log in again", "After a log in the page opens.");
        article("Bus tickets", "The bus leaves from the lens shop. A mouse knife costs nothing.");
        article("Classes in C++", "Templates of C++ are powerful. The C++ compiler is quick. C and C and C.");
        article("Classes in C#", "Delegates of C# are pleasant.");
        article("Classes in C", "Pointers in C are plain. C is small. C, C, C, C.");
        article("Framework .NET", "Install .NET first. The net is large.");
        article("Fishing with a net", "A net catches fish. The net of nets. Net, net, net.");
        article("To be or not to be", "A play by William.");
        article("How it works", "An overview.");
        article("Fat bike tyres", "The fat bike has wide tyres.");
        article("Bike for a fat cat", "A cat that is fat rides no bike.");
        fixture.published(category, "zh-CN", "连接Wi-Fi网络", "", "打开设置,输入密码。C#开发者请看这里。「退货政策」在此。");
        fixture.published(category, "zh-CN", "学习C++语言", "", "C++很快。");
    }

    private void article(String title, String body) {
        fixture.published(category, "en", title, "", body);
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    private List<String> titles(String locale, String query) {
        return fixture.help.search(locale, query, 20).items().stream().map(Hit::title).toList();
    }

    private String first(String query) {
        var found = titles("en", query);
        return found.isEmpty() ? "nothing" : found.getFirst();
    }

    private void finds(String title, String... queries) {
        for (var query : queries) assertEquals(title, first(query), query);
    }

    @Test
    @Tag("D50")
    void accentsAreIgnoredBothWays() {
        finds("Café opening hours", "cafe", "café", "cafe\u0301", "CAFÉ", "creme brulee", "crème brûlée", "naive",
                "naïve", "zoe", "jose sao paulo", "caf*", "\"creme brulee\"");
        finds("Plain resume tips", "résumé", "jalapeño", "Malmö", "\"résumé for the jalapeño\"");
        assertEquals("Café opening hours", fixture.help.suggest("en", "brul", 5).items().getFirst().title());
    }

    @Test
    @Tag("D51")
    void joinedAndPartedWordsAreOne() {
        finds("Set up Wi-Fi", "wifi", "Wi-Fi", "wi fi", "WIFI", "wi\u2011fi", "wi_fi", "email", "e-mail", "e mail",
                "setup", "set-up", "wifi setup", "\"wi fi\"", "\"wifi\"");
        finds("Voicemail greeting", "voice-mail", "voicemail", "greeting voice mail");
        assertTrue(titles("en", "voice mail").contains("Voicemail greeting"));
        finds("Log in again", "login", "log-in", "log in");
        assertEquals("连接Wi-Fi网络", titles("zh-CN", "wifi").getFirst());
        assertEquals("连接Wi-Fi网络", titles("zh-CN", "wifi网络").getFirst());
    }

    @Test
    @Tag("D53")
    void pluralsFindTheirSingularsAndTheOtherWayRound() {
        finds("Bus tickets", "buses", "busses", "ticket", "lenses", "lens", "mice", "knives");
        finds("Fishing with a net", "fishes");
        finds("When a clasp breaks", "broken clasp", "clasp broke", "broken");
    }

    @Test
    @Tag("D52")
    void signsThatCarryMeaningTellWordsApart() {
        finds("Classes in C#", "C#", "c#", "classes in c#", "C# classes", "c# delegates?");
        finds("Classes in C++", "C++", "c++", "classes c++", "(c++)", "c++.");
        finds("Classes in C", "C");
        finds("Framework .NET", ".NET", ".net", "install .net");
        finds("Fishing with a net", "net");
        assertEquals("学习C++语言", titles("zh-CN", "C++").getFirst());
        assertEquals("连接Wi-Fi网络", titles("zh-CN", "C#").getFirst());
        assertFalse(first("C").equals("nothing"));
    }

    @Test
    @Tag("D55")
    void questionsOfSmallWordsAloneFindWhatIsCalledSo() {
        finds("To be or not to be", "to be or not to be", "To be, or not to be?", "not to be");
        finds("How it works", "how it");
        assertTrue(titles("en", "the").size() > 3);
        assertTrue(titles("en", "is").size() > 3);
    }

    @Test
    @Tag("D56")
    @Tag("U14")
    void phrasesAreFoundOnlyAsTheyStand() {
        assertEquals(List.of("Fat bike tyres"), titles("en", "\"fat bike\""));
        assertEquals(List.of("Fat bike tyres"), titles("en", "\u201Cfat bike\u201D"));
        assertEquals(List.of("Fat bike tyres"), titles("en", "«fat bike»"));
        assertEquals(List.of("Fat bike tyres"), titles("en", "\"fat bike\" tyres"));
        assertEquals(List.of("连接Wi-Fi网络"), titles("zh-CN", "「退货政策」"));
        assertEquals(List.of(), titles("en", "\"bike fat\""));
        assertTrue(titles("en", "\"fat bike").contains("Fat bike tyres"), "an open quote is no phrase yet");
    }

    @Test
    @Tag("D50")
    void foundWordsAreMarkedAsTheyAreWritten() {
        var hit = fixture.help.search("en", "cafe", 5).items().getFirst();
        assertEquals("<mark>Café</mark> opening hours", hit.titleHtml());
        assertEquals("Set up <mark>Wi-Fi</mark>", fixture.help.search("en", "wifi", 5).items().getFirst().titleHtml());
        assertEquals("Classes in <mark>C#</mark>", fixture.help.search("en", "c#", 5).items().getFirst().titleHtml());
    }
}
