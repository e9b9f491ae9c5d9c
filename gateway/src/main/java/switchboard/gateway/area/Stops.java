package switchboard.gateway.area;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has to be stopped, last started first. A part that fails to stop keeps no other from stopping.
public final class Stops implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Stops.class);

    private final Deque<Part> parts = new ArrayDeque<>();

    private record Part(String name, Stop stop) {}

    public interface Stop {
        void run() throws Exception;
    }

    public synchronized void add(String name, Stop stop) {
        parts.push(new Part(name, stop));
    }

    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            var part = parts.pop();
            try {
                part.stop().run();
            } catch (Exception failed) {
                LOG.warn("{} did not stop cleanly: {}", part.name(), failed.toString());
            }
        }
    }
}
