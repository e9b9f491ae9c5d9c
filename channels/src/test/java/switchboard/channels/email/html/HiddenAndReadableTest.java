package switchboard.channels.email.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("M28")
class HiddenAndReadableTest {
    private static String shown(String html) {
        return MailHtml.shown(html, _ -> null);
    }

    @Test
    void aBackgroundInOneWordStaysWithTheTextOnIt() {
        for (var back : List.of("background:#00529b", "BACKGROUND: #00529b url(https://x.example/a.png) no-repeat",
                "background:url('https://x.example/a;b.png') #00529b", "background:rgb(0, 82, 155) none",
                "background:#00529b !important")) {
            var html = shown("<table><tr><td style=\"" + back + ";color:#ffffff\">Order 4711</td></tr></table>");
            var style = Jsoup.parse(html).selectFirst("td").attr("style");
            assertTrue(style.contains("background-color:"), back + ": " + html);
            assertTrue(style.contains("color:#fff"), back + ": " + html);
            assertFalse(html.contains("x.example"), html);
        }
    }

    @Test
    void theColoursOfThePageGoOnWithItsContent() {
        for (var body : List.of("bgcolor=\"#101010\"", "style=\"background:#101010\"", "bgcolor=101010")) {
            var html = shown("<body " + body + "><p style=\"color:#eeeeee\">Night</p></body>");
            assertTrue(Jsoup.parse(html).selectFirst("div").outerHtml().contains("#101010"), html);
            assertTrue(html.contains("color:#eee"), html);
        }
    }

    @Test
    void wordsThatWouldStandOnTheirOwnColourGetOneThatCanBeRead() {
        for (var lost : List.of("<div style=\"background-image:url(https://x.example/a.png);color:#fff\">Read me</div>",
                "<font color=\"white\">Read me</font>", "<div style=\"background:#111;color:#121212\">Read me</div>",
                "<div style=\"color:#fefefe\"><span>Read me</span></div>")) {
            var last = Jsoup.parse(shown(lost)).getElementsContainingOwnText("Read me").first();
            assertTrue(last.attr("style").matches(".*color:#(1c1e23|ffffff|fff).*"), lost + " -> " + last);
        }
        var light = "<p style=\"color:#999999\">small print</p>";
        assertTrue(shown(light).contains("color:#999"), "pale is no fault");
    }

    @ParameterizedTest
    @ValueSource(strings = {"style=\"display:none\"", "style=\"DISPLAY : none !important;\"", "hidden",
        "style=\"visibility:hidden\"", "style=\"font-size:0\"", "style=\"font-size:0px;line-height:0\"",
        "style=\"max-height:0;overflow:hidden\"", "style=\"max-height:0px\"", "style=\"mso-hide:all\"",
        "style=\"opacity:0\"", "style=\"height:0;overflow:hidden\"", "style=\"position:absolute;left:-9999px\"",
        "style=\"text-indent:-9999px\"", "style=\"color:transparent\"", "style=\"font-size:1px;color:#fff\"",
        "class=\"pre\"", "id=\"pre\""})
    void whatTheSenderHidesStaysHiddenAndOutOfTheText(String how) {
        var html = "<html><head><style>.pre, #pre{display:none} @media (max-width:600px){.seen{display:none}}</style>"
                + "</head><body><div " + how + ">Secret <b>preheader</b></div><p class=\"seen\">Hello Ann</p>"
                + "</body></html>";
        assertFalse(shown(html).contains("Secret") || shown(html).contains("preheader"), shown(html));
        assertEquals("Hello Ann", HtmlText.of(html));
        assertTrue(shown(html).contains("Hello Ann"));
    }

    @Test
    void whatOnlyLooksLikeHidingStays() {
        assertEquals("Big words",
                HtmlText.of("<div style=\"font-size:0\"><p style=\"font-size:14px\">Big words</p></div>"));
        assertEquals("A line", HtmlText.of("<p style=\"max-height:20px;overflow:hidden\">A line</p>"));
        assertEquals("Faint", HtmlText.of("<p style=\"opacity:0.5\">Faint</p>"));
        assertEquals("Only this", HtmlText.of("<div style=\"display:none\">Only this</div>"), "better than nothing");
    }

    @Test
    @Tag("M05")
    void picturesThatCameAlongAreShownWhateverTheSpelling() {
        for (var src : List.of("cid:shot1@x", "CID:shot1@x", "cid:shot1%40x", "Cid:shot1@x ")) {
            var image = Jsoup.parse(MailHtml.shown("<p>see</p><img src=\"" + src + "\" alt=\"s\">",
                    id -> "/content/attachment/" + id.replace("%40", "@"))).selectFirst("img");
            assertEquals("/content/attachment/shot1@x", image.attr("src"), src);
        }
        var data = "data:image/png;base64,iVBORw0KGgo=";
        assertEquals(data, Jsoup.parse(shown("<img src=\"" + data + "\">")).selectFirst("img").attr("src"));
        for (var not : List.of("data:image/svg+xml;base64,PHN2Zz4=", "data:text/html,<script>",
                "https://t.example/p.gif", "/content/attachment/0-0-0-0-0", "file:///etc/passwd")) {
            assertFalse(Jsoup.parse(shown("<img src=\"" + not + "\">")).selectFirst("img").hasAttr("src"), not);
        }
    }

    @Test
    @Tag("M05")
    void whatIsSanitisedAgainStaysAsItIs() {
        var html = "<body bgcolor=#222><p style=\"background:red;color:white\">x<img src=\"cid:a\"></p>"
                + "<div style=\"color:#222\">y</div></body>";
        var once = MailHtml.shown(html, _ -> "/content/attachment/a");
        assertEquals(once, MailHtml.sanitise(once, url -> url));
    }
}
