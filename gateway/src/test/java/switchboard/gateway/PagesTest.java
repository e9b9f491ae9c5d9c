package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.area.Area;
import switchboard.gateway.http.Answer;
import switchboard.gateway.http.Route;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.base.Page;

/// Every list keeps what is promised of lists: `limit` from 1 to 200, and `next` leads to everything, once.
class PagesTest {
    /// What a list needs to be asked for, so that it has more than one item here.
    private static final Map<String, String> ASKED = Map.of("/api/v1/articles/search", "q=lamp", "/api/v1/inbox",
            "state=quarantined", "/api/v1/outbox", "state=sent", "/api/v1/calls", "state=recent", "/api/v1/tickets",
            "view=all");
    /// Lists that no set-up can make longer than a page of one.
    private static final Set<String> FEW = Set.of("/api/v1/tickets/{id}/lines", "/api/v1/articles/{id}/translations");
    private static Server server;
    private static String admin;
    private static UUID ticket;
    private static UUID message;
    private static String article;

    @BeforeAll
    static void two() {
        server = new Server(Map.of("SWITCHBOARD_TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000009",
                "SWITCHBOARD_TWILIO_AUTH_TOKEN", "of-the-tests-only", "SWITCHBOARD_TWILIO_BASE_URL",
                "http://127.0.0.1:1"));
        var root = server.agent("root", Role.ADMIN);
        for (int i = 1; i <= 3; i++) admin = server.token(root);
        var category = UUID.randomUUID();
        for (int i = 1; i <= 3; i++) {
            made("/teams", "{\"name\":\"T%d\"}", i);
            made("/skills", "{\"name\":\"s%d\"}", i);
            made("/macros", "{\"title\":\"M%d\",\"text\":\"x\",\"actions\":[],\"shared\":true,\"version\":0}", i);
            made("/mailboxes", "{\"name\":\"S\",\"address\":\"s%d@demo.test\"}", i);
            made("/numbers", "{\"number\":\"+1500555000%d\",\"name\":\"Main\"}", i);
            server.agent("ada" + i, Role.AGENT);
            category = server.app.database.sql().value(UUID.class, "insert into article_category (id, slug, title) "
                    + "values (gen_random_uuid(), 'c' || $1, '{\"en\":\"C\"}') returning id", String.valueOf(i))
                    .orElseThrow();
            var article = made("/articles", "{\"locale\":\"en\",\"categoryId\":\"" + category + "\",\"title\":\"Lamp "
                    + "%d\",\"summary\":\"s\",\"body\":\"A lamp\",\"keywords\":[]}", i);
            var published = server.call("POST", Area.API + "/articles/" + article.path("id").asText() + "/publish",
                    admin, "{\"version\":" + article.path("version").asInt() + "}");
            assertEquals(200, published.status(), published.text());
            for (var title : List.of("Torch", "Lamp again")) {
                assertEquals(200, server.call("PATCH", Area.API + "/articles/" + article.path("id").asText(), admin,
                        "{\"title\":\"" + title + "\"}").status());
            }
            PagesTest.article = article.path("id").asText();
            ticket = server.ticket(null, null);
        }
        for (int i = 1; i <= 3; i++) {
            message = server.message(ticket, null);
            server.app.database.sql().execute("""
                    insert into call (id, direction, state, customer_id, number, our_number, ticket_id, message_id,
                      ended_at)
                    select gen_random_uuid(), 'inbound', 'ended', t.customer_id, '+15551230042', '+15005550006', t.id,
                      $2, now() from ticket t where t.id = $1""", ticket, message);
            server.app.database.sql().execute("insert into routing_decision (id, ticket_id, at, outcome) "
                    + "values (gen_random_uuid(), $1, now(), 'none')", ticket);
            server.app.database.sql().execute("""
                    insert into outbox (channel, lane, idempotency_key, payload, state)
                    values ('none', $1, $1, '{}', 'sent')""", "key" + i);
        }
        for (int i = 1; i <= 3; i++) {
            server.app.database.sql().execute("insert into delivery_step (message_id, at, status) "
                    + "values ($1, now(), $2)", message, "step" + i);
        }
        server.app.database.sql().execute("update ticket set tags = '{one,two,three}' where id = $1", ticket);
        notes(450);
    }

