package switchboard.gateway.bench;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Batches to be written by several connections, each handed out when those are committed whose rows its own answer
/// to: one that came too early would do its work, be refused by a foreign key, and do it once more.
final class BatchOrder {
    private static final long WAIT_MILLIS_MAX = 30_000;

    private final TreeSet<Integer> waiting;
    private final Map<Integer, Set<Integer>> needs = new HashMap<>();

    BatchOrder(Collection<Integer> batches) {
        this.waiting = new TreeSet<>(batches);
    }

    void add(int batch, int needed) {
        needs.computeIfAbsent(batch, _ -> new HashSet<>()).add(needed);
    }

    /// @return null when all have been handed out
    /// @throws IllegalStateException when what is needed is not committed within half a minute
    synchronized Integer next() throws InterruptedException {
        long until = System.nanoTime() + WAIT_MILLIS_MAX * 1_000_000;
        while (!waiting.isEmpty()) {
            for (var batch : waiting) {
                if (!needs.getOrDefault(batch, Set.of()).isEmpty()) continue;
                waiting.remove(batch);
                return batch;
            }
            if (System.nanoTime() > until) throw new IllegalStateException("A batch waits for one that never comes");
            wait(WAIT_MILLIS_MAX);
        }
        return null;
    }

    synchronized void committed(Integer batch) {
        needs.values().forEach(needed -> needed.remove(batch));
        notifyAll();
    }
}
