package switchboard.gateway.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.gateway.journey.Browser.picture;
import static switchboard.gateway.journey.Town.until;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Every screen as assistive technology reads it: nothing is found, whatever its level.
@Tag("U23")
class AxeTest {
    private static final String RTL = "\u05e9\u05d0\u05dc\u05d4";
    private static Browser browser;
    private static Town town;
    private static Axe axe;
    private static String ticket;
    private static String customer;

    /// How a page is looked at.
    private record Dress(int width, boolean dark, String locale) {
        boolean phone() {
            return width == Browser.PHONE;
        }

        String language() {
            return locale.startsWith("zh") ? "zh-CN" : "en";
        }

        @Override
        public String toString() {
            return (phone() ? "phone" : "wide") + (dark ? ", dark, " : ", light, ") + language();
        }
    }

    @BeforeAll
    static void open() {
        browser = new Browser();
        axe = new Axe();
        town = new Town();
        customer = town.customer("Ines Faria de Vasconcelos", "ines@customers.example", "+15550177301");
        town.mail("ines@customers.example", Town.letter("Ines <ines@customers.example>", RTL + " 5512",
                "axe-1@customers.example", "Where is my bag?\r\n\r\n" + "A_word_without_an_end_".repeat(20))
                .replace("text/plain", "text/html"));
        ticket = town.onTimeline(customer, "Where is my bag?").path("ticketId").asText();
    }

    @AfterAll
    static void close() {
        if (town != null) town.close();
        if (browser != null) browser.close();
    }

    private static Page page(Dress dress, boolean inside) {
        var page = browser.open(dress.width(), dress.dark(), dress.locale());
        page.setDefaultTimeout(20_000);
        if (inside) page.context().addCookies(List.of(
                new Cookie("sb_session", town.admin).setUrl(town.server.app.url)));
        page.addInitScript("localStorage.setItem('switchboard.language', '" + dress.language() + "')");
        return page;
    }

    /// Once what the page fetches is there.
    private static void go(Page page, String path) {
        page.navigate(town.server.app.url + path);
        settled(page);
    }

