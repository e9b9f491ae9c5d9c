package switchboard.gateway.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.gateway.journey.Browser.picture;
import static switchboard.gateway.journey.Town.await;
import static switchboard.gateway.journey.Town.count;
import static switchboard.gateway.journey.Town.first;
import static switchboard.gateway.journey.Town.patiently;
import static switchboard.gateway.journey.Town.until;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import switchboard.channels.simulator.Handset;
import switchboard.gateway.Settings;

/// One agent of the demo, as it is delivered, with a mail, a call, a chat and a text in hand.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveJourneyTest {
    private static final String ADDRESS = "lena.orth@customers.example";
    private static final String PHONE = "+15550177401";
    private static Browser browser;
    private static Town town;
    private static Page page;
    private static String kwame;
    private static String lena;

    @BeforeAll
    static void open() {
        browser = new Browser();
        town = new Town();
        lena = town.customer("Lena Orth", ADDRESS, PHONE);
        town.server.app.database.sql().execute("update agent set status = 'away', version = version + 1 "
                + "where email <> 'kwame@demo.test' and role <> 'admin'");
        kwame = first(town.get(town.admin, "/agents?limit=100"), it -> it.path("email").asText()
                .equals("kwame@demo.test")).path("id").asText();
        page = browser.open(Browser.WIDE, false, "en-GB");
        page.navigate(town.server.app.url + "/console/");
        page.locator("input[name=email]").fill("kwame@demo.test");
        page.locator("input[name=password]").fill("demo");
        page.keyboard().press("Enter");
        page.waitForURL("**/console/inbox/**");
    }

    @AfterAll
    static void close() {
        if (page != null) picture(page, "live-end");
        if (town != null) town.close();
        if (browser != null) browser.close();
    }

    private static Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true)).first();
    }

    private static void go(String path) {
        page.navigate(town.server.app.url + "/console/inbox/" + path);
    }

    private static JsonNode ticket(String id) {
        return town.get(town.admin, "/tickets/" + id);
    }

    private static void untilKwames(String ticket) {
        until("routed to the one who is there", () -> ticket(ticket).at("/assignee/id").asText().equals(kwame));
    }

    private static String mailed(String subject, String text) {
        town.mail(ADDRESS, Town.letter("Lena Orth <" + ADDRESS + ">", subject, subject.replace(' ', '-')
                + "@customers.example", text));
        return town.onTimeline(lena, text).path("ticketId").asText();
    }

    /// A call, as far as the agent's console.
    private static Handset calling() {
        var handset = town.handset(PHONE);
        handset.call();
        patiently(() -> handset.press("3"));
        patiently(handset::awaitQueued);
        page.getByRole(AriaRole.ALERT).getByText("Lena Orth").waitFor();
        return handset;
    }

    private static boolean listed(String view, String ticket) {
        return count(town.get(town.tokenOf(kwame), "/tickets?limit=100&" + view),
                it -> it.path("id").asText().equals(ticket)) == 1;
    }

    private static Locator row(String subject) {
        return page.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(subject)).first();
    }

    private static void answer(String text) {
        var words = page.getByRole(AriaRole.TEXTBOX, new GetByRoleOptions().setName("Message text"));
        words.click();
        page.keyboard().type(text);
        page.keyboard().press("Control+Enter");
    }

    @Test
    @Order(1)
    @Tag("U1")
    void aCallReachesTheAgentWhoHasAnOpenMailAndIsAnswered() {
        var mail = mailed("A stuck zip", "The zip of my pannier is stuck.");
        untilKwames(mail);
        var before = town.get(town.admin, "/agents/" + kwame);
        assertTrue(before.path("load").asInt() > 0, "with written work in hand: " + before);
        assertEquals(100, before.path("capacity").asInt(), "as the demo is delivered");
        assertEquals(150, before.path("liveCapacity").asInt(), "as the demo is delivered");
        var handset = calling();
        button("Accept").click();
        button("Answer").click();
        patiently(handset::awaitConference);
        handset.hangUp();
        button("Done").click();
        until("the call is over", () -> town.get(town.admin, "/calls?state=recent").at("/items/0/state").asText()
                .equals("ended"));
        assertEquals("answered", town.get(town.admin, "/calls?state=recent").at("/items/0/outcome").asText());
        assertEquals("open", ticket(mail).path("status").asText());
    }

    @Test
    @Order(2)
    @Tag("U7")
    void whatAMacroDoesIsNamedAndRunsWithTheSendingNotBefore() {
        var mail = mailed("Which order", "I have lost my number.");
        untilKwames(mail);
        go("mine/" + mail);
        var words = page.getByRole(AriaRole.TEXTBOX, new GetByRoleOptions().setName("Message text"));
        words.click();
        page.keyboard().type("/Ask");
        page.getByRole(AriaRole.OPTION).filter(new Locator.FilterOptions().setHasText("Ask for the order number"))
                .waitFor();
        page.keyboard().press("Enter");
        until("the macro's words", () -> words.innerText().contains("order number"));
        var planned = page.getByRole(AriaRole.GROUP).filter(new Locator.FilterOptions()
                .setHasText("needs-order-number"));
        planned.waitFor();
        assertTrue(planned.innerText().contains("Set to Pending"), planned.innerText());
        picture(page, "macro-planned-light-en");
        assertEquals("open", ticket(mail).path("status").asText(), "nothing runs before the sending");
        assertTrue(ticket(mail).path("tags").isEmpty(), ticket(mail).toString());
        words.click();
        page.keyboard().press("Control+Enter");
        page.getByText("Sent, now pending · Tag needs-order-number").waitFor();
        town.mailFor(ADDRESS, one -> one.path("text").asText().contains("order number"));
        until("it ran with the sending", () -> ticket(mail).path("status").asText().equals("pending")
                && ticket(mail).path("tags").toString().contains("needs-order-number"));
    }

    @Test
    @Order(3)
    @Tag("U1")
    @Tag("U3")
    void anAnsweredChatStaysInItsListsUntilItIsEnded() {
        try (var chat = new ChatSocket(town.server.app.url)) {
            chat.hello(town.get(town.admin, "/widget").path("key").asText());
            chat.write("Do you sell bells?");
            var id = await("the chat's ticket", () -> first(town.get(town.admin, "/tickets?view=chats"), it ->
                    it.at("/lastMessage/preview").asText().equals("Do you sell bells?"))).path("id").asText();
            untilKwames(id);
            go("chats/" + id);
            answer("We do, brass ones.");
            assertTrue(chat.nextAnswer().path("text").asText().contains("brass ones"));
            for (var view : new String[] {"chats", "mine"}) {
                assertTrue(listed("view=" + view, id), view);
                go(view + "/" + id);
                row("We do, brass ones.").waitFor();
            }
            assertEquals("open", ticket(id).path("status").asText());
            chat.write("How loud are they?");
            row("How loud are they?").waitFor();
            picture(page, "chat-answered-light-en");
            calling().hangUp(); // a call is offered beside the chat
            page.getByRole(AriaRole.ALERT).getByText("Lena Orth").waitFor(new Locator.WaitForOptions()
                    .setState(WaitForSelectorState.HIDDEN));
            button("More actions").click();
            page.getByRole(AriaRole.MENUITEM).getByText("End chat").click();
            until("ended", () -> ticket(id).path("chatEndedAt").isTextual());
            go("chats");
            page.getByText("Nothing here").waitFor();
            assertEquals(0, row("How loud are they?").count());
            assertFalse(listed("view=chats", id));
        }
    }

    @Test
    @Order(4)
    @Tag("U20")
    void whateverCameInIsInTheTeamsViewAndAMissedRingIsToldInTrueWords() {
        var handset = calling();
        town.server.app.database.sql().execute("update call set deadline = now() where deadline is not null");
        var about = await("the call's ticket", () -> first(town.get(town.admin, "/calls?state=live"), it -> true))
                .path("ticketId").asText();
        until("given back", () -> ticket(about).path("assignee").isNull());
        go("all/" + about);
        var told = page.getByText("Kwame Asanteh did not take the call in time");
        var folded = page.getByText(Pattern.compile("^\\d+ changes$"));
        told.or(folded).first().waitFor();
        if (folded.isVisible()) folded.click();
        told.waitFor();
        assertEquals(0, page.getByText("took the assignment away").count());
        picture(page, "missed-ring-light-en");
        handset.hangUp();
        var team = town.get(town.admin, "/mailboxes").at("/items/0/teamId").asText();
        var mail = mailed("Team by mail", "Which team has this mail?");
        town.server.form("Lena Orth", ADDRESS, "Team by form", "Which team has this form?");
        assertEquals(200, town.webhook(Town.sms("+15550177402", "SM" + "4d".repeat(16), "Team by text"),
                Settings.DEMO_TWILIO_TOKEN));
        try (var chat = new ChatSocket(town.server.app.url)) {
            chat.hello(town.get(town.admin, "/widget").path("key").asText());
            chat.write("Team by chat");
            go("open?team=" + team);
            for (var words : new String[] {"Team by mail", "Team by form", "Team by text", "Team by chat"}) {
                row(words).waitFor();
            }
            picture(page, "team-light-en");
        }
        assertEquals(team, ticket(mail).at("/team/id").asText());
    }
}
