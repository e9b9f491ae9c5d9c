package switchboard.gateway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import switchboard.gateway.App;
import switchboard.gateway.Settings;

/// The real program in this process, on a fresh home with a durable database of its own, thrown away afterwards.
final class BenchHome implements AutoCloseable {
    static final String ACCOUNT = "AC00000000000000000000000000000002";
    static final String TOKEN = "a-token-of-the-benchmark";
    private static final Duration SETTLING = Duration.ofSeconds(30);
    private static final int LOOK_MILLIS = 20;

    private final Path home;
    final int smtpPort;
    final App app;

    private BenchHome(Path home, int smtpPort) {
        this.home = home;
        this.smtpPort = smtpPort;
        this.app = App.start(new Settings(false, home, "127.0.0.1", 0, Optional.empty(), Optional.empty(),
                Optional.empty(),
                Optional.of(smtpPort), Optional.empty(), 0, "a-secret-of-the-benchmark", Optional.empty(),
                new Settings.Twilio(ACCOUNT, TOKEN, "", "", Optional.empty()), List.of(),
                Settings.Mail.USUAL, true, Optional.empty(), Optional.empty()));
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

    /// Where the search keeps its index.
    Path searchFolder() {
        return home.resolve("search");
    }

    /// Waits until the journal is in order and its followers have read it, so that the next measurement is not theirs;
    /// a program that never rests is not waited for without end.
    void settle() throws InterruptedException {
        long until = System.nanoTime() + SETTLING.toNanos();
        while (System.nanoTime() < until && app.database.sql().exists("""
                select 1 from journal_pending union all
                select 1 from tailer where seq < (select max(seq) from journal_order)""")) {
            Thread.sleep(LOOK_MILLIS);
        }
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
