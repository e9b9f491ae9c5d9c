package switchboard.gateway.demo;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DemoArticlesTest {

    private static final String FOLDER = "/switchboard/knowledgebase/demo/";
    private static final List<String> LOCALES = List.of("en", "zh-CN");
    private static final Pattern FRONT = Pattern.compile(
            "---\ntitle: (?<title>.+?)\nsummary: (?<summary>.+?)\nkeywords: (?<keywords>.+?)\n"
                    + "position: (?<position>\\d+)\n---\n\n(?<body>.*)", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(article:([^)]*)\\)");

    private final List<String> paths = text("index.txt").lines().toList();

    @Test
    void fortyArticlesStandInCategoriesThatAreDescribedInBothLanguages() throws IOException {
        assertEquals(40, paths.size());
        assertEquals(40, paths.stream().map(DemoArticlesTest::slug).distinct().count());
        var described = new HashSet<String>();
        for (JsonNode category : new ObjectMapper().readTree(text("categories.json"))) {
            assertTrue(described.add(category.get("slug").asText()));
            for (String locale : LOCALES) {
                assertFalse(category.get("title").get(locale).asText().isBlank());
                assertFalse(category.get("description").get(locale).asText().isBlank());
            }
        }
        assertEquals(described, paths.stream().map(path -> path.split("/")[0]).collect(toSet()));
    }

    @Test
    void everyArticleHasItsFrontMatterAndABodyOfAReadableLengthInBothLanguages() {
        for (String locale : LOCALES) {
            for (String path : paths) {
                var article = article(locale, path);
                var body = article.group("body");
                boolean chinese = locale.startsWith("zh");
                assertEquals(chinese, article.group("title").codePoints().anyMatch(Character::isIdeographic), path);
                assertFalse(article.group("keywords").isBlank(), path);
                long length = chinese ? body.codePoints().filter(Character::isIdeographic).count()
                        : body.split("\\s+").length;
                assertTrue(length >= 150 && length <= 400, locale + "/" + path + ": " + length);
                assertTrue(body.contains("\n## ") || body.startsWith("## "), locale + "/" + path + " has no heading");
            }
        }
    }

    @Test
    void everyLinkLeadsToAnArticleAndBothLanguagesLinkTheSameOnes() {
        var slugs = paths.stream().map(DemoArticlesTest::slug).collect(toSet());
        for (String path : paths) {
            var english = links("en", path);
            assertFalse(english.isEmpty(), path);
            assertTrue(slugs.containsAll(english), path + " links to " + english);
            assertTrue(slugs.containsAll(links("zh-CN", path)), path + " links to " + links("zh-CN", path));
            assertFalse(english.contains(slug(path)), path + " links to itself");
            assertEquals(english, links("zh-CN", path), path);
        }
    }

    private static Set<String> links(String locale, String path) {
        return LINK.matcher(article(locale, path).group("body")).results().map(m -> m.group(1)).collect(toSet());
    }

    private static MatchResult article(String locale, String path) {
        var matcher = FRONT.matcher(text(locale + "/" + path + ".md"));
        assertTrue(matcher.matches(), locale + "/" + path);
        return matcher.toMatchResult();
    }

    private static String slug(String path) {
        return path.substring(path.indexOf('/') + 1);
    }

    private static String text(String name) {
        try (var in = DemoArticlesTest.class.getResourceAsStream(FOLDER + name)) {
            assertNotNull(in, name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }
}
