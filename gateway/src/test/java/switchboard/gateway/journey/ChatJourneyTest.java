package switchboard.gateway.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A customer of the demo's shop who opens its chat window in a real browser.
class ChatJourneyTest {
    private static Browser browser;
    private static Town town;

    @BeforeAll
    static void open() {
        browser = new Browser();
        town = new Town();
    }

    @AfterAll
    static void close() {
        if (town != null) town.close();
        if (browser != null) browser.close();
    }

    private static JsonNode ticket(String word) {
        return Town.await("the ticket", () -> Town.first(
                town.get(town.admin, "/tickets?view=all&limit=20&q=" + word),
                one -> one.path("channel").asText().equals("chat")));
    }

    @Test
    @Tag("U19")
    @Tag("D15")
    @Tag("D16")
    @Tag("D17")
    void aCustomerOfTheShopChatsUnderTheirNameFromAPageThatAllowsNothingInline() {
        var player = town.server.get("/demo/api/cast", null).json().path("items").path(2);
        var page = browser.open(Browser.WIDE, false, "en-GB");
        var shop = page.navigate(town.server.app.url + "/demo/?lang=en&session=secret-of-the-address");
        var policy = shop.headerValue("content-security-policy");
        assertTrue(policy.contains("default-src 'self'") && !policy.contains("unsafe"), policy);
        var choice = page.locator("#player");
        Town.until("the cast", () -> choice.locator("option").count() > 2);
        choice.selectOption(player.path("key").asText());
        page.locator("#open-chat").click();
        var frame = page.frameLocator("#switchboard-widget iframe");
        frame.locator("button.start").click();
        var field = frame.locator("textarea");
        field.fill("<b>Zirbelchat</b> <img src=x onerror=alert(1)>");
        field.press("Enter");
        field.fill("مرحبا، الطلب 4711!");
        field.press("Enter");
        var said = frame.locator(".said");
        Town.until("both lines", () -> said.count() == 2);
        assertEquals("<b>Zirbelchat</b> <img src=x onerror=alert(1)>", said.first().textContent());
        assertEquals(0, frame.locator(".said b, .said img").count(), "markup is text");
        assertEquals("ltr", said.first().evaluate("it => getComputedStyle(it).direction"));
        assertEquals("rtl", said.last().evaluate("it => getComputedStyle(it).direction"));
        Browser.picture(page, "chat-shop-light-en");

        var ticket = ticket("Zirbelchat");
        assertEquals(player.path("name").asText(), ticket.path("customer").path("name").asText());
        var item = Town.first(town.get(town.admin, "/tickets/" + ticket.path("id").asText() + "/timeline?limit=50"),
                one -> one.path("direction").asText().equals("inbound"));
        assertEquals(player.path("name").asText(), item.path("actor").path("name").asText());
        assertEquals(town.server.app.url + "/demo/", item.path("visit").path("page").asText());
        assertEquals(page.title(), item.path("visit").path("title").asText());
        assertFalse(item.path("visit").path("zone").asText().isEmpty(), item.toString());
        assertEquals("en-GB", item.path("visit").path("language").asText());
        assertFalse(item.toString().contains("secret-of-the-address"), item.toString());
        assertEquals(List.of(), browser.complaints);
    }
}
