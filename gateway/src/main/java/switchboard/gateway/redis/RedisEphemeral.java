package switchboard.gateway.redis;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.util.JedisURIHelper;

/// Shared by all nodes through one Redis. A call that fails is logged once per outage, and for a second after it the
/// others do not try, so that a Redis that is gone does not slow every request.
final class RedisEphemeral implements Ephemeral {

    private static final Logger LOG = LoggerFactory.getLogger(RedisEphemeral.class);
    private static final int CALLS_MAX = 16; // blocking calls at the same time, one connection each
    private static final int SUBSCRIPTIONS_MAX = 64; // each keeps a connection
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final Duration REST = Duration.ofSeconds(1); // after a failure
    private static final int SCAN_PAGE = 1000;
    private static final String VALUE = "switchboard:value:";
    private static final String LIMIT = "switchboard:limit:";
    private static final String HINT = "switchboard:hint:";

    private static final String FORGIVE = """
            if tonumber(redis.call('GET', KEYS[1]) or '0') > 0 then return redis.call('DECR', KEYS[1]) end
            return 0
            """;
    private static final String COUNT = """
            local n = redis.call('INCR', KEYS[1])
            local left = redis.call('PTTL', KEYS[1])
            -- More than a whole window is left when the clock was turned back.
            if n == 1 or left < 0 or left > tonumber(ARGV[1]) then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
            return n
            """;

    private final RedisClient calls;
    private final RedisClient hints;
    private final Optional<EmbeddedRedis> own;
    private final InProcessEphemeral here = new InProcessEphemeral();
    private final AtomicBoolean reviving = new AtomicBoolean();
    private final Semaphore slots = new Semaphore(CALLS_MAX);
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private volatile boolean gone;
    private volatile long restUntil = System.nanoTime();
    private volatile boolean closed;

    RedisEphemeral(URI redis) {
        this(redis, Optional.empty());
    }

    /// The server is started again when it dies, and ended by `close`.
    RedisEphemeral(EmbeddedRedis own) {
        this(own.uri(), Optional.of(own));
    }

    private RedisEphemeral(URI redis, Optional<EmbeddedRedis> own) {
        this.calls = client(redis, CALLS_MAX);
        this.hints = client(redis, SUBSCRIPTIONS_MAX);
        this.own = own;
    }

    private static RedisClient client(URI redis, int connections) {
        var pool = new ConnectionPoolConfig();
        pool.setMaxTotal(connections);
        pool.setMaxIdle(connections);
        pool.setMaxWait(TIMEOUT);
        int millis = (int) TIMEOUT.toMillis();
        var config = DefaultJedisClientConfig.builder(redis)
                .connectionTimeoutMillis(millis).socketTimeoutMillis(millis).build();
        return RedisClient.builder().hostAndPort(JedisURIHelper.getHostAndPort(redis))
                .clientConfig(config).poolConfig(pool).build();
    }

    @Override
    public void put(String key, String value, Duration ttl) {
        call(redis -> redis.psetex(VALUE + key, Math.max(1, ttl.toMillis()), value));
    }

    @Override
    public Optional<String> get(String key) {
        return call(redis -> redis.get(VALUE + key));
    }

    @Override
    public void remove(String key) {
        call(redis -> redis.del(VALUE + key));
    }

    @Override
    public SortedMap<String, String> members(String prefix) {
        return call(redis -> scan(redis, prefix)).orElseGet(TreeMap::new);
    }

    private static SortedMap<String, String> scan(RedisClient redis, String prefix) {
        var keys = new ArrayList<String>();
        var pattern = new ScanParams().match((VALUE + prefix).replaceAll("[*?\\[\\]^\\\\-]", "\\\\$0") + "*")
                .count(SCAN_PAGE);
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            var page = redis.scan(cursor, pattern);
            keys.addAll(page.getResult());
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        var chosen = keys.stream().distinct().sorted(Comparator.naturalOrder()).limit(MEMBERS_MAX).toList();
        var found = new TreeMap<String, String>();
        if (!chosen.isEmpty()) {
            List<String> values = redis.mget(chosen.toArray(String[]::new));
            for (int i = 0; i < values.size(); i++) {
                if (values.get(i) != null) { // expired meanwhile
                    found.put(chosen.get(i).substring(VALUE.length()), values.get(i));
                }
            }
        }
        return found;
    }

