package switchboard.gateway.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import switchboard.ticketing.base.Failure;

/// An agent's simulated phone, for the console, whose page can't reach the carrier. It rings when the agent accepts a
/// call.
final class DemoPhone {
    private static final Set<String> ACTS = Set.of("answer", "decline", "hangup", "speech", "digits");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int BODY_BYTES_MAX = 4096;

    private final Supplier<String> carrierUrl;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).proxy(HttpClient.Builder.NO_PROXY)
            .executor(Thread::startVirtualThread).build();

    /// @param carrierUrl the server of the handsets; empty: no phones
    DemoPhone(Supplier<String> carrierUrl) {
        this.carrierUrl = carrierUrl;
    }

    /// @return the handset's state, as the carrier reports it
    String view(String number) {
        return send(HttpRequest.newBuilder(at(number)).GET());
    }

    /// @throws Failure.Conflict when the phone isn't in a call that allows this
    String act(String number, String act, byte[] body) {
        if (!ACTS.contains(act)) throw new Failure.NotFound("The action");
        if (body.length > BODY_BYTES_MAX) throw new Failure.Invalid("The body is too large");
        return send(HttpRequest.newBuilder(URI.create(at(number) + "/" + act))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private URI at(String number) {
        var carrier = carrierUrl.get();
        if (carrier == null || carrier.isEmpty()) throw new Failure.NotFound("The telephone");
        return URI.create(carrier + "/handset/api/phones/" + number);
    }

    private String send(HttpRequest.Builder request) {
        try {
            var answer = http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 409) throw new Failure.Conflict("no-call", "The telephone is in no call");
            if (answer.statusCode() != 200) throw new Failure.Invalid("The telephone cannot do this now");
            return answer.body();
        } catch (IOException gone) {
            throw new Failure.Unavailable("The telephones of the demo do not answer");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new Failure.Unavailable("The demo ends");
        }
    }
}
