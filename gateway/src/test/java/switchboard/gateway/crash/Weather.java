package switchboard.gateway.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A proxy port in front of another port. In fair weather it forwards everything. In a storm, connections open but
/// nothing passes, as with a provider that hangs. Connections cut off by `clear` are closed, not delivered late.
final class Weather implements AutoCloseable {
    private static final int BYTES = 8192;

    private final ServerSocket port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int behind;
    private volatile boolean storm;

    Weather() {
        try {
            port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /// @return the port to connect to instead
    int before(int target) {
        behind = target;
        return port.getLocalPort();
    }

    void storm() {
        storm = true;
    }

    /// Ends the storm and closes every connection from it.
    void clear() {
        storm = false;
        open.forEach(Weather::end);
        open.clear();
    }

    private void accept() {
        while (!port.isClosed()) {
            try {
                var caller = port.accept();
                Thread.ofVirtual().start(() -> connect(caller));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket caller) {
        open.add(caller);
        try {
            var called = new Socket(InetAddress.getLoopbackAddress(), behind);
            open.add(called);
            Thread.ofVirtual().start(() -> pass(caller, called));
            pass(called, caller);
        } catch (IOException gone) {
            end(caller);
        }
    }

    private void pass(Socket from, Socket to) {
        var bytes = new byte[BYTES];
        try (from; to) {
            for (int count = from.getInputStream().read(bytes); count >= 0; count = from.getInputStream().read(bytes)) {
                while (storm) Program.pause(20);
                to.getOutputStream().write(bytes, 0, count);
            }
        } catch (IOException ended) {
            // Closing tells the other side.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // Closed on purpose.
        }
    }

    @Override
    public void close() {
        try {
            port.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        clear();
    }
}
