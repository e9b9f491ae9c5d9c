package switchboard.channels.email.outgoing;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Budgets in the memory of one node: exact sliding windows, at most `KEYS_MAX` keys; beyond that nothing more is
/// answered.
public final class WindowBudgets implements LoopGuard.Budgets {
    static final int KEYS_MAX = 100_000;

    private record Window(Deque<Instant> taken, java.time.Duration length) {}

    private final Clock clock;
    private final Map<String, Window> windows = new HashMap<>();

    public WindowBudgets(Clock clock) {
        this.clock = clock;
    }

    @Override public synchronized Optional<LoopGuard.Budget> take(List<LoopGuard.Budget> budgets) {
        var now = clock.instant();
        if (windows.size() > KEYS_MAX - budgets.size())
                windows.values().removeIf(w -> expire(w, now).taken().isEmpty());
        boolean full = windows.size() > KEYS_MAX - budgets.size();
        for (var budget : budgets) {
            var window = windows.get(budget.key());
            if (window == null ? full || budget.limit() < 1 : expire(window, now).taken().size() >= budget.limit())
                    return Optional.of(budget);
        }
        budgets.forEach(b -> windows.computeIfAbsent(b.key(), _ -> new Window(new ArrayDeque<>(), b.window())).taken()
                .add(now));
        return Optional.empty();
    }

    private static Window expire(Window window, Instant now) {
        while (!window.taken().isEmpty() && !window.taken().peekFirst().plus(window.length()).isAfter(now))
                window.taken().removeFirst();
        return window;
    }
}
