package switchboard.gateway.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import switchboard.channels.twilio.FormBody;
import switchboard.channels.twilio.Signature;

/// The carrier's side of one connection: signed webhooks, one text after another, from a few hundred phones.
final class SmsClient implements IngestBench.Client {
    static final String OUR_NUMBER = "+14155550100";
    private static final int PHONES = 300;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final int series;
    private final int number;
    private final Map<String, Long> accepted;

    SmsClient(String base, int series, int number, Map<String, Long> accepted) {
        this.url = base + "/webhooks/twilio/sms";
        this.series = series;
        this.number = number;
        this.accepted = accepted;
    }

    @Override
    public void run(long untilNanos, long pauseNanos) throws Exception {
        long next = System.nanoTime();
        for (int i = 0; System.nanoTime() - untilNanos < 0; i++) {
            var sid = "SM" + UUID.randomUUID().toString().replace("-", "");
            var form = FormBody.of("MessageSid", sid, "SmsSid", sid, "AccountSid", BenchHome.ACCOUNT,
                    "From", "+1415%d%06d".formatted(2 + series % 8, number * PHONES + i % PHONES), "To", OUR_NUMBER,
                    "Body", "Where is my order? I have waited since Monday, text " + i, "NumMedia", "0");
            var request = HttpRequest.newBuilder(URI.create(url))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header(Signature.HEADER, Signature.sign(BenchHome.TOKEN, url, form))
                    .POST(HttpRequest.BodyPublishers.ofString(form.encoded())).build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            accepted.put(sid, System.nanoTime());
            next += pauseNanos;
            if (pauseNanos > 0) LockSupport.parkNanos(next - System.nanoTime());
        }
        client.close();
    }
}
