package switchboard.gateway.realtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import switchboard.gateway.http.Call;
import switchboard.ticketing.access.Caller;
import switchboard.ticketing.access.Policy;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;

/// Who is looking at a ticket or writing in it, right now. May be lost at any time; a console says it again.
public final class Presence {
    private static final Duration LASTS = Duration.ofSeconds(45);
    private static final Set<String> STATES = Set.of("viewing", "typing", "gone");

    private final Database database;
    private final LongSupplier nanos;
    private final Map<UUID, Map<UUID, Seen>> byTicket = new HashMap<>();
    private BiConsumer<UUID, List<Viewer>> onChange = (_, _) -> {};

    public Presence(Database database) {
        this(database, System::nanoTime);
    }

    Presence(Database database, LongSupplier nanos) {
        this.database = database;
        this.nanos = nanos;
    }

    public record NewState(String state) {}

    public record Viewer(UUID id, String name, String state) {}

    private record Seen(Viewer viewer, long atNanos) {}

    /// Called with a ticket's viewers whenever they change.
    void onChange(BiConsumer<UUID, List<Viewer>> listener) {
        onChange = listener;
    }

    public Object put(Call call, NewState state) {
        if (!STATES.contains(String.valueOf(state.state()))) {
            throw Failure.Invalid.field("state", "must be viewing, typing or gone");
        }
        Policy.requireTicket(database.sql(), call.caller(), call.id());
        put(call.id(), call.caller(), state.state());
        return null;
    }

    void put(UUID ticket, Caller caller, String state) {
        List<Viewer> now;
        synchronized (this) {
            var viewers = byTicket.computeIfAbsent(ticket, _ -> new LinkedHashMap<>());
            var before = state.equals("gone") ? viewers.remove(caller.id())
                    : viewers.put(caller.id(), new Seen(new Viewer(caller.id(), caller.name(), state),
                    nanos.getAsLong()));
            if (viewers.isEmpty()) byTicket.remove(ticket);
            boolean same = state.equals("gone") ? before == null : before != null && before.viewer().state()
                    .equals(state);
            if (same) return;
            now = viewers.values().stream().map(Seen::viewer).toList();
        }
        onChange.accept(ticket, now);
    }

    /// Forgets those who have not been heard of for a while.
    void sweep() {
        var changed = new HashMap<UUID, List<Viewer>>();
        synchronized (this) {
            var oldest = nanos.getAsLong() - LASTS.toNanos();
            for (var ticket : new HashSet<>(byTicket.keySet())) {
                var viewers = byTicket.get(ticket);
                if (!viewers.values().removeIf(seen -> seen.atNanos() < oldest)) continue;
                changed.put(ticket, viewers.values().stream().map(Seen::viewer).toList());
                if (viewers.isEmpty()) byTicket.remove(ticket);
            }
        }
        changed.forEach(onChange);
    }

    /// What a console that has just connected needs to know.
    synchronized Map<UUID, List<Viewer>> all() {
        var all = new HashMap<UUID, List<Viewer>>();
        byTicket.forEach((ticket, viewers) -> all.put(ticket, viewers.values().stream().map(Seen::viewer).toList()));
        return all;
    }
}
