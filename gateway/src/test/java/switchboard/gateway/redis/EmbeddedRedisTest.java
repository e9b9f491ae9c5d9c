package switchboard.gateway.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

@Timeout(120) // what is waited for and never comes is a failure
class EmbeddedRedisTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private Path home;

    @BeforeEach
    void newHome() throws IOException {
        home = Files.createTempDirectory(Path.of("target"), "redis home ");
    }

    @Test
    void asksForItsPasswordAndIsGoneAfterStop() throws IOException {
        EmbeddedRedis redis = EmbeddedRedis.start(home);
        URI open = URI.create("redis://127.0.0.1:" + redis.uri().getPort());
        try (var stranger = RedisClient.create(open)) {
            assertThrows(JedisException.class, () -> stranger.get("x"));
        }
        redis.stop();
        redis.stop();
        assertThrows(JedisException.class, () -> ask(redis));
    }

    @Test
    void aServerLeftByAKilledJvmIsTakenOver() throws Exception {
        Process jvm = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                OtherJvm.class.getName(), home.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String line;
        do {
            line = jvm.inputReader().readLine();
        } while (line != null && !line.startsWith("redis://"));
        assertNotNull(line);
        jvm.destroyForcibly();
        assertTrue(jvm.waitFor(30, TimeUnit.SECONDS));
        EmbeddedRedis adopted = EmbeddedRedis.start(home);
        try {
            assertTrue(adopted.adopted());
            assertEquals(line, adopted.uri().toString());
        } finally {
            adopted.stop();
        }
    }

    static final class OtherJvm {
        static void main(String[] args) throws Exception {
            System.out.println(EmbeddedRedis.start(Path.of(args[0])).uri());
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    @Test
    void everythingGoesOnWhileRedisIsEmptiedOrGoneAndLimitsHoldOnEachNode() throws Exception {
        EmbeddedRedis redis = EmbeddedRedis.start(home);
        var heard = new LinkedBlockingQueue<String>();
        try (var store = new RedisEphemeral(redis.uri()); var _ = store.subscribe("c", heard::add)) {
            store.put("k", "v", LONG);
            try (var client = RedisClient.create(redis.uri())) {
                client.flushAll();
            }
            assertEquals(Optional.empty(), store.get("k"));
            store.put("k", "v", LONG);
            redis.stop();
            assertEquals(Optional.empty(), store.get("k"));
            assertEquals(Map.of(), store.members(""));
            store.put("k", "v", LONG);
            store.remove("k");
            store.publish("c", "lost");
            store.subscribe("d", heard::add).close();
            assertEquals(Ephemeral.State.GONE, store.state());
            assertTrue(store.allow("limit", 1, LONG));
            assertFalse(store.allow("limit", 1, LONG), "this node still counts");
        }
    }

    @Test
    void nodesCountTogetherAndAnEmptiedRedisForgivesNobodyOnHisOwnNode() throws IOException {
        EmbeddedRedis redis = EmbeddedRedis.start(home);
        try (var one = new RedisEphemeral(redis.uri()); var two = new RedisEphemeral(redis.uri());
                var client = RedisClient.create(redis.uri())) {
            assertTrue(one.allow("shared", 2, LONG));
            assertTrue(two.allow("shared", 2, LONG));
            assertFalse(two.allow("shared", 2, LONG));
            assertFalse(one.allow("shared", 2, LONG));
            client.flushAll();
            assertFalse(one.allow("shared", 2, LONG));
        } finally {
            redis.stop();
        }
    }

    @Test
    void anEmbeddedRedisThatIsKilledComesBackWithItsSubscriptions() throws Exception {
        EmbeddedRedis redis = EmbeddedRedis.start(home);
        var heard = new LinkedBlockingQueue<String>();
        try (var store = new RedisEphemeral(redis); var _ = store.subscribe("c", heard::add)) {
            kill(home);
            String answer;
            do { // it is noticed by who listens, though nobody asks
                Thread.sleep(50);
                store.publish("c", "again");
                answer = heard.poll(100, TimeUnit.MILLISECONDS);
            } while (answer == null);
            assertEquals("again", answer);
            assertEquals(Ephemeral.State.UP, store.state());
        }
        assertThrows(JedisException.class, () -> ask(redis), "closing ends the one that was started again");
    }

    @Test
    void aServerWhosePortWasLostIsEnded() throws IOException {
        EmbeddedRedis lost = EmbeddedRedis.start(home);
        Files.delete(home.resolve("redis/port"));
        EmbeddedRedis next = EmbeddedRedis.start(home);
        try {
            assertFalse(next.adopted());
            assertThrows(JedisException.class, () -> ask(lost));
        } finally {
            next.stop();
        }
    }

    /// `kill -9` of the server below `home`.
    static void kill(Path home) throws IOException {
        String program = home.toRealPath().resolve("redis/redis-server").toString();
        List<ProcessHandle> servers = ProcessHandle.allProcesses()
                .filter(one -> one.info().command().filter(program::equals).isPresent()).toList();
        assertEquals(1, servers.size());
        servers.getFirst().destroyForcibly();
        servers.getFirst().onExit().join();
    }

    @Test
    void aRedisThatCannotStartIsReplacedByThisProcess() throws IOException {
        Path file = Files.createFile(home.resolve("file"));
        try (Ephemeral store = Ephemeral.open(Optional.empty(), Optional.of(file))) {
            assertInstanceOf(InProcessEphemeral.class, store);
        }
        Path program = Files.createDirectories(home.resolve("redis")).resolve("redis-server");
        Files.writeString(program, "#!/bin/sh\necho 'libssl.so.3 is missing'\nexit 1\n");
        assertTrue(program.toFile().setExecutable(true));
        String line = assertThrows(IOException.class, () -> EmbeddedRedis.start(home)).getMessage();
        assertTrue(line.startsWith("libssl.so.3 is missing"), line);
    }

    @Test
    void theSettingsChooseTheStore() {
        try (Ephemeral store = Ephemeral.open(Optional.empty(), Optional.of(home))) {
            assertInstanceOf(RedisEphemeral.class, store);
            assertEquals(Ephemeral.State.UP, store.state());
        }
        try (Ephemeral store = Ephemeral.open(Optional.empty(), Optional.empty())) {
            assertInstanceOf(InProcessEphemeral.class, store);
        }
    }

    private static String ask(EmbeddedRedis redis) {
        try (var client = RedisClient.create(redis.uri())) {
            return client.get("x");
        }
    }
}
