package switchboard.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.Doors;
import switchboard.ticketing.access.Caller;
import switchboard.ticketing.base.Failure;

class PatienceTest {
    private static final int HEAD_MILLIS = 1_000;
    private static Vertx vertx;
    private static HttpServer web;
    private static Patience patience;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        patience = new Patience(vertx, Duration.ofMillis(HEAD_MILLIS), Duration.ofMillis(HEAD_MILLIS));
        var router = Router.router(vertx);
        patience.mount(router);
        router.get("/").handler(context -> context.response().end("hello"));
        router.get("/slow").handler(context -> vertx.setTimer(3 * HEAD_MILLIS, _ -> context.response().end("hello")));
        router.get("/socket").handler(context -> context.request().toWebSocket().onSuccess(socket ->
                socket.textMessageHandler(socket::writeTextMessage)));
        router.post("/").handler(context -> context.request().body().onSuccess(_ -> context.response().end("had")));
        web = patience.watch(vertx.createHttpServer(new HttpServerOptions()
                .setHttp2ClearTextEnabled(false))).requestHandler(router).listen(0, "127.0.0.1").await();
    }

    @AfterAll
    static void stop() {
        patience.close();
        vertx.close().await();
    }

    private static Socket open() throws IOException {
        var socket = new Socket("127.0.0.1", web.actualPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /// Sends single bytes until the server closes the connection.
    private static boolean cut(Socket socket) throws IOException, InterruptedException {
        for (int i = 0; i < 60; i++) {
            try {
                say(socket, "x");
            } catch (IOException gone) {
                return true;
            }
            Thread.sleep(HEAD_MILLIS / 5);
        }
        return false;
    }

    private static String answer(Socket socket) throws IOException {
        var bytes = new byte[200];
        int read = socket.getInputStream().read(bytes);
        return read < 0 ? "" : new String(bytes, 0, read, StandardCharsets.US_ASCII);
    }

    @Test
    @Tag("S20")
    @Tag("T96")
    void aHeadThatDripsIsCutTheFirstAndTheNext() throws Exception {
        try (var first = open()) {
            say(first, "GET / HTTP/1.1\r\nX-Slow: ");
            assertTrue(cut(first));
        }
        try (var next = open()) {
            say(next, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertTrue(answer(next).startsWith("HTTP/1.1 200"));
            say(next, "GET / HTTP/1.1\r\nX-Slow: ");
            assertTrue(cut(next));
        }
    }

    @Test
    @Tag("S20")
    void aBodyThatDripsIsCut() throws Exception {
        try (var socket = open()) {
            say(socket, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n");
            assertTrue(cut(socket));
        }
    }

    @Test
    @Tag("S20")
    void anAnswerThatTakesItsTimeAndASocketAreNotCut() {
        var sockets = vertx.createWebSocketClient();
        var requests = vertx.createHttpClient();
        Doors.test(vertx, context -> {
            var heard = context.async();
            sockets.connect(web.actualPort(), "127.0.0.1", "/socket").compose(socket -> {
                socket.closeHandler(_ -> context.assertTrue(heard.isCompleted(), "the socket is cut"));
                socket.textMessageHandler(text -> {
                    context.assertEquals("still there", text);
                    heard.complete();
                });
                return requests.request(HttpMethod.GET, web.actualPort(), "127.0.0.1", "/slow")
                        .compose(HttpClientRequest::send).compose(HttpClientResponse::body)
                        .compose(body -> {
                            context.assertEquals("hello", body.toString());
                            return socket.writeTextMessage("still there");
                        });
            }).onFailure(context::fail);
        });
        sockets.close().await();
        requests.close().await();
    }

    @Test
    @Tag("S12")
    void oneTokensRequestsAreCountedByTheMinute() {
        var guard = new Guard(null, new Origins("http://127.0.0.1", Optional.empty(), List.of()));
        var one = new Caller(UUID.randomUUID(), Caller.Role.AGENT, Set.of(), "A", "en", "one");
        for (int i = 0; i < Guard.REQUESTS_PER_MINUTE_MAX; i++) guard.count(one);
        var refused = assertThrows(Failure.TooMany.class, () -> guard.count(one));
        assertEquals(60, refused.after().toSeconds());
        guard.count(new Caller(one.id(), Caller.Role.AGENT, Set.of(), "A", "en", "another"));
    }
}
