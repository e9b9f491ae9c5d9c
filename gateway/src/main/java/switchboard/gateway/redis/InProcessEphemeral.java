package switchboard.gateway.redis;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// For one node without a Redis. Expired values go when they are met, and all of them every few thousand writes.
public final class InProcessEphemeral implements Ephemeral {

    private static final Logger LOG = LoggerFactory.getLogger(InProcessEphemeral.class);
    private static final int WRITES_BETWEEN_SWEEPS = 4096;
    static final int WINDOWS_MAX = 100_000; // some 20 MB; the longest untouched are forgotten first

    private record Kept(String value, long until) {}

    private record Window(int count, long until) {}

    private final LongSupplier nanos;
    private final ConcurrentSkipListMap<String, Kept> values = new ConcurrentSkipListMap<>();
    private final Map<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> longestUntouched) {
            return size() > WINDOWS_MAX;
        }
    };
    private final ConcurrentHashMap<String, List<Listener>> listeners = new ConcurrentHashMap<>();
    private final AtomicInteger writes = new AtomicInteger();

    public InProcessEphemeral() {
        this(System::nanoTime);
    }

    InProcessEphemeral(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public void put(String key, String value, Duration ttl) {
        values.put(key, new Kept(value, after(ttl)));
        sweepSometimes();
    }

    @Override
    public Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key)).filter(kept -> live(kept.until())).map(Kept::value);
    }

    @Override
    public void remove(String key) {
        values.remove(key);
    }

    @Override
    public SortedMap<String, String> members(String prefix) {
        var found = new TreeMap<String, String>();
        for (var entry : values.tailMap(prefix, true).entrySet()) {
            if (!entry.getKey().startsWith(prefix) || found.size() == MEMBERS_MAX) {
                break;
            }
            if (live(entry.getValue().until())) {
                found.put(entry.getKey(), entry.getValue().value());
            }
        }
        return found;
    }

    @Override
    public boolean allow(String bucket, int max, Duration per) {
        synchronized (windows) {
            var before = windows.get(bucket);
            if (before == null || !live(before.until())) before = new Window(0, after(per));
            if (before.count() >= max) return false;
            windows.put(bucket, new Window(before.count() + 1, before.until()));
            return true;
        }
    }

    @Override
    public void forgive(String bucket) {
        synchronized (windows) {
            windows.computeIfPresent(bucket, (_, window) -> window.count() <= 1 ? null
                    : new Window(window.count() - 1, window.until()));
        }
    }

    @Override
    public State state() {
        return State.IN_PROCESS;
    }

    @Override
    public void publish(String channel, String text) {
        listeners.getOrDefault(channel, List.of()).forEach(listener -> listener.tell(text));
    }

    @Override
    public Subscription subscribe(String channel, Consumer<String> consumer) {
        var listener = new Listener(Executors.newSingleThreadExecutor(Thread.ofVirtual().factory()), consumer);
        listeners.computeIfAbsent(channel, _ -> new CopyOnWriteArrayList<>()).add(listener);
        return () -> {
            listeners.getOrDefault(channel, List.of()).remove(listener);
            listener.thread().shutdown();
        };
    }

    @Override
    public void close() {
        listeners.values().forEach(all -> all.forEach(listener -> listener.thread().shutdown()));
        listeners.clear();
        values.clear();
    }

    private record Listener(ExecutorService thread, Consumer<String> consumer) {
        void tell(String text) {
            try {
                thread.execute(() -> {
                    try {
                        consumer.accept(text);
                    } catch (RuntimeException e) {
                        LOG.warn("a subscriber failed", e);
                    }
                });
            } catch (RejectedExecutionException closed) {
                // hints reach only who still listens
            }
        }
    }

    private long after(Duration duration) {
        return nanos.getAsLong() + duration.toNanos();
    }

    private boolean live(long until) {
        return until - nanos.getAsLong() > 0;
    }

    private void sweepSometimes() {
        if (writes.incrementAndGet() % WRITES_BETWEEN_SWEEPS == 0) {
            values.values().removeIf(kept -> !live(kept.until()));
        }
    }
}
