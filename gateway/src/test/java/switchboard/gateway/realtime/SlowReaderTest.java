package switchboard.gateway.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.gateway.Server;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.base.Json;

/// A console that does not read what it is sent, beside one that does.
@Tag("T83")
class SlowReaderTest {
    private static final int NOTES = 400;
    private static final int NOTE_CHARS = 60_000;
    private static final byte[] EMPTY_PONG = {(byte) 0x8a, (byte) 0x80, 0, 0, 0, 0};
    private static Server server;
    private static String token;
    private static UUID ticket;

    @BeforeAll
    static void start() {
        server = new Server();
        token = server.token(server.agent("root", Role.ADMIN));
        ticket = server.ticket(null, null);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// A WebSocket by hand (RFC 6455), because a library would read whether it was asked to or not.
    private static final class Reader implements AutoCloseable {
        final Socket socket = new Socket();
        final DataInputStream in;
        final boolean answers;
        long bytes;

        /// @param answers the server's pings, as who lives does
        Reader(long since, boolean answers) throws IOException {
            this.answers = answers;
            var ticket = server.call("POST", "/api/v1/stream/ticket", token, "{}").json().path("ticket").asText();
            socket.setReceiveBufferSize(32 * 1024);
            socket.setSoTimeout(60_000);
            socket.connect(new InetSocketAddress("127.0.0.1", URI.create(server.app.url).getPort()));
            socket.getOutputStream().write(("GET /api/v1/stream?ticket=" + ticket + "&since=" + since
                    + " HTTP/1.1\r\nHost: " + URI.create(server.app.url).getAuthority()
                    + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
            for (int last = 0; last != 0x0d0a0d0a;) last = last << 8 | in.readUnsignedByte();
        }

        /// @return null at the end; a close frame is `{"closed": code, "reason": word}`
        JsonNode next() throws IOException {
            try {
                var text = new java.io.ByteArrayOutputStream();
                while (true) {
                    int head = in.readUnsignedByte();
                    int opcode = head & 15;
                    long length = in.readUnsignedByte();
                    if (length == 126) length = in.readUnsignedShort();
                    else if (length == 127) length = in.readLong();
                    var payload = in.readNBytes((int) length);
                    if (payload.length < length) return null;
                    bytes += length;
                    if (opcode == 8) {
                        return Json.API.createObjectNode().put("closed", (payload[0] & 255) << 8 | payload[1] & 255)
                                .put("reason", new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8));
                    }
                    if (opcode == 9 && answers) socket.getOutputStream().write(EMPTY_PONG);
                    if (opcode > 1) continue;
                    text.writeBytes(payload);
                    if (head >= 128) return Json.read(text.toString(StandardCharsets.UTF_8), JsonNode.class);
                }
            } catch (EOFException | SocketException cut) {
                return null;
            }
        }

        /// Reads to the end, or to this entry.
        ///
        /// @return the entries, in order, and then how it was closed, if that was said
        List<JsonNode> rest(long to) throws IOException {
            var read = new ArrayList<JsonNode>();
            for (var frame = next(); frame != null; frame = next()) {
                if (frame.has("seq") || frame.has("closed")) read.add(frame);
                if (frame.has("closed") || frame.path("seq").asLong() >= to) break;
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static void write(int from, int to) {
        for (int i = from; i < to; i++) {
            var answer = server.call("POST", "/api/v1/tickets/" + ticket + "/notes", token,
                    Json.write(Map.of("text", i + " " + "x".repeat(NOTE_CHARS))), "Idempotency-Key", "note-" + i);
            assertEquals(201, answer.status(), answer.text());
        }
    }

    /// Until the server has let the slow one go too, which is its own decision and takes it some seconds.
    private static void awaitConsoles(int wanted) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            var metrics = server.get("/metrics", null).text();
            if (metrics.lines().anyMatch(line -> line.equals("switchboard_consoles " + wanted + ".0"))) return;
            Thread.sleep(100);
        }
        throw new AssertionError("nobody was let go: " + server.get("/metrics", null).text().lines()
                .filter(line -> line.contains("consoles")).toList());
    }

    private static List<Long> seqs(List<JsonNode> frames) {
        return frames.stream().filter(frame -> frame.has("seq")).map(frame -> frame.path("seq").asLong()).toList();
    }

    @Test
    void aConsoleThatDoesNotReadIsLetGoAndMissesNothingWhenItComesBack() throws IOException, InterruptedException {
        long since = server.app.journal.last();
        try (var slow = new Reader(since, false); var quick = new Reader(since, true)) {
            var seen = new ArrayList<JsonNode>();
            var reading = Thread.ofVirtual().start(() -> {
                try {
                    while (seen.size() < NOTES) {
                        var frame = quick.next();
                        if (frame == null) return;
                        if (frame.path("type").asText().equals("note.added")) seen.add(frame);
                    }
                } catch (IOException broken) {
                    throw new java.io.UncheckedIOException(broken);
                }
            });
            write(0, NOTES);
            reading.join();
            quick.close();
            assertEquals(NOTES, seen.size(), "the other console is told everything");
            long last = seen.getLast().path("seq").asLong();
            awaitConsoles(0);
            var read = slow.rest(Long.MAX_VALUE);
            assertTrue(slow.bytes < (long) NOTES * NOTE_CHARS / 2, "it was let go after " + slow.bytes + " bytes");
            assertTrue(read.stream().noneMatch(frame -> frame.has("closed")), "it was cut off, not waited for");
            var got = seqs(read);
            assertTrue(got.isEmpty() || got.getLast() < last, "it was not shown everything");
            try (var back = new Reader(got.isEmpty() ? since : got.getLast(), true)) {
                var missed = seqs(back.rest(last));
                assertEquals(seqs(seen), Stream.concat(got.stream(), missed.stream())
                        .filter(seq -> seqs(seen).contains(seq)).toList(), "once each, in order");
            }
        }
    }
}
