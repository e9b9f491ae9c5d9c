package switchboard.gateway.desk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.Server;
import switchboard.gateway.area.Area;
import switchboard.ticketing.access.Caller.Role;

/// What the console's article editor does, and what readers then see.
@Tag("U25")
class WritingArticlesTest {
    private static final byte[] PNG = encoded("png");
    private static final byte[] GIF = bytes("GIF89a\1\0\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2L\1\0;");
    private static final int PICTURE_BYTES_MAX = 5 * 1024 * 1024;
    private static Server server;
    private static UUID writer;
    private static String token;
    private static String category;

    @BeforeAll
    static void start() {
        server = new Server();
        writer = server.agent("ann", Role.AGENT);
        token = server.token(writer);
        category = call(201, "POST", "/categories", "{\"title\":{\"en\":\"Orders\"}}").path("id").asText();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static byte[] encoded(String format) {
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB), format, out);
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static JsonNode call(int status, String method, String path, String body) {
        var answer = server.call(method, Area.API + path, token, body);
        assertEquals(status, answer.status(), answer.text());
        return answer.json();
    }

    private static JsonNode written(String locale, String title, String more) {
        return call(201, "POST", "/articles", "{\"locale\":\"" + locale + "\",\"categoryId\":\"" + category
                + "\",\"title\":\"" + title + "\",\"body\":\"First\"" + more + "}");
    }

    private static String path(JsonNode article) {
        return "/articles/" + article.path("id").asText();
    }

    private static List<String> all(JsonNode page, String field) {
        return page.path("items").findValuesAsText(field);
    }

    @Test
    void anArticleNamesItsOtherLanguagesAndReadersSwitchBetweenThem() {
        var english = written("en", "Lost parcel", "");
        var pair = ",\"articleId\":\"" + english.path("articleId").asText() + "\"";
        var chinese = written("zh-CN", "包裹丢失", pair);
        assertEquals("translation-exists", server.call("POST", Area.API + "/articles", token,
                "{\"locale\":\"zh-CN\",\"title\":\"T\"" + pair + "}").code());
        for (var one : List.of(english, chinese)) {
            assertEquals(List.of("en", "zh-CN"), all(call(200, "GET", path(one) + "/translations", null), "locale"));
        }
        var address = call(200, "POST", path(english) + "/publish", "{}").path("url").asText();
        assertFalse(server.get(address, null).text().contains("hreflang=\"zh-CN\" href"), "a draft isn't linked");
        var other = call(200, "POST", path(chinese) + "/publish", "{}").path("url").asText();
        assertTrue(server.get(address, null).text().contains("href=\"" + other + "\" lang=\"zh-CN\""));
        assertTrue(server.get(other, null).text().contains("href=\"" + address + "\" lang=\"en\""));
    }

    @Test
    void eachSaveIsAVersionThatIsComparedAndRestoredAsANewOne() {
        var article = written("en", "Opening hours", "");
        call(200, "POST", path(article) + "/publish", "{}");
        call(200, "PATCH", path(article), "{\"title\":\"Closed\",\"body\":\"Second\"}");
        var versions = call(200, "GET", path(article) + "/revisions", null);
        assertEquals(List.of("2", "1"), all(versions, "number"));
        assertEquals(List.of("false", "true"), all(versions, "published"));
        assertEquals(List.of(writer.toString(), writer.toString()), all(versions, "authorId"));
        var first = path(article) + "/revisions/" + versions.at("/items/1/id").asText();
        assertEquals("First", call(200, "GET", first, null).path("body").asText());

        assertEquals("stale", server.call("POST", Area.API + first + "/restore", token, "{\"version\":1}").code());
        var now = call(200, "GET", path(article), null).path("version").asInt();
        var restored = call(200, "POST", first + "/restore", "{\"version\":" + now + "}");
        assertEquals("Opening hours", restored.path("title").asText());
        assertEquals("First", restored.path("body").asText());
        assertEquals(List.of("3", "2", "1"), all(call(200, "GET", path(article) + "/revisions", null), "number"));
        assertEquals("1", server.app.database.sql().value(String.class, "select facts ->> 'restored' from journal "
                + "where kind = 'article.changed' and facts ->> 'translationId' = $1 and facts ? 'restored'",
                article.path("id").asText()).orElse("not journalled"));
    }

