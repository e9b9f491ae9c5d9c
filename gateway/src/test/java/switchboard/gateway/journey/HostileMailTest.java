package switchboard.gateway.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.Server;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.base.Json;

/// Hostile mail in a real browser, at the URL that the console frames: no script runs, nothing is requested from third
/// parties, and the document doesn't have our origin. The sanitiser and the policy are two independent defences. Each
/// is tested alone, and with both removed the same checks see the attacks succeed. The same holds for the measured URL,
/// where only our own script runs.
@Tag("T1")
@Tag("T3")
@Tag("T9")
class HostileMailTest {
    private static final int AT_ONCE = 24;
    private static final double SETTLE_MILLIS = 400;
    /// A page of our own origin around the mails, without the `sandbox` that the console's frame adds.
    private static final String AROUND = "/around";
    private static final String REPORT = "A SCRIPT RAN";
    private static final String PLAIN = "";
    private static final String MEASURED = "?measure";
    private static Browser browser;
    private static Server server;
    private static UUID viewer;
    private static UUID ticket;

    private enum Walls { BOTH, SANITISER_ALONE, POLICY_ALONE, NONE }

    /// What was seen of a set of mails.
    private record Seen(TreeSet<String> ran, TreeSet<String> asked, int ownOrigin, int shown) {}

    @BeforeAll
    static void open() {
        browser = Browser.withoutConsole();
        server = new Server();
        viewer = server.agent("ada", Role.ADMIN);
        server.token(viewer);
        ticket = server.ticket(null, null);
    }

    @AfterAll
    static void close() {
        if (server != null) server.close();
        if (browser != null) browser.close();
    }

    private static List<String> own() throws IOException {
        try (var file = HostileMailTest.class.getResourceAsStream("hostile-mail.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank())
                    .toList();
        }
    }

    /// Other people's cases, from the property `switchboard.corpora` or from `shared/corpora` above the project.
    private static List<String> theirs() throws IOException {
        var roots = new ArrayList<Path>();
        if (System.getProperty("switchboard.corpora") != null) roots.add(Path.of(System.getProperty(
                "switchboard.corpora")));
        for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            roots.add(at.resolve("shared/corpora"));
        }
        var folder = roots.stream().map(root -> root.resolve("xss")).filter(Files::isDirectory).findFirst();
        var all = new ArrayList<String>();
        if (folder.isEmpty()) {
            System.out.println("No corpus xss here: only the project's own hostile mails are tried");
            return all;
        }
        for (var file : List.of("dompurify-expect.json", "html5lib-sanitizer-tests1.json")) {
            for (JsonNode one : Json.read(Files.readString(folder.get().resolve(file)), JsonNode.class)) {
                all.add(one.path(one.has("payload") ? "payload" : "input").asText());
            }
        }
        return all;
    }

    private static Seen look(List<String> mails, Walls walls) {
        return look(mails, walls, PLAIN);
    }

    private static Seen look(List<String> mails, Walls walls, String how) {
        var seen = new Seen(new TreeSet<>(), new TreeSet<>(), 0, 0);
        for (int from = 0; from < mails.size(); from += AT_ONCE) {
            var one = lookAt(mails.subList(from, Math.min(mails.size(), from + AT_ONCE)), walls, how);
            seen.ran().addAll(one.ran());
            seen.asked().addAll(one.asked());
            seen = new Seen(seen.ran(), seen.asked(), seen.ownOrigin() + one.ownOrigin(), seen.shown() + one.shown());
        }
        return seen;
    }

    private static Seen lookAt(List<String> mails, Walls walls, String how) {
        var page = browser.open(Browser.WIDE, false, "en-GB");
        var ran = new TreeSet<String>();
        var asked = new TreeSet<String>();
        var shown = new AtomicInteger();
        var byAddress = new HashMap<String, String>();
        for (var mail : mails) {
            byAddress.put(server.app.links.mail(server.message(ticket, mail), viewer) + how, mail);
        }
        watch(page, ran, byAddress, shown);
        page.context().addInitScript("for (const name of ['alert', 'confirm', 'prompt', 'print']) "
                + "window[name] = () => console.log('" + REPORT + " ' + name)");
        page.route("**/*", route -> serve(route, byAddress, walls, asked));
        page.navigate(server.app.url + AROUND);
        page.waitForTimeout(walls == Walls.NONE ? 5 * SETTLE_MILLIS : SETTLE_MILLIS); // what must be seen has longer
        var own = page.evaluate("() => [...document.querySelectorAll('iframe')].filter(it => it.contentDocument)"
                + ".length");
        page.context().close();
        return new Seen(ran, asked, ((Number) own).intValue(), shown.get());
    }

