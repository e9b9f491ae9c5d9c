package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import switchboard.channels.twilio.FormBody;
import switchboard.channels.twilio.Signature;
import switchboard.gateway.http.Problem;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.postgres.EmbeddedPostgres;

/// The database is killed under the running program and comes back.
class DatabaseLostTest {
    private static final String ACCOUNT = "AC00000000000000000000000000000009";
    private static final int PATIENCE_SECONDS = 120;

    @Test
    void withoutItsDatabaseTheProgramSaysSoAndGoesOnByItselfWhenItIsBack() throws Exception {
        var home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "lost");
        var postgres = EmbeddedPostgres.start(home, Map.of("fsync", "off"));
        try (var server = new Server(Map.of("SWITCHBOARD_DATABASE_URL", postgres.uri(),
                "SWITCHBOARD_TWILIO_ACCOUNT_SID", ACCOUNT, "SWITCHBOARD_TWILIO_AUTH_TOKEN", "of-the-tests-only",
                "SWITCHBOARD_TWILIO_BASE_URL", "http://127.0.0.1:1"))) {
            var admin = server.token(server.agent("root", Role.ADMIN));
            var ticket = server.ticket(null, null);
            assertEquals(200, server.get("/health/ready", null).status());
            kill(home);
            assertEquals(List.of(), notSaidWell(server, admin, ticket));
            assertEquals(200, server.get("/health/live", null).status());
            assertEquals(503, server.get("/health/ready", null).status());
            assertEquals(404, server.get("/nothing", null).status(), "what needs no database is answered");

            postgres.stop();
            postgres = EmbeddedPostgres.start(home, Map.of("fsync", "off"));
            until("ready again", () -> server.get("/health/ready", null).status() == 200);
            assertEquals(201, note(server, admin, ticket).status());
            server.app.ways.form().submit("en", "Carl", "carl@demo.test", "After", "After all", "after");
            until("a message is taken in and told in order", () -> server.app.database.sql().exists("""
                    select 1 from message m join journal j on j.message_id = m.id join journal_order o on o.id = j.id
                    where m.text = 'After all'"""));
            assertEquals(1, server.get("/api/v1/tickets?q=after&view=all", admin).json().path("items").size());
        } finally {
            postgres.stop();
        }
    }

    /// As a crash or the kernel does it; its children end with it.
    private static void kill(Path home) throws Exception {
        long pid = Long.parseLong(Files.readAllLines(home.resolve("postgres/data/postmaster.pid")).getFirst().strip());
        var postmaster = ProcessHandle.of(pid).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().get();
    }

    private static Server.Answer note(Server server, String admin, UUID ticket) {
        return server.call("POST", "/api/v1/tickets/" + ticket + "/notes", admin, "{\"text\":\"x\"}",
                "Idempotency-Key", UUID.randomUUID().toString());
    }

    /// Many at once, so that more wait than there are connections; one that hangs ends the test by the client's limit.
    private static List<String> notSaidWell(Server server, String admin, UUID ticket) throws Exception {
        var wrong = new ArrayList<String>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Server.Answer>>();
            for (int i = 0; i < 16; i++) {
                answers.add(clients.submit(() -> server.get("/api/v1/tickets", admin)));
                answers.add(clients.submit(() -> note(server, admin, ticket)));
                // More wrong passwords than these would be too many.
                if (i % 4 == 0) answers.add(clients.submit(() -> server.call("POST", "/api/v1/session", null,
                        "{\"email\":\"root@demo.test\",\"password\":\"not the password\"}")));
                answers.add(clients.submit(() -> server.get(server.app.links.mail(ticket, ticket), null)));
            }
            for (var answer : answers) {
                var said = answer.get();
                boolean well = said.status() == 503 && said.headers().firstValue("Retry-After").isPresent()
                        && said.headers().firstValue("Content-Type").orElse("").equals(Problem.MEDIA_TYPE)
                        && said.code().equals("unavailable");
                if (!well) wrong.add(said.status() + " " + said.text() + said.headers().map());
            }
        }
        var form = FormBody.of("AccountSid", ACCOUNT, "MessageSid", "SM0123456789abcdef0123456789abcdef",
                "MessageStatus", "sent");
        var target = server.app.url + "/webhooks/twilio/status";
        var hook = server.send(java.net.http.HttpRequest.newBuilder(java.net.URI.create(target))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(Signature.HEADER, Signature.sign("of-the-tests-only", target, form))
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(form.encoded())).build());
        if (hook.status() != 503) wrong.add("a webhook that cannot be stored is not taken: " + hook.status());
        return wrong;
    }

    private static void until(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "never: " + what);
            Thread.sleep(100);
        }
    }
}
