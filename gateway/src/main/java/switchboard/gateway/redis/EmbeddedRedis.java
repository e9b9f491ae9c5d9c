package switchboard.gateway.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ShutdownParams;
import redis.embedded.core.ExecutableProvider;

/// A Redis under `<home>/redis` for the demo: loopback only, a free port and a password kept there, nothing on disk.
/// It outlives a killed JVM; the next start takes it over. One that dies meanwhile can be revived where it was.
public final class EmbeddedRedis {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);
    private static final String HOST = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int TIMEOUT_MILLIS = 2000;
    private static final String PROGRAM = "redis-server";
    private static final String SETTINGS = "redis.conf";
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final Path folder;
    private final int port;
    private final String password;
    private final boolean adopted;
    private boolean stopped;

    private EmbeddedRedis(Path folder, int port, String password, boolean adopted) {
        this.folder = folder;
        this.port = port;
        this.password = password;
        this.adopted = adopted;
    }

    static Optional<EmbeddedRedis> startOrWarn(Path home) {
        try {
            return Optional.of(start(home));
        } catch (IOException | RuntimeException e) {
            LOG.warn("The embedded Redis cannot start; presence and limits are kept in process: {}",
                    e instanceof FileSystemException ? e.toString() : e.getMessage());
            return Optional.empty();
        }
    }

    /// Starts the Redis of `home`, or takes over the one that runs there. Blocks until it answers.
    public static EmbeddedRedis start(Path home) throws IOException {
        Path folder = home.toAbsolutePath().normalize().resolve("redis");
        Files.createDirectories(folder);
        Optional<EmbeddedRedis> orphan = running(folder);
        return orphan.isPresent() ? orphan.get() : launch(folder);
    }

    private static Optional<EmbeddedRedis> running(Path folder) throws IOException {
        Path port = folder.resolve("port");
        Path password = folder.resolve("password");
        if (!Files.exists(port) || !Files.exists(password)) {
            return Optional.empty();
        }
        try {
            int number = Integer.parseInt(Files.readString(port).strip());
            var server = new EmbeddedRedis(folder, number, Files.readString(password).strip(), true);
            return server.answers() ? Optional.of(server) : Optional.empty();
        } catch (NumberFormatException cutShort) {
            return Optional.empty();
        }
    }

    private static EmbeddedRedis launch(Path folder) throws IOException {
        endLeftOvers(folder);
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        var server = new EmbeddedRedis(folder, freePort(), HexFormat.of().formatHex(random), false);
        writePrivately(folder.resolve(SETTINGS), """
                bind %s
                port %d
                requirepass %s
                save ""
                appendonly no
                dir "%s"
                maxmemory 64mb
                maxmemory-policy volatile-ttl
                """.formatted(HOST, server.port, server.password, folder.toString().replace("\"", "\\\"")));
        server.run();
        writePrivately(folder.resolve("password"), server.password);
        writePrivately(folder.resolve("port"), String.valueOf(server.port));
        return server;
    }

    /// What runs our program and does not answer as ours was killed half-way, or its port or password was lost.
    private static void endLeftOvers(Path folder) throws IOException {
        String ours = folder.toRealPath().resolve(PROGRAM).toString();
        ProcessHandle.allProcesses().filter(one -> one.info().command().filter(ours::equals).isPresent())
                .forEach(ProcessHandle::destroyForcibly);
    }

    /// Returns when it answers.
    private void run() throws IOException {
        Path log = folder.resolve("server.log");
        var line = new ArrayList<>(List.of(program(folder).toString(), folder.resolve(SETTINGS).toString()));
        // A session of its own: Ctrl-C is for the program, which ends its server itself.
        if (Files.isExecutable(SETSID)) line.addFirst(SETSID.toString());
        Process process = new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start();
        process.getOutputStream().close();
        await(() -> !process.isAlive() || answers());
        if (!process.isAlive() || !answers()) {
            process.destroyForcibly();
            String said = Files.readString(log).strip();
            throw new IOException(said.substring(said.lastIndexOf('\n') + 1) + " (" + log + ")");
        }
    }

    /// Starts it again, with the port and password it had, if it has died and was not stopped.
    synchronized void revive() {
        if (stopped || answers()) {
            return;
        }
        try {
            run();
            LOG.info("The embedded Redis had died and was started again");
        } catch (IOException | RuntimeException e) {
            LOG.debug("the embedded Redis cannot be started again", e);
        }
    }

    /// The program for this machine, unpacked once; it may be running, so it is never written over.
    private static Path program(Path folder) throws IOException {
        Path program = folder.resolve(PROGRAM);
        if (!Files.exists(program)) {
            Path partial = Files.createTempDirectory(folder, "unpacking-");
            Path unpacked = ExecutableProvider.newJarResourceProvider(partial.toFile()).get().toPath();
            Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwx------"));
            Files.move(unpacked, program, StandardCopyOption.ATOMIC_MOVE);
            try (var left = Files.list(partial)) {
                for (Path file : left.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(partial);
        }
        return program;
    }

    public URI uri() {
        return URI.create("redis://:" + password + "@" + HOST + ":" + port);
    }

    /// Whether it ran already, left by a killed JVM.
    public boolean adopted() {
        return adopted;
    }

    /// Ends the server and returns when it is gone. Harmless when repeated.
    public synchronized void stop() {
        stopped = true;
        try (Jedis redis = connect()) {
            redis.shutdown(ShutdownParams.shutdownParams().nosave());
        } catch (JedisException gone) {
            LOG.debug("the embedded Redis was gone", gone);
        }
        await(() -> !answers());
    }

    /// Whether the server at our port takes our password and works in our folder.
    private boolean answers() {
        try (Jedis redis = connect()) {
            String dir = redis.configGet("dir").get("dir");
            return dir != null && Files.isSameFile(Path.of(dir), folder);
        } catch (JedisException | IOException notOurs) {
            return false;
        }
    }

    private Jedis connect() {
        return new Jedis(new HostAndPort(HOST, port), DefaultJedisClientConfig.builder()
                .password(password).autoNegotiateProtocol(false)
                .connectionTimeoutMillis(TIMEOUT_MILLIS).socketTimeoutMillis(TIMEOUT_MILLIS).build());
    }

    private static void await(BooleanSupplier done) {
        long began = System.nanoTime();
        while (!done.getAsBoolean() && System.nanoTime() - began < PATIENCE.toNanos()) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return probe.getLocalPort();
        }
    }

    private static void writePrivately(Path file, String text) throws IOException {
        Path next = Files.createTempFile(file.getParent(), "next-", ""); // 0600
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
