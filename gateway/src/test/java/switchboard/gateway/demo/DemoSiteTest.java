package switchboard.gateway.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.until;
import static switchboard.ticketing.Desk.virtually;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import switchboard.channels.email.EmailChannel;
import switchboard.channels.email.mime.MailAddress;
import switchboard.channels.email.mime.MailDecoder;
import switchboard.gateway.http.Origins;
import switchboard.gateway.http.Shell;
import switchboard.ticketing.Desk;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Signer;

class DemoSiteTest {
    private static final String MIA = "mia.lund@customers.example";
    private final Desk desk = new Desk();
    private final HttpClient http = HttpClient.newHttpClient();
    private EmailChannel email;
    private HttpServer server;
    private String url;

    @BeforeEach
    void open() {
        virtually(() -> desk.database.sql().execute(
                "insert into mailbox (id, name, address) values ($1, 'Support', 'support@demo.test')", Ids.next()));
        var options = new EmailChannel.Options(InetAddress.getLoopbackAddress(), Optional.of(0), Optional.of(0), true,
                Optional.empty());
        email = new EmailChannel(options, desk.database, desk.journal, desk.inbox, desk.outbox,
                new Signer("a secret for tests only"));
        email.start();
        var router = Router.router(desk.vertx);
        server = virtually(() -> desk.vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await());
        url = "http://127.0.0.1:" + server.actualPort();
        Shell.mount(router, new Origins(url, java.util.Optional.empty(), List.of()));
        new DemoSite(desk.vertx, DemoContent.load(), email.customerMailboxes(), () -> email.port().orElse(null),
                () -> "http://127.0.0.1:8090", number -> List.of(Map.of("at", "2026-01-01T00:00:00Z",
                "from", "+15005550006", "text", "to " + number)),
                () -> "<script src=\"x/widget.js\" data-key=\"k-1_\" async></script>",
                new DemoIdentity("a secret for tests only")).mount(router);
    }

