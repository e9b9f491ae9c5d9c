package switchboard.gateway.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import switchboard.ticketing.base.Json;

/// One program with a company in it, the sinks around it and the driver's load on it.
final class House implements AutoCloseable {
    private static final String ADMIN = "root@crash.test";

    final Program program;
    final Sinks sinks;
    final Notebook notebook;
    final Traffic traffic;
    private final Lines lines;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String token;
    private final Map<String, String> settings = new java.util.HashMap<>();
    private final Optional<Path> doctored;

    /// The program's connections to the outside.
    ///
    /// @param mailPort maps a mail server's port to the port that the program uses for it
    /// @param carrierPort the same for the carrier
    /// @param environment additional environment variables
    record Around(Path home, IntUnaryOperator mailPort, IntUnaryOperator carrierPort,
                  Map<String, String> environment) {
        static Around nothing(String name) {
            return new Around(House.home(name), port -> port, port -> port, Map.of());
        }
    }

    House(String name, long seed, Optional<Path> doctored) {
        this(Around.nothing(name), seed, doctored);
    }

    House(Around around, long seed, Optional<Path> doctored) {
        var home = around.home();
        settings.putAll(around.environment());
        this.doctored = doctored;
        // Beside the home, so that a full disk there spoils no line of it.
        this.notebook = new Notebook(home.resolveSibling(home.getFileName() + "-driver.log"));
        // The carrier is told the program's address, and the program the carrier's: the program's ports are chosen
        // first.
        this.program = new Program(home, settings, doctored);
        this.sinks = new Sinks(program.url());
        settings.putAll(Map.of("SWITCHBOARD_TWILIO_ACCOUNT_SID", Sinks.ACCOUNT,
                "SWITCHBOARD_TWILIO_AUTH_TOKEN", Sinks.TOKEN, "SWITCHBOARD_TWILIO_BASE_URL", carrier(around),
                "SWITCHBOARD_TRUSTED_PROXIES", "127.0.0.1"));
        this.lines = new Lines(program, sinks);
        program.start("").orElseThrow();
        program.run("admin", "create", ADMIN);
        this.token = program.run("token", ADMIN).strip().lines().reduce((_, last) -> last).orElseThrow();
        call("POST", "mailboxes", Map.of("name", "Support", "address", Lines.MAILBOX, "version", 0,
                "smtp", Map.of("host", "127.0.0.1", "port", around.mailPort().applyAsInt(sinks.smtpPort()),
                        "tls", false, "user", "")));
        call("POST", "mailboxes", Map.of("name", "Desk", "address", Sinks.IMAP_ADDRESS, "version", 0,
                "importExisting", true, "imap",
                Map.of("host",
                "127.0.0.1", "port", sinks.imapPort(), "tls", false, "user", "desk", "password", "password")));
        call("POST", "numbers", Map.of("number", Sinks.NUMBER, "name", "Texts", "version", 0));
        call("PUT", "agents/me/status", Map.of("status", "available"));
        this.traffic = new Traffic(notebook, lines, widgetKey(), seed);
        open();
    }

    private String carrier(Around around) {
        var url = URI.create(sinks.carrierUrl());
        return "http://" + url.getHost() + ":" + around.carrierPort().applyAsInt(url.getPort()) + url.getPath();
    }

    /// The number of stored messages.
    long stored() {
        return Long.parseLong(value("select count(*)::text from message").orElseThrow());
    }

    static Path home(String name) {
        try {
            var runs = Files.createDirectories(Path.of("target", "crash").toAbsolutePath());
            return Files.createTempDirectory(runs, name + "-",
                    java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
                            java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void call(String method, String path, Map<String, ?> body) {
        var request = HttpRequest.newBuilder(URI.create(program.url() + "/api/v1/" + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token).header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(Json.write(body))).build();
        try {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) throw new AssertionError(path + ": " + answer.statusCode() + " "
                    + answer.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A second node over the same database and Redis, with ports and a home of its own.
    Program neighbour() {
        var both = new java.util.HashMap<>(settings);
        both.putAll(program.shared());
        return new Program(home("neighbour"), both, doctored);
    }

    /// The role that one node has at a time, and how often it has changed hands.
    long sequencerToken() {
        return Long.parseLong(value("select token::text from lease where name = 'sequencer'").orElseThrow());
    }

    /// Whether everything that must leave has left.
    boolean nothingWaits() {
        return value("select 'waits' from outbox where state <> 'sent' limit 1").isEmpty();
    }

    private String widgetKey() {
        return value("select value->>'key' from setting where name = 'widget'").orElseThrow();
    }

    private Optional<String> value(String sql) {
        try (var connection = DriverManager.getConnection(program.jdbcUrl()); var rows = connection.createStatement()
                .executeQuery(sql)) {
            return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The conversations that the load is about.
    private void open() {
        traffic.prime();
        var until = Instant.now().plus(Program.PATIENCE);
        traffic.answer(key -> {
            while (true) {
                var ticket = value("select ticket_id from message where text like '%key(" + key + ")%'");
                if (ticket.isPresent()) return UUID.fromString(ticket.get());
                if (Instant.now().isAfter(until)) throw new AssertionError(key + " opened no ticket");
                Program.pause(100);
            }
        }, token);
    }

    Oracle.Verdict judge() {
        try (var connection = DriverManager.getConnection(program.jdbcUrl())) {
            return new Oracle(connection, sinks, notebook, program.deaths).judge();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        lines.close();
        client.shutdownNow();
        program.close();
        sinks.close();
        notebook.close();
    }
}