    private static void watch(Page page, TreeSet<String> ran, Map<String, String> mails, AtomicInteger shown) {
        page.onDialog(dialog -> {
            ran.add("a dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onConsoleMessage(message -> {
            if (message.text().startsWith(REPORT)) ran.add(message.text());
        });
        page.onPopup(popup -> ran.add("a window: " + popup.url()));
        page.onResponse(response -> {
            if (mails.containsKey(response.url().replace(server.app.url, "")) && response.status() == 200) {
                shown.incrementAndGet();
            }
        });
    }

    /// Every request that the browser really makes comes by here; what the policy forbids does not get so far.
    private static void serve(Route route, Map<String, String> mails, Walls walls, TreeSet<String> asked) {
        var url = route.request().url();
        var mail = mails.get(url.replace(server.app.url, ""));
        if (url.equals(server.app.url + AROUND)) {
            var frames = new StringBuilder("<!doctype html><link rel=icon href='data:,'>");
            mails.keySet().forEach(address -> frames.append("<iframe src='").append(address).append("'></iframe>"));
            // The embedding page restricts where the frame can navigate, as the console does.
            route.fulfill(new Route.FulfillOptions().setBody(frames.toString()).setHeaders(around(walls)));
        } else if (mail == null && !url.startsWith(server.app.url + "/content/")) {
            // Nothing leaves this machine, whatever a mail asks for.
            asked.add(url);
            route.abort();
        } else if (mail == null || walls == Walls.BOTH) {
            route.resume();
        } else {
            var real = route.fetch();
            var headers = new HashMap<>(real.headers());
            if (walls != Walls.POLICY_ALONE) headers.remove("content-security-policy");
            headers.remove("content-length");
            route.fulfill(new Route.FulfillOptions().setStatus(real.status()).setHeaders(headers)
                    .setBody(walls == Walls.SANITISER_ALONE ? real.text() : "<!doctype html>" + mail));
        }
    }

    private static Map<String, String> around(Walls walls) {
        if (walls == Walls.NONE) return Map.of("Content-Type", "text/html");
        return Map.of("Content-Type", "text/html", "Content-Security-Policy",
                "frame-src " + server.app.url + "/content/");
    }

    private static void nothing(Seen seen, int mails, String where) {
        assertEquals(new TreeSet<>(), seen.ran(), where + ": scripts that ran");
        assertEquals(new TreeSet<>(), seen.asked(), where + ": requests that left");
        assertEquals(mails, seen.shown(), where + ": every mail was shown");
    }

    @Test
    void noMailRunsAnythingOrAsksAnybodyOrHasAnOriginOfOurs() throws IOException {
        var mails = new ArrayList<>(own());
        mails.addAll(theirs());
        var seen = look(mails, Walls.BOTH);
        nothing(seen, mails.size(), "both walls");
        assertEquals(0, seen.ownOrigin(), "documents that the page around them could read");
    }

    @Test
    void theSanitiserAloneHoldsAndTheMissingPolicyIsNoticed() throws IOException {
        var mails = own();
        var seen = look(mails, Walls.SANITISER_ALONE);
        nothing(seen, mails.size(), "the sanitiser alone");
        assertEquals(mails.size(), seen.ownOrigin(), "without the policy every document is of our origin");
    }

    @Test
    void thePolicyAloneHolds() throws IOException {
        var mails = own();
        var seen = look(mails, Walls.POLICY_ALONE);
        nothing(seen, mails.size(), "the policy alone");
        assertEquals(0, seen.ownOrigin());
    }

    @Test
    @Tag("U6")
    void theMeasuredMailRunsNothingOfTheMails() throws IOException {
        var mails = new ArrayList<>(own());
        mails.addAll(theirs());
        var seen = look(mails, Walls.BOTH, MEASURED);
        nothing(seen, mails.size(), "measured, both walls");
        assertEquals(0, seen.ownOrigin(), "documents that the page around them could read");
    }

    @Test
    @Tag("U6")
    void eachWallOfTheMeasuredMailHoldsAlone() throws IOException {
        var mails = own();
        nothing(look(mails, Walls.SANITISER_ALONE, MEASURED), mails.size(), "measured, the sanitiser alone");
        var seen = look(mails, Walls.POLICY_ALONE, MEASURED);
        nothing(seen, mails.size(), "measured, the policy alone");
        assertEquals(0, seen.ownOrigin());
    }

    @Test
    void withBothWallsDownTheSameEyesSeeScriptsAndRequests() throws IOException {
        var seen = look(own(), Walls.NONE);
        assertTrue(seen.ran().contains(REPORT + " alert"), "scripts: " + seen.ran());
        for (var wanted : List.of("https://tracker.example/open.gif?who=ada", "https://evil.example/s.css",
                "https://evil.example/i.css", "https://evil.example/d.png", "https://evil.example/t.png",
                "https://evil.example/frame")) {
            assertTrue(seen.asked().contains(wanted), wanted + " was asked: " + seen.asked());
        }
        assertTrue(seen.ownOrigin() > 0);
    }
}
