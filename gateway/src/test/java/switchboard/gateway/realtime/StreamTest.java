package switchboard.gateway.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.Server;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.access.Teams;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.journal.Entry;

class StreamTest {
    private static final int PATIENCE_SECONDS = 60;
    private static Server server;
    private static UUID team;
    private static UUID other;
    private static UUID ada;
    private static String token;

    @BeforeAll
    static void start() {
        server = new Server();
        team = server.app.teams.create(new Teams.Change("A", null, null)).id();
        other = server.app.teams.create(new Teams.Change("B", null, null)).id();
        ada = server.agent("ada", Role.AGENT, team);
        token = server.token(ada);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// A console: what it was sent, in order, and how it ended.
    private static final class Console implements WebSocket.Listener {
        final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
        final StringBuilder text = new StringBuilder();
        WebSocket socket;

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                frames.add(Json.read(text.toString(), JsonNode.class));
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            frames.add(Json.API.createObjectNode().put("closed", code).put("reason", reason));
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            frames.add(Json.API.createObjectNode().put("closed", 1006).put("reason", "cut"));
        }

        JsonNode next(String field) throws InterruptedException {
            for (;;) {
                var frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (frame == null) throw new AssertionError("no frame with " + field);
                if (frame.has(field)) return frame;
                if (frame.has("closed")) throw new AssertionError("closed: " + frame);
            }
        }
    }

    private static String ticket(String bearer) {
        return server.call("POST", "/api/v1/stream/ticket", bearer, "{}").json().path("ticket").asText();
    }

