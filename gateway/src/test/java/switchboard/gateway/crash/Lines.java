package switchboard.gateway.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import switchboard.channels.twilio.FormBody;
import switchboard.channels.twilio.Signature;
import switchboard.gateway.crash.Notebook.Word;
import switchboard.ticketing.base.Json;

/// The ways to say something to the program once, and what is known afterwards. The same key always makes the same
/// bytes.
final class Lines {
    static final String MAILBOX = "support@crash.test";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAILS_A_THREAD = 10;

    private final Program program;
    private final Sinks sinks;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2)).build();

    Lines(Program program, Sinks sinks) {
        this.program = program;
        this.sinks = sinks;
    }

    /// Every tenth mail of a lane begins a thread; the others answer the lane's first.
    private static byte[] mail(Key key, String to) {
        var root = "lane-" + new Key(key.lane(), 0) + "@crash.example";
        var thread = key.number() % MAILS_A_THREAD == 0 ? "" : "In-Reply-To: <" + root + ">\r\n";
        var id = "lane-" + key + "@crash.example";
        return ("From: Lane <" + key.lane() + "@crash.example>\r\nTo: <" + to + ">\r\nSubject: Crash " + key.lane()
                + "\r\nMessage-ID: <" + id + ">\r\n" + thread + "MIME-Version: 1.0\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + key.text() + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
    }

    Word mail(Key key) {
        boolean dot = false;
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", program.smtpPort), 2000);
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            if (!answers(in, "220")) return Word.NACKED;
            for (var command : List.of("HELO driver", "MAIL FROM:<" + key.lane() + "@crash.example>",
                    "RCPT TO:<" + MAILBOX + ">", "DATA")) {
                socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
                if (!answers(in, command.equals("DATA") ? "354" : "250")) return Word.NACKED;
            }
            socket.getOutputStream().write(mail(key, MAILBOX));
            dot = true;
            socket.getOutputStream().write(".\r\n".getBytes(StandardCharsets.US_ASCII));
            var answer = in.readLine();
            if (answer == null) return Word.UNKNOWN;
            return answer.startsWith("250") ? Word.ACKED : answer.startsWith("4") ? Word.NACKED : Word.REFUSED;
        } catch (IOException broken) {
            return dot ? Word.UNKNOWN : Word.NACKED;
        }
    }

    private static boolean answers(BufferedReader in, String code) throws IOException {
        var line = in.readLine();
        return line != null && line.startsWith(code);
    }

    boolean mailboxTakes() {
        return !sinks.mailboxFull();
    }

    /// Into the mailbox that the program reads; whether it has taken it shows later.
    Word imap(Key key) {
        sinks.intoMailbox(mail(key, Sinks.IMAP_ADDRESS));
        return Word.UNKNOWN;
    }

    static String phone(int lane) {
        return "+1415555" + (2000 + lane);
    }

    Word sms(Key key) {
        var url = program.url() + "/webhooks/twilio/sms";
        var sid = "SM" + UUID.nameUUIDFromBytes(key.toString().getBytes(StandardCharsets.US_ASCII)).toString()
                .replace("-", "");
        var form = FormBody.of("MessageSid", sid, "SmsSid", sid, "AccountSid", Sinks.ACCOUNT, "From",
                phone(key.laneNumber()),
                "To", Sinks.NUMBER, "Body", key.text(), "NumMedia", "0");
        return post(url, "application/x-www-form-urlencoded", form.encoded(),
                Map.of(Signature.HEADER, Signature.sign(Sinks.TOKEN, url, form)));
    }

    Word reply(Key key, UUID ticket, String token) {
        return post(program.url() + "/api/v1/tickets/" + ticket + "/replies", "application/json",
                Json.write(Map.of("text", key.text(), "undoSeconds", 0)),
                Map.of("Authorization", "Bearer " + token, "Idempotency-Key", key.toString()));
    }

    private Word post(String url, String type, String body, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            int status = answer.statusCode();
            if (status >= 400 && status < 500) System.out.println(url + " " + status + " " + answer.body());
            return status / 100 == 2 ? Word.ACKED : status / 100 == 4 ? Word.REFUSED : Word.NACKED;
        } catch (ConnectException | HttpConnectTimeoutException nobodyThere) {
            return Word.NACKED;
        } catch (IOException broken) {
            return Word.UNKNOWN;
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    ChatLine chat(int lane, String widget) {
        return new ChatLine(client, URI.create("ws://127.0.0.1:" + program.httpPort + "/chat/socket"), widget,
                "10.1.1." + lane);
    }

    void close() {
        client.shutdownNow();
    }
}
