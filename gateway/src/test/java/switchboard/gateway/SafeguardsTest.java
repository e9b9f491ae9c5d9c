package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.web.Assets;
import switchboard.gateway.web.WebParts;

/// The browser's safeguards on whatever this program serves, the demo's pages and the doors too.
class SafeguardsTest {
    private static final Pattern STYLE_NONCE = Pattern.compile("style-src[^;]*'nonce-([^']+)'");

    @Test
    @Tag("T10")
    void everyAddressThatTheProgramServesAnswersWithThem() {
        try (var server = Server.demo()) {
            var paths = server.app.served.stream().map(io.vertx.ext.web.Route::getPath)
                    .filter(path -> path != null && !path.equals("/"))
                    .map(path -> path.replaceAll(":\\w+", "x")).collect(Collectors.toCollection(TreeSet::new));
            for (var part : new String[] {"/demo", "/webhooks/twilio/voice", "/chat", "/metrics", "/health", "/help",
                    "/console", "/widget", "/content", "/api/v1/tickets"}) {
                assertTrue(paths.stream().anyMatch(path -> path.startsWith(part)), part + " is not in " + paths);
            }
            paths.add("/");
            paths.add("/demo/");
            paths.add("/nothing");
            var bare = new ArrayList<String>();
            for (var path : paths) {
                for (var method : new String[] {"GET", "POST", "OPTIONS"}) {
                    var at = path.replace("*", "x");
                    var answer = server.call(method, at, null, method.equals("POST") ? "{}" : null);
                    var headers = answer.headers();
                    var policy = headers.firstValue("Content-Security-Policy").orElse("");
                    boolean good = policy.matches("default-src '(none|self)'.*") && !policy.contains("unsafe")
                            && headers.allValues(
                            "Content-Security-Policy").size() == 1
                            && headers.firstValue("X-Content-Type-Options").orElse("").equals("nosniff")
                            && headers.firstValue("Referrer-Policy").isPresent();
                    if (!good) bare.add(method + " " + at + " " + answer.status() + " " + headers.map());
                }
            }
            assertEquals("", String.join("\n", bare));
        }
    }

    @Test
    @Tag("T10")
    void aPagesStylesHaveOneNonceFreshWithEveryAnswerAndTheSameInPageAndPolicy() throws Exception {
        var vertx = Vertx.vertx();
        try (var client = HttpClient.newHttpClient()) {
            var router = Router.router(vertx);
            new WebParts(Assets.load("switchboard/gateway/webparts"), "'self'", () -> "'self'").mount(router);
            var web = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await();
            var seen = new HashSet<String>();
            for (var path : new String[] {"/console/", "/console/inbox/mine", "/widget/app/"}) {
                for (int i = 0; i < 20; i++) {
                    var answer = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.actualPort()
                            + path)).build(), BodyHandlers.ofString());
                    var policy = answer.headers().firstValue("Content-Security-Policy").orElseThrow();
                    var said = STYLE_NONCE.matcher(policy);
                    assertTrue(said.find(), policy);
                    var nonce = said.group(1);
                    assertTrue(nonce.length() >= 22 && seen.add(nonce), path + " again: " + nonce);
                    assertEquals(2, answer.body().split(Pattern.quote("\"" + nonce + "\""), -1).length - 1,
                            answer.body());
                    assertEquals(1, policy.split("nonce-", -1).length - 1, "for styles alone: " + policy);
                    assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""));
                }
            }
        } finally {
            vertx.close().await();
        }
    }
}
