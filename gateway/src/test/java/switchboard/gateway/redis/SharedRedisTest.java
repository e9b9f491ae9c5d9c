package switchboard.gateway.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import switchboard.gateway.Server;
import switchboard.ticketing.TestDatabase;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.access.Teams;

/// Two nodes of the real program over one database and one Redis, which comes and goes.
@Timeout(300) // what is waited for and never comes is a failure
class SharedRedisTest {
    private static Path home;
    private static EmbeddedRedis redis;
    private static Server one;
    private static Server two;
    private static UUID team;
    private static UUID ada;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        home = Files.createTempDirectory(Path.of("target"), "shared redis ");
        redis = EmbeddedRedis.start(home);
        var settings = Map.of("SWITCHBOARD_DATABASE_URL", TestDatabase.freshDatabase(),
                "SWITCHBOARD_REDIS_URL", redis.uri().toString());
        one = new Server(settings);
        two = new Server(settings);
        team = one.app.teams.create(new Teams.Change("A", null, null)).id();
        ada = one.agent("ada", Role.AGENT, team);
        token = one.token(ada); // one session for all: of many, the oldest would be ended
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
        redis.stop();
    }

    private static int wrongPassword(Server node, String email) {
        return node.call("POST", "/api/v1/session", null, "{\"email\":\"" + email + "\",\"password\":\"wrong\"}")
                .status();
    }

    @Test
    void triesToSignInCountOverBothNodes() {
        for (int i = 0; i < 5; i++) {
            assertEquals(401, wrongPassword(one, "both@demo.test"));
            assertEquals(401, wrongPassword(two, "both@demo.test"));
        }
        assertEquals(429, wrongPassword(one, "both@demo.test"));
        assertEquals(429, wrongPassword(two, "both@demo.test"));
    }

    @Test
    void withoutRedisEverythingWorksAndWithItAgainTheNodesHearEachOther() throws Exception {
        var ticket = one.ticket(team, ada);
        var frames = console(two);
        say(one, ticket, "typing");
        awaitPresence(frames, ticket, "typing");
        assertEquals("up", ready(one));

        EmbeddedRedisTest.kill(home);
        assertEquals("gone", ready(one), "the loss does not make the program unready");
        assertEquals(204, say(one, ticket, "viewing"));
        awaitPresence(console(one), ticket, "viewing");
        assertTrue(one.call("GET", "/metrics", null, null).text().contains("switchboard_redis_up 0.0"));
        for (int i = 0; i < 10; i++) assertEquals(401, wrongPassword(one, "alone@demo.test"));
        assertEquals(429, wrongPassword(one, "alone@demo.test"), "each node still counts its own");

        redis.revive();
        while (!ready(one).equals("up")) Thread.sleep(50);
        // Nobody tells a node what it missed: a console says again what it does, and that is heard once both listen.
        do say(one, ticket, "viewing");
        while (!says(frames.poll(100, TimeUnit.MILLISECONDS), ticket, "viewing"));
        assertTrue(one.call("GET", "/metrics", null, null).text().contains("switchboard_redis_up 1.0"));
    }

    private static String ready(Server node) {
        var answer = node.call("GET", "/health/ready", null, null);
        assertEquals(200, answer.status());
        return answer.json().path("redis").asText();
    }

    private static int say(Server node, UUID ticket, String state) {
        return node.call("PUT", "/api/v1/tickets/" + ticket + "/presence", token,
                "{\"state\":\"" + state + "\"}").status();
    }

    /// What a console of this node is sent.
    private static LinkedBlockingQueue<String> console(Server node) {
        var ticket = node.call("POST", "/api/v1/stream/ticket", token, "").json().path("ticket").asText();
        var frames = new LinkedBlockingQueue<String>();
        node.client.newWebSocketBuilder().buildAsync(URI.create(node.app.url.replaceFirst("^http", "ws")
                + "/api/v1/stream?ticket=" + ticket), new WebSocket.Listener() {
                    private final StringBuilder text = new StringBuilder();

                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
                        text.append(part);
                        if (last) {
                            frames.add(text.toString());
                            text.setLength(0);
                        }
                        socket.request(1);
                        return null;
                    }
                }).join();
        return frames;
    }

    private static boolean says(String frame, UUID ticket, String state) {
        return frame != null && frame.contains("\"presence\"") && frame.contains(ticket.toString())
                && frame.contains(state);
    }

    private static void awaitPresence(LinkedBlockingQueue<String> frames, UUID ticket, String state)
            throws InterruptedException {
        while (true) {
            var frame = frames.poll(60, TimeUnit.SECONDS);
            assertTrue(frame != null, "nothing more comes");
            if (says(frame, ticket, state)) return;
        }
    }
}
