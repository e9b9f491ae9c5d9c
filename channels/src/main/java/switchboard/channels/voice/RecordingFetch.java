package switchboard.channels.voice;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import switchboard.channels.twilio.Bodies;
import switchboard.channels.twilio.TwilioSettings;
import switchboard.ticketing.call.Calls;
import switchboard.ticketing.conversation.Blobs;
import switchboard.ticketing.outbox.Delivery;

/// Fetches what a caller left on the line. The address is made of the recording's name, never taken from a webhook.
final class RecordingFetch {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TwilioSettings settings;
    private final Calls calls;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).proxy(HttpClient.Builder.NO_PROXY)
            .followRedirects(HttpClient.Redirect.NORMAL).executor(Thread::startVirtualThread).build();

    RecordingFetch(TwilioSettings settings, Calls calls) {
        this.settings = settings;
        this.calls = calls;
    }

    Delivery deliver(UUID call, String recordingSid) {
        var base = settings.baseUrl().map(URI::toString).orElse("https://api.twilio.com").replaceFirst("/+$", "");
        var pair = settings.username() + ":" + settings.password();
        var request = HttpRequest.newBuilder(URI.create(base + "/2010-04-01/Accounts/" + settings.accountSid()
                + "/Recordings/"
                + recordingSid + ".wav")).timeout(PATIENCE).header("Authorization",
                "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))).build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                if (response.statusCode() != 200) {
                    return new Delivery.RetryLater("The carrier answered " + response.statusCode(), Optional.empty());
                }
                var sound = Bodies.read(body, Blobs.SIZE_BYTES_MAX, PATIENCE);
                if (sound.length > Blobs.SIZE_BYTES_MAX) return new Delivery.Refused("size",
                        "The recording is larger than 50 MB");
                calls.voicemail(call, sound, "audio/x-wav");
                return new Delivery.Accepted(null, "done");
            }
        } catch (IOException failed) {
            return new Delivery.RetryLater(failed.toString(), Optional.empty());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new Delivery.RetryLater("interrupted", Optional.empty());
        }
    }
}