    @Test
    void aVersionOfAnotherArticleIsNotFound() {
        var one = written("en", "One", "");
        var other = written("en", "Other", "");
        var theirs = call(200, "GET", path(other) + "/revisions", null).at("/items/0/id").asText();
        call(404, "GET", path(one) + "/revisions/" + theirs, null);
        call(404, "POST", path(one) + "/revisions/" + theirs + "/restore", "{}");
    }

    private static HttpResponse<byte[]> picture(String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.app.url + path));
        if (headers.length > 0) request.headers(headers);
        try (var browser = HttpClient.newHttpClient()) {
            return browser.send(request.build(), BodyHandlers.ofByteArray());
        }
    }

    private static Server.Answer add(byte[] picture) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(bytes("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
                + "Content-Type: image/png\r\n\r\n"));
        body.writeBytes(picture);
        body.writeBytes(bytes("\r\n--b--\r\n"));
        return server.send(HttpRequest.newBuilder(URI.create(server.app.url + Area.API + "/articles/pictures"))
                .header("Authorization", "Bearer " + token).header("Content-Type", "multipart/form-data; boundary=b")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())).build());
    }

    @Test
    void aPictureIsStoredOnceAndServedToReadersWithoutPowers() throws Exception {
        var added = add(PNG);
        assertEquals(201, added.status(), added.text());
        var url = added.json().path("url").asText();
        assertTrue(url.matches("/help/pictures/[0-9a-f]{32}\\.png"), url);
        assertEquals(url, add(PNG).json().path("url").asText());
        var shown = picture(url);
        assertEquals(200, shown.statusCode());
        assertArrayEquals(PNG, shown.body());
        var headers = Map.of("Content-Type", "image/png", "X-Content-Type-Options", "nosniff", "Cache-Control",
                "public, max-age=31536000, immutable", "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; sandbox");
        headers.forEach((name, value) -> assertEquals(value, shown.headers().firstValue(name).orElse(null)));
        assertEquals(304, picture(url, "If-None-Match", shown.headers().firstValue("ETag").orElseThrow())
                .statusCode());
        assertEquals(404, picture(url.replace(".png", ".svg")).statusCode());
        assertEquals(404, picture("/help/pictures/" + "0".repeat(32) + ".png").statusCode());
    }

    @Test
    void aPictureStandsInItsArticleWithItsAlternativeText() {
        var url = add(GIF).json().path("url").asText();
        var article = written("en", "The door", "");
        call(200, "PATCH", path(article), "{\"body\":\"![A red door](" + url + ")\"}");
        var page = call(200, "POST", path(article) + "/publish", "{}").path("url").asText();
        var html = server.get(page, null).text();
        assertTrue(html.contains("src=\"" + url + "\" alt=\"A red door\""), html);
    }

    @Test
    void whatIsNoPictureOrTooLargeIsRefusedByItsOwnCode() {
        for (var wrong : List.of("<svg xmlns='http://www.w3.org/2000/svg'/>", "<!doctype html>", "%PDF-1.7", "",
                "RIFF....WAVE", "GIF89a/*\0*/=1;alert(1)")) {
            assertEquals("picture-type", add(bytes(wrong)).code(), wrong);
        }
        var large = Arrays.copyOf(PNG, PICTURE_BYTES_MAX);
        assertEquals(201, add(large).status());
        assertEquals("picture-too-large", add(Arrays.copyOf(large, PICTURE_BYTES_MAX + 1)).code());
        var webp = bytes("RIFF\30\0\0\0WEBPVP8X\12\0\0\0\0\0\0\0\1\0\0\1\0\0\0\0");
        for (var good : List.of(encoded("jpeg"), encoded("gif"), webp)) assertEquals(201, add(good).status());
    }

    @Test
    void anAttachmentIsNoPicture() throws Exception {
        var sha = server.app.database.transaction(tx -> switchboard.ticketing.conversation.Blobs.store(tx,
                List.of(bytes("\u0089PNG\r\n\u001a\n private")))).getFirst();
        assertEquals(404, picture("/help/pictures/" + sha.substring(0, 32) + ".png").statusCode());
    }
}
