package switchboard.ticketing.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A real PostgreSQL 18 under `<home>/postgres`, started by us and durable: fsync on, data checksums on, scram
/// passwords, loopback TCP only. Below it lie `data`, `password` (0600), `port`, `server.log` and the programs.
///
/// The server outlives a killed JVM; the next [#start(Path)] takes it over. While one JVM holds a home, another one
/// that starts on it is its guest: it uses the same server, and its [#stop()] leaves that server alone.
/// Every method blocks; none may be called on an event loop.
public final class EmbeddedPostgres {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final Duration WATCH = Duration.ofSeconds(1);

    private final Cluster cluster;
    private final String password;
    private final int port;
    private final boolean adopted;
    private final FileChannel hold; // null for a guest
    private final Map<String, String> settings;
    private volatile boolean stopped;

    private EmbeddedPostgres(Cluster cluster, String password, int port, boolean adopted, FileChannel hold,
            Map<String, String> settings) {
        this.settings = settings;
        this.cluster = cluster;
        this.password = password;
        this.port = port;
        this.adopted = adopted;
        this.hold = hold;
    }

    /// Starts the server of `home`, or takes over the one that runs there. Returns when it answers queries.
    ///
    /// @throws PostgresUnavailable with one line for a person
    public static EmbeddedPostgres start(Path home) {
        return start(home, Map.of());
    }

    /// As [#start(Path)] with other server settings; they do not reach a server that is taken over.
    public static EmbeddedPostgres start(Path home, Map<String, String> settings) {
        Path folder = home.toAbsolutePath().normalize().resolve("postgres");
        try {
            Files.createDirectories(folder);
            FileChannel hold = hold(folder.resolve("lock"));
            return hold == null ? asGuest(folder) : asHolder(folder, hold, settings);
        } catch (FileSystemException e) {
            throw new PostgresUnavailable("Cannot write to " + folder + " (" + why(e)
                    + "): set SWITCHBOARD_HOME to a folder that this user may write to", e);
        } catch (IOException e) {
            throw new PostgresUnavailable("Cannot run PostgreSQL in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static String why(FileSystemException e) {
        return switch (e) {
            case AccessDeniedException _ -> "not allowed";
            case NoSuchFileException _ -> "no folder can be made there";
            case FileAlreadyExistsException _ -> e.getFile() + " is a file";
            default -> e.getReason() == null ? e.getFile() : e.getReason();
        };
    }

    private static EmbeddedPostgres asHolder(Path folder, FileChannel hold, Map<String, String> settings)
            throws IOException {
        try {
            var cluster = new Cluster(folder, ServerAccount.current(), PostgresBinaries.unpackedUnder(folder));
            String password = cluster.password();
            cluster.createIfAbsent();
            int orphan = cluster.runningPort(password);
            int port = orphan > 0 ? orphan : cluster.launch(settings, 0);
            return new EmbeddedPostgres(cluster, password, port, orphan > 0, hold, settings);
        } catch (IOException | RuntimeException e) {
            hold.close();
            throw e;
        }
    }

    private static EmbeddedPostgres asGuest(Path folder) throws IOException {
        var cluster = new Cluster(folder, ServerAccount.current(), null);
        cluster.awaitHolder();
        String password = cluster.password();
        int port = cluster.runningPort(password);
        if (port == 0) {
            throw new PostgresUnavailable("Another Switchboard uses " + folder.getParent()
                    + " and its PostgreSQL does not answer; see " + cluster.log());
        }
        return new EmbeddedPostgres(cluster, password, port, true, null, Map.of());
    }

    /// The lock ends with the JVM, however that ends. Null when another JVM, or this one already, has it.
    private static FileChannel hold(Path lock) throws IOException {
        FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock held = channel.tryLock();
            if (held != null) {
                return channel;
            }
        } catch (OverlappingFileLockException thisJvm) {
            // a guest in its own house
        }
        channel.close();
        return null;
    }

    public String host() {
        return Cluster.HOST;
    }

    public int port() {
        return port;
    }

    public String user() {
        return Cluster.NAME;
    }

    public String password() {
        return password;
    }

    public String database() {
        return Cluster.NAME;
    }

    /// `postgresql://user:password@127.0.0.1:port/database`; every part is safe in a URI as it stands.
    public String uri() {
        return "postgresql://" + user() + ":" + password + "@" + host() + ":" + port + "/" + database();
    }

    /// As [#uri()], for a role without a superuser's rights; made here where it is missing. Blocks.
    public String workingUri() {
        return "postgresql://" + WorkingRole.NAME + ":" + WorkingRole.create(uri(), password) + "@" + host() + ":"
                + port + "/" + database();
    }

    /// Whether the server ran already: left by a killed JVM, or held by another one.
    public boolean adopted() {
        return adopted;
    }

    /// From now on a server that dies is started again, on its port, until [#stop()]; a guest leaves that to its host.
    public EmbeddedPostgres watched() {
        if (hold != null) {
            Thread.ofPlatform().daemon().name("postgres-watch").start(this::watch);
        }
        return this;
    }

    private void watch() {
        while (!stopped) {
            LockSupport.parkNanos(WATCH.toNanos());
            try {
                revive();
            } catch (IOException | RuntimeException e) {
                LOG.error("PostgreSQL has died and cannot be started again: {}", e.getMessage());
            }
        }
    }

    private synchronized void revive() throws IOException {
        if (stopped || cluster.runs()) {
            return;
        }
        LOG.warn("PostgreSQL has died; starting it again");
        if (cluster.runningPort(password) != port) {
            cluster.launch(settings, port);
        }
        LOG.info("PostgreSQL runs again");
    }

    /// Ends the server (fast shutdown: open transactions are rolled back); a guest only leaves. Harmless when repeated.
    public synchronized void stop() {
        if (stopped || hold == null) {
            return;
        }
        stopped = true;
        try (hold) {
            cluster.stop();
        } catch (IOException e) {
            throw new PostgresUnavailable("PostgreSQL did not stop: " + e.getMessage(), e);
        }
    }
}