    private static void settled(Page page) {
        page.locator("h1").first().waitFor(new Locator.WaitForOptions()
                .setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED));
        page.waitForFunction("() => document.querySelector('[class*=Skeleton], [data-loading]') === null");
    }

    private static void look(Page page, Dress dress, String name, Consumer<Page> act) {
        try {
            act.accept(page);
            axe.look(page, name + " (" + dress + ")");
        } catch (RuntimeException failed) {
            picture(page, "axe-failed");
            throw new AssertionError(name + " (" + dress + "): " + failed.getMessage(), failed);
        }
    }

    private static void pages(Dress dress, List<String> paths, boolean inside) {
        var page = page(dress, inside);
        for (var path : paths) look(page, dress, path, it -> go(it, path));
        page.context().close();
    }

    private static final List<String> BEFORE = List.of("/console/sign-in", "/console/forgot", "/console/reset?token=x",
            "/console/invitation?token=x", "/console/nowhere");

    private static List<String> inside() {
        var article = town.get(town.admin, "/articles?limit=1").path("items").path(0).path("id").asText();
        return List.of("/console/inbox/all", "/console/inbox/mine", "/console/inbox/all/" + ticket,
                "/console/inbox/all/" + ticket + "?panel=timeline", "/console/inbox/all/" + ticket + "?panel=routing",
                "/console/customers", "/console/customers/" + customer, "/console/search?q=buckle",
                "/console/search?q=zzqqzz", "/console/knowledge", "/console/knowledge/" + article);
    }

    private static final List<String> SETTINGS = List.of("profile", "security", "macros", "company", "agents", "teams",
            "mailboxes", "numbers", "widget", "routing", "ledger").stream().map("/console/settings/"::concat).toList();

    private static List<String> help(Dress dress) {
        var home = "/help/" + dress.language() + "/";
        var zh = dress.language().equals("zh-CN");
        var url = town.server.get("/api/v1/articles/search?q=" + (zh ? "%E9%80%80%E6%AC%BE" : "refund") + "&locale="
                + dress.language() + "&limit=1", null).json().path("items").path(0).path("url").asText();
        return List.of(home, home + "search?q=" + (zh ? "%E9%80%80%E6%AC%BE" : "refund"), home + "search?q=zzqqzz",
                home + "contact", home + "nowhere", url.replace(town.server.app.url, ""));
    }

    private static void key(Page page, String key) {
        page.evaluate("document.activeElement.blur()");
        page.keyboard().press(key);
    }

    private static Locator shown(Page page, AriaRole role) {
        var found = page.getByRole(role).first();
        found.waitFor();
        return found;
    }

    /// What opens over a page.
    private static void dialogs(Dress dress) {
        var page = page(dress, true);
        go(page, "/console/inbox/all/" + ticket);
        look(page, dress, "palette", it -> {
            it.keyboard().press("Control+k");
            shown(it, AriaRole.OPTION);
        });
        look(page, dress, "palette without a result", it -> {
            it.keyboard().type("zzqqzz");
            it.getByRole(AriaRole.DIALOG).getByRole(AriaRole.STATUS).waitFor();
        });
        for (var key : List.of("a", "l", "z", "c", "?")) look(page, dress, "the dialog of " + key, it -> {
            it.keyboard().press("Escape");
            until("closed", () -> it.getByRole(AriaRole.DIALOG).count() == 0);
            key(it, key);
            shown(it, AriaRole.DIALOG);
        });
        page.keyboard().press("Escape");
        until("closed", () -> page.getByRole(AriaRole.DIALOG).count() == 0);
        var composer = page.locator("[contenteditable=true]").first();
        for (var sign : List.of("/", "#refund")) look(page, dress, "the choice of " + sign, it -> {
            composer.click();
            it.keyboard().press("Control+a");
            it.keyboard().press("Delete");
            it.keyboard().type(sign);
            shown(it, AriaRole.LISTBOX);
            it.waitForTimeout(200); // longer than the composer waits for the next letter
        });
        go(page, "/console/inbox/all");
        var openers = page.locator("button[aria-haspopup]:visible");
        for (int i = 0; i < openers.count(); i++) {
            var opener = openers.nth(i);
            look(page, dress, "what opens at " + opener.getAttribute("aria-label"), it -> {
                opener.click();
                it.locator("[role=menu]:visible, [role=dialog]:visible").first().waitFor();
            });
            page.keyboard().press("Escape");
            page.locator("[role=menu]:visible, [role=dialog]:visible").first().waitFor(new Locator.WaitForOptions()
                    .setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN));
        }
        page.context().close();
    }

    private static void widget(Dress dress) {
        var page = page(dress, false);
        page.navigate(town.server.app.url + "/demo/?lang=" + dress.language());
        look(page, dress, "the shop", it -> it.locator("#switchboard-widget button").waitFor());
        page.locator("#switchboard-widget button").click();
        var frame = page.locator("#switchboard-widget iframe").elementHandle().contentFrame();
        frame.locator("textarea, button").first().waitFor();
        axe.look(frame, "the widget (" + dress + ")");
        page.context().close();
    }

    @Test
    void nothingIsFoundOnAnyScreen() {
        var wide = new Dress(Browser.WIDE, false, "en-GB");
        pages(wide, BEFORE, false);
        pages(wide, inside(), true);
        pages(wide, SETTINGS, true);
        dialogs(wide);
        pages(wide, help(wide), false);
        widget(wide);
        var phone = new Dress(Browser.PHONE, true, "zh-CN");
        pages(phone, BEFORE.subList(0, 1), false);
        pages(phone, inside().subList(0, 7), true);
        pages(phone, SETTINGS.subList(0, 3), true);
        pages(phone, help(phone), false);
        widget(phone);
        pages(new Dress(Browser.WIDE, true, "zh-CN"), inside().subList(2, 7), true);
        pages(new Dress(Browser.PHONE, false, "en-GB"), inside().subList(0, 3), true);
        assertEquals("", String.join("\n", axe.findings()));
        assertTrue(axe.pages() >= 22, axe.pages() + " screens");
    }
}
