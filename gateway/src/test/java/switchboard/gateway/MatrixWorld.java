package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import switchboard.gateway.area.Area;
import switchboard.gateway.http.Route;
import switchboard.knowledgebase.article.ArticleDraft;
import switchboard.ticketing.access.Sessions;
import switchboard.ticketing.access.Teams;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.reply.Attachments;

/// One of every object in one team, ready for whatever a route does with it; made anew where a route has changed it.
final class MatrixWorld {
    /// Whose objects nobody keeps apart: what is there is everybody's who may ask at all.
    private static final Set<String> SHARED = Set.of("agents", "teams", "skills", "articles", "categories", "mailboxes",
            "numbers", "inbox", "outbox");
    private static int made;

    private final Server server;
    private final String admin;
    /// By the name in a body (`$ticket`).
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, String> ids = new HashMap<>();
    private final UUID ticket;
    private final UUID customer;

    /// @param actor who owns what has an owner, and has the calls
    /// @param uploader the owner of the files
    MatrixWorld(Server server, String admin, UUID team, UUID assignee, UUID actor, UUID uploader, String route) {
        this.server = server;
        this.admin = admin;
        int n = ++made;
        ticket = server.ticket(team, assignee);
        var second = server.ticket(team, assignee);
        var message = server.message(ticket, "<p>Hello</p>");
        customer = customer(ticket);
        name("#n", n);
        name("$team", server.app.teams.create(new Teams.Change("W" + n, null, null)).id());
        name("$agent", server.agent("w" + n, switchboard.ticketing.access.Caller.Role.AGENT));
        name("$ticket", ticket);
        name("$second", second);
        name("$message", message);
        name("$customer", customer);
        name("$other", customer(second));
        name("$phone", phone(n));
        name("$file", server.app.database.transaction(tx -> Attachments.upload(tx, uploader, "a.txt", "text/plain",
                new byte[] {1})).id());
        ids.put("tickets", ticket.toString());
        ids.put("messages", message.toString());
        ids.put("customers", customer.toString());
        ids.put("agents", names.get("$agent"));
        ids.put("teams", names.get("$team"));
        settings(n, actor, route);
        effects(message, n);
        prepare(route, actor, second);
    }

    private void name(String name, Object value) {
        names.put(name, String.valueOf(value));
    }

    private String phone(int n) {
        var number = "+1415555" + (1000 + n);
        insert("insert into identity (id, customer_id, kind, value, raw, verified, source) values (gen_random_uuid(), "
                + "$1, 'phone', $2, $2, true, 'agent') returning id", customer, number);
        return number;
    }

    private UUID customer(UUID of) {
        return server.app.database.sql().value(UUID.class, "select customer_id from ticket where id = $1", of)
                .orElseThrow();
    }

    private UUID insert(String sql, Object... values) {
        return server.app.database.sql().value(UUID.class, sql, values).orElseThrow();
    }

    private void settings(int n, UUID owner, String route) {
        ids.put("skills", "sk" + n);
        server.app.database.sql().execute("insert into skill (name) values ($1)", "sk" + n);
        ids.put("macros", insert("insert into macro (id, title, owner_id, shared) values (gen_random_uuid(), 'M', $1, "
                + "false) returning id", owner).toString());
        // A company has fewer of them than this test would make.
        boolean mails = route.contains("/mailboxes/") || route.endsWith("/forward");
        if (mails) ids.put("mailboxes", insert("insert into mailbox (id, name, "
                + "address) values (gen_random_uuid(), 'S', $1) returning id", "s" + n + "@demo.test").toString());
        ids.put("numbers", insert("insert into phone_number (id, number, name) values (gen_random_uuid(), $1, 'N') "
                + "returning id", "+1500555" + (1000 + n)).toString());
        // Of these too a company has few.
        if (route.matches("GET .*|.*/(articles|categories).*")) help(n);
        var stranger = insert("insert into customer (id, name) values (gen_random_uuid(), 'Carl?') returning id");
        ids.put("identityId", insert("insert into identity (id, customer_id, kind, value, raw, verified, source) "
                + "values (gen_random_uuid(), $1, 'email', $2, $2, false, 'inbound') returning id", customer,
                "i" + n + "@demo.test").toString());
        ids.put("suggested", insert("insert into identity (id, customer_id, kind, value, raw, verified, source) "
                + "values (gen_random_uuid(), $1, 'email', $2, $2, false, 'inbound') returning id", stranger,
                "g" + n + "@demo.test").toString());
        server.app.database.sql().execute("insert into identity_suggestion (identity_id, customer_id, reason) "
                + "values ($1, $2, 'name')", UUID.fromString(ids.get("suggested")), customer);
    }

