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
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// The rest of an agent's day in a real browser: everything that is done to a ticket by key, words that come from
/// macros and articles, what is begun at our end, colleagues, and the pages before signing in.
class DeskJourneyTest {
    private static Browser browser;
    private static Town town;
    private Page page;

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

    /// What the page looked like in the end, which tells most when something was not there.
    @AfterEach
    void leave(TestInfo test) {
        if (page == null) return;
        picture(page, "end-" + test.getTestMethod().orElseThrow().getName());
        page.context().close();
        // A refusal is an answer; a broken script is not.
        var broken = browser.complaints.stream().filter(one -> !one.startsWith("Failed to load resource")).toList();
        browser.complaints.clear();
        assertEquals(List.of(), broken);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true)).first();
    }

    private static Locator words(Page page) {
        return page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Message text"));
    }

    private Page signIn(String email) {
        var fresh = browser.open(Browser.WIDE, false, "en-GB");
        fresh.navigate(town.server.app.url + "/console/");
        fresh.locator("input[name=email]").fill(email);
        fresh.locator("input[name=password]").fill("demo");
        fresh.keyboard().press("Enter");
        fresh.waitForURL("**/console/inbox/**");
        return fresh;
    }

    private static void key(Page page, String key) {
        page.evaluate("document.activeElement.blur()");
        page.keyboard().press(key);
    }

    /// A command that asks for a choice: its key, what is typed to find the choice, and Enter.
    private void choose(String key, String typed) {
        key(page, key);
        page.getByRole(AriaRole.COMBOBOX).last().waitFor();
        page.keyboard().type(typed);
        var option = page.getByRole(AriaRole.OPTION).filter(new Locator.FilterOptions().setHasText(typed)).first();
        option.waitFor();
        page.keyboard().press("Enter");
    }

    private static JsonNode ticket(String id) {
        return town.get(town.admin, "/tickets/" + id);
    }

    private static void untilTicket(String id, String what, Predicate<JsonNode> so) {
        until(what, () -> so.test(ticket(id)));
    }

    private static String mailed(String customer, String address, String subject, String text) {
        town.mail(address, Town.letter("Customer <" + address + ">", subject,
                subject.replace(' ', '-') + "@customers.example", text));
        return town.onTimeline(customer, text).path("ticketId").asText();
    }

    private void openTicket(String id, String text) {
        page.navigate(town.server.app.url + "/console/inbox/all/" + id);
        page.getByText(text).last().waitFor();
    }

    private void note(String text) {
        key(page, "n");
        page.locator("[data-mode=note]").waitFor();
        until("the note has the keys", () -> (Boolean) words(page)
                .evaluate("it => it.contains(document.activeElement)"));
        page.keyboard().type(text);
    }

    @Test
    void aTicketIsNotedTaggedRankedGivenAwayPutOffSolvedAndOpenedAgainByKey() {
        var ada = town.customer("Ada Pike", "ada.pike@customers.example", "+15550177201");
        var id = mailed(ada, "ada.pike@customers.example", "A loose strap", "The strap comes loose.");
        page = signIn(town.assignee(id).path("email").asText());
        openTicket(id, "The strap comes loose.");
        note("Ask the workshop first.");
        picture(page, "note-light-en");
        page.keyboard().press("Control+Enter");
        until("the note", () -> count(town.get(town.admin, "/tickets/" + id + "/timeline?limit=50"),
                item -> item.path("kind").asText().equals("note")
                        && item.path("text").asText().contains("Ask the workshop first.")) == 1);
        page.getByText("Ask the workshop first.").first().waitFor();
        choose("l", "wobbly");
        untilTicket(id, "tagged", it -> it.path("tags").toString().contains("wobbly"));
        page.keyboard().press("Escape");
        page.getByRole(AriaRole.DIALOG).waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
        choose("p", "Urgent");
        untilTicket(id, "urgent", it -> it.path("priority").asText().equals("urgent"));
        choose("a", "Dafydd");
        untilTicket(id, "given away", it -> it.path("assignee").path("name").asText().startsWith("Dafydd"));
        choose("z", "In an hour");
        untilTicket(id, "put off", it -> it.path("status").asText().equals("snoozed"));
        openTicket(id, "The strap comes loose.");
        button(page, "Solve").waitFor();
        key(page, "e");
        untilTicket(id, "solved", it -> it.path("status").asText().equals("solved"));
        button(page, "Reopen").waitFor();
        key(page, "e");
        untilTicket(id, "open again", it -> it.path("status").asText().equals("open"));
        picture(page, "worked-on-light-en");
    }

    @Test
    void wordsComeFromAMacroAndAnArticle() {
        var address = "bo.reed@customers.example";
        var bo = town.customer("Bo Reed", address, "+15550177202");
        var id = mailed(bo, address, "Where is it", "Where is my parcel now?");
        page = signIn(town.assignee(id).path("email").asText());
        openTicket(id, "Where is my parcel now?");
        words(page).click();
        page.keyboard().type("/Ask");
        page.getByRole(AriaRole.OPTION).filter(new Locator.FilterOptions().setHasText("Ask for the order number"))
                .waitFor();
        picture(page, "macro-light-en");
        page.keyboard().press("Enter");
        until("the macro's words", () -> words(page).innerText().contains("order number"));
        words(page).click();
        page.keyboard().press("Control+End");
        page.keyboard().type(" #refund");
        page.getByRole(AriaRole.OPTION).filter(new Locator.FilterOptions().setHasText("Refund timing"))
                .first().waitFor();
        picture(page, "article-light-en");
        page.keyboard().press("Enter");
        until("the article's link", () -> words(page).innerText().contains("Refund timing"));
        page.keyboard().press("Control+Enter");
        var mail = town.mailFor(address, one -> one.path("text").asText().contains("order number"));
        assertTrue(mail.path("text").asText().contains("Refund timing"), mail.toString());
    }

    @Test
    void anAnswerToWhatHasMovedOnIsShownWhatCameInFirst() {
        var address = "cy.moss@customers.example";
        var cy = town.customer("Cy Moss", address, "+15550177203");
        var id = mailed(cy, address, "Moving on", "It does not open.");
        page = signIn(town.assignee(id).path("email").asText());
        openTicket(id, "It does not open.");
        words(page).click();
        page.keyboard().type("Pull harder.");
        // The customer is faster than the answer on its way.
        page.route("**/replies", route -> {
            town.mail(address, Town.letter("Cy Moss <" + address + ">", "Re: Moving on",
                    "moving-2@customers.example>\r\nIn-Reply-To: <Moving-on@customers.example", "It opened!"));
            town.onTimeline(cy, "It opened!");
            route.resume();
        }, new Page.RouteOptions().setTimes(1));
        page.keyboard().press("Control+Enter");
        page.getByText("The conversation went on").waitFor();
        picture(page, "moved-light-en");
        button(page, "Send anyway").click();
        town.mailFor(address, one -> one.path("text").asText().contains("Pull harder."));
    }

    @Test
    void anAnswerIsSentThoughItsAddressIsStillBeingAskedFor() {
        var address = "fay.holt@customers.example";
        var fay = town.customer("Fay Holt", address, "+15550177206");
        var id = mailed(fay, address, "In a hurry", "Quick question.");
        page = signIn(town.assignee(id).path("email").asText());
        var held = new ArrayList<Route>();
        page.route("**/lines", held::add);
        openTicket(id, "Quick question.");
        words(page).click();
        page.keyboard().type("Quick answer.");
        page.keyboard().press("Control+Enter");
        button(page, "Send").and(page.locator("[data-loading]")).waitFor();
        page.unroute("**/lines");
        held.forEach(Route::resume);
        town.mailFor(address, one -> one.path("text").asText().contains("Quick answer."));
    }

    @Test
    void anAnswerIsSentWhenItsWriterLeavesTheTicketWhileAddressesAreFetched() {
        var address = "ida.rowe@customers.example";
        var ida = town.customer("Ida Rowe", address, "+15550177209");
        var first = mailed(ida, address, "Left at once", "Are you there?");
        mailed(ida, address, "Opened instead", "And here?");
        page = signIn("admin@demo.test");
        var held = new ArrayList<Route>();
        page.route("**/lines", held::add);
        openTicket(first, "Are you there?");
        words(page).click();
        page.keyboard().type("We are here.");
        page.keyboard().press("Control+Enter");
        button(page, "Send").and(page.locator("[data-loading]")).waitFor();
        page.getByText("Opened instead").first().click();
        town.mailFor(address, one -> one.path("text").asText().contains("We are here."));
        page.unroute("**/lines");
        held.forEach(Route::resume);
        assertEquals(1, town.server.app.database.sql().value(Long.class, "select count(*) from message where "
                + "ticket_id = $1 and direction = 'outbound'", UUID.fromString(first)).orElseThrow(), "and once");
    }

    @Test
    void undoingInAnAnswerBringsNothingOfANoteBack() {
        var hal = town.customer("Hal Frost", "hal.frost@customers.example", "+15550177208");
        var id = mailed(hal, "hal.frost@customers.example", "A refund", "May I have it back?");
        page = signIn(town.assignee(id).path("email").asText());
        openTicket(id, "May I have it back?");
        note("He has asked three times.");
        page.locator("[data-mode=note]").getByText("Reply", new Locator.GetByTextOptions().setExact(true)).click();
        page.locator("[data-mode=reply]").waitFor();
        words(page).click();
        for (int press = 0; press < 5; press++) page.keyboard().press("Control+z");
        page.keyboard().type("Certainly.");
        until("the answer", () -> words(page).innerText().strip().equals("Certainly."));
    }

    @Test
    void aNoteThatIsLongOnItsWayLeavesTheTicketOpenedMeanwhileAlone() {
        var address = "gil.ward@customers.example";
        var gil = town.customer("Gil Ward", address, "+15550177207");
        var first = mailed(gil, address, "The first of two", "This is the first.");
        var second = mailed(gil, address, "The second of two", "This is the second.");
        page = signIn("admin@demo.test");
        openTicket(first, "This is the first.");
        note("For colleagues only.");
        var held = new ArrayList<Route>();
        page.route("**/notes", held::add);
        page.keyboard().press("Control+Enter");
        until("the note is on its way", () -> {
            page.waitForTimeout(50);
            return !held.isEmpty();
        });
        page.getByText("The second of two").first().click();
        page.getByText("This is the second.").last().waitFor();
        page.locator("[data-mode=reply]").waitFor();
        page.evaluate("document.activeElement.blur()");
        held.forEach(Route::resume);
        page.getByText("Note added").waitFor();
        page.waitForTimeout(200); // longer than the composer takes to fetch the keys
        assertEquals(1, page.locator("[data-mode=reply]").count(), "it was not made a note");
        assertFalse((Boolean) words(page).evaluate("it => it.contains(document.activeElement)"), "nor given the keys");
    }

    @Test
    void whatBeginsAtOurEndGoesOutByMailByTextAndByTelephone() {
        var phone = town.handset("+15550177204");
        var agent = first(town.get(town.admin, "/agents?limit=100"), one -> one.path("active").asBoolean()
                && one.path("role").asText().equals("agent") && !one.path("phone").asText().isBlank());
        page = signIn(agent.path("email").asText());
        newConversation("Email", "To (customer or address)", "dee.hall@customers.example");
        page.getByLabel("Subject").fill("Your bag is ready");
        page.getByLabel("Message", new Page.GetByLabelOptions().setExact(false)).last().fill("Come and get it.");
        picture(page, "outbound-light-en");
        send("Send");
        town.mailFor("dee.hall@customers.example", one -> one.path("subject").asText().equals("Your bag is ready"));
        newConversation("SMS", "To (customer or number)", "+15550177204");
        page.getByLabel("Message", new Page.GetByLabelOptions().setExact(false)).last().fill("Ring us, please.");
        send("Send");
        patiently(() -> phone.awaitText("Ring us, please."));
        newConversation("Call", "To (customer or number)", "+15550177204");
        send("Call");
        var own = town.handset(agent.path("phone").asText());
        patiently(own::answer);
        patiently(phone::answer);
        patiently(phone::awaitConference);
        button(page, "Hold").click();
        button(page, "Resume").waitFor();
        patiently(phone::awaitHeld);
        picture(page, "call-held-light-en");
        button(page, "Hang up").click();
        patiently(phone::awaitOver);
    }

    private void newConversation(String kind, String toLabel, String to) {
        key(page, "c");
        page.getByRole(AriaRole.DIALOG).getByText(kind, new Locator.GetByTextOptions().setExact(true)).click();
        page.getByLabel(toLabel).fill(to);
    }

    private void send(String name) {
        page.getByRole(AriaRole.DIALOG).locator("button[type=submit]").filter(
                new Locator.FilterOptions().setHasText(name)).click();
        page.getByRole(AriaRole.DIALOG).waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }

    @Test
    void colleaguesSeeEachOtherAChatCustomerIsSeenTypingAndWhatIsUnreadIsCounted() {
        var address = "eve.lane@customers.example";
        var eve = town.customer("Eve Lane", address, "+15550177205");
        var id = mailed(eve, address, "A creaking wheel", "The wheel creaks and squeals.");
        var agent = town.assignee(id);
        page = signIn(agent.path("email").asText());
        openTicket(id, "The wheel creaks and squeals.");
        var other = signIn("admin@demo.test");
        other.navigate(town.server.app.url + "/console/inbox/all/" + id);
        page.getByTitle("Astrid Vang is looking at this").first().waitFor();
        other.getByTitle(agent.path("name").asText() + " is looking at this").first().waitFor();
        picture(page, "viewers-light-en");
        words(other).click();
        other.keyboard().type("Hm");
        page.getByText("Astrid Vang is typing").waitFor();
        other.navigate(town.server.app.url + "/console/settings/mailboxes");
        page.getByTitle("Astrid Vang is looking at this").first().waitFor(
                new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
        other.getByText("support@demo.test").click();
        var tested = other.waitForResponse(answer -> answer.url().endsWith("/test"),
                () -> button(other, "Test the connection").click());
        assertTrue(tested.ok(), tested.text());
        other.context().close();

        page.navigate(town.server.app.url + "/console/search");
        page.getByLabel("Search tickets, messages, customers and articles").fill("squeals");
        page.getByText("The wheel creaks and").first().waitFor();
        picture(page, "search-light-en");
        town.mail(address, Town.letter("Eve Lane <" + address + ">", "Re: A creaking wheel",
                "creaking-2@customers.example>\r\nIn-Reply-To: <A-creaking-wheel@customers.example", "Are you there?"));
        until("the count in the title", () -> page.title().matches("\\(\\d+\\) Switchboard"));
        try (var chat = new ChatSocket(town.server.app.url)) {
            chat.hello(town.get(town.admin, "/widget").path("key").asText());
            chat.write("Wheels or skids?");
            var chats = await("the chat's ticket", () -> first(town.get(town.admin, "/tickets?view=chats"),
                    one -> one.path("lastMessage").path("preview").asText().equals("Wheels or skids?")));
            page.context().clearCookies();
            page.context().close();
            page = signIn("admin@demo.test");
            openTicket(chats.path("id").asText(), "Wheels or skids?");
            chat.say("typing", Map.of("on", true));
            page.getByRole(AriaRole.STATUS).getByText("is typing").waitFor();
            chat.write("Skids, I think");
            page.getByRole(AriaRole.STATUS).getByText("is typing").waitFor(
                    new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
        }
    }

    /// The server has hundreds; the page draws those that are seen.
    @Test
    void aLongListDrawsOnlyWhatIsSeenAndLoadsTheRestWhileItIsScrolled() {
        page = signIn("admin@demo.test");
        page.navigate(town.server.app.url + "/console/inbox/all");
        var rows = page.locator("[role=listitem]");
        rows.first().waitFor();
        var newest = rows.first().innerText();
        var height = "() => document.querySelector('[role=list][style]').getBoundingClientRect().height";
        double before = ((Number) page.evaluate(height)).doubleValue();
        assertTrue(rows.count() < 40, rows.count() + " rows are drawn");
        until("more than the first page", () -> {
            page.evaluate("() => { const box = document.querySelector('[role=list][style]').parentElement; "
                    + "box.scrollTop = box.scrollHeight }");
            return ((Number) page.evaluate(height)).doubleValue() > before;
        });
        assertTrue(rows.count() < 40, rows.count() + " rows are drawn");
        assertTrue(!rows.first().innerText().equals(newest), "the first ones are no longer drawn");
    }

    @Test
    void aColleagueIsInvitedComesInAndChoosesAnotherPasswordLater() {
        page = signIn("admin@demo.test");
        page.navigate(town.server.app.url + "/console/settings/agents");
        button(page, "Invite").click();
        var dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Email").fill("new.hand@customers.example");
        dialog.getByLabel("Name").fill("New Hand");
        picture(page, "invite-light-en");
        dialog.locator("button[type=submit]").click();
        var guest = browser.open(Browser.WIDE, false, "en-GB");
        choosePassword(guest, "/console/invitation", "first-password-1");
        enter(guest, "first-password-1");
        guest.context().close();
        var later = browser.open(Browser.WIDE, false, "en-GB");
        later.navigate(town.server.app.url + "/console/forgot");
        later.locator("input[name=email]").fill("new.hand@customers.example");
        button(later, "Send the link").click();
        choosePassword(later, "/console/reset", "second-password-2");
        enter(later, "second-password-2");
        later.context().close();
    }

    private static void enter(Page page, String password) {
        page.locator("input[name=email]").fill("new.hand@customers.example");
        page.locator("input[name=password]").fill(password);
        page.keyboard().press("Enter");
        page.waitForURL("**/console/inbox/**");
    }

    private static void choosePassword(Page page, String path, String password) {
        var mail = town.mailFor("new.hand@customers.example", one -> one.path("text").asText().contains(path));
        var link = mail.path("text").asText().replaceFirst("(?s).*?(" + path + "\\S+).*", "$1");
        page.navigate(town.server.app.url + link);
        page.locator("input[name=password]").fill(password);
        picture(page, path.substring("/console/".length()) + "-light-en");
        button(page, "Set the password").click();
    }

    @Test
    void theHelpCentreAnswersWhileOneTypesAndBeforeOneAsks() {
        page = browser.open(Browser.WIDE, false, "en-GB");
        page.navigate(town.server.app.url + "/help/en/");
        page.locator("input[name=q]").first().click();
        page.keyboard().type("refnd tim");
        page.getByRole(AriaRole.OPTION).filter(new Locator.FilterOptions().setHasText("Refund timing"))
                .first().waitFor();
        picture(page, "help-suggest-light-en");
        page.navigate(town.server.app.url + "/help/en/contact");
        page.locator("input[name=subject]").click();
        page.keyboard().type("refund timing");
        page.locator("main").getByRole(AriaRole.LINK).filter(new Locator.FilterOptions().setHasText("Refund timing"))
                .first().waitFor();
        picture(page, "help-contact-light-en");
    }
}