    @AfterEach
    void close() {
        virtually(() -> {
            server.close().await();
            email.stop();
            return null;
        });
        desk.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private HttpResponse<String> get(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url + path));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpResponse<String> mail(String from, String json, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url + "/demo/api/mailboxes/" + from + "/send"))
                .POST(HttpRequest.BodyPublishers.ofString(json));
        return send(headers.length == 0 ? request.header("Content-Type", "application/json")
                : request.headers(headers));
    }

    private static JsonNode items(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer.body());
        try {
            return new ObjectMapper().readTree(answer.body()).get("items");
        } catch (IOException wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    private long stored() {
        return virtually(() -> desk.database.sql().value(Long.class, "select count(*) from inbox")).orElseThrow();
    }

    @Test
    void aMailToTheDeskIsInTheInboxWhenTheAnswerIs204() {
        var answer = mail("mia.lund%40customers.example", """
                {"to": "support+abc@demo.test", "subject": "Où est mon sac? 包", "text": "Hello\\nthere",
                 "inReplyTo": "<two@demo.test>", "references": ["<one@demo.test>", "two@demo.test"]}""");
        assertEquals(204, answer.statusCode(), answer.body());
        assertEquals(1, stored());
        var raw = virtually(() -> desk.database.sql().query("select raw from inbox").iterator().next().getBuffer(0));
        var mail = MailDecoder.decode(raw.getBytes());
        assertEquals(new MailAddress("Mia Lund", MIA), mail.from().orElseThrow());
        assertEquals("Où est mon sac? 包", mail.subject());
        assertEquals(List.of("two@demo.test"), mail.inReplyTo());
        assertEquals(List.of("one@demo.test", "two@demo.test"), mail.references());
        assertTrue(mail.messageId().endsWith("@customers.example"), mail.messageId());
    }

    @Test
    void whatACustomerReceivedIsListedOldestFirstAndOnlyItsOwn() {
        for (var subject : List.of("first", "second")) {
            assertEquals(204, mail("jonas@customers.example",
                    "{\"to\": \"" + MIA + "\", \"subject\": \"" + subject + "\", \"text\": \"Grüße\"}").statusCode());
        }
        var found = items(get("/demo/api/mailboxes/Mia.Lund@customers.example/messages"));
        assertEquals(2, found.size());
        assertEquals("first", found.get(0).get("subject").asText());
        assertEquals("jonas@customers.example", found.get(1).get("from").asText());
        assertEquals("Grüße", found.get(1).get("text").asText().strip());
        assertTrue(found.get(0).get("raw").asText().contains("Subject: first"));
        assertTrue(Instant.parse(found.get(0).get("at").asText()).isAfter(Instant.EPOCH));
        assertEquals(0, items(get("/demo/api/mailboxes/nobody@customers.example/messages")).size());
        assertEquals(0, stored());

        var tag = get("/demo/api/mailboxes/" + MIA + "/messages").headers().firstValue("ETag").orElseThrow();
        assertEquals(304, get("/demo/api/mailboxes/" + MIA + "/messages", "If-None-Match", tag).statusCode());
    }

    @Test
    void aMailThatCannotBeSentIsRefusedWithItsReasonAndLeavesNoTrace() {
        var good = "{\"to\": \"support@demo.test\", \"subject\": \"s\", \"text\": \"t\"}";
        assertEquals(400, mail(MIA, good, "Content-Type", "text/plain").statusCode());
        assertEquals(403, mail(MIA, good, "Content-Type", "application/json", "Sec-Fetch-Site", "cross-site")
                .statusCode());
        assertEquals(400, mail("support@demo.test", good).statusCode());
        assertEquals(400, mail(MIA, good.replace("support@demo.test", "nobody")).statusCode());
        assertEquals(400, mail(MIA, good.replace("\"s\"", "\"s\\r\\nBcc: x@y.test\"")).statusCode());
        assertEquals(400, mail(MIA, good.replace("\"t\"", "\" \"")).statusCode());
        assertEquals(400, mail(MIA, "{").statusCode());
        assertEquals(0, stored());
        virtually(() -> {
            email.stop();
            return null;
        });
        until(() -> mail(MIA, good).statusCode() == 503);
    }

    @Test
    void thePageSpeaksBothLanguagesAndRunsNothingInline() {
        var english = get("/demo/");
        assertEquals(200, english.statusCode(), english.body());
        var policy = english.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(policy.startsWith("default-src 'self'"), policy);
        assertTrue(policy.contains("frame-src 'self' http://127.0.0.1:8090;"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertTrue(english.body().contains("Bags for people who miss trains gracefully."));
        assertTrue(english.body().contains(
                "<script async src=\"/widget.js\" data-key=\"k-1_\" data-locale=\"en\"></script>"));
        assertTrue(english.body().contains("€189"));
        assertFalse(english.body().matches("(?s).*(<script(?![^>]* src=)|<style| style=| on[a-z]+=|\\{\\{).*"));
        var chinese = get("/demo/?lang=zh-CN").body();
        assertTrue(chinese.contains("给从容误车的人做的包") && chinese.contains("¥1499"), chinese);
        assertEquals("zh-CN", get("/demo/", "Accept-Language", "zh-CN,zh;q=0.9").headers()
                .firstValue("Content-Language").orElseThrow());
        for (var file : List.of("files/demo.css", "files/shop.js", "files/mail.js", "files/store.js", "files/goose.svg",
                "colors.css")) {
            assertEquals(200, get("/demo/" + file).statusCode(), file);
        }
        assertEquals(404, get("/demo/files/shop.html").statusCode());
        assertEquals(404, get("/demo/files/..%2Fcompany.json").statusCode());
    }

    @Test
    void theCastHasMailAndPhoneAndATelephoneShowsItsTexts() {
        var cast = items(get("/demo/api/cast"));
        assertTrue(cast.size() >= 20, "" + cast.size());
        assertEquals("{\"key\":\"mia\",\"name\":\"Mia Lund\",\"language\":\"en\",\"email\":\"" + MIA
                + "\",\"phone\":\"+15550123456\"}", cast.get(0).toString());
        for (var number : List.of("+15550123456", "%2B15550123456")) {
            var texts = items(get("/demo/api/phones/" + number + "/messages"));
            assertEquals("to +15550123456", texts.get(0).get("text").asText());
        }
        assertEquals(404, get("/demo/api/phones/x/messages").statusCode());
        assertEquals("/demo/", get("/demo").headers().firstValue("Location").orElseThrow());
    }
}
