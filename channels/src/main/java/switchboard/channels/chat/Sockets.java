package switchboard.channels.chat;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// The windows that are open now, by visitor; one visitor may have several.
final class Sockets {
    private static final short RESTARTING = 1001;

    private final Map<UUID, Set<Wire>> open = new ConcurrentHashMap<>();

    void add(UUID visitor, Wire wire) {
        open.compute(visitor, (_, wires) -> {
            var all = wires == null ? ConcurrentHashMap.<Wire>newKeySet() : wires;
            all.add(wire);
            return all;
        });
    }

    void remove(UUID visitor, Wire wire) {
        open.computeIfPresent(visitor, (_, wires) -> {
            wires.remove(wire);
            return wires.isEmpty() ? null : wires;
        });
    }

    void send(UUID visitor, String type, Map<String, ?> frame) {
        send(visitor, null, type, frame);
    }

    void send(UUID visitor, Wire except, String type, Map<String, ?> frame) {
        for (var wire : open.getOrDefault(visitor, Set.of())) {
            if (wire != except) wire.send(type, frame);
        }
    }

    Collection<UUID> visitors() {
        return open.keySet();
    }

    boolean here(UUID visitor) {
        return open.containsKey(visitor);
    }

    void closeAll() {
        open.values().forEach(wires -> wires.forEach(wire -> wire.close(RESTARTING, "restarting")));
    }
}
