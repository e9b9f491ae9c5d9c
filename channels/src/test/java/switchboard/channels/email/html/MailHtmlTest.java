package switchboard.channels.email.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.channels.email.Corpora;

class MailHtmlTest {
    private static final Function<String,
            String> PROXY = url -> url.startsWith("/content/") ? url : url.startsWith("cid:") ? "/content/c/"
            + url.substring(4) : "/content/i?u=" + url;
    private static final Set<String> SCHEMES = Set.of("http", "https", "mailto", "tel");

    @Test void keeps_how_ordinary_mail_looks() {
        var html = MailHtml.sanitise(
                "<div style=\"color:red;position:fixed;background-image:url(http://x.test/a)\"><b>Hi<"
                + "/b> <a href=\"https://shop.test/?a=1&amp;b=2\">shop</a>"
                + "<table width=\"100%\"><tr><td colspan=\"2\">x</td></tr></table></div>", PROXY);
        assertTrue(html.contains("<b>Hi</b>"), html);
        assertTrue(html.contains("style=\"color:red\""), html);
        var link = Jsoup.parse(html).selectFirst("a");
        assertEquals("https://shop.test/?a=1&b=2", link.attr("href"));
        assertEquals("_blank", link.attr("target"));
        assertEquals(Set.of("noopener", "noreferrer", "nofollow"), Set.of(link.attr("rel").split(" ")));
        assertTrue(html.contains("colspan=\"2\""), html);
    }

    @Test void sends_every_image_through_the_caller() {
        var images = Jsoup.parse(
                MailHtml.sanitise("<img src=\"https://t.test/p.gif\" alt=\"x\"><img src=\"cid:logo\"><img "
                + "src=\"data:image/png;base64,AA\"><img src=\"//t.test/q\"><img src=\"file:///etc/passwd\">", PROXY))
                .select("img");
        assertEquals("/content/i?u=https://t.test/p.gif", images.get(0).attr("src"));
        assertEquals("/content/c/logo", images.get(1).attr("src"));
        assertTrue(images.get(2).attr("src").contains("data:image/png"), "its own picture is asked of the caller, too");
        for (int i = 3; i < images.size(); i++) assertFalse(images.get(i).hasAttr("src"));
        assertFalse(MailHtml.sanitise("<img src=\"https://t.test/p.gif\" alt=\"x\">").contains("t.test"));
    }

    @ParameterizedTest
    @Tag("T3")
    @ValueSource(strings = {
        "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>", "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
                "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<noscript><style></noscript><img src=x onerror=alert(1)>", "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<form action=/x><input formaction=javascript:alert(1)><button>go</button></form>",
        "<meta http-equiv=refresh content=\"0;url=http://x.test\">", "<base href=\"http://x.test\">",
        "<style>@import 'http://x.test'; input[value^=a]{background:url(http://x.test)}</style>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", "<object data=x></object><embed src=x>",
        "<link rel=stylesheet href=http://x.test>",
        "<img src=x onerror=alert(1)//", "<a href=\"https://x.test\" onclick=alert(1) target=_self rel=opener>x</a>",
        "<p style=\"background:url(javascript:alert(1))\">x</p>",
        "<video src=http://x.test><source src=http://x.test></video>",
        "<div style=\"width:expression(alert(1))\">x</div>", "<td background=\"http://x.test/a.gif\">x</td>",
        "<a href=\"vbscript:x\">x</a>", "<img src=\"x\" srcset=\"http://x.test/a 1x\">",
        "<template><script>1</script></template>"})
    void makes_hostile_html_inert(String html) {
        assertInert(MailHtml.sanitise(html, PROXY));
    }

    @Test @Tag("T1") void makes_other_peoples_attacks_inert() throws Exception {
        var folder = Corpora.folder("xss");
        int all = 0;
        for (var name : new String[] {"dompurify-expect.json", "html5lib-sanitizer-tests1.json"}) {
            for (var attack : new ObjectMapper().readTree(folder.resolve(name).toFile())) {
                var html = attack.has("payload") ? attack.get("payload").asText() : attack.get("input").asText();
                var clean = MailHtml.sanitise(html, PROXY);
                assertInert(clean);
                assertEquals(clean, MailHtml.sanitise(clean, PROXY));
                all++;
            }
        }
        System.out.println("html: " + all + " attacks inert");
    }

    @Test @Tag("T2") void gives_the_same_when_it_is_applied_again() {
        var pieces = new String[] {"<b>", "</b>", "<a href=\"http://x.test/?a&amp;b\">", "</a>", "<img src=cid:x>",
                "<img src='https://x.test/a b'>", "<table><td>", "</table>",
                "<p style=\"color:red;font-family:'A B'\">", "</p>",
            "<script>", "</script>", "<style>", "</style>", "<!--", "-->", "<svg>", "</svg>", "<noscript>", "&lt;",
            "&amp;", "&#x09;", "{{", "<", ">", "\"", "'", "text", "<li>", "<ul>", "</ul>",
            "<font size=7 color='#fff'>", "\u0000", "😀", "<blockquote>", "<br/>",
            "<math>", "<title>", "<textarea>", "</textarea>", "<plaintext", "<a name=x>", "<pre>\n", "`", "<![CDATA[",
            "]]>"};
        var random = new Random(2026);
        for (int round = 0; round < 4_000; round++) {
            var html = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) html.append(pieces[random.nextInt(pieces.length)]);
            var once = MailHtml.sanitise(html.toString(), PROXY);
            assertEquals(once, MailHtml.sanitise(once, PROXY), () -> "of " + html);
            assertInert(once);
        }
    }

    private static void assertInert(String html) {
        for (var element : Jsoup.parse(html).body().getAllElements()) {
            assertFalse(Set.of("script", "style", "iframe", "object", "embed", "form", "input", "button", "svg",
                    "math", "meta", "base", "link", "video", "source", "template", "noscript")
                    .contains(element.normalName()), html);
            for (var attribute : element.attributes()) {
                var name = attribute.getKey();
                assertFalse(name.startsWith("on") || name.contains("action") || name.equals("srcset")
                        || name.equals("background") || name.equals("id") || name.equals("class"), html);
                if (name.equals("href"))
                        assertTrue(SCHEMES.contains(attribute.getValue()
                        .split(":")[0].toLowerCase(java.util.Locale.ROOT)), html);
                if (name.equals("src")) assertTrue(attribute.getValue().startsWith("/content/"), html);
                if (name.equals("style"))
                        assertFalse(attribute.getValue()
                        .matches("(?is).*(url\\(|expression|position|@import|javascript).*"), html);
            }
        }
    }
}
