package switchboard.channels.twilio;

import com.twilio.exception.ApiException;
import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.slf4j.LoggerFactory;

/// The SDK's transport without its habit of repeating a POST three times on any 5xx, which would send a text or place
/// a call more than once. Says by the type of its exception whether the request can have had an effect.
final class OneTryClient extends NetworkHttpClient {
    /// The request did not reach the carrier, or the carrier refused to take it up (429).
    static final class NotTaken extends RuntimeException {
        final transient Optional<Duration> after;

        NotTaken(String reason, Optional<Duration> after) {
            super(reason);
            this.after = after;
        }
    }

    /// The request was sent, and no answer says what came of it.
    static final class NoVerdict extends RuntimeException {
        NoVerdict(String reason) {
            super(reason);
        }
    }

    OneTryClient(Optional<URI> baseUrl, int connectionsMax) {
        super(builder(baseUrl, connectionsMax));
    }

    private static HttpClientBuilder builder(Optional<URI> baseUrl, int connectionsMax) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(connectionsMax).setMaxConnPerRoute(connectionsMax).build();
        var builder = HttpClientBuilder.create().disableAutomaticRetries().disableRedirectHandling()
                .setConnectionManager(connections);
        baseUrl.ifPresent(url -> {
            boolean tls = url.getScheme().equals("https");
            int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
            var host = new HttpHost(url.getScheme(), url.getHost(), port);
            builder.setRoutePlanner((_, _) -> new HttpRoute(host, null, tls));
        });
        return builder;
    }

    @Override public Response makeRequest(Request request) {
        Response response;
        try {
            response = super.makeRequest(request);
        } catch (ApiException e) {
            throw judged(e);
        }
        int status = response.getStatusCode();
        LoggerFactory.getLogger(OneTryClient.class).debug("{} answered {}", request.getMethod(), status);
        if (status == 429) {
            throw new NotTaken("429: the account's limit of concurrent requests", retryAfter(response));
        }
        if (status >= 500) {
            throw new NoVerdict("the carrier answered " + status);
        }
        return response;
    }

    @Override public Response reliableRequest(Request request) {
        return makeRequest(request);
    }

    @Override public Response reliableRequest(Request request, int[] retryCodes, int retries, long delayMillis) {
        return makeRequest(request);
    }

    void close() {
        client.close(CloseMode.GRACEFUL);
    }

    private static RuntimeException judged(ApiException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof ConnectTimeoutException
                    || cause instanceof UnknownHostException || cause instanceof NoRouteToHostException) {
                return new NotTaken("cannot connect: " + cause.getMessage(), Optional.empty());
            }
        }
        return new NoVerdict("no answer: " + failure.getMessage());
    }

    private static Optional<Duration> retryAfter(Response response) {
        if (response.getHeaders() != null) {
            for (var header : response.getHeaders()) {
                if (header.getName().equalsIgnoreCase("Retry-After") && header.getValue().matches("[0-9]{1,5}")) {
                    return Optional.of(Duration.ofSeconds(Long.parseLong(header.getValue())));
                }
            }
        }
        return Optional.empty();
    }
}
