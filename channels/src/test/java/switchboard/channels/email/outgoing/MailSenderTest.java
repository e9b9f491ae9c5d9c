package switchboard.channels.email.outgoing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailSenderTest {
    private static final byte[] RAW =
            "From: s@demo.test\r\nTo: a@k.test\r\nMessage-ID: <1@demo.test>\r\nSubject: x\r\n\r\n.hello\r\n"
            .getBytes(StandardCharsets.UTF_8);

    @Test void hands_over_the_message_and_tells_the_relays_answer() throws Exception {
        try (var relay = new ScriptedRelay(line -> line.equals("DOT") ? "250 queued as 77" : null)) {
            var result = assertInstanceOf(SendResult.Accepted.class, send(relay, "a@k.test"));
            assertEquals("250 queued as 77", result.response());
            assertTrue(relay.heard.containsAll(List.of("MAIL FROM:<bounce@demo.test>", "RCPT TO:<a@k.test>",
                    "Message-ID: <1@demo.test>", "..hello", ".")), () -> relay.heard.toString());
        }
    }

    @Test void sends_a_report_with_an_empty_envelope_sender() throws Exception {
        try (var relay = new ScriptedRelay(_ -> null)) {
            assertInstanceOf(SendResult.Accepted.class,
                    MailSender.send(settings(relay.port(), SmtpSettings.Tls.NONE), RAW, "", List.of("a@k.test")));
            assertTrue(relay.heard.contains("MAIL FROM:<>"), () -> relay.heard.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"CONNECT,RetryLater", "EHLO,RetryLater", "MAIL,RetryLater", "RCPT,RetryLater", "DATA,RetryLater",
            "DOT,Unknown"})
    void knows_how_far_it_came_when_the_line_is_cut(String where, String expected) throws Exception {
        try (var relay = new ScriptedRelay(line -> line.startsWith(where) ? ScriptedRelay.CUT : null)) {
            assertEquals(expected, send(relay, "a@k.test").getClass().getSimpleName());
        }
    }

    @Test void cuts_the_line_before_the_dot_when_another_process_has_the_mail() throws Exception {
        try (var relay = new ScriptedRelay(_ -> null)) {
            var result = MailSender.send(settings(relay.port(), SmtpSettings.Tls.NONE), RAW, "", List.of("a@k.test"),
                    () -> false);
            assertInstanceOf(SendResult.RetryLater.class, result);
            assertTrue(relay.heard.contains("DATA"), () -> relay.heard.toString());
            assertFalse(relay.heard.contains("."), () -> relay.heard.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"CONNECT,554 no,RetryLater", "MAIL,451 later,RetryLater", "MAIL,550 no,Refused",
            "RCPT,450 later,RetryLater", "RCPT,550 no,Refused", "DATA,451 later,RetryLater", "DATA,554 no,Refused",
        "DOT,451 later,RetryLater", "DOT,421 bye,RetryLater", "DOT,552 too large,Refused"})
    void tells_refusal_from_delay(String where, String reply, String expected) throws Exception {
        try (var relay = new ScriptedRelay(line -> line.startsWith(where) ? reply : null)) {
            assertEquals(expected, send(relay, "a@k.test").getClass().getSimpleName());
        }
    }

    @Test void tells_for_whom_it_was_refused_or_put_off() throws Exception {
        try (var relay = new ScriptedRelay(line -> line.startsWith("RCPT TO:<gone") ? "550 5.1.1 unknown"
                : line.startsWith("RCPT TO:<busy") ? "450 4.2.1 busy" : null)) {
            var result = assertInstanceOf(SendResult.Accepted.class,
                    send(relay, "a@k.test", "gone@k.test", "busy@k.test"));
            assertEquals(Set.of("gone@k.test"), result.refused().keySet());
            assertEquals(550, result.refused().get("gone@k.test").code());
            assertEquals(Set.of("busy@k.test"), result.deferred().keySet());
            var all = assertInstanceOf(SendResult.Refused.class, send(relay, "gone@k.test"));
            assertTrue(all.recipients().get("gone@k.test").text().contains("5.1.1"));
        }
    }

    @Test void keeps_the_connection_for_the_next_message_and_opens_another_when_it_is_gone() throws Exception {
        try (var relay = new ScriptedRelay(line -> line.startsWith("RCPT TO:<cut") ? ScriptedRelay.CUT : null);
                var sender = new MailSender(settings(relay.port(), SmtpSettings.Tls.NONE))) {
            assertInstanceOf(SendResult.Accepted.class, sender.send(RAW, "b@demo.test", List.of("a@k.test")));
            assertInstanceOf(SendResult.Accepted.class, sender.send(RAW, "b@demo.test", List.of("b@k.test")));
            assertEquals(1, relay.heard.stream().filter(l -> l.startsWith("EHLO")).count());
            assertInstanceOf(SendResult.RetryLater.class, sender.send(RAW, "b@demo.test", List.of("cut@k.test")));
            assertInstanceOf(SendResult.Accepted.class, sender.send(RAW, "b@demo.test", List.of("c@k.test")));
            assertEquals(2, relay.heard.stream().filter(l -> l.startsWith("EHLO")).count());
        }
    }

    @Test void gives_no_mail_to_a_relay_that_offers_no_tls() throws Exception {
        try (var relay = new ScriptedRelay(_ -> null)) {
            assertInstanceOf(SendResult.RetryLater.class,
                    MailSender.send(settings(relay.port(), SmtpSettings.Tls.STARTTLS), RAW, "b@demo.test",
                    List.of("a@k.test")));
            assertTrue(relay.heard.stream().noneMatch(l -> l.startsWith("MAIL")));
        }
    }

    @Test void retries_later_when_nobody_listens_or_answers() throws Exception {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertInstanceOf(SendResult.RetryLater.class,
                    MailSender.send(new SmtpSettings("127.0.0.1", socket.getLocalPort(), SmtpSettings.Tls.NONE,
                    Optional.empty(), "x",
                    Duration.ofSeconds(5), Duration.ofMillis(300), Optional.empty()), RAW, "b@demo.test",
                    List.of("a@k.test")));
            free = socket.getLocalPort();
        }
        assertInstanceOf(SendResult.RetryLater.class,
                MailSender.send(settings(free, SmtpSettings.Tls.NONE), RAW, "b@demo.test", List.of("a@k.test")));
    }

    @ParameterizedTest
    @Tag("T62")
    @ValueSource(strings = {"a@k.test>\r\nRCPT TO:<e@x.test", "a@k.test\nDATA", "a\0@k.test", "a b@k.test",
            "<a@k.test>", "a@k.test> SIZE=1", "", "a", "a\u2028@k.test"})
    void lets_no_address_speak_to_the_relay(String address) throws Exception {
        try (var relay = new ScriptedRelay(_ -> null)) {
            assertThrows(IllegalArgumentException.class, () -> send(relay, address));
            if (!address.isEmpty()) assertThrows(IllegalArgumentException.class,
                    () -> MailSender.send(settings(relay.port(), SmtpSettings.Tls.NONE), RAW, address,
                    List.of("a@k.test")));
            assertEquals(List.of(), relay.heard);
        }
    }

    private static SendResult send(ScriptedRelay relay, String... recipients) {
        return MailSender.send(settings(relay.port(), SmtpSettings.Tls.NONE), RAW, "bounce@demo.test",
                List.of(recipients));
    }

    private static SmtpSettings settings(int port, SmtpSettings.Tls tls) {
        return new SmtpSettings("127.0.0.1", port, tls, Optional.empty(), "switchboard.test", Duration.ofSeconds(10),
                Duration.ofSeconds(20), Optional.empty());
    }
}