    private static JsonNode made(String path, String body, int number) {
        var answer = server.call("POST", Area.API + path, admin, body.formatted(number));
        assertEquals(201, answer.status(), answer.text());
        return answer.json();
    }

    /// A ticket with a long history.
    private static void notes(int many) {
        var customer = customer();
        server.app.database.run(tx -> {
            for (int i = 0; i < many; i++) {
                server.app.journal.append(tx, switchboard.ticketing.journal.Entry.of("ticket.changed",
                        switchboard.ticketing.base.Actor.SYSTEM, java.time.Instant.now()).ticket(ticket)
                        .customer(customer));
            }
        });
        server.app.journal.committed();
        for (int i = 0; i < 1_000; i++) {
            if (!server.app.database.sql().exists("select 1 from journal_pending")) return;
            pause();
        }
        throw new AssertionError("the journal has no order");
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    @AfterAll
    static void over() {
        server.close();
    }

    private static UUID customer() {
        return server.app.database.sql().value(UUID.class, "select customer_id from ticket where id = $1", ticket)
                .orElseThrow();
    }

    private static String path(Route route) {
        return route.path().replace("/tickets/{id}", "/tickets/" + ticket).replace("/messages/{id}", "/messages/"
                + message).replace("/customers/{id}", "/customers/" + customer()).replace("/articles/{id}", "/articles/"
                + article) + "?"
                + ASKED.getOrDefault(route.path(), "");
    }

    private static List<Route> lists() {
        return new Areas().routes().stream().filter(route -> route.answer() instanceof Answer.PageOf).toList();
    }

    @Test
    @Tag("T96")
    void everyListTakesALimitFromOneToTwoHundred() {
        var wrong = new ArrayList<String>();
        for (var route : lists()) {
            for (int limit : new int[] {0, 1, Page.LIMIT_MAX, Page.LIMIT_MAX + 1}) {
                var answer = server.get(path(route) + "&limit=" + limit, admin);
                boolean good = limit >= 1 && limit <= Page.LIMIT_MAX;
                if (answer.status() != (good ? 200 : 400) || good && answer.json().path("items").size() > limit) {
                    wrong.add(route.name() + " limit=" + limit + ": " + answer.status() + " " + answer.text());
                }
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    @Test
    void everyListIsReadToItsEndByItsCursorsAndHasEachItemOnce() {
        var wrong = new ArrayList<String>();
        for (var route : lists()) {
            var whole = read(path(route), 200);
            boolean few = whole.size() < 3 && !FEW.contains(route.path());
            if (few) wrong.add(route.name() + " has only " + whole.size() + " to be read");
            int limit = whole.size() > 50 ? 99 : 1;
            var pages = read(path(route), limit);
            if (!pages.equals(whole)) wrong.add(route.name() + ": " + pages.size() + " of " + whole.size());
        }
        assertEquals("", String.join("\n", wrong));
    }

    private static List<String> read(String path, int limit) {
        var items = new ArrayList<String>();
        String after = null;
        do {
            var page = server.get(path + "&limit=" + limit + (after == null ? "" : "&after=" + encoded(after)), admin);
            assertEquals(200, page.status(), path + " " + page.text());
            page.json().path("items").forEach(item -> items.add(item.toString()));
            after = page.json().path("next").isNull() ? null : page.json().path("next").asText();
        } while (after != null && items.size() < 2_000);
        return items;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void aLongTimelineIsReadToItsEndInBothOrders() {
        var path = Area.API + "/tickets/" + ticket + "/timeline?";
        var oldest = read(path + "order=asc", 200);
        assertTrue(oldest.size() > 450, "it has " + oldest.size());
        assertEquals(oldest.reversed(), read(path + "order=desc", 200));
        var seq = server.get(path + "limit=100", admin).json().path("items").get(99).path("seq").asLong();
        var rest = server.get(path + "limit=200&after=" + seq, admin).json().path("items");
        assertEquals(oldest.get(100), rest.get(0).toString());
        assertEquals(oldest.subList(0, 99).reversed(), read(path + "order=desc&before=" + seq, 10));
    }
}
