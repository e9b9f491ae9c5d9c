package switchboard.gateway.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Jedis;

/// What holds for every [Ephemeral]: the one in process and the one on Redis.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EphemeralTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private EmbeddedRedis redis;
    private List<Ephemeral> stores;

    @BeforeAll
    void open() throws IOException {
        redis = EmbeddedRedis.start(Files.createTempDirectory(Path.of("target"), "redis-"));
        stores = List.of(new InProcessEphemeral(), new RedisEphemeral(redis));
    }

    @AfterAll
    void close() {
        stores.forEach(Ephemeral::close);
    }

    List<Ephemeral> stores() {
        return stores;
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("stores")
    void keepsTheLastValueUntilItIsRemoved(Ephemeral store) {
        store.put("keep", "one", LONG);
        store.put("keep", "two", LONG);
        assertEquals(Optional.of("two"), store.get("keep"));
        store.remove("keep");
        assertEquals(Optional.empty(), store.get("keep"));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("stores")
    void forgetsAValueWhenItsTimeIsOver(Ephemeral store) {
        store.put("short:a", "x", Duration.ofMillis(30));
        store.put("short:b", "x", LONG);
        while (store.get("short:a").isPresent()) {
            Thread.onSpinWait();
        }
        assertEquals(Map.of("short:b", "x"), store.members("short:"));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("stores")
    void membersAreExactlyTheKeysWithThatPrefix(Ephemeral store) {
        store.put("room[1]*:b", "2", LONG);
        store.put("room[1]*:a", "1", LONG);
        store.put("room1x:c", "3", LONG);
        store.put("other", "4", LONG);
        assertEquals("{room[1]*:a=1, room[1]*:b=2}", store.members("room[1]*:").toString());
        assertEquals(Map.of(), store.members("nobody:"));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("stores")
    void allowsExactlyTheLimitAlsoFromManyThreads(Ephemeral store) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> attempts = Collections.nCopies(100, () -> store.allow("many", 30, LONG));
            long allowed = 0;
            for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
                allowed += attempt.get() ? 1 : 0;
            }
            assertEquals(30, allowed);
        }
        assertTrue(store.allow("another", 1, LONG));
        assertFalse(store.allow("another", 1, LONG));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("stores")
    void allowsAgainWhenTheWindowIsOver(Ephemeral store) {
        assertTrue(store.allow("window", 1, Duration.ofMillis(30)));
        while (!store.allow("window", 1, Duration.ofMillis(30))) {
            Thread.onSpinWait();
        }
    }

    /// A window that lasts for longer than any was opened for is of a clock that was turned back since.
    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("stores")
    @Tag("R10")
    void aWindowIsOverInItsTimeThoughTheClockWasTurnedBack(Ephemeral store) {
        assertTrue(store.allow("turned", 1, Duration.ofMillis(100)));
        try (var client = new Jedis(redis.uri())) {
            client.keys("*:turned").forEach(key -> client.pexpire(key, LONG.toMillis()));
        }
        for (long end = System.nanoTime() + Duration.ofSeconds(10).toNanos(); System.nanoTime() < end;) {
            if (store.allow("turned", 1, Duration.ofMillis(100))) return;
            Thread.onSpinWait();
        }
        throw new AssertionError("refused for longer than its window");
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("stores")
    void anAttemptThatIsForgivenIsNotCounted(Ephemeral store) {
        store.forgive("forgiving");
        assertTrue(store.allow("forgiving", 2, LONG));
        assertTrue(store.allow("forgiving", 2, LONG));
        assertFalse(store.allow("forgiving", 2, LONG));
        store.forgive("forgiving");
        store.forgive("forgiving");
        assertTrue(store.allow("forgiving", 2, LONG));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("stores")
    void tellsEverySubscriberInOrderAndNoneAfterItLeft(Ephemeral store) throws Exception {
        var first = new LinkedBlockingQueue<String>();
        var second = new LinkedBlockingQueue<String>();
        try (var _ = store.subscribe("news", first::add)) {
            var leaving = store.subscribe("news", text -> {
                second.add(text);
                throw new IllegalStateException("a subscriber that fails");
            });
            store.publish("elsewhere", "x");
            store.publish("news", "1");
            store.publish("news", "2");
            for (var heard : List.of(first, second)) {
                assertEquals("1", heard.poll(30, TimeUnit.SECONDS));
                assertEquals("2", heard.poll(30, TimeUnit.SECONDS));
            }
            leaving.close();
            leaving.close();
            store.publish("news", "3");
            assertEquals("3", first.poll(30, TimeUnit.SECONDS));
            assertTrue(second.isEmpty());
        }
    }
}
