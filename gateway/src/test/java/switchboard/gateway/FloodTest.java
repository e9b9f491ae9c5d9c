package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import switchboard.channels.twilio.FormBody;
import switchboard.channels.twilio.Signature;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.intake.Arrival;

/// More than may wait stands before the doors: each says so and takes nothing; what was taken is all there afterwards.
@Timeout(180)
class FloodTest {
    private static final String ACCOUNT = "AC00000000000000000000000000000009";
    private static final String TOKEN = "of-the-tests-only";
    /// What may wait, and what three writers of a hundred each may have in hand.
    private static final int FLOOD = 5_000 + 3 * 100 + 50;
    private Server server;

    @BeforeEach
    void start() {
        server = new Server(Map.of("SWITCHBOARD_SMTP_PORT", "0", "SWITCHBOARD_TWILIO_ACCOUNT_SID", ACCOUNT,
                "SWITCHBOARD_TWILIO_AUTH_TOKEN", TOKEN, "SWITCHBOARD_TWILIO_BASE_URL", "http://127.0.0.1:1"));
        var admin = server.token(server.agent("root", Role.ADMIN));
        for (var made : List.of(List.of("/mailboxes", "{\"name\":\"S\",\"address\":\"support@demo.test\"}"),
                List.of("/numbers", "{\"number\":\"+15005550006\",\"name\":\"Main\"}"))) {
            assertEquals(201, server.call("POST", Routes.V1 + made.getFirst(), admin, made.getLast()).status());
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Arrival arrival(String key) {
        return new Arrival("nobody", "flood:" + key, key, Map.of(), key.getBytes(StandardCharsets.UTF_8));
    }

    private int text() {
        var form = FormBody.of("AccountSid", ACCOUNT, "From", "+15551230042", "To", "+15005550006", "MessageSid",
                "SM0123456789abcdef0123456789abcdef", "Body", "Flood", "NumMedia", "0");
        var target = server.app.url + "/webhooks/twilio/sms";
        return server.send(HttpRequest.newBuilder(URI.create(target))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(Signature.HEADER, Signature.sign(TOKEN, target, form))
                .POST(HttpRequest.BodyPublishers.ofString(form.encoded())).build()).status();
    }

    private String mail() {
        return SmtpClient.send(server.smtpPort(), "support@demo.test",
                "From: carl@customers.example\r\nSubject: Flood\r\n\r\nFlood".getBytes(StandardCharsets.UTF_8));
    }

    private void form() {
        server.app.ways.form().submit("en", "Carl", "carl@customers.example", "Form", "Flood", "flood-form");
    }

    @Test
    void eachDoorTurnsAwayWhatIsTooMuchAndNothingThatWasTakenIsLost() {
        var taken = new AtomicInteger();
        var refused = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.app.database.run(tx -> {
                tx.execute("lock table inbox in exclusive mode");
                for (int i = 0; i < FLOOD; i++) {
                    var key = "k" + i;
                    threads.execute(() -> {
                        try {
                            server.app.inbox.put(arrival(key));
                            taken.incrementAndGet();
                        } catch (Failure.Unavailable busy) {
                            refused.incrementAndGet();
                        }
                    });
                }
                switchboard.ticketing.Desk.until(() -> refused.get() > 0);
                assertTrue(mail().startsWith("451"), "mail");
                assertEquals(503, text(), "a text");
                assertThrows(Failure.Unavailable.class, this::form, "the contact form");
                assertEquals(0, taken.get());
            });
        }
        assertEquals(FLOOD, taken.get() + refused.get());
        assertEquals(taken.longValue(), server.app.database.sql().value(Long.class,
                "select count(*) from inbox where door = 'nobody'").orElseThrow(), "what was acknowledged is there");
        assertEquals(0L, server.app.database.sql().value(Long.class,
                "select count(*) from inbox where door <> 'nobody'").orElseThrow(), "what was refused is not");
        assertTrue(mail().startsWith("250"));
        assertEquals(200, text());
        form();
        assertEquals(3L, server.app.database.sql().value(Long.class,
                "select count(*) from inbox where door <> 'nobody'").orElseThrow(), "each comes again");
    }
}
