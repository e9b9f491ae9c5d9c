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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import switchboard.gateway.redis.Ephemeral.WhenGone;

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
    void everythingGoesOnWhileRedisIsEmptiedOrGoneAndCostlyLimitsRefuse() throws Exception {
        EmbeddedRedis redis = EmbeddedRedis.start(home);
        var heard = new LinkedBlockingQueue<String>();
        try (var store = new RedisEphemeral(redis.uri(), () -> {}); var _ = store.subscribe("c", heard::add)) {
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
            assertTrue(store.allow("cheap", 1, LONG));
            assertFalse(store.allow("costly", 1, LONG, WhenGone.REFUSE));
        }
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
            assertTrue(store.allow("costly", 1, LONG, WhenGone.REFUSE), "the embedded Redis counts");
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
