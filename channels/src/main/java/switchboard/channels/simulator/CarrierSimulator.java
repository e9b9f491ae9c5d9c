package switchboard.channels.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import switchboard.channels.simulator.RestRequest.Answer;
import switchboard.channels.twilio.FormBody;

/// A carrier that Switchboard cannot tell from Twilio: point `SWITCHBOARD_TWILIO_BASE_URL` at it, nothing else changes.
/// It serves Twilio's REST API below `/2010-04-01/` and handsets for people below `/handset/`.
///
/// Start it from any thread but an event loop; it runs an event loop and virtual threads of its own until closed.
public final class CarrierSimulator implements AutoCloseable {
    private static final int REQUESTS_KEPT_MAX = 10_000;
    private static final Map<String, String> PAGE = Map.of("", "text/html; charset=utf-8", "handset.css",
            "text/css; charset=utf-8", "handset.js", "text/javascript; charset=utf-8", "words.js",
            "text/javascript; charset=utf-8");

    private final Exchange exchange;
    private final Rest rest;
    private final HandsetApi handsets;
    private final Vertx vertx;
    private final HttpServer server;
    private final ConcurrentLinkedDeque<RecordedRequest> requests = new ConcurrentLinkedDeque<>();

    private CarrierSimulator(SimulatorOptions options) {
        exchange = new Exchange(options);
        rest = new Rest(exchange);
        handsets = new HandsetApi(exchange);
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setInternalBlockingPoolSize(1)
                .setWorkerPoolSize(1));
        server = vertx.createHttpServer(new HttpServerOptions().setHost(options.host()).setPort(options.port()))
                .requestHandler(this::receive);
    }

    /// @throws RuntimeException when the port is taken
    public static CarrierSimulator start(SimulatorOptions options) {
        var carrier = new CarrierSimulator(options);
        try {
            carrier.server.listen().toCompletionStage().toCompletableFuture().join();
        } catch (RuntimeException e) {
            carrier.close();
            throw e;
        }
        String host = options.host().equals("0.0.0.0") ? "127.0.0.1" : options.host();
        carrier.exchange.listensOn("http://" + host + ":" + carrier.port());
        return carrier;
    }

    public int port() {
        return server.actualPort();
    }

    /// What `SWITCHBOARD_TWILIO_BASE_URL` is set to.
    public URI baseUrl() {
        return URI.create(exchange.baseUrl());
    }

    /// The telephone with this number; every number but the company's has one.
    public Handset handset(String number) {
        return new Handset(exchange, number);
    }

    public Chaos chaos() {
        return exchange.chaos;
    }

    /// The REST requests so far, oldest first, the last [#REQUESTS_KEPT_MAX] of them.
    public List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    /// What Twilio's debugger would show: webhooks that failed, TwiML that does not fit.
    public List<String> problems() {
        return exchange.problems();
    }

    @Override public void close() {
        server.close();
        exchange.webhooks.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void receive(HttpServerRequest request) {
        if (Optional.ofNullable(request.getHeader("Content-Length")).filter(size -> size.length() > 6).isPresent()) {
            request.response().setStatusCode(413).end();
            return;
        }
        request.body().onSuccess(body -> exchange.webhooks.threads().execute(() -> {
            try {
                dispatch(request, body);
            } catch (RuntimeException | IOException e) {
                exchange.problem("a request broke: " + request.method() + " " + request.path() + " " + e);
                send(request, new Answer(500, "text/plain", "The simulator broke.".getBytes(StandardCharsets.UTF_8)));
            }
        }));
    }

    private void dispatch(HttpServerRequest request, Buffer body) throws IOException {
        String path = URLDecoder.decode(request.path().replace("+", "%2B"), StandardCharsets.UTF_8);
        if (path.startsWith("/2010-04-01/")) {
            rest(request, path, body);
        } else if (path.startsWith("/handset/api/") && path.endsWith("/events")) {
            handsets.stream(path, request.response());
        } else if (path.startsWith("/handset/api/")) {
            String type = Optional.ofNullable(request.getHeader("Content-Type")).orElse("");
            send(request, handsets.answer(request.method().name(), path, type, body.getBytes()));
        } else {
            send(request, page(path));
        }
    }

    private void rest(HttpServerRequest request, String path, Buffer body) {
        String method = request.method().name();
        var query = FormBody.parse(Optional.ofNullable(request.query()).orElse(""));
        var form = FormBody.parse(body.getBytes());
        var fault = exchange.chaos.next(method);
        Answer answer = switch (fault) {
            case THROTTLED -> Rest.throttled();
            case BROKEN -> Rest.broken();
            case NONE, UNANSWERED -> rest.answer(method, path, query, form, request.getHeader("Authorization"));
        };
        boolean json = answer.contentType().equals("application/json");
        requests.add(new RecordedRequest(Instant.now(), method, path, query,
                Optional.ofNullable(request.getHeader("Content-Type")).orElse(""), form, answer.status(),
                json ? new String(answer.body(), StandardCharsets.UTF_8) : ""));
        while (requests.size() > REQUESTS_KEPT_MAX) {
            requests.poll();
        }
        if (fault == Chaos.Fault.UNANSWERED) {
            request.connection().close();
        } else {
            send(request, answer);
        }
    }

    private static Answer page(String path) throws IOException {
        String name = path.equals("/") || path.equals("/handset") ? "" : path.replaceFirst("^/handset/", "");
        if (!PAGE.containsKey(name)) {
            return new Answer(404, "text/plain", "Nothing is here.".getBytes(StandardCharsets.UTF_8));
        }
        String resource = "handset/" + (name.isEmpty() ? "index.html" : name);
        try (var in = CarrierSimulator.class.getResourceAsStream(resource)) {
            return new Answer(200, PAGE.get(name), in.readAllBytes());
        }
    }

    private static void send(HttpServerRequest request, Answer answer) {
        var response = request.response().setStatusCode(answer.status());
        response.putHeader("X-Content-Type-Options", "nosniff").putHeader("Cache-Control", "no-store")
                .putHeader("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; "
                        + "connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'");
        if (!answer.contentType().isEmpty()) {
            response.putHeader("Content-Type", answer.contentType());
        }
        response.end(Buffer.buffer(answer.body()));
    }
}
