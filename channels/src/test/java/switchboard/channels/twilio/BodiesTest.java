package switchboard.channels.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BodiesTest {
    /// Of a server that promises ten bytes and sends these.
    private static byte[] read(String sent, int bytesMax, Duration patience) throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = HttpClient.newHttpClient()) {
            Thread.ofVirtual().start(() -> {
                try {
                    var socket = server.accept();
                    socket.getOutputStream().write(("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n" + sent)
                            .getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().readAllBytes();
                } catch (IOException gone) {
                    // the client has had enough
                }
            });
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getLocalPort())).build();
            var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                return Bodies.read(body, bytesMax, patience);
            } finally {
                client.shutdownNow();
            }
        }
    }

    @Test
    void whatStallsIsGivenUpAndWhatIsWholeIsRead() throws Exception {
        assertThrows(IOException.class, () -> read("half", 100, Duration.ofMillis(300)));
        assertEquals("all of it.", new String(read("all of it.", 100, Duration.ofSeconds(30)),
                StandardCharsets.US_ASCII));
    }

    @Test
    void ofWhatIsTooLargeOneByteMoreIsRead() throws Exception {
        assertEquals(10, read("all of it.", 10, Duration.ofSeconds(30)).length);
        assertEquals(10, read("all of it.", 9, Duration.ofSeconds(30)).length);
    }
}
