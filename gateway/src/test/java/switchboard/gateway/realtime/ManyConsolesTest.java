package switchboard.gateway.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.Server;
import switchboard.ticketing.access.Caller.Role;

/// One agent's consoles don't affect other agents' consoles.
@Tag("S12")
class ManyConsolesTest {
    private static WebSocket open(Server server, String token) {
        var ticket = server.call("POST", "/api/v1/stream/ticket", token, "{}").json().path("ticket").asText();
        return server.client.newWebSocketBuilder().buildAsync(URI.create(server.app.url.replace("http", "ws")
                + "/api/v1/stream?since=0&ticket=" + ticket), new WebSocket.Listener() {}).join();
    }

    private static int status(Server server, String token) {
        try {
            open(server, token).abort();
            return 101;
        } catch (CompletionException refused) {
            return ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode();
        }
    }

    @Test
    void anAgentHasTwentyConsolesAndTheTwentyFirstIsTurnedAway() throws InterruptedException {
        try (var server = new Server()) {
            var ann = server.token(server.agent("ann", Role.AGENT));
            var bo = server.token(server.agent("bo", Role.AGENT));
            var open = new ArrayList<WebSocket>();
            for (int i = 0; i < Hub.AGENT_SOCKETS_MAX; i++) open.add(open(server, ann));
            assertEquals(429, status(server, ann));
            assertEquals(101, status(server, bo));
            open.getFirst().abort();
            int again = 429;
            for (int i = 0; again == 429 && i < 200; i++) {
                Thread.sleep(20);
                again = status(server, ann);
            }
            assertEquals(101, again, "the place of a console that has gone is free");
            open.forEach(WebSocket::abort);
        }
    }

    @Test
    void longReplaysWaitForEachOtherAndTheFirstBatchOfAnotherForNone() throws InterruptedException {
        var lanes = new ReplayLanes();
        var hold = new CountDownLatch(1);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var started = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 80; i++) {
            threads.add(Thread.ofVirtual().start(() -> lanes.inTurn(1, () -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                started.countDown();
                try {
                    hold.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
                return inside.decrementAndGet();
            })));
        }
        assertTrue(started.await(20, TimeUnit.SECONDS));
        assertEquals("served", lanes.inTurn(0, () -> "served"));
        hold.countDown();
        for (var thread : threads) thread.join();
        assertEquals(ReplayLanes.LONG_AT_ONCE, most.get());
    }
}
