package switchboard.gateway;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// One request on a connection of its own, as bytes: what no HTTP client would send.
final class RawRequest implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;

    private RawRequest(Socket socket) {
        this.socket = socket;
    }

    /// Says `head`, a request line and header fields without Host, and the empty line after them.
    static RawRequest open(String url, String head) {
        var at = URI.create(url);
        try {
            var socket = new Socket(at.getHost(), at.getPort());
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write((head + "\r\nHost: " + at.getAuthority() + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            return new RawRequest(socket);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /// A socket of the chat's, that has said nothing yet.
    static RawRequest upgrade(String url, String client) {
        return open(url, "GET /chat/socket HTTP/1.1\r\nX-Forwarded-For: " + client + "\r\nConnection: Upgrade\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==");
    }

    /// Everything up to the end of the answer's header.
    String head() {
        var head = new StringBuilder();
        try {
            while (head.indexOf("\r\n\r\n") < 0) {
                int one = socket.getInputStream().read();
                if (one < 0) break;
                head.append((char) one);
            }
        } catch (IOException gone) {
            // What was said before the line broke is all that there is.
        }
        return head.toString();
    }

    /// @return how much went out before the server hung up; `most` when it never did
    long write(long most) {
        var chunk = new byte[64 * 1024];
        java.util.Arrays.fill(chunk, (byte) 'x');
        long written = 0;
        try {
            OutputStream out = socket.getOutputStream();
            while (written < most) {
                out.write(chunk);
                written += chunk.length;
            }
        } catch (IOException hungUp) {
            return written;
        }
        return written;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