    private void help(int n) {
        name("$category", insert("insert into article_category (id, slug, title) values (gen_random_uuid(), "
                + "'c' || $1, '{\"en\":\"C\"}') returning id", String.valueOf(n)));
        ids.put("categories", insert("insert into article_category (id, slug, title) values (gen_random_uuid(), "
                + "'empty' || $1, '{\"en\":\"E\"}') returning id", String.valueOf(n)).toString());
        var article = server.app.help.create(new ArticleDraft("en", UUID.fromString(names.get("$category")),
                "T" + n, "s", "b", List.of(), null, null, null), Actor.SYSTEM);
        ids.put("articles", article.id().toString());
        name("$article", article.articleId());
        ids.put("revisionId", server.app.help.revisions(article.id(), 1, null).items().getFirst().id().toString());
    }

    private void effects(UUID message, int n) {
        var sql = server.app.database.sql();
        sql.execute("insert into outbox (channel, lane, idempotency_key, payload, state, message_id) "
                + "values ('none', $1, $1, '{}', 'failed', $2)", "matrix" + n, message);
        ids.put("outbox", sql.value(Long.class, "select max(id) from outbox where state = 'failed'").orElseThrow()
                .toString());
        var row = sql.value(Long.class, "select inbox_id from message where id = $1", message).orElseThrow();
        sql.execute("update inbox set state = 'quarantined' where id = $1", row);
        ids.put("inbox", row.toString());
    }

    /// The state that a route needs its object in.
    private void prepare(String route, UUID actor, UUID second) {
        var sql = server.app.database.sql();
        if (route.contains("/macros/")) sql.execute("update ticket set assignee_id = $2 where id = $1", ticket, actor);
        if (route.contains("/chat/end")) sql.execute("update ticket set channel = 'chat' where id = $1", ticket);
        if (route.contains("/unmerge")) {
            var path = route.contains("/tickets/") ? "/tickets/" + ticket : "/customers/" + customer;
            var into = route.contains("/tickets/") ? second.toString() : names.get("$other");
            assertEquals(200, server.call("POST", Area.API + path + "/merge", admin, "{\"into\":\"" + into + "\"}")
                    .status());
        }
        if (route.contains("/unsplit")) {
            sql.execute("update ticket set split_from = $2, split_before = "
                    + "'{\"status\":\"open\",\"waiting\":false,\"messages\":[]}' where id = $1", ticket, second);
        }
        if (route.contains("/replies/{messageId}")) {
            ids.put("messageId", insert("""
                    insert into message (id, ticket_id, customer_id, channel, direction, kind, at, author_type,
                      author_id, text, status)
                    values (gen_random_uuid(), $1, $2, 'email', 'outbound', 'message', now(), 'agent', $3, 'x',
                      'queued') returning id""", ticket, customer, actor).toString());
            sql.execute("""
                    insert into outbox (channel, lane, idempotency_key, payload, next_at, message_id)
                    values ('none', $1, $1, '{}', now() + interval '1 hour', $1::uuid)""".replace("$1::uuid", "$2"),
                    "undo" + ids.get("messageId"), UUID.fromString(ids.get("messageId")));
        }
        if (route.contains("/calls")) call(route, actor);
        if (route.contains("/sessions/")) {
            server.token(actor);
            ids.put("sessions", sql.value(UUID.class, "select id from session where agent_id = $1 and kind = 'browser' "
                    + "order by created_at desc limit 1", actor).orElseThrow().toString());
        }
        if (route.endsWith("/password/reset")) {
            name("no-such-token", server.app.database.transaction(tx ->
                    Sessions.link(tx, UUID.fromString(names.get("$agent")), false)));
        }
    }

