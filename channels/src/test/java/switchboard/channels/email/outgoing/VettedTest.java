package switchboard.channels.email.outgoing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.channels.email.PublicAddress;
import switchboard.channels.email.imap.ImapPoller;
import switchboard.channels.email.imap.ImapSettings;

@Tag("S6")
class VettedTest {
    private static Optional<String> smtp(String host, int port, SmtpSettings.Tls tls, Vetted reach) {
        return MailSender.check(new SmtpSettings(host, port, tls, Optional.of(new SmtpSettings.Login("a", "secret")),
                "desk", Duration.ofSeconds(2), Duration.ofSeconds(1), Optional.empty()), reach);
    }

    private static Optional<String> imap(String host, int port, ImapSettings.Tls tls, Vetted reach) {
        return ImapPoller.check(new ImapSettings(host, port, tls, "a", "secret", "INBOX", Duration.ofSeconds(2),
                Duration.ofSeconds(1), Duration.ofSeconds(1), Optional.empty()), reach);
    }

    private static int closed() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void noServerOfThisMachineIsConnectedToByAnyOfItsNames() throws Exception {
        var reach = new Vetted(PublicAddress::is);
        var connected = new AtomicInteger();
        try (var open = new ServerSocket()) {
            open.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Thread.ofVirtual().start(() -> {
                try (var _ = open.accept()) {
                    connected.incrementAndGet();
                } catch (java.io.IOException end) {
                    // the test is over
                }
            });
            for (var host : new String[] {"127.0.0.1", "localhost", "127.1", "0.0.0.0", "::1", "::ffff:127.0.0.1",
                "2130706433"}) {
                for (var tls : SmtpSettings.Tls.values()) {
                    assertEquals(Optional.of(Vetted.UNREACHED), smtp(host, open.getLocalPort(), tls, reach), host);
                }
                for (var tls : ImapSettings.Tls.values()) {
                    assertEquals(Optional.of(Vetted.UNREACHED), imap(host, open.getLocalPort(), tls, reach), host);
                }
            }
        }
        assertEquals(0, connected.get());
    }

    @Test
    void anOpenPortAClosedOneAndAnUnknownHostSoundTheSame() throws Exception {
        var reach = new Vetted(_ -> true);
        try (var open = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            int port = open.getLocalPort();
            for (var tls : SmtpSettings.Tls.values()) {
                assertEquals(Optional.of(Vetted.UNREACHED), smtp("127.0.0.1", port, tls, reach), "silent");
                assertEquals(Optional.of(Vetted.UNREACHED), smtp("127.0.0.1", closed(), tls, reach));
            }
            assertEquals(Optional.of(Vetted.UNREACHED), imap("127.0.0.1", port, ImapSettings.Tls.NONE, reach));
            assertEquals(Optional.of(Vetted.UNREACHED), imap("127.0.0.1", closed(), ImapSettings.Tls.NONE, reach));
            assertEquals(Optional.of(Vetted.UNREACHED), smtp("no.such.host.invalid", 25, SmtpSettings.Tls.NONE, reach));
        }
    }

    @Test
    void theAddressThatIsConnectedToIsTheOneThatIsJudged() {
        var judged = new java.util.concurrent.CopyOnWriteArrayList<InetAddress>();
        var reach = new Vetted(address -> {
            judged.add(address);
            return false;
        });
        smtp("localhost", 9, SmtpSettings.Tls.TLS, reach);
        assertTrue(!judged.isEmpty() && judged.stream().allMatch(InetAddress::isLoopbackAddress), judged.toString());
    }
}
