package switchboard.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import switchboard.channels.simulator.CarrierSimulator;
import switchboard.gateway.http.Route;
import switchboard.ticketing.TestDatabase;
import switchboard.ticketing.access.Agents;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.access.Sessions;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.journal.Entry;

/// The real program on a free port over a fresh database, and a client that talks to it.
public final class Server implements AutoCloseable {
    static {
        // The JDK's client lets no test say another Host or Origin otherwise.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,origin,connection");
    }

    public final App app;
    public final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public Server() {
        this(Map.of());
    }

    public Server(Map<String, String> more) {
        this(more, false, UnaryOperator.identity());
    }

    /// @param table applied to the route table before it is served
    Server(Map<String, String> more, UnaryOperator<List<Route>> table) {
        this(more, false, table);
    }

    /// The demo: its company, its customers' mailboxes and its carrier, everything on a free port.
    public static Server demo() {
        return new Server(Map.of("SWITCHBOARD_SMTP_PORT", "0", "SWITCHBOARD_DEMO_CARRIER_PORT", "0"), true,
                UnaryOperator.identity());
    }

    private Server(Map<String, String> more, boolean demo, UnaryOperator<List<Route>> table) {
        var environment = new HashMap<>(Map.of("SWITCHBOARD_HTTP_PORT", "0", "SWITCHBOARD_SECRET",
                "a-secret-of-the-tests-only", "SWITCHBOARD_HOME", home().toString()));
        if (!more.containsKey("SWITCHBOARD_DATABASE_URL")) {
            var owner = TestDatabase.freshDatabase();
            environment.put("SWITCHBOARD_DATABASE_OWNER_URL", owner);
            environment.put("SWITCHBOARD_DATABASE_URL", TestDatabase.working(owner));
        }
        environment.putAll(more);
        this.app = App.start(Settings.of(environment, Map.of(), demo), table);
    }

    public CarrierSimulator carrier() {
        return app.ways.carrier().orElseThrow();
    }

    /// Submits the help centre's form.
    public void form(String name, String email, String subject, String text) {
        app.ways.form().submit("en", name, email, subject, text, UUID.randomUUID().toString());
    }

    public int smtpPort() {
        return app.ways.email().port().orElseThrow();
    }

    private static Path home() {
        try {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "home");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public UUID agent(String name, Role role, UUID... teams) {
        return app.database.transaction(tx -> app.agents.create(tx, Actor.SYSTEM,
                new Agents.Invited(name + "@demo.test", name, role, List.of(teams), "en")));
    }

    public String token(UUID agent) {
        return app.sessions.open(agent, Sessions.Kind.BROWSER, "");
    }

    /// A ticket of a customer of its own; its journal entry is on its way when this returns.
    public UUID ticket(UUID team, UUID assignee) {
        var customer = Ids.next();
        var ticket = Ids.next();
        app.database.run(tx -> {
            tx.execute("insert into customer (id, name) values ($1, 'Carl')", customer);
            tx.execute("""
                    insert into ticket (id, subject, channel, customer_id, team_id, assignee_id)
                    values ($1, 'Help', 'email', $2, $3, $4)""",
                    ticket, customer, team, assignee);
            app.journal.append(tx, Entry.of("ticket.created", Actor.SYSTEM, java.time.Instant.now()).ticket(ticket)
                    .customer(customer));
        });
        app.journal.committed();
        return ticket;
    }

    /// A message with HTML on a ticket, with the inbox row it came in.
    public UUID message(UUID ticket, String html) {
        var id = Ids.next();
        var inbox = app.inbox.put(new switchboard.ticketing.intake.Arrival("nobody", "test:" + id, id.toString(),
                Map.of(),
                "Subject: Help\r\n\r\nx".getBytes(java.nio.charset.StandardCharsets.UTF_8))).id();
        app.database.sql().execute("""
                insert into message (id, ticket_id, customer_id, channel, direction, kind, at, author_type, text, html,
                  inbox_id, inbox_at)
                select $1, t.id, t.customer_id, 'email', 'inbound', 'message', now(), 'customer', 'Help me', $3, i.id,
                  i.received_at
                from ticket t, inbox i where t.id = $2 and i.id = $4""", id, ticket, html, inbox);
        return id;
    }

    public record Answer(int status, JsonNode json, String text, java.net.http.HttpHeaders headers) {
        public String code() {
            return json == null ? "" : json.path("code").asText();
        }
    }

    public Answer call(String method, String path, String token, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(app.url + path)).timeout(Duration.ofSeconds(60));
        request.method(method, body == null ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) request.header("Content-Type", "application/json");
        if (token != null) request.header("Authorization", "Bearer " + token);
        for (int i = 0; i < headers.length; i += 2) request.setHeader(headers[i], headers[i + 1]);
        return send(request.build());
    }

    public Answer get(String path, String token) {
        return call("GET", path, token, null);
    }

    public Answer send(HttpRequest request) {
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
            return new Answer(response.statusCode(), json ? Json.API.readTree(response.body()) : null, response.body(),
                    response.headers());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        app.close();
        client.shutdownNow();
    }
}
