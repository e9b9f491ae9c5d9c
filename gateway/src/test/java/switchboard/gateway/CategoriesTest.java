package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import switchboard.gateway.area.Area;
import switchboard.ticketing.access.Caller.Role;

/// A company that has just begun: nothing is there but what the API makes.
class CategoriesTest {
    private static Server server;
    private static String admin;

    @BeforeAll
    static void start() {
        server = new Server();
        admin = server.token(server.agent("root", Role.ADMIN));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Server.Answer call(int status, String method, String path, String body) {
        var answer = server.call(method, Area.API + path, admin, body);
        assertEquals(status, answer.status(), answer.text());
        return answer;
    }

    private static String made(String path, String body) {
        return call(201, "POST", path, body).json().path("id").asText();
    }

    @Test
    void theFirstArticleIsWrittenThroughTheApiAloneAndFoundInTheHelpCentre() throws InterruptedException {
        var category = made("/categories", "{\"title\":{\"en\":\"Orders\",\"zh-CN\":\"订单\"}}");
        var article = made("/articles", "{\"locale\":\"en\",\"categoryId\":\"" + category
                + "\",\"title\":\"Where is my parcel?\",\"body\":\"Follow the **tracking** number.\"}");
        var published = call(200, "POST", "/articles/" + article + "/publish", "{\"version\":1}").json();
        assertEquals("published", published.path("status").asText());

        assertTrue(server.get("/help/en/", null).text().contains("Orders"));
        assertTrue(server.get("/help/zh-CN/categories/orders", null).text().contains("订单"));
        assertTrue(server.get("/help/en/categories/orders", null).text().contains("Where is my parcel?"));
        assertTrue(server.get(published.path("url").asText(), null).text().contains("<strong>tracking</strong>"));
        long deadline = System.nanoTime() + 30_000_000_000L;
        // The words that were looked for are marked; the address is as it is.
        var address = published.path("url").asText();
        while (!server.get("/help/en/search?q=parcel", null).text().contains(address)) {
            assertTrue(System.nanoTime() < deadline, "never found");
            Thread.sleep(50);
        }
        assertEquals(address, server.get("/api/v1/articles/search?q=parcel", null).json().at("/items/0/url")
                .asText());
    }

    @Test
    void aCategoryIsChangedAndIsDeletedOnlyOnceItIsEmpty() {
        var full = made("/categories", "{\"slug\":\"full\",\"title\":{\"en\":\"Full\"}}");
        var other = made("/categories", "{\"title\":{\"zh-CN\":\"退款\"}}");
        var article = made("/articles", "{\"locale\":\"en\",\"categoryId\":\"" + full + "\",\"title\":\"T\"}");
        var changed = call(200, "PATCH", "/categories/" + full, "{\"title\":{\"en\":\"Fuller\"},\"position\":7}");
        assertEquals("Fuller", changed.json().at("/title/en").asText());
        assertEquals("full", changed.json().path("slug").asText(), "what is not said stays");
        assertEquals("category-not-empty", call(409, "DELETE", "/categories/" + full, null).code());
        call(200, "PATCH", "/articles/" + article, "{\"categoryId\":\"" + other + "\",\"version\":1}");
        call(204, "DELETE", "/categories/" + full, null);
        call(404, "DELETE", "/categories/" + full, null);
        assertFalse(server.get("/help/en/", null).text().contains("Fuller"));
    }

    @Test
    void whatIsNoCategoryIsRefused() {
        made("/categories", "{\"title\":{\"en\":\"Twice\"}}");
        assertEquals("category-exists", call(409, "POST", "/categories", "{\"title\":{\"en\":\"Twice\"}}").code());
        call(400, "POST", "/categories", "{}");
        call(400, "POST", "/categories", "{\"title\":{}}");
        call(400, "POST", "/categories", "{\"title\":{\"en\":\" \"}}");
        call(400, "POST", "/categories", "{\"title\":{\"fr\":\"Commandes\"}}");
        call(400, "POST", "/categories", "{\"title\":{\"en\":\"" + "x".repeat(201) + "\"}}");
        call(404, "PATCH", "/categories/" + new java.util.UUID(0, 1), "{\"position\":1}");
    }
}
