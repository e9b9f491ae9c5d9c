package switchboard.knowledgebase.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.knowledgebase.Fixture.WRITER;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.knowledgebase.Fixture;
import switchboard.knowledgebase.article.Article;
import switchboard.knowledgebase.article.ArticleChange;
import switchboard.knowledgebase.article.ArticleDraft;
import switchboard.knowledgebase.article.Category;
import switchboard.ticketing.base.Failure;

class SiteTest {
    private static final String HOSTILE = "\"><img src=x onerror=alert(1)>{{7*7}}${7*7}</script>";

    @TempDir Path folder;
    Fixture fixture;
    URI origin;
    Category category;
    Article article;
    final HttpClient browser = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    @BeforeEach
    void open() {
        fixture = new Fixture(folder);
        origin = fixture.serve();
        category = fixture.category("returns");
        article = fixture.published(category, "en", "Refund timing", "When your money is back.",
                "## First\n\nWait.\n\n## Then\n\nLook.");
    }

    @AfterEach
    void close() {
        browser.close();
        fixture.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(origin.resolve(path));
        if (headers.length > 0) request.headers(headers);
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, Map<String, String> form, String... headers)
            throws IOException, InterruptedException {
        var body = form.entrySet().stream().map(field -> field.getKey() + "="
                + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
        var request = HttpRequest.newBuilder(origin.resolve(path)).POST(HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/x-www-form-urlencoded");
        for (int i = 0; i < headers.length; i += 2) request.header(headers[i], headers[i + 1]);
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void theStartLeadsToTheReadersLanguage() throws Exception {
        assertEquals("/help/en/", header(get("/"), "Location"));
        assertEquals("/help/zh-CN/", header(get("/", "Accept-Language", "zh-TW,zh;q=0.9,en;q=0.5"), "Location"));
        assertEquals("/help/en/", header(get("/", "Accept-Language", "fr;q=0.9"), "Location"));
        assertEquals("/help/zh-CN/", header(get("/help", "Cookie", "sb_help_locale=zh-CN", "Accept-Language", "en"),
                "Location"));
        assertEquals("/help/en/", header(get("/help/en"), "Location"));
    }

    @Test
    void everyPageAnswersInBothLanguagesUnderTheStrictPolicy() throws Exception {
        var paths = List.of("", "categories/returns", "search?q=refund", "search", "contact", "contact/sent",
                "suggest?q=ref");
        for (var locale : List.of("en", "zh-CN")) {
            for (var path : paths) {
                var response = get("/help/" + locale + "/" + path);
                assertEquals(200, response.statusCode(), path);
                assertTrue(header(response, "Content-Security-Policy").startsWith("default-src 'self'; "), path);
                assertEquals("nosniff", header(response, "X-Content-Type-Options"));
                assertFalse(response.body().contains("style=") || response.body().contains("onclick"), path);
            }
        }
        var missing = get("/help/en/nothing/here");
        assertEquals(404, missing.statusCode());
        assertTrue(header(missing, "Content-Security-Policy").startsWith("default-src 'self'; "));
        assertEquals(404, get("/help/xx/").statusCode());
    }

    @Test
    void anArticleIsServedWithItsEtagAndNotAgain() throws Exception {
        var first = get(article.url());
        assertEquals(200, first.statusCode());
        assertTrue(first.body().contains("<h1>Refund timing</h1>"));
        assertTrue(first.body().contains("\"@type\":\"BreadcrumbList\""));
        assertEquals("public, max-age=60, stale-while-revalidate=600", header(first, "Cache-Control"));
        var again = get(article.url(), "If-None-Match", header(first, "ETag"));
        assertEquals(304, again.statusCode());
        assertEquals("", again.body());
        fixture.help.update(article.id(), new ArticleChange(null, "Other", null, null, null, null, null, null), WRITER);
        fixture.help.publish(article.id(), null, WRITER);
        assertEquals(200, get(article.url(), "If-None-Match", header(first, "ETag")).statusCode());
    }

    @Test
    void anArticleKeepsItsOldAddressesWhenItIsRenamed() throws Exception {
        fixture.help.update(article.id(), new ArticleChange(null, null, null, null, "when-is-my-money-back", null,
                null, null), WRITER);
        assertEquals(200, get(article.url()).statusCode());
        var renamed = fixture.help.publish(article.id(), null, WRITER);
        var old = get(article.url());
        assertEquals(301, old.statusCode());
        assertEquals(renamed.url(), header(old, "Location"));
        assertEquals(200, get(renamed.url()).statusCode());
        fixture.help.archive(article.id(), null, WRITER);
        assertEquals(404, get(renamed.url()).statusCode());
    }

    @Test
    void languagesOfAnArticleLeadToEachOther() throws Exception {
        var chinese = fixture.help.create(new ArticleDraft("zh-CN", null, "退款多久", "", "x", null, null, null,
                article.articleId()), WRITER);
        var elsewhere = get(chinese.url());
        assertEquals(404, elsewhere.statusCode());
        assertTrue(elsewhere.body().contains("href=\"" + article.url() + "\""));
        fixture.help.publish(chinese.id(), null, WRITER);
        var english = get(article.url()).body();
        assertTrue(english.contains("hreflang=\"zh-CN\" href=\"https://help.example.test" + chinese.url() + "\""));
        assertTrue(english.contains("<link rel=\"canonical\" href=\"https://help.example.test" + article.url()
                + "\">"));
        var sitemap = get("/sitemap.xml").body();
        assertTrue(sitemap.contains("<loc>https://help.example.test" + chinese.url() + "</loc>"));
        assertTrue(get("/robots.txt").body().contains("Sitemap: https://help.example.test/sitemap.xml"));
        assertTrue(get(article.url() + ".md").body().startsWith("# Refund timing"));
    }

    @Test
    void hostileTextsAreShownLiterallyEverywhere() throws Exception {
        var hostile = fixture.published(category, "en", HOSTILE, HOSTILE, HOSTILE + "\n\n## " + HOSTILE + "\n\n## x",
                HOSTILE);
        fixture.help.saveCategory(new Category(null, "bad", HOSTILE, Map.of("en", HOSTILE), Map.of("en", HOSTILE), 3),
                WRITER);
        fixture.published(fixture.help.categories().getLast(), "en", "y", "", "");
        var query = URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8);
        for (var path : List.of("/help/en/", "/help/en/categories/returns", "/help/en/categories/bad", hostile.url(),
                article.url(),
                "/help/en/search?q=onerror", "/help/en/search?q=" + query, "/help/en/contact?subject=" + query)) {
            var response = get(path);
            assertEquals(200, response.statusCode(), path);
            assertFalse(response.body().contains("<img"), path);
            assertFalse(Pattern.compile("(?<!</title>\n)\">\\s*<img|alert\\(1\\)>(?!\\{)").matcher(response
                    .body()).find(), path);
            assertFalse(response.body().contains("{{49}}") || response.body().contains("}}49"), path);
        }
    }

    @Test
    void suggestionsComeWhileTyping() throws Exception {
        var answer = get("/help/en/suggest?q=refnud+tim");
        assertEquals("application/json; charset=utf-8", header(answer, "Content-Type"));
        assertTrue(answer.body().contains("\"url\":\"" + article.url() + "\""), answer.body());
        assertEquals(200, get("/help/en/suggest?q=" + "a".repeat(3000)).statusCode());
    }

    @Test
    void assetsAreServedFromAFixedListForEver() throws Exception {
        var css = Pattern.compile("href=\"(/help/assets/[^\"]+help.css)\"").matcher(get("/help/en/").body());
        assertTrue(css.find());
        var asset = get(css.group(1));
        assertEquals("text/css; charset=utf-8", header(asset, "Content-Type"));
        assertTrue(header(asset, "Cache-Control").contains("immutable"));
        assertEquals(404, get("/help/assets/..%2f..%2fwords_en.properties").statusCode());
    }

    private static Map<String, String> message(String key) {
        return Map.of("name", "Ada", "email", "ada@example.com", "subject", "Where is it?", "text", "Line 1\r\nLine 2",
                "clientKey", key);
    }

    @Test
    void aMessageGoesThroughTheDoorOnceHoweverOftenItIsSent() throws Exception {
        var form = get("/help/en/contact").body();
        var key = Pattern.compile("name=\"clientKey\" value=\"([^\"]+)\"").matcher(form);
        assertTrue(key.find());
        for (int i = 0; i < 2; i++) {
            var sent = post("/help/en/contact", message(key.group(1)), "Origin", origin.toString());
            assertEquals(303, sent.statusCode());
            assertEquals("/help/en/contact/sent", header(sent, "Location"));
        }
        assertEquals(List.of(new ContactForm("en", "Ada", "ada@example.com", "Where is it?", "Line 1\nLine 2",
                key.group(1))),
                fixture.sent);
    }

    @Test
    void aWrongFormSaysWhatIsWrongAndKeepsWhatWasTyped() throws Exception {
        var wrong = post("/help/zh-CN/contact", Map.of("email", "ada@", "subject", "<b>x", "text", "My long story",
                "clientKey", "k".repeat(10)));
        assertEquals(422, wrong.statusCode());
        assertTrue(wrong.body().contains("邮箱格式不正确"));
        assertTrue(wrong.body().contains("My long story</textarea>"));
        assertTrue(wrong.body().contains("value=\"&lt;b&gt;x\"") || wrong.body().contains("value=\"&lt;b>x\""),
                wrong.body());
        assertTrue(wrong.body().contains("value=\"kkkkkkkkkk\""));
        assertTrue(fixture.sent.isEmpty());
    }

    @Test
    void whenTheDoorFailsTheReaderKeepsTheTextAndCanSendAgain() throws Exception {
        fixture.doorFails = new Failure.Unavailable("down");
        var failed = post("/help/en/contact", message("key-key-key"));
        assertEquals(503, failed.statusCode());
        assertTrue(failed.body().contains("Line 1\nLine 2</textarea>"));
        fixture.doorFails = null;
        assertEquals(303, post("/help/en/contact", message("key-key-key")).statusCode());
    }

    @Test
    void otherSitesRobotsAndFloodsGetNothingIn() throws Exception {
        assertEquals(403, post("/help/en/contact", message("key-key-key"), "Origin", "https://evil.test").statusCode());
        assertEquals(403, post(article.url() + "/vote", Map.of("helpful", "no"), "Origin", "null").statusCode());
        var robot = new java.util.HashMap<>(message("key-key-key"));
        robot.put(ContactPage.TRAP, "https://spam.test");
        assertEquals(303, post("/help/en/contact", robot).statusCode());
        fixture.help.limit((what, _) -> !what.equals("contact"));
        assertEquals(429, post("/help/en/contact", message("key-key-key")).statusCode());
        assertTrue(fixture.sent.isEmpty());
    }

    @Test
    void aVoteIsCountedOncePerReader() throws Exception {
        var thanks = post(article.url() + "/vote", Map.of("helpful", "yes"));
        assertEquals(200, thanks.statusCode());
        var cookie = header(thanks, "Set-Cookie").split(";")[0];
        assertEquals(204, post(article.url() + "/vote", Map.of("helpful", "yes"), "Cookie", cookie, "Accept",
                "application/json").statusCode());
        assertEquals(1, fixture.help.get(article.id()).helpful());
    }
}
