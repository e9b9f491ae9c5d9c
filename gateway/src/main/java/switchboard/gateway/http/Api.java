package switchboard.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Json;

/// Mounts the table of routes: the body is read on the event loop under its limit, then the request gets a virtual
/// thread, is admitted, run and answered.
public final class Api {
    public static final int JSON_BYTES_MAX = 1024 * 1024;
    public static final int UPLOAD_BYTES_MAX = 50 * 1024 * 1024;
    /// More requests at once than this are told to come back: each holds its body and waits for a connection.
    private static final int AT_ONCE_MAX = 1024;
    /// Of a body that is refused as too large, so much is thrown away until its sender has heard the answer.
    static final long DRAINED_BYTES_MAX = 2L * UPLOAD_BYTES_MAX;
    private static final int MULTIPART_BYTES = 64 * 1024;

    private final Guard guard;
    private final MeterRegistry meters;
    private final Semaphore places = new Semaphore(AT_ONCE_MAX);
    private final BodyHandler json = BodyHandler.create(false).setBodyLimit(JSON_BYTES_MAX);
    private final BodyHandler files;

    public Api(Guard guard, MeterRegistry meters, Path uploads) {
        this.guard = guard;
        this.meters = meters;
        this.files = BodyHandler.create(uploads.toString()).setBodyLimit(UPLOAD_BYTES_MAX + MULTIPART_BYTES)
                .setDeleteUploadedFilesOnEnd(true);
    }

    public void mount(Router router, List<Route> routes) {
        // A literal segment goes before a parameter in the same place: /agents/me before /agents/{id}.
        routes.stream().sorted(Comparator.comparing(route -> route.path().replace('{', '\uffff')))
                .filter(route -> !(route.answer() instanceof Answer.Socket)).forEach(route -> mount(router, route));
    }

    private void mount(Router router, Route route) {
        var mounted = router.route(route.method(), vertxPath(route.path()));
        if (route.upload()) {
            mounted.handler(context -> admitThenRead(context, route));
        } else {
            mounted.handler(json);
        }
        mounted.handler(context -> start(context, route));
    }

    public static String vertxPath(String path) {
        return path.replaceAll("\\{(\\w+)}", ":$1");
    }

    /// To be mounted after every other route below `/api`.
    public static void mountRest(Router router, List<Route> routes) {
        var known = routes.stream().collect(Collectors.groupingBy(route -> Pattern.compile(
                route.path().replaceAll("\\{\\w+}", "[^/]+")).pattern(), Collectors.mapping(Route::method,
                Collectors.toSet())));
        router.route("/api/*").handler(context -> {
            var allowed = known.entrySet().stream().filter(entry -> context.normalizedPath().matches(entry.getKey()))
                    .flatMap(entry -> entry.getValue().stream()).map(HttpMethod::name).sorted()
                    .collect(Collectors.joining(", "));
            if (allowed.isEmpty()) {
                send(context, Problem.of(404, "not-found", "There is no such address"));
            } else {
                context.response().putHeader("Allow", allowed);
                send(context, Problem.of(405, "method-not-allowed", "This address takes " + allowed));
            }
        });
    }

    /// An upload's bytes are worth reading only from somebody who may send them.
    private void admitThenRead(RoutingContext context, Route route) {
        var loop = context.vertx().getOrCreateContext();
        context.request().pause();
        Thread.ofVirtual().start(() -> {
            try {
                guard.admit(context.request(), route);
                loop.runOnContext(_ -> files.handle(context));
            } catch (RuntimeException refused) {
                var problem = Problem.of(refused, route.name());
                loop.runOnContext(_ -> {
                    context.request().resume();
                    context.response().putHeader("Connection", "close");
                    send(context, problem);
                });
            }
        });
    }

    private void start(RoutingContext context, Route route) {
        if (!places.tryAcquire()) {
            send(context, Problem.of(503, "unavailable", "Too much is going on; please try again"));
            return;
        }
        long began = System.nanoTime();
        var loop = context.vertx().getOrCreateContext();
        Thread.ofVirtual().name(route.name()).start(() -> {
            try {
                run(context, route, loop, began);
            } finally {
                places.release();
            }
        });
    }

