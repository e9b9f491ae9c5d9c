package switchboard.gateway.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A port before another one. In fair weather it passes everything on; in a storm connections open and nothing
/// passes, as with a provider that hangs. What was cut off by `clear` is closed, not delivered late.
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

    /// Ends every connection of the storm.
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
            // The other side is told by the closing.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // It is gone, as was wished.
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
