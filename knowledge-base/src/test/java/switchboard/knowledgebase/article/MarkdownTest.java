package switchboard.knowledgebase.article;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTest {
    private static String html(String markdown) {
        return Markdown.page(markdown, slug -> slug.equals("known") ? "/help/en/articles/known-abc" : null).html();
    }

    @Test
    void rawHtmlIsShownAsText() {
        var html = html("a <img src=x onerror=alert(1)>\n\n<script>alert(1)</script>");
        assertFalse(html.contains("<img") || html.contains("<script"), html);
        assertTrue(html.contains("&lt;script&gt;"), html);
    }

    @Test
    void linksThatRunSomethingLeadNowhere() {
        for (var url : List.of("javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x",
                "//evil.test/x")) {
            assertFalse(html("[a](" + url + ")").contains(url), url);
        }
        assertFalse(html("![a](https://evil.test/pixel.png)").contains("evil"));
        assertTrue(html("[a](https://example.com)").contains("href=\"https://example.com\""));
    }

    @Test
    void aLinkToAnArticleFindsItsAddress() {
        assertTrue(html("[a](article:known)").contains("href=\"/help/en/articles/known-abc\""));
        assertFalse(html("[a](article:unknown)").contains("article:"));
    }

    @Test
    void headingsMakeTheTableOfContentsBelowThePagesOwnTitle() {
        var page = Markdown.page("# One\n\n## Two `x`\n\n### Three\n\n#### Four", _ -> null);
        assertEquals(List.of("One", "Two x", "Three"), page.sections().stream().map(Markdown.Section::title).toList());
        assertTrue(page.html().contains("<h2 id=\"" + page.sections().getFirst().id() + "\">One</h2>"), page.html());
        assertFalse(page.html().contains("<h1"));
    }

    @Test
    void tablesCarryNoStyles() {
        var html = html("| a | b |\n|---|--:|\n| 1 | 2 |");
        assertTrue(html.contains("<td class=\"align-right\">2</td>"), html);
        assertFalse(html.contains("style="), html);
    }

    @Test
    void theTextForSearchingHasNoAddresses() {
        assertEquals("Title\nSee how to return it. Now.\na b\n1 2",
                Markdown.text("# Title\nSee [how to](article:return-an-item) *return*\nit. `Now`.\n\n"
                        + "| a | b |\n|---|---|\n| 1 | 2 |")
                        .replace(" \n", "\n"));
    }
}
