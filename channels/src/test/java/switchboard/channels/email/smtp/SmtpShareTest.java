package switchboard.channels.email.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static switchboard.ticketing.Desk.until;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import switchboard.channels.email.smtp.SmtpListener.Protocol;

/// One client's slow connections leave room for others' mail.
class SmtpShareTest {
    private static final int ALL_MIB = 4;
    private static final int SHARE_MIB = 2;

    private static SmtpListener start(Protocol protocol) throws Exception {
        var limits = new SmtpLimits(20, 10, ALL_MIB, SHARE_MIB, 100_000, Duration.ofSeconds(30),
                Duration.ofSeconds(30));
        return SmtpListener.start(new SmtpListener.Settings(InetAddress.getByName("0.0.0.0"), 0, protocol, "here",
                _ -> true, Tls.NONE, limits), (_, _) -> new Acceptance.Accepted());
    }

    private static RawClient greeted(SmtpListener listener, String from, String hello) throws Exception {
        var client = new RawClient(listener.port(), InetAddress.getByName(from));
        client.say(hello + " x.test");
        client.say("MAIL FROM:<a@x.test>");
        client.say("RCPT TO:<support@demo.test>");
        return client;
    }

    @Test
    void aClientGetsItsShareOfTheMemoryAndAnotherStillHasRoom() throws Exception {
        try (var listener = start(Protocol.SMTP);
                var one = greeted(listener, "127.0.0.1", "HELO"); var two = greeted(listener, "127.0.0.1", "HELO");
                var three = greeted(listener, "127.0.0.1", "HELO");
                var other = greeted(listener, "127.0.0.2", "HELO")) {
            assertEquals("354", one.say("DATA").substring(0, 3));
            assertEquals("354", two.say("DATA").substring(0, 3));
            assertEquals("451", three.say("DATA").substring(0, 3), "its share is taken");
            assertEquals("354", other.say("DATA").substring(0, 3));
            assertEquals("250", one.say("x\r\n.").substring(0, 3));
            until(() -> {
                try {
                    three.say("RSET");
                    three.say("MAIL FROM:<a@x.test>");
                    three.say("RCPT TO:<support@demo.test>");
                    return three.say("DATA").startsWith("354");
                } catch (java.io.IOException broken) {
                    throw new java.io.UncheckedIOException(broken);
                }
            });
        }
    }

    @Test
    void aRelayThatBringsEverybodysMailMayUseAllOfIt() throws Exception {
        try (var listener = start(Protocol.LMTP);
                var one = greeted(listener, "127.0.0.1", "LHLO"); var two = greeted(listener, "127.0.0.1", "LHLO");
                var three = greeted(listener, "127.0.0.1", "LHLO")) {
            for (var client : java.util.List.of(one, two, three)) {
                assertEquals("354", client.say("DATA").substring(0, 3));
            }
        }
    }
}