    private void run(RoutingContext context, Route route, Context loop, long began) {
        try {
            var call = new Call(context, guard.admit(context.request(), route),
                    guard.origins().clientAddress(context.request()), guard::requireFresh);
            var result = route.run().apply(call, body(context, route));
            if (context.response().ended()) return;
            var bytes = bytes(result);
            loop.runOnContext(_ -> answer(context, route, call, result, bytes));
            timed(route, route.status(), began);
        } catch (Throwable failed) {
            var problem = Problem.of(failed, route.name());
            loop.runOnContext(_ -> send(context, problem));
            timed(route, problem.status(), began);
        }
    }

    private void timed(Route route, int status, long began) {
        meters.timer("http.requests", "route", route.path(), "method", route.method().name(), "status",
                String.valueOf(status))
                .record(Duration.ofNanos(System.nanoTime() - began));
    }

    private static Object body(RoutingContext context, Route route) {
        if (route.body() == Void.class) return null;
        var type = context.request().getHeader("Content-Type");
        if (type != null && !type.toLowerCase(java.util.Locale.ROOT).startsWith("application/json")) {
            throw new Failure.Invalid("The body must be application/json");
        }
        var buffer = context.body().buffer();
        if (buffer == null || buffer.length() == 0) throw new Failure.Invalid("The body is empty");
        try {
            var value = Json.API.readValue(buffer.getBytes(), route.body());
            if (value == null) throw new Failure.Invalid("The body is empty");
            Whole.require(value, "");
            return value;
        } catch (JsonProcessingException wrong) {
            throw Problem.json(wrong);
        } catch (IOException wrong) {
            throw new Failure.Invalid("The body could not be read");
        }
    }

    private static Buffer bytes(Object result) throws JsonProcessingException {
        return switch (result) {
            case null -> null;
            case Download download -> Buffer.buffer(download.bytes());
            default -> Buffer.buffer(Json.API.writeValueAsBytes(result));
        };
    }

    private static void answer(RoutingContext context, Route route, Call call, Object result, Buffer bytes) {
        var response = context.response();
        if (response.ended() || response.closed()) return;
        response.putHeader("Cache-Control", "no-store");
        call.answerHeaders().forEach((name, values) -> response.putHeader(name, values));
        if (result == null) {
            response.setStatusCode(204).end();
            return;
        }
        response.setStatusCode(route.status());
        if (result instanceof Download download) {
            response.putHeader("Content-Type", download.mediaType()).putHeader("Content-Disposition",
                    download.disposition());
        } else {
            response.putHeader("Content-Type", "application/json");
            if (compressible(route)) response.headers().remove("Content-Encoding").add("Vary", "Accept-Encoding");
        }
        response.end(bytes);
    }

    /// POST responses contain tokens and tickets, and session responses contain secrets: these are never compressed.
    private static boolean compressible(Route route) {
        return route.method() == HttpMethod.GET && !route.path().contains("/session");
    }

    /// Must be called on the request's event loop.
    public static void send(RoutingContext context, Problem problem) {
        var response = context.response();
        if (response.ended() || response.closed()) return;
        if (response.headWritten()) {
            context.request().connection().close();
            return;
        }
        if (problem.status() == 503 || problem.status() == 429) {
            response.putHeader("Retry-After", problem.retryAfter());
        }
        response.setStatusCode(problem.status()).putHeader("Content-Type", Problem.MEDIA_TYPE)
                .putHeader("Cache-Control", "no-store").end(Json.write(problem.body()));
    }

    /// What is sent on is not read to its end: then the line is cut.
    private static void drain(RoutingContext context) {
        var request = context.request();
        if (request.isEnded()) return;
        var left = new AtomicLong(DRAINED_BYTES_MAX);
        request.handler(chunk -> {
            if (left.addAndGet(-chunk.length()) < 0) request.connection().close();
        }).resume();
    }

    /// What the web server itself refuses: oversize bodies, broken addresses.
    public static void failed(RoutingContext context) {
        int status = context.statusCode();
        if (context.failure() != null && status == 500) {
            send(context, Problem.of(context.failure(), String.valueOf(context.normalizedPath())));
            return;
        }
        if (status == 413) drain(context);
        var said = Map.of(413, "too-large", 404, "not-found", 405, "method-not-allowed", 415, "unsupported");
        send(context, Problem.of(status < 400 ? 400 : status, said.getOrDefault(status, "invalid"), status == 413
                ? "The body is larger than this address takes" : "The request is not right"));
    }
}
