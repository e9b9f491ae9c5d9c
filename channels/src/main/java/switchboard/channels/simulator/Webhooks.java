package switchboard.channels.simulator;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import switchboard.channels.twilio.FormBody;
import switchboard.channels.twilio.Signature;

/// Calls the company's URLs as Twilio does: signed, with an idempotency token that all attempts share, tried again
/// only when the connection fails unless the URL's fragment (`#rc=2&rp=ct,rt,5xx`) says otherwise.
final class Webhooks {
    /// A webhook's answer; `url` is where it came from after redirects.
    record Reply(int status, String contentType, String body, String url) {
        boolean ok() {
            return status >= 200 && status < 300;
        }
    }

    private static final int REDIRECTS_MAX = 10;
    private static final Duration SWAP = Duration.ofSeconds(1);

    private final HttpClient http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, CompletableFuture<Void>> lanes = new ConcurrentHashMap<>();
    private final AtomicInteger reports = new AtomicInteger();
    private final String authToken;
    private final Chaos chaos;
    private final Consumer<String> problems;

    Webhooks(String authToken, Chaos chaos, Consumer<String> problems) {
        this.authToken = authToken;
        this.chaos = chaos;
        this.problems = problems;
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(Duration.ofSeconds(5)).executor(threads).build();
    }

    Executor threads() {
        return threads;
    }

    void close() {
        threads.shutdownNow();
        http.shutdownNow();
    }

    /// Sends a report nobody waits for. Reports of one lane arrive in order, unless chaos wants it otherwise.
    void report(String lane, String url, String method, FormBody form) {
        if (threads.isShutdown()) {
            return;
        }
        if (chaos.reorders()) {
            boolean late = reports.getAndIncrement() % 2 == 0;
            threads.execute(() -> {
                sleep(late ? SWAP : Duration.ZERO);
                ask(url, method, form);
            });
            return;
        }
        lanes.compute(lane, (_, before) -> (before == null ? CompletableFuture.<Void>completedFuture(null) : before)
                .thenRunAsync(() -> ask(url, method, form), threads));
    }

    /// Sends a request and waits for its answer; status 0 when there was none. Never throws for what the other does.
    Reply ask(String url, String method, FormBody form) {
        sleep(chaos.delay());
        String token = UUID.randomUUID().toString();
        if (chaos.duplicates()) {
            attempts(url, method, form, token);
        }
        Reply reply = attempts(url, method, form, token);
        if (!reply.ok()) {
            problems.accept("11200 " + method + " " + url + " answered " + reply.status() + " " + reply.body());
        }
        return reply;
    }

    private Reply attempts(String url, String method, FormBody form, String token) {
        int hash = url.indexOf('#');
        var policy = RetryPolicy.parse(hash < 0 ? "" : url.substring(hash + 1));
        String target = hash < 0 ? url : url.substring(0, hash);
        for (int attempt = 0; ; attempt++) {
            String failure;
            Reply reply;
            try {
                reply = exchange(target, method, form, token, policy.total());
                failure = reply.status() >= 500 ? "5xx" : reply.status() >= 400 ? "4xx" : "";
            } catch (ConnectException | HttpConnectTimeoutException e) {
                reply = new Reply(0, "", "cannot connect", target);
                failure = "ct";
            } catch (HttpTimeoutException e) {
                reply = new Reply(0, "", "no answer in time", target);
                failure = "rt";
            } catch (IOException | IllegalArgumentException e) {
                reply = new Reply(0, "", String.valueOf(e.getMessage()), target);
                failure = "rt";
            }
            if (failure.isEmpty() || attempt >= policy.retries() || !policy.after(failure)) {
                return reply;
            }
        }
    }

    private Reply exchange(String url, String method, FormBody form, String token,
            Duration timeout) throws IOException {
        String next = url;
        String verb = method;
        FormBody fields = form;
        for (int hop = 0; hop <= REDIRECTS_MAX; hop++) {
            boolean get = verb.equals("GET");
            String target = get && !fields.fields().isEmpty()
                    ? next + (next.contains("?") ? "&" : "?") + fields.encoded() : next;
            var response = send(target, get, fields, token, timeout);
            var location = response.headers().firstValue("Location");
            if (response.statusCode() / 100 != 3 || location.isEmpty()) {
                return new Reply(response.statusCode(), response.headers().firstValue("Content-Type").orElse(""),
                        response.body(), next);
            }
            next = URI.create(target).resolve(location.get()).toString();
            verb = response.statusCode() == 307 ? verb : "GET";
            fields = verb.equals("GET") ? FormBody.empty() : fields;
        }
        return new Reply(0, "", "11215 too many redirects", next);
    }

    private HttpResponse<String> send(String url, boolean get, FormBody form, String token, Duration timeout)
            throws IOException {
        var signature = Signature.sign(authToken, url, get ? FormBody.empty() : form);
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(timeout)
                .header(Signature.HEADER, signature).header("I-Twilio-Idempotency-Token", token)
                .header("User-Agent", "TwilioProxy/1.1").header("Accept", "*/*");
        if (!get) {
            request.header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                    .POST(HttpRequest.BodyPublishers.ofString(form.encoded()));
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the carrier stops", e);
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @param total the longest that an answer may take
    private record RetryPolicy(int retries, String conditions, Duration total) {
        boolean after(String failure) {
            return conditions.equals("all") || List.of(conditions.split(",")).contains(failure);
        }

        static RetryPolicy parse(String fragment) {
            var form = FormBody.parse(fragment);
            int retries = form.get("rc").matches("[0-5]") ? Integer.parseInt(form.get("rc")) : 1;
            String total = form.get("tt").isEmpty() ? form.get("rt") : form.get("tt");
            long millis = total.matches("[0-9]{3,5}") ? Long.parseLong(total) : 15_000;
            return new RetryPolicy(retries, form.first("rp").orElse("ct"), Duration.ofMillis(Math.min(15_000, millis)));
        }
    }
}
