package switchboard.gateway.realtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.gateway.http.Call;
import switchboard.gateway.redis.Ephemeral;
import switchboard.ticketing.access.Caller;
import switchboard.ticketing.access.Policy;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Json;

/// Who is looking at a ticket or writing in it, right now. May be lost at any time; a console says it again.
///
/// Each node keeps the whole picture in memory and hears from the others by hints; the store has it for a node that
/// starts. Without the store a node goes on with what its own consoles say.
public final class Presence implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
    private static final Duration LASTS = Duration.ofSeconds(45);
    /// A visitor's window says again every three seconds that somebody types, and never that they stopped.
    private static final Duration WRITING_LASTS = Duration.ofSeconds(7);
    private static final String WRITING = "writing";
    private static final Set<String> STATES = Set.of("viewing", "typing", "gone");
    private static final String NAME = "presence";

    private final Database database;
    private final Ephemeral store;
    private final LongSupplier nanos;
    private final UUID node = Ids.next();
    private final Map<UUID, Map<UUID, Seen>> byTicket = new HashMap<>();
    private final List<BiConsumer<UUID, List<Viewer>>> onChange = new CopyOnWriteArrayList<>();
    private final Ephemeral.Subscription others;

    public Presence(Database database, Ephemeral store) {
        this(database, store, System::nanoTime);
    }

    Presence(Database database, Ephemeral store, LongSupplier nanos) {
        this.database = database;
        this.store = store;
        this.nanos = nanos;
        this.others = store.subscribe(NAME, this::heard);
        store.members(NAME + ":").values().forEach(this::heard);
    }

    public record NewState(String state) {}

    /// @param state `viewing` or `typing` of a colleague, `writing` of the customer, whose id is then the ticket's
    public record Viewer(UUID id, String name, String state) {
        private Duration lasts() {
            return state.equals(WRITING) ? WRITING_LASTS : LASTS;
        }
    }

    private record Seen(Viewer viewer, long atNanos) {
        boolean over(long nowNanos) {
            return nowNanos - atNanos > viewer.lasts().toNanos();
        }
    }

    /// @param node where it was said
    private record Said(UUID node, UUID ticket, Viewer viewer) {}

    /// Called with a ticket's viewers whenever they change.
    public void onChange(BiConsumer<UUID, List<Viewer>> listener) {
        onChange.add(listener);
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
        say(ticket, new Viewer(caller.id(), caller.name(), state));
    }

    /// The customer types into their chat window, or has sent what they typed.
    public void customerWrites(UUID ticket, boolean on) {
        say(ticket, new Viewer(ticket, "", on ? WRITING : "gone"));
    }

    private void say(UUID ticket, Viewer viewer) {
        take(ticket, viewer);
        var key = NAME + ":" + ticket + ":" + viewer.id();
        var said = Json.write(new Said(node, ticket, viewer));
        if (viewer.state().equals("gone")) store.remove(key);
        else store.put(key, said, viewer.lasts());
        store.publish(NAME, said);
    }

    private void heard(String text) {
        try {
            var said = Json.read(text, Said.class);
            if (!said.node().equals(node)) take(said.ticket(), said.viewer());
        } catch (RuntimeException notOurs) {
            LOG.debug("A hint of presence was not understood", notOurs);
        }
    }

    private void take(UUID ticket, Viewer viewer) {
        List<Viewer> now;
        synchronized (this) {
            var viewers = byTicket.computeIfAbsent(ticket, _ -> new LinkedHashMap<>());
            boolean gone = viewer.state().equals("gone");
            var before = gone ? viewers.remove(viewer.id())
                    : viewers.put(viewer.id(), new Seen(viewer, nanos.getAsLong()));
            if (viewers.isEmpty()) byTicket.remove(ticket);
            boolean same = gone ? before == null : before != null && before.viewer().equals(viewer);
            if (same) return;
            now = viewers.values().stream().map(Seen::viewer).toList();
        }
        onChange.forEach(listener -> listener.accept(ticket, now));
    }

    /// Forgets those who have not been heard of for a while.
    void sweep() {
        var changed = new HashMap<UUID, List<Viewer>>();
        synchronized (this) {
            var now = nanos.getAsLong();
            for (var ticket : new HashSet<>(byTicket.keySet())) {
                var viewers = byTicket.get(ticket);
                if (!viewers.values().removeIf(seen -> seen.over(now))) continue;
                changed.put(ticket, viewers.values().stream().map(Seen::viewer).toList());
                if (viewers.isEmpty()) byTicket.remove(ticket);
            }
        }
        changed.forEach((ticket, viewers) -> onChange.forEach(listener -> listener.accept(ticket, viewers)));
    }

    /// What a console that has just connected needs to know.
    synchronized Map<UUID, List<Viewer>> all() {
        var all = new HashMap<UUID, List<Viewer>>();
        byTicket.forEach((ticket, viewers) -> all.put(ticket, viewers.values().stream().map(Seen::viewer).toList()));
        return all;
    }

    @Override
    public void close() {
        others.close();
    }
}
