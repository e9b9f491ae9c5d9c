package switchboard.channels.email.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.channels.email.outgoing.MailSender;
import switchboard.channels.email.outgoing.SendResult;
import switchboard.channels.email.outgoing.SmtpSettings;

@Tag("S9")
class SmtpTlsTest {
    @TempDir
    static Path folder;
    private static Path certificate;
    private static Path key;
    private static SSLContext trusting;

    private final List<Envelope> stored = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void make() throws Exception {
        certificate = folder.resolve("certificate.pem");
        key = folder.resolve("key.pem");
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("own", write("EC", certificate, key));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        trusting = SSLContext.getInstance("TLS");
        trusting.init(null, trust.getTrustManagers().clone(), null);
    }

    /// A new key and its certificate for localhost.
    private static X509Certificate write(String kind, Path certificate, Path key) throws Exception {
        var file = folder.resolve("made-" + System.nanoTime() + ".p12");
        var keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "own", "-keyalg", kind, "-dname", "CN=localhost", "-ext",
                "san=dns:localhost,ip:127.0.0.1", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass",
                "changeit").redirectErrorStream(true).start();
        keytool.getInputStream().readAllBytes();
        assertEquals(0, keytool.waitFor());
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, "changeit".toCharArray());
        }
        pem(certificate, "CERTIFICATE", store.getCertificate("own").getEncoded());
        pem(key, "PRIVATE KEY", store.getKey("own", "changeit".toCharArray()).getEncoded());
        return (X509Certificate) store.getCertificate("own");
    }

    private static void pem(Path file, String label, byte[] bytes) throws IOException {
        Files.writeString(file, "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(bytes) + "\n-----END " + label + "-----\n");
    }

    private SmtpListener start(boolean required) throws IOException {
        var pems = new PemFiles(certificate, key);
        return SmtpListener.start(new SmtpListener.Settings(InetAddress.getLoopbackAddress(), 0,
                SmtpListener.Protocol.SMTP, "mx.desk.test", _ -> true, new Tls(Optional.of(pems), required),
                SmtpLimits.usual()), (envelope, _) -> {
                    stored.add(envelope);
                    return new Acceptance.Accepted();
                });
    }

    private static final class Client implements AutoCloseable {
        private Socket socket;
        private BufferedReader in;

        Client(SmtpListener listener) throws IOException {
            use(new Socket(InetAddress.getLoopbackAddress(), listener.port()));
            assertEquals("220", answer().substring(0, 3));
        }

        private void use(Socket next) throws IOException {
            socket = next;
            socket.setSoTimeout(30_000);
            in = new BufferedReader(new InputStreamReader(next.getInputStream(), StandardCharsets.US_ASCII));
        }

        String say(String lines) throws IOException {
            socket.getOutputStream().write((lines + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return answer();
        }

        String answer() throws IOException {
            var all = new StringBuilder();
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                all.append(line).append('\n');
                if (line.length() < 4 || line.charAt(3) == ' ') break;
            }
            return all.toString();
        }

        SSLSocket handshake() throws IOException {
            var tls = (SSLSocket) trusting.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
            tls.startHandshake();
            use(tls);
            return tls;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void aServerThatDemandsTlsDeliversByIt() throws Exception {
        try (var listener = start(true)) {
            var settings = new SmtpSettings("localhost", listener.port(), SmtpSettings.Tls.STARTTLS, Optional.empty(),
                    "mx.other.test", Duration.ofSeconds(10), Duration.ofSeconds(20),
                    Optional.of(trusting.getSocketFactory()));
            var sent = MailSender.send(settings, "From: a@x.test\r\n\r\nhi\r\n".getBytes(StandardCharsets.UTF_8),
                    "a@x.test", List.of("support@desk.test"));
            assertTrue(sent instanceof SendResult.Accepted, sent.toString());
            assertEquals("a@x.test", stored.getFirst().from());
        }
    }

    @Test
    void theListenerSaysThatItOffersTlsOnceAndForgetsWhatWasSaidBefore() throws Exception {
        try (var listener = start(false); var client = new Client(listener)) {
            assertTrue(client.say("EHLO x").contains("STARTTLS"));
            assertEquals("250", client.say("MAIL FROM:<a@x.test>").substring(0, 3), "not required");
            assertEquals("220", client.say("STARTTLS").substring(0, 3));
            assertEquals("TLSv1.3", client.handshake().getSession().getProtocol());
            assertEquals("503", client.say("RCPT TO:<support@desk.test>").substring(0, 3));
            assertEquals("503", client.say("MAIL FROM:<a@x.test>").substring(0, 3), "greet again");
            assertFalse(client.say("EHLO x").contains("STARTTLS"));
            assertEquals("502", client.say("STARTTLS").substring(0, 3));
        }
    }

    @Test
    void whatIsSaidInTheClearBehindStarttlsIsNeverObeyed() throws Exception {
        try (var listener = start(false)) {
            try (var client = new Client(listener)) {
                client.say("EHLO x");
                assertEquals("501", client.say("STARTTLS\r\nMAIL FROM:<evil@x.test>").substring(0, 3));
                assertEquals("", client.answer(), "hung up");
            }
            try (var client = new Client(listener)) {
                client.say("EHLO x");
                assertEquals("220", client.say("STARTTLS").substring(0, 3));
                client.socket.getOutputStream().write("MAIL FROM:<evil@x.test>\r\n".getBytes(
                        StandardCharsets.US_ASCII));
                assertThrows(IOException.class, () -> {
                    client.handshake();
                    client.say("RCPT TO:<support@desk.test>");
                });
            }
            assertEquals(List.of(), stored);
        }
    }

    @Test
    void whereTlsIsRequiredNoMailIsTakenInTheClear() throws Exception {
        try (var listener = start(true); var client = new Client(listener)) {
            client.say("EHLO x");
            assertTrue(client.say("MAIL FROM:<a@x.test>").startsWith("530 5.7.0"));
            assertEquals("220", client.say("STARTTLS").substring(0, 3));
            client.handshake();
            client.say("EHLO x");
            assertEquals("250", client.say("MAIL FROM:<a@x.test>").substring(0, 3));
        }
    }

    @Test
    void anOldProtocolIsRefused() throws Exception {
        try (var listener = start(false); var client = new Client(listener)) {
            client.say("EHLO x");
            client.say("STARTTLS");
            assertThrows(IOException.class, () -> {
                var tls = (SSLSocket) trusting.getSocketFactory().createSocket(client.socket, "localhost",
                        client.socket.getPort(), true);
                tls.setEnabledProtocols(new String[] {"TLSv1.1"});
                tls.startHandshake();
            });
        }
    }

    @Test
    void aRenewedCertificateIsTakenUpAndABrokenOneIsNot() throws Exception {
        var chain = folder.resolve("renewed.pem");
        var secret = folder.resolve("renewed-key.pem");
        var first = write("RSA", chain, secret);
        var files = new PemFiles(chain, secret, Duration.ZERO);
        assertEquals(first.getSerialNumber(), served(files));
        var second = write("EC", chain, secret);
        later(chain, 5);
        assertNotEquals(first.getSerialNumber(), second.getSerialNumber());
        assertEquals(second.getSerialNumber(), served(files));
        Files.writeString(secret, "half a file");
        later(secret, 10);
        assertEquals(second.getSerialNumber(), served(files));
    }

    private static void later(Path file, int seconds) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(seconds)));
    }

    private static BigInteger served(PemFiles files) throws Exception {
        var anything = SSLContext.getInstance("TLS");
        var seen = new X509Certificate[1];
        anything.init(null, new TrustManager[] {new javax.net.ssl.X509ExtendedTrustManager() {
            @Override public void checkClientTrusted(X509Certificate[] chain, String type) { }

            @Override public void checkServerTrusted(X509Certificate[] chain, String type) { }

            @Override public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }

            @Override public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) { }

            @Override public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
                seen[0] = chain[0];
            }

            @Override public void checkClientTrusted(X509Certificate[] chain, String type,
                    javax.net.ssl.SSLEngine engine) { }

            @Override public void checkServerTrusted(X509Certificate[] chain, String type,
                    javax.net.ssl.SSLEngine engine) { }
        }}, null);
        try (var server = files.get().getServerSocketFactory().createServerSocket(0, 1,
                InetAddress.getLoopbackAddress())) {
            var serving = Thread.ofVirtual().start(() -> {
                try (var one = (SSLSocket) server.accept()) {
                    one.startHandshake();
                    one.getInputStream().read();
                } catch (IOException gone) {
                    // the client is done
                }
            });
            try (var client = (SSLSocket) anything.getSocketFactory().createSocket("127.0.0.1",
                    server.getLocalPort())) {
                client.startHandshake();
            }
            serving.join();
        }
        return seen[0].getSerialNumber();
    }

    @Test
    void filesThatAreNoneAreSaidInWords() throws Exception {
        var missing = assertThrows(IllegalArgumentException.class,
                () -> new PemFiles(folder.resolve("none.pem"), key));
        assertTrue(missing.getMessage().contains("none.pem"), missing.getMessage());
        var locked = folder.resolve("locked.pem");
        Files.writeString(locked, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
        var sealed = assertThrows(IllegalArgumentException.class, () -> new PemFiles(certificate, locked));
        assertTrue(sealed.getMessage().contains("PKCS #8"), sealed.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Tls(Optional.empty(), true));
    }
}
