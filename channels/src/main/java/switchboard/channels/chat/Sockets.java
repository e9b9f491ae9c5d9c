package switchboard.channels.chat;

import io.vertx.core.http.ServerWebSocket;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import switchboard.ticketing.base.Json;

/// The windows that are open now, by visitor; one visitor may have several.
final class Sockets {
    /// What may wait for a slow reader; beyond it the socket is closed, and the widget resumes by itself.
    static final int WAITING_BYTES_MAX = 256 * 1024;
    static final short SLOW = 4008;

    private final Map<UUID, Set<ServerWebSocket>> open = new ConcurrentHashMap<>();

    void add(UUID visitor, ServerWebSocket socket) {
        open.compute(visitor, (_, sockets) -> {
            var all = sockets == null ? ConcurrentHashMap.<ServerWebSocket>newKeySet() : sockets;
            all.add(socket);
            return all;
        });
    }

    void remove(UUID visitor, ServerWebSocket socket) {
        open.computeIfPresent(visitor, (_, sockets) -> {
            sockets.remove(socket);
            return sockets.isEmpty() ? null : sockets;
        });
    }

    /// @param frame a record or map; `type` is put first
    static void send(ServerWebSocket socket, String type, Map<String, ?> frame) {
        if (socket.isClosed()) return;
        if (socket.writeQueueFull()) {
            socket.close(SLOW, "too slow");
            return;
        }
        var all = new java.util.LinkedHashMap<String, Object>();
        all.put("type", type);
        all.putAll(frame);
        socket.writeTextMessage(Json.write(all));
    }

    void send(UUID visitor, String type, Map<String, ?> frame) {
        send(visitor, null, type, frame);
    }

    void send(UUID visitor, ServerWebSocket except, String type, Map<String, ?> frame) {
        for (var socket : open.getOrDefault(visitor, Set.of())) {
            if (socket != except) send(socket, type, frame);
        }
    }

    Collection<UUID> visitors() {
        return open.keySet();
    }

    boolean here(UUID visitor) {
        return open.containsKey(visitor);
    }

    void closeAll() {
        open.values().forEach(sockets -> sockets.forEach(socket -> socket.close((short) 1001, "restarting")));
    }
}
