package switchboard.channels.email.smtp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A mail client that sends exactly the bytes it is told.
final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    RawClient(int port) throws IOException {
        this(port, true);
    }

    /// @param from this machine's address to connect from
    RawClient(int port, InetAddress from) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port, from, 0), true);
    }

    private RawClient(int port, boolean greeted) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port), greeted);
    }

    private RawClient(Socket socket, boolean greeted) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(30_000);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        if (greeted) reply();
    }

    static String greeting(int port) throws IOException {
        try (var client = new RawClient(port, false)) {
            return client.reply();
        }
    }

    String say(String line) throws IOException {
        send(line + "\r\n");
        return reply();
    }

    void send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /// The next whole reply, its lines joined, or null when the server hung up.
    String reply() throws IOException {
        var all = new StringBuilder();
        try {
            while (true) {
                var line = in.readLine();
                if (line == null) return null;
                all.append(all.isEmpty() ? "" : "\n").append(line);
                if (line.length() < 4 || line.charAt(3) == ' ') return all.toString();
            }
        } catch (SocketException hungUp) {
            return null;
        }
    }

    String replyWithin(Duration time) throws IOException {
        socket.setSoTimeout((int) time.toMillis());
        try {
            return reply();
        } catch (SocketTimeoutException silent) {
            return null;
        } finally {
            socket.setSoTimeout(30_000);
        }
    }

    @Override public void close() throws IOException {
        socket.close();
    }
}