    private void call(String route, UUID agent) {
        var sql = server.app.database.sql();
        sql.execute("update call set state = 'ended', deadline = null where state <> 'ended'");
        sql.execute("update agent set phone = '+14155550100' where id = $1", agent);
        if (!route.contains("{id}")) return;
        var verb = route.substring(route.lastIndexOf('/') + 1);
        var state = switch (verb) {
            case "hold", "hangup" -> "active";
            case "unhold" -> "held";
            default -> "offered";
        };
        ids.put("calls", insert("""
                insert into call (id, call_sid, direction, state, customer_id, number, our_number, agent_id, leg,
                  agent_call_sid, conference_sid, ticket_id, message_id, queue_sid, enqueued_at, offered_at,
                  answered_at)
                values ($1::uuid, $2, 'inbound', $3, $4, '+15551230042', '+15005550006', $5, 1, 'CA1', 'CF1', $6,
                  $7::uuid, 'QU1', now(), now(), case when $3 <> 'offered' then now() end)
                returning id""", Ids.next(), "CA" + UUID.randomUUID(), state,
                customer, agent, ticket, UUID.fromString(names.get("$message"))).toString());
    }

    /// The id that a request by another actor tries to use.
    String id(String kind) {
        return names.get(switch (kind) {
            case "files" -> "$file";
            case "categories" -> "$category";
            case "articles" -> "$article";
            default -> "$" + kind.substring(0, kind.length() - 1);
        });
    }

    /// The route's address of this world's object.
    String path(Route route) {
        var kind = kind(route).orElse("");
        var path = route.path().replace("/" + kind + "/{", "/" + kind + "/$" + kind + "{");
        path = path.replaceFirst("\\$" + kind + "\\{\\w+}", ids.getOrDefault(kind, "none"));
        var identity = path.contains("/suggestions/") ? "suggested" : "identityId";
        return path.replace("{identityId}", ids.get(identity)).replace("{messageId}",
                ids.getOrDefault("messageId", "none")).replace("{revisionId}", ids.getOrDefault("revisionId", "none"));
    }

    /// The same address of nothing.
    static String nowhere(Route route) {
        boolean numbered = route.path().contains("/inbox/") || route.path().contains("/outbox/");
        return route.path().replaceAll("\\{\\w+}", numbered ? "9000000" : new UUID(0, 1).toString());
    }

    /// What the route's first parameter names.
    static Optional<String> kind(Route route) {
        var at = route.path().indexOf("/{");
        if (at < 0) return Optional.empty();
        var before = route.path().substring(0, at);
        return Optional.of(before.substring(before.lastIndexOf('/') + 1));
    }

    static boolean shared(Route route) {
        return kind(route).map(MatrixWorld::shared).orElse(true);
    }

    static boolean shared(String kind) {
        return SHARED.contains(kind);
    }

    String body(Route route, String good) {
        var marked = BadRequestTest.VERSION;
        if (good.contains(marked)) good = good.replace(marked, "\"version\":" + version(route));
        for (var one : names.entrySet()) good = good.replace(one.getKey(), one.getValue());
        return good;
    }

    private String version(Route route) {
        var table = switch (kind(route).orElse("widget")) {
            case "tickets" -> "ticket";
            case "customers" -> "customer";
            case "agents" -> "agent";
            case "macros" -> "macro";
            case "mailboxes" -> "mailbox";
            case "numbers" -> "phone_number";
            default -> "";
        };
        if (!table.isEmpty() && !ids.containsKey(kind(route).orElseThrow())) return "1";
        if (table.isEmpty()) {
            return server.get(path(route).replaceFirst("/(publish|archive|revisions/.*)$", ""), admin).json()
                    .path("version").asText();
        }
        return server.app.database.sql().value(String.class, "select version::text from " + table + " where id = $1",
                UUID.fromString(ids.get(kind(route).orElseThrow()))).orElseThrow();
    }
}
