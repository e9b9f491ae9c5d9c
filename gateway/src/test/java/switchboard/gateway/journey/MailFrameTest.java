package switchboard.gateway.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.gateway.journey.Browser.picture;
import static switchboard.gateway.journey.Town.until;

import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.Server;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.journal.Entry;

/// Mails as an agent sees them: each frame as high as its mail, in the console's fonts, with pictures that enlarge.
@Tag("U6")
class MailFrameTest {
    private static final String WORDS = "<p>My chair came with <b>three</b> legs.</p>";
    private static final double FOLDED = 900;
    private static Browser browser;
    private static Server server;
    private static UUID agent;
    private static UUID ticket;

    @BeforeAll
    static void open() throws IOException {
        browser = new Browser();
        server = new Server();
        agent = server.agent("ada", Role.ADMIN);
        ticket = server.ticket(null, agent);
        came(WORDS);
        came("<h1>Order 5512</h1><table border=1 cellpadding=6><tr><th>Part<th>Wanted"
                + "<tr><td>Legs<td>4<tr><td>Seats<td>1<tr><td>Screws<td>16</table>"
                + "<p>It looks like this, \u0141ukasz:</p><img alt=Chair src=\"" + drawn(1800, 900) + "\">");
        var ours = came("<p>We are <b>sorry</b>. Please look at <a href=\"https://desk.example\">this"
                + "</a>:</p><ul><li>one leg</li><li>four screws</li></ul>");
        server.app.database.sql().execute("update message set direction = 'outbound', author_type = 'agent', "
                + "author_id = $2 where id = $1", ours, agent);
        came("<table><tr><td height=\"6000\">High</td></tr></table>");
        came("<div style=\"height:20px\">" + WORDS.repeat(10) + "</div>");
        came("<p style=\"height:120vh;width:900px\">As high as the window, and more</p>");
    }

    @AfterAll
    static void close() {
        if (server != null) server.close();
        if (browser != null) browser.close();
    }

    /// Also adds it to the timeline, where the console reads it.
    private static UUID came(String html) {
        var message = server.message(ticket, html);
        server.app.database.run(tx -> server.app.journal.append(tx, Entry.of("message.received", Actor.SYSTEM,
                Instant.now()).ticket(ticket).message(message)));
        server.app.journal.committed();
        return message;
    }

    private static String drawn(int width, int height) throws IOException {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setColor(new Color(0x38, 0x6a, 0xd2));
        pen.fillRect(0, 0, width, height);
        pen.setColor(Color.WHITE);
        pen.fillOval(width / 4, height / 4, width / 2, height / 2);
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static Page ticket(int width, boolean dark, String locale) {
        var page = browser.open(width, dark, locale);
        page.context().addCookies(List.of(new Cookie("sb_session", server.token(agent)).setUrl(server.app.url)));
        page.navigate(server.app.url + "/console/tickets/" + ticket);
        page.setDefaultTimeout(20_000);
        page.locator("iframe").nth(5).waitFor();
        for (int i = 5; i >= 0; i--) {
            page.locator("iframe").nth(i).scrollIntoViewIfNeeded();
            frame(page, i);
        }
        return page;
    }

    private static Frame frame(Page page, int index) {
        var frame = page.locator("iframe").nth(index).elementHandle().contentFrame();
        frame.waitForLoadState();
        return frame;
    }

    private static double height(Page page, int index) {
        return ((Number) page.locator("iframe").nth(index).evaluate("it => it.clientHeight")).doubleValue();
    }

    private static double number(Frame frame, String expression) {
        return ((Number) frame.evaluate(expression)).doubleValue();
    }

    /// As high as its content, without a scroll bar.
    private static void fits(Page page, int index) {
        var frame = frame(page, index);
        until("frame " + index + " of its mail's height", () -> {
            double content = number(frame, "() => { const body = document.body; const root = document.documentElement;"
                    + "return root.getBoundingClientRect().height - body.getBoundingClientRect().height"
                    + " + Math.max(body.scrollHeight, body.getBoundingClientRect().height)"
                    + " + innerHeight - root.clientHeight }");
            return Math.abs(height(page, index) - content) <= 1;
        });
        assertTrue(number(frame, "() => document.documentElement.scrollHeight - document.documentElement.clientHeight")
                <= 1, "frame " + index + " needs no bar");
    }

    @Test
    void aFrameIsAsHighAsItsMailAndInTheConsolesLetters() {
        var page = ticket(Browser.WIDE, false, "en-GB");
        for (int i : new int[] {0, 1, 2, 4}) fits(page, i);
        assertTrue(height(page, 0) < 60, "one line: " + height(page, 0));
        assertTrue(height(page, 1) > 400, "heading, table and picture: " + height(page, 1));
        until("folded", () -> height(page, 3) == FOLDED);
        page.getByText("Show all", new Page.GetByTextOptions().setExact(true)).first().press("Enter");
        until("bounded", () -> height(page, 3) == 4000);
        page.getByText("Show less", new Page.GetByTextOptions().setExact(true)).click();
        until("folded again", () -> height(page, 3) == FOLDED);
        until("the letters", () -> (Boolean) frame(page, 1).evaluate("() => [...document.fonts].filter(it =>"
                + " it.status === 'loaded' && it.family.includes('Inter Variable')).length >= 1"));
        for (int weight : new int[] {400, 600, 700, 800}) {
            assertTrue((Boolean) frame(page, 1).evaluate("weight => { const pen = document.createElement('canvas')"
                    + ".getContext('2d'); return new Set(['serif', 'monospace'].map(other => { pen.font = `${weight}"
                    + " 40px \"Inter Variable\", ${other}`; return pen.measureText('Order').width })).size === 1 }",
                    weight), "the letters, of weight " + weight);
        }
        assertTrue(height(page, 5) <= 4000);
        picture(page, "u6-mails");
        page.locator("iframe").nth(2).scrollIntoViewIfNeeded();
        picture(page, "u6-ours");
        assertEquals(List.of(), browser.complaints);
        page.context().close();
    }

    @Test
    void aDarkConsoleShowsThemAsHigh() {
        var page = ticket(Browser.WIDE, true, "en-GB");
        for (int i : new int[] {0, 2}) fits(page, i);
        page.locator("iframe").nth(2).scrollIntoViewIfNeeded();
        picture(page, "u6-dark");
        page.context().close();
    }

    @Test
    void aPictureIsEnlargedWhereItStandsByMouseAndByKey() {
        var page = ticket(Browser.PHONE, true, "zh-CN");
        fits(page, 1);
        var image = frame(page, 1).locator("img");
        assertEquals("Chair, \u653e\u5927\u6216\u9002\u5e94\u5bbd\u5ea6", image.getAttribute("aria-label"));
        double narrow = image.boundingBox().width;
        double low = height(page, 1);
        picture(page, "u6-picture-fit");
        image.click();
        until("enlarged", () -> image.boundingBox().width == 1800 && height(page, 1) > low + 300);
        image.scrollIntoViewIfNeeded();
        picture(page, "u6-picture-full");
        image.press("Enter");
        until("fit again", () -> image.boundingBox().width == narrow && height(page, 1) == low);
        fits(page, 1);
        page.context().close();
    }
}
