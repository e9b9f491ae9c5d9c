package switchboard.gateway.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.gateway.journey.Browser.picture;
import static switchboard.gateway.journey.Town.count;
import static switchboard.gateway.journey.Town.patiently;
import static switchboard.gateway.journey.Town.until;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// An agent at work: the built console in a real browser against the running program, with the customer at the other
/// end of the mail and of the telephone.
class ConsoleJourneyTest {
    private static final String ROSA = "rosa.quill@customers.example";
    private static final String PHONE = "+15550177101";
    private static Browser browser;
    private static Town town;

    @BeforeAll
    static void open() {
        browser = new Browser();
        town = new Town();
        town.freeEverybody();
    }

    @AfterAll
    static void close() {
        if (town != null) town.close();
        if (browser != null) browser.close();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void sees(Page page, String text) {
        // On a phone, the list is hidden behind the ticket.
        page.getByText(text).filter(new Locator.FilterOptions().setVisible(true)).first().waitFor();
    }

    private static void signIn(Page page, String email) {
        page.navigate(town.server.app.url + "/console/");
        page.locator("input[name=email]").fill(email);
        page.locator("input[name=password]").fill("demo");
        page.keyboard().press("Enter");
        page.waitForURL("**/console/inbox/**");
    }

    @Test
    void anAgentAnswersAMailTakesOneBackSolvesItAndAcceptsACall() {
        var rosa = town.customer("Rosa Quill", ROSA, PHONE);
        town.mail(ROSA, Town.letter("Rosa Quill <" + ROSA + ">", "A wheel squeaks", "wheel-1@customers.example",
                "One wheel of my trolley squeaks terribly."));
        var ticket = town.onTimeline(rosa, "squeaks terribly").path("ticketId").asText();
        var agent = town.assignee(ticket);

        var page = browser.open(Browser.WIDE, false, "en-GB");
        page.navigate(town.server.app.url + "/console/");
        page.locator("input[name=email]").waitFor();
        picture(page, "sign-in-light-en");
        signIn(page, agent.path("email").asText());
        sees(page, "A wheel squeaks");
        picture(page, "list-light-en");
        page.getByText("A wheel squeaks").first().click();
        sees(page, "squeaks terribly.");
        picture(page, "ticket-light-en");
        try {
            answer(page, rosa);
            theCustomerWritesAgain(page);
            solve(page, ticket);
            call(page, agent);
            dress(page, agent.path("email").asText(), ticket);
            assertEquals(List.of(), browser.complaints);
        } catch (RuntimeException | AssertionError failed) {
            picture(page, "failed");
            failed.addSuppressed(new AssertionError("The page said " + browser.complaints));
            throw failed;
        }
    }

    private static void answer(Page page, String rosa) {
        var text = page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Message text"));
        text.click();
        page.keyboard().type("A drop of oil helps.");
        page.keyboard().press("Control+Enter");
        button(page, "Undo").click();
        until("the words are back", () -> text.innerText().contains("A drop of oil helps."));
        assertEquals(0, count(town.timeline(rosa), item -> item.path("status").asText().startsWith("sen")));
        text.click();
        page.keyboard().press("Control+End");
        page.keyboard().type(" Or candle wax.");
        page.keyboard().press("Control+Enter");
        button(page, "Undo").waitFor();
        picture(page, "undo-light-en");
        var mail = town.mailFor(ROSA, one -> one.path("text").asText().contains("candle wax"));
        assertTrue(mail.path("text").asText().contains("A drop of oil helps. Or candle wax."), mail.toString());
        assertEquals(1, town.mailbox(ROSA).path("items").size(), "what was taken back never left");
    }

    private static void theCustomerWritesAgain(Page page) {
        town.mail(ROSA, Town.letter("Rosa Quill <" + ROSA + ">", "Re: A wheel squeaks",
                "wheel-2@customers.example\r\nIn-Reply-To: <wheel-1@customers.example", "Silence at last, thank you!"));
        sees(page, "Silence at last, thank you!");
        picture(page, "answered-light-en");
    }

    private static void solve(Page page, String ticket) {
        page.getByText("Silence at last, thank you!").last().click();
        page.keyboard().press("e");
        until("solved", () -> town.get(town.admin, "/tickets/" + ticket).path("status").asText().equals("solved"));
    }

    private static void call(Page page, JsonNode agent) {
        var phone = town.handset(PHONE);
        phone.call();
        patiently(() -> phone.press(digit(agent)));
        patiently(phone::awaitQueued);
        page.getByRole(AriaRole.ALERT).getByText("Rosa Quill").waitFor();
        picture(page, "call-offered-light-en");
        button(page, "Accept").click();
        var own = town.handset(agent.path("phone").asText());
        patiently(own::answer);
        patiently(phone::awaitConference);
        button(page, "Hold").waitFor();
        picture(page, "call-active-light-en");
        button(page, "Hang up").click();
        patiently(phone::awaitOver);
        patiently(own::awaitOver);
        button(page, "Done").waitFor();
        picture(page, "call-over-light-en");
        button(page, "Done").click();
        page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Current call")).waitFor(
                new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }

    /// The key that leads to one of the agent's teams.
    private static String digit(JsonNode agent) {
        var menu = town.get(town.admin, "/numbers").path("items").path(0).path("menu");
        for (var choice : menu) {
            for (var team : agent.path("teams")) {
                if (team.path("name").equals(choice.path("label"))) return choice.path("digit").asText();
            }
        }
        throw new AssertionError("No key of " + menu + " leads to " + agent);
    }

    /// By the key. A menu that is just closing still takes keys for itself, so the key may have to be pressed again.
    private static void darken(Page page) {
        var dark = page.locator("html[data-mantine-color-scheme=dark]");
        for (int press = 0; press < 5 && dark.count() == 0; press++) {
            page.evaluate("document.activeElement.blur()");
            page.keyboard().press("d");
            page.waitForTimeout(2000);
        }
    }

    /// The other language, the other colours, and a telephone's width.
    private static void dress(Page page, String email, String ticket) {
        page.navigate(town.server.app.url + "/console/inbox/solved/" + ticket);
        sees(page, "Silence at last, thank you!");
        page.locator("[role=navigation] button[aria-haspopup=menu]").last().click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("切换到简体中文")).click();
        sees(page, "已解决");
        page.getByRole(AriaRole.MENU).waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
        darken(page);
        page.locator("html[data-mantine-color-scheme=dark][lang=zh-CN]").waitFor();
        picture(page, "ticket-dark-zh");
        for (var dark : List.of(false, true)) {
            var suffix = dark ? "-dark-zh" : "-light-en";
            var small = browser.open(Browser.PHONE, dark, dark ? "zh-CN" : "en-GB");
            signIn(small, email);
            small.navigate(town.server.app.url + "/console/inbox/all");
            sees(small, "Rosa Quill");
            picture(small, "phone-list" + suffix);
            small.navigate(town.server.app.url + "/console/inbox/all/" + ticket);
            sees(small, "Silence at last, thank you!");
            small.locator("[data-mode=reply]").waitFor();
            picture(small, "phone-ticket" + suffix);
            assertTrue((Boolean) small.evaluate("document.documentElement.scrollWidth <= innerWidth"), "too wide");
        }
        var wide = browser.open(Browser.WIDE, true, "zh-CN");
        signIn(wide, email);
        wide.navigate(town.server.app.url + "/console/inbox/open");
        sees(wide, "全部");
        picture(wide, "list-dark-zh");
    }
}