    private static Console open(String ticket, Long since, String... headers) {
        var console = new Console();
        var address = server.app.url.replace("http", "ws") + "/api/v1/stream?ticket=" + ticket
                + (since == null ? "" : "&since=" + since);
        var builder = server.client.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) builder.header(headers[i], headers[i + 1]);
        console.socket = builder.buildAsync(URI.create(address), console).join();
        return console;
    }

    private static int refused(String ticket, String... headers) {
        try {
            open(ticket, null, headers).socket.abort();
            return 101;
        } catch (CompletionException failed) {
            return ((java.net.http.WebSocketHandshakeException) failed.getCause()).getResponse().statusCode();
        }
    }

    @Test
    @Tag("T81")
    void aTicketOpensOneSocketOnceAndNotFromAForeignPage() {
        assertEquals(403, refused(ticket(token), "Origin", "https://evil.example"));
        assertEquals(401, refused("no-ticket"));
        assertEquals(401, refused(token), "a session is no ticket");
        var once = ticket(token);
        assertEquals(101, refused(once, "Origin", server.app.url));
        assertEquals(401, refused(once));
    }

    @Test
    void newsOfADeliveryComesWithTheMessageAsItStandsNow() throws InterruptedException {
        var ticket = server.ticket(team, null);
        var message = server.message(ticket, "<b>Help</b>");
        var console = open(ticket(token), null);
        console.next("since");
        server.app.database.run(tx -> {
            tx.execute("update message set direction = 'outbound', status = 'delivered' where id = $1", message);
            for (var kind : List.of("message.sent", "message.status")) {
                server.app.journal.append(tx, Entry.of(kind, Actor.SYSTEM, Instant.now()).ticket(ticket)
                        .message(message));
            }
        });
        server.app.journal.committed();
        var frame = console.next("seq");
        while (!frame.path("type").asText().equals("message.status")) frame = console.next("seq");
        assertEquals(message.toString(), frame.at("/item/id").asText());
        assertEquals("delivered", frame.at("/item/status").asText());
        assertTrue(frame.at("/item/seq").asLong() < frame.path("seq").asLong(), "its own place on the timeline");
        console.socket.abort();
    }

    @Test
    void aChangeComesWithTheFreshTicketAndOnlyToThoseWhoMaySeeIt() throws InterruptedException {
        var console = open(ticket(token), null);
        console.next("since");
        var hidden = server.ticket(other, null);
        var shown = server.ticket(team, null);
        var frame = console.next("ticketId");
        var ours = Set.of(hidden.toString(), shown.toString());
        while (!ours.contains(frame.path("ticketId").asText())) frame = console.next("ticketId"); // another test's
        assertEquals(shown.toString(), frame.path("ticketId").asText());
        assertEquals("ticket.created", frame.path("type").asText());
        assertEquals("Help", frame.at("/ticket/subject").asText());
        assertFalse(console.frames.stream().anyMatch(seen -> seen.toString().contains(hidden.toString())));
        console.socket.abort();
    }

    @Test
    @Tag("T30")
    void theFormerMemberOfATeamIsToldNothingMoreOfIt() throws InterruptedException {
        var bob = server.agent("bob", Role.AGENT, team);
        var console = open(ticket(server.token(bob)), null);
        console.next("since");
        server.app.database.sql().execute("delete from team_member where agent_id = $1", bob);
        // What was on its way may still come; from the first ticket that does not, none of the team's may.
        boolean told = true;
        for (int pair = 0; told && pair < 200; pair++) told = isTold(console, bob);
        assertFalse(told, "a former member is still told of the team's tickets");
        for (int pair = 0; pair < 3; pair++) assertFalse(isTold(console, bob), "told again after it had ended");
        console.socket.abort();
    }

    /// Whether a new ticket of the team reaches bob's console before one of his own does.
    private static boolean isTold(Console console, UUID bob) throws InterruptedException {
        var hidden = server.ticket(team, null).toString();
        var own = server.ticket(null, bob).toString();
        boolean told = false;
        while (true) {
            var shown = console.next("ticketId").path("ticketId").asText();
            told |= shown.equals(hidden);
            if (shown.equals(own)) return told;
        }
    }

    @Test
    @Tag("T46")
    void aSocketEndsWithItsSession() throws InterruptedException {
        var mine = server.token(ada);
        var console = open(ticket(mine), null);
        console.next("since");
        server.call("DELETE", "/api/v1/session", mine, null);
        assertEquals("session-over", console.next("closed").path("reason").asText());
    }

    @Test
    @Tag("T82")
    void anythingButAPongEndsTheSocketWithAWordAndHurtsNoOther() throws InterruptedException {
        var bystander = open(ticket(token), null);
        bystander.next("since");
        for (var said : List.of("{\"event\":\"base\"}", "{", "{\"pong\":true,\"x\":1}", "[".repeat(2000),
                "__proto__")) {
            var console = open(ticket(token), null);
            console.next("since");
            console.socket.sendText(said, true);
            assertEquals("unknown-frame", console.next("closed").path("reason").asText());
        }
        var binary = open(ticket(token), null);
        binary.next("since");
        binary.socket.sendBinary(ByteBuffer.allocate(10), true);
        assertEquals("unknown-frame", binary.next("closed").path("reason").asText());
        var large = open(ticket(token), null);
        large.next("since");
        large.socket.sendText("x".repeat(100_000), true);
        large.next("closed");
        bystander.socket.sendText("{\"pong\":true}", true);
        var shown = server.ticket(team, null);
        assertEquals(shown.toString(), bystander.next("ticketId").path("ticketId").asText());
        bystander.socket.abort();
    }

    @Test
    void whateverIsDisconnectedWheneverEveryVisibleChangeComesOnceInOrder() throws InterruptedException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        long since = server.app.journal.last();
        var seen = new ArrayList<Long>();
        var writer = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 150; i++) {
                server.ticket(i % 3 == 0 ? other : team, null);
            }
        });
        long last = since;
        while (writer.isAlive() || unplaced() || last < server.app.journal.last()) {
            var console = open(ticket(token), last);
            assertEquals(last, console.next("since").path("since").asLong());
            int take = random.nextInt(40);
            for (int i = 0; i < take; i++) {
                var frame = console.frames.poll(300, TimeUnit.MILLISECONDS);
                if (frame == null) break;
                if (!frame.has("seq")) continue;
                last = frame.path("seq").asLong();
                seen.add(last);
            }
            console.socket.abort();
            if (!writer.isAlive() && !unplaced() && expected(since).equals(new TreeSet<>(seen))) break;
        }
        writer.join();
        assertEquals(expected(since), new TreeSet<>(seen), "seed " + seed);
        assertEquals(new ArrayList<>(new TreeSet<>(seen)), seen, "in order, none twice; seed " + seed);
    }

    /// Whether something is committed that has no place in the order yet.
    private static boolean unplaced() {
        return server.app.database.sql().exists("select 1 from journal_pending");
    }

    private static TreeSet<Long> expected(long since) {
        return new TreeSet<>(server.app.database.sql().column(Long.class, """
                select o.seq from journal_order o join journal j on j.id = o.id left join ticket t on t.id = j.ticket_id
                where o.seq > $1 and (t.team_id = $2 or t.id is not null and t.team_id is null
                  or t.assignee_id = $3)""", since, team, ada));
    }

    @Test
    void aConsoleThatIsTooFarBehindIsToldToLoadAnew() throws InterruptedException {
        long since = server.app.journal.last();
        for (int part = 0; part < 6; part++) {
            server.app.database.run(tx -> {
                var entries = new ArrayList<Entry>();
                for (int i = 0; i < 1000; i++) entries.add(Entry.of("setting.changed", Actor.SYSTEM, Instant.now()));
                server.app.journal.append(tx, entries);
            });
        }
        server.app.journal.committed();
        for (int i = 0; i < 600 && server.app.journal.last() < since + 6000; i++) Thread.sleep(100);
        JsonNode greeting = null;
        for (int i = 0; i < 100; i++) {
            var console = open(ticket(token), since);
            greeting = console.next("since");
            console.socket.abort();
            if (greeting.path("reset").asBoolean()) break;
            Thread.sleep(100);
        }
        assertTrue(greeting.path("reset").asBoolean(), greeting.toString());
        assertTrue(greeting.path("since").asLong() >= since + Hub.BEHIND_MAX);
    }

    @Test
    void thoseWhoLookAtATicketAreShownToThoseWhoMaySeeIt() throws InterruptedException {
        var shown = server.ticket(team, null);
        var console = open(ticket(token), null);
        console.next("since");
        server.call("PUT", "/api/v1/tickets/" + shown + "/presence", token, "{\"state\":\"typing\"}");
        var presence = console.next("presence").path("presence");
        assertEquals(shown.toString(), presence.path("ticketId").asText());
        assertEquals("typing", presence.at("/viewers/0/state").asText());
        var hidden = server.ticket(other, null);
        assertEquals(404, server.call("PUT", "/api/v1/tickets/" + hidden + "/presence", token, "{\"state\":\"typing\"}")
                .status());
        console.socket.abort();
    }
}
