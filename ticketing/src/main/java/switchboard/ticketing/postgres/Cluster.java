package switchboard.ticketing.postgres;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The files of one embedded server and what is done to them: create, launch, find running, stop.
/// `binaries` may be null where only a running server is looked for.
record Cluster(Path folder, ServerAccount account, PostgresBinaries binaries) {

    static final String HOST = "127.0.0.1";
    static final String NAME = "switchboard"; // the superuser and the database

    private static final Duration PATIENCE = Duration.ofSeconds(60); // with another's start, stop or crash recovery
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int LAUNCH_ATTEMPTS = 20;
    /// A snatched port, or a killed server that is not yet buried, or its children that are still ending.
    private static final Pattern PASSING = Pattern.compile("could not bind|lock file|pre-existing shared memory");
    private static final long LOG_BYTES_MAX = 10 << 20; // then it starts anew

    /// Of the machine's memory. With too few, a session that writes has to wait for others' rows to be on the disk
    /// before it finds a place for its own.
    private static final int BUFFERS_SHARE = 16;
    private static final long BUFFERS_MIB_MIN = 128; // the server's own default
    private static final long BUFFERS_MIB_MAX = 1024;
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("listen_addresses", HOST), Map.entry("unix_socket_directories", ""),
            Map.entry("fsync", "on"), Map.entry("synchronous_commit", "on"), Map.entry("full_page_writes", "on"),
            Map.entry("shared_buffers", buffers(memoryBytes())), Map.entry("max_connections", "60"),
            Map.entry("wal_compression", "off"), Map.entry("jit", "off"), Map.entry("max_wal_size", "1GB"),
            // Nobody keeps this on a turning disk.
            Map.entry("random_page_cost", "1.1"),
            // So that those who write find free buffers.
            Map.entry("bgwriter_lru_maxpages", "1000"),
            // A new company's tables grow fast: plans made for empty ones must not live for a minute.
            Map.entry("autovacuum_naptime", "15s"),
            // They grow fast: what is known of them must be had for little, and is renewed when it has changed by half.
            Map.entry("default_statistics_target", "25"),
            Map.entry("autovacuum_analyze_scale_factor", "0.5"),
            Map.entry("autovacuum_vacuum_insert_scale_factor", "0.5"),
            Map.entry("timezone", "UTC"), Map.entry("log_timezone", "UTC"), Map.entry("log_min_messages", "warning"));

    private static long memoryBytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize() : 0;
    }

    static String buffers(long memoryBytes) {
        return Math.clamp((memoryBytes >> 20) / BUFFERS_SHARE, BUFFERS_MIB_MIN, BUFFERS_MIB_MAX) + "MB";
    }

    Path data() {
        return folder.resolve("data");
    }

    Path log() {
        return folder.resolve("server.log");
    }

    private Path passwordFile() {
        return folder.resolve("password");
    }

    private Path portFile() {
        return folder.resolve("port");
    }

    /// The superuser's password: hexadecimal, made on first use.
    String password() throws IOException {
        if (!Files.exists(passwordFile())) {
            if (Files.isDirectory(data())) {
                throw new PostgresUnavailable("The database's password is missing: put " + passwordFile()
                        + " back, or remove " + folder + " to start over without its contents");
            }
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            replace(passwordFile(), HexFormat.of().formatHex(random));
        }
        return Files.readString(passwordFile()).strip();
    }

    /// A data folder that was cut short never gets the name `data`.
    void createIfAbsent() throws IOException {
        Path partial = folder.resolve("data.partial");
        PostgresBinaries.deleteTree(partial);
        if (!Files.isDirectory(data())) {
            Files.createDirectory(partial, PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rwx------")));
            account.own(partial);
            expect("initdb", account.run(partial, "", List.of(binaries.program("initdb").toString(), "-D",
                    partial.toString(), "-U", NAME, "-A", "scram-sha-256", "--pwfile=" + passwordFile(), "-E", "UTF8",
                    "--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--data-checksums")));
            expect("postgres", account.run(partial, "CREATE DATABASE " + NAME + "\n", List.of(
                    binaries.program("postgres").toString(), "--single", "-D", partial.toString(), "postgres")));
            Files.move(partial, data(), StandardCopyOption.ATOMIC_MOVE);
        }
        String major = Files.readString(data().resolve("PG_VERSION")).strip();
        if (!major.equals(PostgresBinaries.MAJOR)) {
            throw new PostgresUnavailable(data() + " was written by PostgreSQL " + major + ", this is "
                    + PostgresBinaries.MAJOR + ": dump it with the old version and restore it here");
        }
    }

    /// The port of the server that runs on our data folder, 0 when there is none. Waits for one that is starting,
    /// recovering or stopping.
    int runningPort(String password) throws IOException {
        long began = System.nanoTime();
        for (var server = Postmaster.of(data()); server.isPresent(); server = Postmaster.of(data())) {
            if (answers(server.get().port(), password)) {
                remember(server.get().port());
                return server.get().port();
            }
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new PostgresUnavailable("PostgreSQL (process " + server.get().pid() + ") runs on " + data()
                        + " but does not answer; end it, or see " + log());
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return 0;
    }

    /// Whether the server at that port takes our password and serves our data folder.
    private boolean answers(int port, String password) throws IOException {
        String url = "jdbc:postgresql://" + HOST + ":" + port + "/" + NAME + "?connectTimeout=5&socketTimeout=5";
        try (var connection = DriverManager.getConnection(url, NAME, password);
                var rows = connection.createStatement().executeQuery("SHOW data_directory")) {
            return rows.next() && Path.of(rows.getString(1)).toRealPath().equals(data().toRealPath());
        } catch (SQLException notYet) {
            return false;
        }
    }

    /// Waits until the JVM that holds the home has its server's files in place.
    void awaitHolder() {
        long began = System.nanoTime();
        while (!(Files.exists(Postmaster.file(data())) && Files.exists(portFile()))
                && System.nanoTime() - began < PATIENCE.toNanos()) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /// Whether its process lives.
    boolean runs() throws IOException {
        return Postmaster.of(data()).isPresent();
    }

    /// Starts the server and answers its port: `wanted`, or with 0 the one of last time when that is free.
    int launch(Map<String, String> other, int wanted) throws IOException {
        prepareLog();
        var settings = new TreeMap<>(SETTINGS);
        settings.putAll(other);
        ServerAccount.Outcome outcome = null;
        for (int attempt = 0; attempt < LAUNCH_ATTEMPTS; attempt++) {
            int port = wanted > 0 ? wanted : freePort(attempt == 0);
            settings.put("port", String.valueOf(port));
            long logged = Files.size(log());
            outcome = control("start", "-w", "-t", "600", "-l", log().toString(), "-o", options(settings));
            if (outcome.ok()) {
                remember(port);
                return port;
            }
            String why = loggedSince(logged);
            if (why.contains("lock file") && Postmaster.namesAnother(data())) {
                Files.deleteIfExists(Postmaster.file(data()));
            } else if (!PASSING.matcher(why).find()) {
                throw new PostgresUnavailable("PostgreSQL did not start: " + reason(why, outcome.lastLine())
                        + " (" + log() + ")");
            }
            LockSupport.parkNanos(POLL.toNanos() * (attempt + 1));
        }
        throw new PostgresUnavailable("PostgreSQL did not start: " + outcome.lastLine() + " (" + log() + ")");
    }

    void stop() throws IOException {
        var server = Postmaster.of(data());
        if (server.isEmpty()) {
            return;
        }
        var outcome = control("stop", "-m", "fast", "-w", "-t", "60");
        if (!outcome.ok() && server.get().alive(data())) {
            throw new IOException(outcome.lastLine());
        }
    }

    private ServerAccount.Outcome control(String verb, String... more) throws IOException {
        var command = new ArrayList<>(List.of(binaries.program("pg_ctl").toString(), verb, "-D", data().toString()));
        command.addAll(List.of(more));
        return account.run(data(), "", command);
    }

    private static String options(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> "-c " + setting.getKey() + "='" + setting.getValue() + "'")
                .collect(Collectors.joining(" "));
    }

    private void prepareLog() throws IOException {
        if (Files.exists(log()) && Files.size(log()) > LOG_BYTES_MAX) {
            Files.delete(log());
        }
        if (!Files.exists(log())) {
            Files.createFile(log(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        account.own(log());
    }

    private String loggedSince(long offset) throws IOException {
        try (var in = Files.newInputStream(log())) {
            in.skipNBytes(offset);
            return new String(in.readNBytes(64 << 10));
        }
    }

    private static String reason(String logged, String otherwise) {
        return logged.lines().filter(line -> line.contains("FATAL:")).findFirst()
                .map(line -> line.substring(line.indexOf("FATAL:") + 6).strip()).orElse(otherwise);
    }

    private int freePort(boolean asBefore) throws IOException {
        if (asBefore && Files.exists(portFile())) {
            try {
                int before = Integer.parseInt(Files.readString(portFile()).strip());
                new ServerSocket(before, 1, InetAddress.getByName(HOST)).close();
                return before;
            } catch (IOException | IllegalArgumentException taken) {
                // any other will do
            }
        }
        try (var probe = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return probe.getLocalPort();
        }
    }

    private void remember(int port) throws IOException {
        replace(portFile(), String.valueOf(port));
    }

    private void replace(Path file, String text) throws IOException {
        Path next = Files.createTempFile(folder, file.getFileName().toString(), ".tmp"); // 0600
        Files.writeString(next, text + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void expect(String program, ServerAccount.Outcome outcome) throws IOException {
        if (!outcome.ok()) {
            String error = outcome.output().lines().filter(line -> line.contains("error:") || line.contains("FATAL:"))
                    .findFirst().orElse(outcome.lastLine());
            throw new IOException(program + ": " + error);
        }
    }
}
