package switchboard.channels.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import switchboard.channels.twilio.FormBody;
import switchboard.channels.twilio.Signature;
import switchboard.channels.twilio.TwilioAccess;
import switchboard.channels.twilio.TwilioSettings;

/// A company in small: a server that takes the carrier's webhooks, refuses what is not signed, and answers with TwiML
/// by path; and the carrier that it is a customer of.
final class Company implements AutoCloseable {
    static final String ACCOUNT = "AC00000000000000000000000000000001";
    static final String TOKEN = "demo0000000000000000000000000000";
    static final String NUMBER = "+15005550006";
    static final String EMPTY = "<Response/>";

    /// One webhook that came.
    record Hook(String path, String token, FormBody form) {
        String get(String name) {
            return form.get(name);
        }
    }

    final List<Hook> hooks = new CopyOnWriteArrayList<>();
    final CarrierSimulator carrier;
    final TwilioAccess access;
    private final Map<String, Function<FormBody, String>> answers = new ConcurrentHashMap<>();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final Object bell = new Object();

    Company() {
        this(UnaryOperator.identity());
    }

    Company(UnaryOperator<SimulatorOptions> more) {
        server = vertx.createHttpServer().requestHandler(request -> request.body().onSuccess(body -> {
            var form = FormBody.parse(body.getBytes());
            var url = base() + request.uri();
            if (!new Signature(List.of(TOKEN)).verify(url, form, request.getHeader(Signature.HEADER))) {
                request.response().setStatusCode(403).end();
                return;
            }
            synchronized (bell) {
                hooks.add(new Hook(request.path(), request.getHeader("I-Twilio-Idempotency-Token"), form));
                bell.notifyAll();
            }
            String answer = answers.getOrDefault(request.path(), _ -> EMPTY).apply(form);
            request.response().putHeader("Content-Type", "text/xml").end(answer);
        }));
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
        carrier = CarrierSimulator.start(more.apply(new SimulatorOptions(ACCOUNT, TOKEN, 0, "127.0.0.1",
                url("/sms"), url("/voice"), url("/status"), NUMBER).withPace(Pace.INSTANT)));
        access = new TwilioAccess(new TwilioSettings(ACCOUNT, TOKEN, Optional.empty(),
                Optional.empty(), Optional.of(carrier.baseUrl())));
    }

    String base() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    URI url(String path) {
        return URI.create(base() + path);
    }

    Company answers(String path, String twiml) {
        answers.put(path, _ -> "<Response>" + twiml + "</Response>");
        return this;
    }

    Company answers(String path, Function<FormBody, String> twiml) {
        answers.put(path, form -> "<Response>" + twiml.apply(form) + "</Response>");
        return this;
    }

    /// The webhooks to this path so far.
    List<Hook> at(String path) {
        return hooks.stream().filter(hook -> hook.path().equals(path)).toList();
    }

    /// Waits for the first webhook to this path whose field has this value.
    Hook await(String path, String name, String value) {
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        synchronized (bell) {
            while (true) {
                for (var hook : at(path)) {
                    if (hook.get(name).equals(value)) {
                        return hook;
                    }
                }
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError("no " + path + " with " + name + "=" + value + " among " + hooks);
                }
                try {
                    bell.wait(left);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    /// The values of a field over the webhooks to a path, in order of arrival.
    List<String> values(String path, String name) {
        var values = new ArrayList<String>();
        at(path).forEach(hook -> values.add(hook.get(name)));
        return values;
    }

    /// Everything that was asked of the carrier, and answered, held against Twilio's description.
    List<String> violations() {
        return new OpenApiCheck().violations(carrier.requests());
    }

    @Override public void close() {
        access.close();
        carrier.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
