package switchboard.gateway.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The real program as a child process on this build's class path, with its home and its embedded PostgreSQL and Redis.
final class Program implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(5);

    final Path home;
    final int httpPort = freePort();
    final int smtpPort = freePort();
    private final Map<String, String> settings;
    private final Optional<Path> doctored;
    private final HttpClient client = HttpClient.newHttpClient();
    private Process process;
    final List<Instant> deaths = new ArrayList<>();

    /// @param doctored classes that stand before the build's own
    Program(Path home, Map<String, String> settings, Optional<Path> doctored) {
        this.home = home;
        this.settings = settings;
        this.doctored = doctored;
        // A driver that is stopped leaves nothing running.
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + httpPort;
    }

    private ProcessBuilder java(List<String> flags, List<String> words) {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(flags);
        var build = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(List.of("-cp", doctored.map(first -> first + ":").orElse("") + build,
                "switchboard.gateway.Switchboard"));
        command.addAll(words);
        var builder = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("SWITCHBOARD_"));
        builder.environment().putAll(Map.of("SWITCHBOARD_REDIS_URL", "embedded"));
        builder.environment().putAll(settings);
        builder.environment().putAll(Map.of("SWITCHBOARD_HOME", home.toString(),
                "SWITCHBOARD_SECRET", "a-secret-of-the-crash-loop-only", "SWITCHBOARD_HTTP_PORT", "" + httpPort,
                "SWITCHBOARD_SMTP_PORT", "" + smtpPort));
        return builder;
    }

    /// @param failpoint as in `-Dswitchboard.fail`; empty: none
    /// @return how long it took until it was ready; empty when it died before
    Optional<Duration> start(String failpoint) {
        var began = Instant.now();
        try {
            var log = ProcessBuilder.Redirect.appendTo(home.resolve("program.log").toFile());
            var flags = failpoint.isEmpty() ? List.<String>of() : List.of("-Dswitchboard.fail=" + failpoint);
            process = java(flags, List.of("serve")).redirectOutput(log).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (process.isAlive()) {
            if (ready()) return Optional.of(Duration.between(began, Instant.now()));
            if (Instant.now().isAfter(began.plus(PATIENCE))) throw new AssertionError("Not ready; see " + home);
            pause(200);
        }
        deaths.add(Instant.now());
        return Optional.empty();
    }

    /// A health page's status; 0 without a response within two seconds.
    int status(String page) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url() + "/health/" + page)).timeout(Duration.ofSeconds(2));
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException silent) {
            return 0;
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    boolean ready() {
        return health().isPresent();
    }

    /// Whether it has its Redis, now or in a while.
    boolean awaitRedis() {
        for (var until = Instant.now().plus(PATIENCE); Instant.now().isBefore(until); pause(200)) {
            if (health().filter(said -> said.contains("\"redis\":\"up\"")).isPresent()) return true;
        }
        return false;
    }

    /// What it says of itself when it is ready.
    private Optional<String> health() {
        try {
            var request = HttpRequest.newBuilder(URI.create(url() + "/health/ready")).timeout(Duration.ofSeconds(2))
                    .build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException notYet) {
            return Optional.empty();
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    /// @return what one command of the program printed
    String run(String... words) {
        try {
            var child = java(List.of(), List.of(words)).start();
            var said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (child.waitFor() != 0) throw new AssertionError(String.join(" ", words) + ": " + said);
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    /// @return false when it lives on
    boolean awaitDeath(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) return false;
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
        deaths.add(Instant.now());
        return true;
    }

    /// `kill -9` of the program and nothing else: its database lives on without it.
    void kill() {
        process.destroyForcibly();
        awaitDeath(PATIENCE);
    }

    /// `kill -9` of the program and all that it started.
    void killAll() {
        var all = new ArrayList<>(process.descendants().toList());
        redis().ifPresent(all::add);
        postmaster().ifPresent(server -> {
            all.addAll(server.descendants().toList());
            all.addFirst(server);
        });
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        if (process.isAlive() || deaths.isEmpty()) awaitDeath(PATIENCE);
        all.forEach(one -> one.onExit().orTimeout(10, TimeUnit.SECONDS).exceptionally(_ -> one).join());
    }

    /// `kill -9` of Redis alone: the program lives on, without what may be lost.
    void killRedis() {
        redis().ifPresent(server -> {
            server.destroyForcibly();
            server.onExit().orTimeout(10, TimeUnit.SECONDS).exceptionally(_ -> server).join();
        });
    }

    /// The processes that serve it and would outlive it.
    List<Long> servers() {
        return Stream.of(postmaster(), redis()).flatMap(Optional::stream).map(ProcessHandle::pid)
                .toList();
    }

    Optional<ProcessHandle> redis() {
        var program = home.resolve("redis/redis-server").toString();
        return ProcessHandle.allProcesses()
                .filter(one -> one.info().command().filter(program::equals).isPresent()).findFirst();
    }

    /// Until a failpoint has stopped it where it stood, every thread of it.
    boolean awaitStop(Duration patience) {
        var until = Instant.now().plus(patience);
        while (process.isAlive() && Instant.now().isBefore(until)) {
            try {
                var stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
                if (stat.substring(stat.lastIndexOf(')') + 2).startsWith("T")) {
                    deaths.add(Instant.now());
                    return true;
                }
            } catch (IOException gone) {
                return false;
            }
            pause(50);
        }
        return false;
    }

    /// Goes on where it was stopped, knowing nothing of the time between.
    void goOn() {
        signal("CONT", List.of(process.toHandle()));
    }

    /// All processes of its database.
    List<ProcessHandle> database() {
        return postmaster().stream().flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
                .toList();
    }

    static void signal(String name, List<ProcessHandle> to) {
        if (to.isEmpty()) throw new AssertionError("nothing to signal " + name);
        try {
            var line = new ArrayList<>(List.of("kill", "-" + name));
            to.forEach(one -> line.add(String.valueOf(one.pid())));
            new ProcessBuilder(line).start().waitFor(); // one may have ended meanwhile
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private Optional<ProcessHandle> postmaster() {
        try {
            var file = home.resolve("postgres/data/postmaster.pid");
            if (!Files.exists(file)) return Optional.empty();
            return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
                    .filter(server -> server.info().command().orElse("postgres").contains("postgres"));
        } catch (IOException | NumberFormatException halfWritten) {
            return Optional.empty();
        }
    }

    /// Of the database, for the judge.
    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + databasePort() + "/switchboard?user=switchboard&password="
                + word("postgres/password");
    }

    /// What makes another program a second node beside this one.
    Map<String, String> shared() {
        return Map.of("SWITCHBOARD_DATABASE_URL", "postgresql://switchboard:" + word("postgres/password")
                + "@127.0.0.1:" + databasePort() + "/switchboard",
                "SWITCHBOARD_REDIS_URL", "redis://:" + word("redis/password") + "@127.0.0.1:" + word("redis/port"));
    }

    private String databasePort() {
        return word("postgres/data/postmaster.pid").lines().toList().get(3).strip();
    }

    private String word(String file) {
        try {
            return Files.readString(home.resolve(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private void end() {
        if (process != null) killAll();
    }

    @Override
    public void close() {
        end();
        client.shutdownNow();
    }
}
