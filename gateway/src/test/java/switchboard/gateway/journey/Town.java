package switchboard.gateway.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import switchboard.channels.simulator.Handset;
import switchboard.channels.twilio.FormBody;
import switchboard.channels.twilio.Signature;
import switchboard.gateway.Server;
import switchboard.gateway.Settings;
import switchboard.ticketing.base.Json;

/// Everybody who talks with the running demo: the API's clients, mail programs, telephones, the carrier.
final class Town implements AutoCloseable {
    static final String COMPANY_NUMBER = "+15005550006";
    static final String SUPPORT = "support@demo.test";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Server server = Server.demo();
    final String admin = post(null, "/session", "{\"email\": \"admin@demo.test\", \"password\": \"demo\"}", 200)
            .path("token").asText();

    JsonNode get(String token, String path) {
        return expect(200, "GET " + path, server.get("/api/v1" + path, token));
    }

    JsonNode post(String token, String path, String body, int status) {
        return expect(status, "POST " + path, server.call("POST", "/api/v1" + path, token, body,
                "Idempotency-Key", UUID.randomUUID().toString()));
    }

    private static JsonNode expect(int status, String asked, Server.Answer answer) {
        if (answer.status() != status) throw new AssertionError(asked + ": " + answer.status() + " " + answer.text());
        return answer.json();
    }

    String tokenOf(String agentId) {
        return server.token(UUID.fromString(agentId));
    }

    /// The demo's agents have their hands full of history; these journeys need somebody with time for a call.
    void freeEverybody() {
        for (var agent : items(get(admin, "/agents?limit=100"))) {
            expect(200, "PATCH", server.call("PATCH", "/api/v1/agents/" + agent.path("id").asText(), admin,
                    json(Map.of("capacity", 1000, "liveCapacity", 1000, "version", agent.path("version").asInt()))));
        }
    }

    String customer(String name, String email, String phone) {
        var identities = List.of(Map.of("kind", "email", "value", email), Map.of("kind", "phone", "value", phone));
        return post(admin, "/customers", json(Map.of("name", name, "identities", identities)), 201).path("id").asText();
    }

    /// Who has this ticket, once routing has given it to somebody.
    JsonNode assignee(String ticket) {
        return await("an assignee", () -> {
            var assignee = get(admin, "/tickets/" + ticket).path("assignee");
            return assignee.isObject() ? get(admin, "/agents/" + assignee.path("id").asText()) : null;
        });
    }

    static Iterable<JsonNode> items(JsonNode page) {
        return page.path("items");
    }

    static long count(JsonNode page, Predicate<JsonNode> wanted) {
        return StreamSupport.stream(items(page).spliterator(), false).filter(wanted).count();
    }

    static JsonNode first(JsonNode page, Predicate<JsonNode> wanted) {
        return StreamSupport.stream(items(page).spliterator(), false).filter(wanted).findFirst().orElse(null);
    }

    /// The first value that is there.
    static <T> T await(String what, Supplier<T> source) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var value = source.get();
            if (value != null) return value;
            if (System.nanoTime() > deadline) throw new AssertionError("Never came: " + what);
            pause();
        }
    }

    static void until(String what, Supplier<Boolean> condition) {
        await(what, () -> condition.get() ? true : null);
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    /// A telephone gives up sooner than a slow machine needs.
    static void patiently(Runnable wait) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                wait.run();
                return;
            } catch (IllegalStateException notYet) {
                if (System.nanoTime() > deadline) throw notYet;
            }
        }
    }

    Handset handset(String number) {
        return server.carrier().handset(number);
    }

    /// What stands on the timeline with this text, once it is there.
    JsonNode onTimeline(String customer, String text) {
        return await("'" + text + "' on the timeline", () -> first(timeline(customer),
                item -> item.path("text").asText().contains(text)));
    }

    JsonNode timeline(String customer) {
        return get(admin, "/customers/" + customer + "/timeline?limit=200");
    }

    /// The mail that this customer has received, oldest first.
    JsonNode mailbox(String address) {
        return server.get("/demo/api/mailboxes/" + address + "/messages", null).json();
    }

    JsonNode mailFor(String address, Predicate<JsonNode> wanted) {
        return await("mail for " + address, () -> first(mailbox(address), wanted));
    }

    /// Hands the bytes over as a mail server does.
    ///
    /// @return what the listener says in the end
    String mail(String from, String raw) {
        return mail(from, SUPPORT, raw);
    }

    String mail(String from, String to, String raw) {
        try (var socket = new Socket("127.0.0.1", server.smtpPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            in.readLine();
            for (var line : List.of("HELO customers.example", "MAIL FROM:<" + from + ">", "RCPT TO:<" + to + ">",
                    "DATA")) {
                say(socket, line + "\r\n");
                in.readLine();
            }
            say(socket, raw + "\r\n.\r\n");
            var said = in.readLine();
            say(socket, "QUIT\r\n");
            return said;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void say(Socket socket, String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    static String letter(String from, String subject, String id, String text) {
        return String.join("\r\n", "From: " + from, "To: " + SUPPORT, "Subject: " + subject, "Message-ID: <" + id + ">",
                "Date: Sat, 21 Nov 2026 10:00:00 +0000", "Content-Type: text/plain; charset=utf-8", "", text);
    }

    static FormBody sms(String from, String sid, String text) {
        return FormBody.of("MessageSid", sid, "SmsSid", sid, "AccountSid", Settings.DEMO_TWILIO_ACCOUNT, "From", from,
                "To", COMPANY_NUMBER, "Body", text, "NumMedia", "0", "NumSegments", "1");
    }

    /// A webhook as the carrier sends it, signed with this token.
    int webhook(FormBody form, String authToken) {
        var url = server.app.url + "/webhooks/twilio/sms";
        return server.send(HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(Signature.HEADER, Signature.sign(authToken, url, form))
                .POST(HttpRequest.BodyPublishers.ofString(form.encoded())).build()).status();
    }

    long rows(String table) {
        return server.app.database.sql().value(Long.class, "select count(*) from " + table).orElseThrow();
    }

    static String json(Object value) {
        return Json.write(value);
    }

    @Override
    public void close() {
        server.close();
    }
}
