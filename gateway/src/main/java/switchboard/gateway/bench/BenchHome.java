package switchboard.gateway.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import switchboard.gateway.App;
import switchboard.gateway.Settings;

/// The real program in this process, on a fresh home with a durable database of its own, thrown away afterwards.
final class BenchHome implements AutoCloseable {
    static final String ACCOUNT = "AC00000000000000000000000000000002";
    static final String TOKEN = "a-token-of-the-benchmark";

    private final Path home;
    final int smtpPort;
    final App app;

    private BenchHome(Path home, int smtpPort) {
        this.home = home;
        this.smtpPort = smtpPort;
        this.app = App.start(new Settings(false, home, "127.0.0.1", 0, Optional.empty(), Optional.empty(),
                Optional.empty(),
                Optional.of(smtpPort), Optional.empty(), 0, "a-secret-of-the-benchmark", Optional.empty(),
                new Settings.Twilio(ACCOUNT, TOKEN, "", "", Optional.empty()), List.of()));
    }

    static BenchHome open() throws IOException {
        Files.createDirectories(Path.of("target"));
        return new BenchHome(Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bench"), freePort());
    }

    String url() {
        return app.url;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// What the figures were taken on.
    static Map<String, Object> machine() {
        var machine = new LinkedHashMap<String, Object>();
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        var system = ManagementFactory.getOperatingSystemMXBean();
        if (system instanceof OperatingSystemMXBean more) machine.put("memoryMiB", more.getTotalMemorySize() >> 20);
        machine.put("loadBefore", Math.round(system.getSystemLoadAverage() * 10) / 10.0);
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        machine.put("java", System.getProperty("java.version"));
        return machine;
    }

    Map<String, Object> durability() {
        var settings = new LinkedHashMap<String, Object>();
        for (var name : List.of("fsync", "synchronous_commit", "full_page_writes", "wal_sync_method",
                "server_version")) {
            settings.put(name, app.database.sql().value(String.class, "select current_setting($1)", name)
                    .orElseThrow());
        }
        return settings;
    }

    @Override
    public void close() {
        app.close();
        try (Stream<Path> all = Files.walk(home)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
