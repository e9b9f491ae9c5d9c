package switchboard.gateway.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.gateway.journey.Browser.picture;
import static switchboard.gateway.journey.Town.patiently;
import static switchboard.gateway.journey.Town.until;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A newcomer plays both ends of a call: the customer's handset and the agent's phone in the console.
class PhoneJourneyTest {
    private static final String PHONE = "+15550177201";
    private static Browser browser;
    private static Town town;
    private static String customer;

    @BeforeAll
    static void open() {
        browser = new Browser();
        town = new Town();
        town.freeEverybody();
        customer = town.customer("Ottilie Brandt", "ottilie@customers.example", PHONE);
        town.server.app.database.sql().execute("update agent set status = 'away', version = version + 1 "
                + "where email <> 'kwame@demo.test' and role <> 'admin'");
    }

    @AfterAll
    static void close() {
        if (town != null) town.close();
        if (browser != null) browser.close();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator region(Page page, String name) {
        return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(name));
    }

    private static Page kwame() {
        var page = browser.open(Browser.WIDE, false, "en-GB");
        page.navigate(town.server.app.url + "/console/");
        page.locator("input[name=email]").fill("kwame@demo.test");
        page.locator("input[name=password]").fill("demo");
        page.keyboard().press("Enter");
        page.waitForURL("**/console/inbox/**");
        return page;
    }

    private static JsonNode lastCall() {
        return town.get(town.admin, "/calls?state=recent").path("items").path(0);
    }

    private static JsonNode ticket(JsonNode call) {
        return town.get(town.admin, "/tickets/" + call.path("ticketId").asText());
    }

    private static void ended() {
        until("the call is over", () -> lastCall().path("state").asText().equals("ended"));
    }

    @Tag("U2")
    @Tag("U8")
    @Tag("U12")
    @Test
    void aCallIsAnsweredHereAMissedOneWaitsAndTheCallBackIsInItsTicket() {
        var page = kwame();
        try {
            answered(page);
            missed(page);
            calledBack(page);
            closedCountry(page);
            assertEquals(List.of(), browser.complaints.stream().filter(one -> !one.contains("400")).toList());
        } catch (RuntimeException | AssertionError failed) {
            picture(page, "phone-failed");
            failed.addSuppressed(new AssertionError("The page said " + browser.complaints));
            throw failed;
        }
    }

    private static void answered(Page page) {
        var handset = town.handset(PHONE);
        handset.call();
        patiently(() -> handset.press("3"));
        patiently(handset::awaitQueued);
        page.getByRole(AriaRole.ALERT).getByText("Ottilie Brandt").waitFor();
        button(page, "Accept").click();
        button(page, "Answer").click();
        patiently(handset::awaitConference);
        region(page, "Your telephone").getByText("You are on the line.").waitFor();
        picture(page, "own-telephone-light-en");
        page.getByPlaceholder("Say something and press Enter").fill("Puddlegoose, Kwame speaking");
        page.keyboard().press("Enter");
        patiently(() -> handset.awaitHeard("Kwame speaking"));
        button(page, "Put down").click();
        patiently(handset::awaitOver);
        button(page, "Done").click();
        ended();
        assertEquals("answered", lastCall().path("outcome").asText());
    }

    private static void missed(Page page) {
        var handset = town.handset(PHONE);
        handset.call();
        patiently(handset::awaitAsked);
        handset.hangUp();
        ended();
        var ticket = ticket(lastCall());
        assertEquals("open", ticket.path("status").asText());
        assertTrue(ticket.path("tags").toString().contains("call-back"), ticket.toString());
        page.navigate(town.server.app.url + "/console/inbox/open/" + ticket.path("id").asText());
        page.getByText("Missed call").first().waitFor();
        picture(page, "missed-call-light-en");
    }

    private static void calledBack(Page page) {
        var about = lastCall().path("ticketId").asText();
        button(page, "More actions").click();
        page.getByRole(AriaRole.MENUITEM).getByText("Call the customer").click();
        button(page, "Call").click();
        button(page, "Answer").click();
        var handset = town.handset(PHONE);
        patiently(handset::answer);
        patiently(handset::awaitConference);
        // The carrier joins the two before it reports it. A call that is hung up before the report counts as missed.
        until("the customer is on the line", () -> lastCall().path("answeredAt").isTextual());
        assertEquals(about, lastCall().path("ticketId").asText(), "the call is about the ticket it was placed from");
        assertEquals(1, town.server.app.database.sql().value(Long.class, "select count(*) from message "
                + "where ticket_id = $1 and kind = 'call' and direction = 'outbound'", UUID.fromString(about))
                .orElseThrow());
        button(page, "Put down").click();
        button(page, "Done").click();
        ended();
    }

    private static void closedCountry(Page page) {
        page.navigate(town.server.app.url + "/console/inbox/open");
        button(page, "New conversation").first().click();
        page.getByRole(AriaRole.DIALOG).getByText("Call", new Locator.GetByTextOptions().setExact(true)).first()
                .click();
        page.getByLabel("To (customer or number)").fill("+33 1 42 68 53 00");
        button(page, "Call").click();
        page.getByText("Calls to this country are not enabled").first().waitFor();
        picture(page, "closed-country-light-en");
        assertEquals(200, town.server.call("PATCH", "/api/v1/company", town.admin,
                Town.json(Map.of("callCountries", List.of("FR", "GB")))).status());
        button(page, "Call").click();
        button(page, "Answer").waitFor();
        assertEquals("+33142685300", lastCall().path("number").asText());
        button(page, "Put down").click();
        ended();
        assertTrue(town.get(town.admin, "/customers/" + customer).path("name").asText().equals("Ottilie Brandt"));
    }
}
