package switchboard.gateway.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import switchboard.channels.twilio.FormBody;
import switchboard.channels.twilio.Signature;

/// The carrier's side of one connection: signed webhooks, one text after another, from a few hundred phones. It speaks
/// no more HTTP than it needs: a whole client would cost the machine as much as the door that it knocks at.
final class SmsClient implements IngestBench.Client {
    static final String OUR_NUMBER = "+14155550100";
    private static final String PATH = "/webhooks/twilio/sms";
    private static final String LENGTH = "content-length:";
    private static final int PHONES = 300;

    private final URI address;
    private final int series;
    private final int number;
    private final Map<String, Long> accepted;

    SmsClient(String base, int series, int number, Map<String, Long> accepted) {
        this.address = URI.create(base + PATH);
        this.series = series;
        this.number = number;
        this.accepted = accepted;
    }

    @Override
    public void run(long untilNanos, long pauseNanos) throws IOException {
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.setTcpNoDelay(true);
            var out = new BufferedOutputStream(socket.getOutputStream());
            var in = new BufferedInputStream(socket.getInputStream());
            long next = System.nanoTime();
            for (int i = 0; System.nanoTime() - untilNanos < 0; i++) {
                var sid = "SM" + UUID.randomUUID().toString().replace("-", "");
                send(out, FormBody.of("MessageSid", sid, "SmsSid", sid, "AccountSid", BenchHome.ACCOUNT,
                        "From", "+1415%d%06d".formatted(2 + series % 8, number * PHONES + i % PHONES), "To", OUR_NUMBER,
                        "Body", "Where is my order? I have waited since Monday, text " + i, "NumMedia", "0"));
                answer(in);
                accepted.put(sid, System.nanoTime());
                next += pauseNanos;
                if (pauseNanos > 0) LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }

    private void send(OutputStream out, FormBody form) throws IOException {
        var body = form.encoded().getBytes(StandardCharsets.UTF_8);
        out.write(("POST " + PATH + " HTTP/1.1\r\nHost: " + address.getAuthority()
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\n" + Signature.HEADER + ": "
                + Signature.sign(BenchHome.TOKEN, address.toString(), form) + "\r\nContent-Length: " + body.length
                + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    private static void answer(InputStream in) throws IOException {
        var status = line(in);
        if (!status.startsWith("HTTP/1.1 200 ")) throw new IOException("the webhook was answered " + status);
        int length = -1;
        for (var field = line(in); !field.isEmpty(); field = line(in)) {
            if (!field.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) continue;
            length = Integer.parseInt(field.substring(LENGTH.length()).strip());
        }
        if (length < 0) throw new IOException("the webhook's answer does not say how long it is");
        in.skipNBytes(length);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) throw new IOException("the webhook's answer was cut off");
            if (c != '\r') line.append((char) c);
        }
        return line.toString();
    }
}