    @Override
    public boolean allow(String bucket, int max, Duration per) {
        if (!here.allow(bucket, max, per)) return false;
        String millis = String.valueOf(Math.max(1, per.toMillis()));
        return call(redis -> (Long) redis.eval(COUNT, List.of(LIMIT + bucket), List.of(millis)))
                .map(count -> count <= max).orElse(true);
    }

    @Override
    public void forgive(String bucket) {
        here.forgive(bucket);
        call(redis -> redis.eval(FORGIVE, List.of(LIMIT + bucket), List.of()));
    }

    @Override
    public State state() {
        return call(RedisClient::ping).isPresent() ? State.UP : State.GONE;
    }

    @Override
    public void publish(String channel, String text) {
        call(redis -> redis.publish(HINT + channel, text));
    }

    @Override
    public Subscription subscribe(String channel, Consumer<String> consumer) {
        var listener = new Listener(channel, consumer);
        listeners.add(listener);
        Thread.ofVirtual().name("redis-" + channel).start(listener);
        listener.awaitFirstConnection();
        return listener;
    }

    @Override
    public void close() {
        closed = true;
        listeners.forEach(Listener::close);
        calls.close();
        hints.close();
        own.ifPresent(EmbeddedRedis::stop);
    }

    /// Empty when Redis answers nothing or does not answer.
    private <T> Optional<T> call(Function<RedisClient, T> command) {
        if (closed || gone && System.nanoTime() - restUntil < 0) {
            return Optional.empty();
        }
        try {
            if (!slots.tryAcquire(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            T answer = command.apply(calls);
            answered();
            return Optional.ofNullable(answer);
        } catch (JedisException e) {
            failed(e);
            return Optional.empty();
        } finally {
            slots.release();
        }
    }

    private void answered() {
        if (gone) {
            gone = false;
            LOG.info("Redis answers again");
        }
    }

    private void failed(JedisException e) {
        restUntil = System.nanoTime() + REST.toNanos();
        if (!closed && own.isPresent() && reviving.compareAndSet(false, true)) {
            Thread.ofVirtual().name("redis-revive").start(() -> {
                own.get().revive();
                reviving.set(false);
            });
        }
        if (!gone && !closed) {
            gone = true;
            LOG.warn("Redis does not answer; presence and limits do without it: {}", e.getMessage());
        }
    }

    /// One subscription, connected anew after each loss.
    private final class Listener extends JedisPubSub implements Runnable, Subscription {
        private final String channel;
        private final Consumer<String> consumer;
        private final CountDownLatch connected = new CountDownLatch(1);
        private volatile boolean ended;

        Listener(String channel, Consumer<String> consumer) {
            this.channel = channel;
            this.consumer = consumer;
        }

        @Override
        public void run() {
            while (!ended && !closed) {
                try {
                    hints.subscribe(this, HINT + channel);
                } catch (JedisException lost) {
                    if (!ended && !closed) failed(lost);
                }
                if (!ended && !closed) {
                    LockSupport.parkNanos(TIMEOUT.toNanos());
                }
            }
        }

        @Override
        public void onSubscribe(String name, int count) {
            connected.countDown();
            answered();
            if (ended) {
                unsubscribe();
            }
        }

        @Override
        public void onMessage(String name, String text) {
            try {
                if (!ended) {
                    consumer.accept(text);
                }
            } catch (RuntimeException e) {
                LOG.warn("a subscriber failed", e);
            }
        }

        void awaitFirstConnection() {
            try {
                if (!connected.await(TIMEOUT.toMillis() * 2, TimeUnit.MILLISECONDS)) {
                    LOG.debug("not yet subscribed to {}", channel);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            ended = true;
            listeners.remove(this);
            try {
                if (isSubscribed()) {
                    unsubscribe();
                }
            } catch (JedisException alreadyLost) {
                LOG.debug("subscription to {} was lost", channel, alreadyLost);
            }
        }
    }
}
