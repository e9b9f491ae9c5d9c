package switchboard.gateway.redis;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/// What may be lost at any moment: presence, typing, heartbeats, rate limits, hints between nodes. Nothing else may be
/// kept here. When the store is emptied or gone, reads answer empty, writes do nothing, and no method throws.
/// Methods may block for about a second; call them on virtual threads.
public interface Ephemeral extends AutoCloseable {

    /// The most entries that [#members(String)] answers.
    int MEMBERS_MAX = 10_000;

    enum State { IN_PROCESS, UP, GONE }

    /// Keeps a value for `ttl`, at least a millisecond; a later put of the key replaces value and time.
    void put(String key, String value, Duration ttl);

    Optional<String> get(String key);

    void remove(String key);

    /// Keys that start with `prefix`, with their values, in the order of the keys.
    SortedMap<String, String> members(String prefix);

    /// Counts one attempt in `bucket`: true for the first `max` within `per`, which begins with the first of them.
    /// Each node counts by itself too, so a limit holds on every node while the store is gone or after it was emptied.
    boolean allow(String bucket, int max, Duration per);

    /// Takes one attempt back that turned out to be good.
    void forgive(String bucket);

    /// Tells every node's subscribers, this one's included; at most once.
    void publish(String channel, String text);

    /// Calls `consumer` for each hint, one after the other on a virtual thread, until the answer is closed.
    Subscription subscribe(String channel, Consumer<String> consumer);

    /// Asks the store; nothing but what people are shown depends on the answer.
    State state();

    @Override
    void close();

    /// Ends a subscription; harmless when repeated.
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /// The store that the settings ask for: that Redis, else an embedded one below `embeddedHome`, else this process.
    /// An embedded Redis that cannot start is one warning, and this process.
    static Ephemeral open(Optional<URI> redis, Optional<Path> embeddedHome) {
        if (redis.isPresent()) {
            return new RedisEphemeral(redis.get());
        }
        return embeddedHome.flatMap(EmbeddedRedis::startOrWarn).<Ephemeral>map(RedisEphemeral::new)
                .orElseGet(InProcessEphemeral::new);
    }
}
