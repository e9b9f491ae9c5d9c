package switchboard.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.Server;
import switchboard.ticketing.access.Caller.Role;

/// Which responses are compressed, which are not, and none twice.
@Tag("U24")
class CompressedTest {
    private static final int HELP_PAGE_BYTES_MAX = 15 * 1024;
    private static final Pattern SCRIPT = Pattern.compile("src=\"(/console/assets/[^\"]+\\.js)\"");

    private static final Pattern LINK = Pattern.compile("href=\"(/help/en/[a-z][^\"#?.]+)\"");

    private static Server server;
    private static String lead;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void open() {
        server = Server.demo();
        lead = server.token(server.agent("lead", Role.ADMIN));
    }

    @AfterAll
    static void close() {
        CLIENT.shutdownNow();
        server.close();
    }

    @Test
    void helpPagesAreSentSmall() throws Exception {
        var paths = new ArrayList<>(List.of("/help/en/", "/help/en/search?q=order", "/help/zh-CN/",
                "/help/en/contact"));
        LINK.matcher(text(get("/help/en/", null))).results().map(hit -> hit.group(1)).distinct().limit(8)
                .forEach(paths::add);
        for (var path : paths) {
            var page = get(path, null);
            assertEquals(200, page.statusCode(), path);
            assertEquals("gzip", coding(page), path);
            assertTrue(page.body().length <= HELP_PAGE_BYTES_MAX, path + " has " + page.body().length);
            assertTrue(unzipped(page.body()).contains("</html>"), path);
        }
    }

    @Test
    void answersInJsonAreSentSmallWhenTheyAreLong() throws Exception {
        var tickets = get("/api/v1/tickets?view=all", lead);
        assertEquals("gzip", coding(tickets));
        assertTrue(unzipped(tickets.body()).startsWith("{\"items\":["));
        assertEquals("", coding(get("/api/v1/skills", lead)), "a short one");
    }

    @Test
    void nothingIsMadeSmallForWhoDoesNotAskForIt() throws Exception {
        var plain = CLIENT.send(HttpRequest.newBuilder(URI.create(server.app.url + "/help/en/")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals("", plain.headers().firstValue("Content-Encoding").orElse(""));
        assertTrue(plain.body().contains("</html>"));
    }

    /// Compressing a secret with text that someone else chose reveals it by its length.
    @Test
    void secretsAndFilesAreSentAsTheyAre() throws Exception {
        assertEquals("", coding(get("/api/v1/session", lead)));
        assertEquals("", coding(send("POST", "/api/v1/stream/ticket", lead)));
        assertEquals("", coding(get("/metrics", null)));
    }

    @Test
    void theConsolesFilesAreNotMadeSmallTwice() throws Exception {
        var page = get("/console/inbox/mine", null);
        var script = SCRIPT.matcher(text(page));
        if (!script.find()) return; // built without its web parts
        var file = get(script.group(1), null);
        assertEquals("gzip", coding(file));
        assertTrue(unzipped(file.body()).contains("import"));
    }

    private static String coding(HttpResponse<?> answer) {
        return answer.headers().firstValue("Content-Encoding").orElse("");
    }

    private static HttpResponse<byte[]> get(String path, String token) throws Exception {
        return send("GET", path, token);
    }

    private static HttpResponse<byte[]> send(String method, String path, String token) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.app.url + path)).header("Accept-Encoding", "gzip")
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (token != null) request.header("Authorization", "Bearer " + token);
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> page) throws IOException {
        return "gzip".equals(coding(page)) ? unzipped(page.body()) : new String(page.body(), StandardCharsets.UTF_8);
    }

    private static String unzipped(byte[] bytes) throws IOException {
        return new String(new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
