package switchboard.channels.email.smtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.channels.email.mime.MailAddress;
import switchboard.channels.email.outgoing.MailComposer;
import switchboard.channels.email.outgoing.MailSender;
import switchboard.channels.email.outgoing.OutgoingMail;
import switchboard.channels.email.outgoing.SendResult;
import switchboard.channels.email.outgoing.SmtpSettings;
import switchboard.channels.email.smtp.SmtpListener.Protocol;
import switchboard.ticketing.Desk;

class SmtpListenerTest {
    private static final SmtpLimits SMALL = new SmtpLimits(10, 3, 2, 2, 100_000, Duration.ofSeconds(30),
            Duration.ofSeconds(30));

    private record Stored(Envelope envelope, byte[] raw) {
        String text() {
            return new String(raw, StandardCharsets.UTF_8);
        }
    }

    private final BlockingQueue<Stored> stored = new LinkedBlockingQueue<>();
    private final Acceptance.Delivery keep = (envelope, raw) -> {
        stored.add(new Stored(envelope, raw));
        return new Acceptance.Accepted();
    };

    @Test void takes_a_mail_and_gives_its_bytes_unchanged() throws Exception {
        try (var listener = start(Protocol.SMTP, keep); var client = new RawClient(listener.port())) {
            assertTrue(client.say("EHLO client.test").contains("SIZE 100000"));
            client.say("MAIL FROM:<bo@kunde.test> SIZE=100 BODY=8BITMIME");
            client.say("RCPT TO:<support@demo.test>");
            assertEquals("354", client.say("DATA").substring(0, 3));
            assertEquals("250", client.say("Subject: Grüße\r\n\r\n..dot\r\n...two\r\n.").substring(0, 3));
            var mail = stored.take();
            assertEquals("Subject: Grüße\r\n\r\n.dot\r\n..two\r\n", mail.text());
            assertEquals("bo@kunde.test", mail.envelope().from());
            assertEquals(List.of("support@demo.test"), mail.envelope().recipients());
            assertEquals("client.test", mail.envelope().helo());
            var stamped = mail.envelope().stamp(mail.raw(), List.of("support@demo.test"));
            assertTrue(new String(stamped, StandardCharsets.UTF_8)
                    .startsWith("Return-Path: <bo@kunde.test>\r\nDelivered-To: support@demo.test\r\nSubject"));
            assertArrayEquals(stamped, mail.envelope().stamp(mail.raw(), List.of("support@demo.test")));
        }
    }

    @Test void answers_only_after_the_delivery_has_returned() throws Exception {
        var commit = new CountDownLatch(1);
        try (var listener = start(Protocol.SMTP, (e, raw) -> {
            stored.add(new Stored(e, raw));
            waitFor(commit);
            return new Acceptance.Accepted();
        }); var client = envelope(listener)) {
            client.say("DATA");
            client.send("x\r\n.\r\n");
            stored.take();
            assertNull(client.replyWithin(Duration.ofMillis(300)), "answered before the commit");
            commit.countDown();
            assertEquals("250", client.reply().substring(0, 3));
        }
    }

    @Test void answers_a_message_before_it_waits_for_what_follows_or_stores_it() throws Exception {
        var commit = new CountDownLatch(1);
        try (var listener = start(Protocol.SMTP, (e, raw) -> {
            if (raw.length > 3) waitFor(commit);
            return new Acceptance.Accepted();
        }); var client = envelope(listener)) {
            client.say("DATA");
            client.send("1\r\n.\r\nMAIL FR");
            assertEquals("250 2.0.0 stored", client.reply());
            client.send("OM:<a@b.test>\r\nRCPT TO:<support@demo.test>\r\nDATA\r\n");
            for (var code : List.of("250", "250", "354")) assertEquals(code, client.reply().substring(0, 3));
            client.send("2\r\n.\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<support@demo.test>\r\nDATA\r\nlong\r\n.\r\n");
            for (var code : List.of("250", "250", "250", "354")) assertEquals(code, client.reply().substring(0, 3));
            assertNull(client.replyWithin(Duration.ofMillis(300)), "answered before the commit");
            commit.countDown();
            assertEquals("250 2.0.0 stored", client.reply());
        }
    }

    @Test void answers_a_message_though_the_next_one_breaks_the_talk_off() throws Exception {
        try (var listener = start(Protocol.SMTP, keep); var client = envelope(listener)) {
            client.say("DATA");
            client.send("1\r\n.\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<unknowable@demo.test>\r\n");
            assertEquals("250 2.0.0 stored", client.reply());
            assertEquals("250", client.reply().substring(0, 3));
            assertNull(client.reply(), "the talk is over");
        }
    }

    @Test void says_451_when_it_cannot_be_stored_and_goes_on() throws Exception {
        var outcomes = new LinkedBlockingQueue<Acceptance>(List.of(new Acceptance.TryLater("database is away"),
                new Acceptance.Refused("no"), new Acceptance.Accepted()));
        try (var listener = start(Protocol.SMTP, (_, _) -> {
            if (outcomes.size() == 2) throw new IllegalStateException("boom");
            return outcomes.poll();
        }); var client = envelope(listener)) {
            assertEquals("451 4.3.0 database is away", message(client, "x"));
            outcomes.add(new Acceptance.Accepted());
            again(client);
            assertEquals("554 5.7.1 no", message(client, "x"));
            again(client);
            assertEquals("451", message(client, "x").substring(0, 3));
        }
    }

    @Test void refuses_unknown_recipients_too_many_of_them_and_wrong_order() throws Exception {
        try (var listener = start(Protocol.SMTP, keep); var client = new RawClient(listener.port())) {
            assertEquals("503", client.say("MAIL FROM:<a@b.test>").substring(0, 3));
            client.say("EHLO x");
            assertEquals("503", client.say("RCPT TO:<support@demo.test>").substring(0, 3));
            client.say("MAIL FROM:<>");
            assertEquals("550", client.say("RCPT TO:<nobody@demo.test>").substring(0, 3));
            assertEquals("503", client.say("DATA").substring(0, 3));
            assertEquals("501", client.say("RCPT TO:support").substring(0, 3));
            assertEquals("555", client.say("RCPT TO:<support@demo.test> NOTIFY=NEVER").substring(0, 3));
            for (int i = 0; i < SmtpLimits.RECIPIENTS_MAX; i++)
                    assertEquals("250", client.say("RCPT TO:<support@demo.test>").substring(0, 3));
            assertEquals("452", client.say("RCPT TO:<support@demo.test>").substring(0, 3));
        }
    }

    @Test void hangs_up_on_one_who_guesses_addresses() throws Exception {
        try (var listener = start(Protocol.SMTP, keep); var client = new RawClient(listener.port())) {
            client.say("EHLO x");
            client.say("MAIL FROM:<a@b.test>");
            for (int i = 0; i < SmtpLimits.MISTAKES_MAX; i++)
                    assertEquals("550", client.say("RCPT TO:<u" + i + "@demo.test>").substring(0, 3));
            client.say("RCPT TO:<u@demo.test>");
            assertEquals("421", client.reply().substring(0, 3));
            assertNull(client.reply());
        }
    }

    @Test void refuses_a_message_over_the_limit_and_takes_one_just_below() throws Exception {
        try (var listener = start(Protocol.SMTP, keep); var client = new RawClient(listener.port())) {
            client.say("EHLO x");
            assertEquals("552", client.say("MAIL FROM:<a@b.test> SIZE=100001").substring(0, 3));
            again(client);
            assertEquals("552", message(client, "y".repeat(99_999)).substring(0, 3));
            again(client);
            assertEquals("250", message(client, "y".repeat(99_998)).substring(0, 3));
            assertEquals(100_000, stored.take().raw().length);
        }
    }

    @ParameterizedTest
    @Tag("T62")
    @ValueSource(strings = {"\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n.\r", "\r.\r\n", "\n.\r", "\r\n\0.\r\n",
            "\r\n.\r\r\n", "\u2028.\u2028", "\u0085.\u0085"})
    void finds_no_second_message_inside_the_first(String end) throws Exception {
        try (var listener = start(Protocol.SMTP, keep); var client = envelope(listener)) {
            client.say("DATA");
            client.send("Subject: one\r\n\r\nx" + end
                    + "MAIL FROM:<admin@demo.test>\r\nRCPT TO:<support@demo.test>\r\nDATA\r\nSubject: "
                    + "two\r\n\r\nevil\r\n.\r\n");
            var answer = client.reply();
            boolean lineEnds = end.contains("\r") && !end.equals("\r\n\0.\r\n") || end.contains("\n")
                    && !end.equals("\r\n\0.\r\n");
            assertEquals(lineEnds ? "554" : "250", answer.substring(0, 3));
            assertTrue(client.say("NOOP").startsWith("250 2.0.0"), "the smuggled commands were obeyed");
            assertEquals(lineEnds ? 0 : 1, stored.size());
        }
    }

    @ParameterizedTest
    @Tag("T62")
    @ValueSource(strings = {"NOOP\nQUIT\r\n", "NOOP\rQUIT\r\n", "NO\0OP\r\n"})
    void ends_the_talk_at_a_bare_line_end_in_a_command(String bytes) throws Exception {
        try (var listener = start(Protocol.SMTP, keep); var client = new RawClient(listener.port())) {
            client.send(bytes);
            assertEquals("500", client.reply().substring(0, 3));
            assertNull(client.reply());
        }
    }

    @Test void ends_the_talk_at_a_command_without_end() throws Exception {
        try (var listener = start(Protocol.SMTP, keep); var client = new RawClient(listener.port())) {
            client.send("NOOP " + "x".repeat(SmtpLimits.COMMAND_BYTES_MAX + 1));
            assertEquals("500", client.reply().substring(0, 3));
        }
    }

    @Test void takes_commands_sent_all_at_once() throws Exception {
        try (var listener = start(Protocol.SMTP, keep); var client = new RawClient(listener.port())) {
            client.send("EHLO x\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<support@demo.test>\r\nDATA\r\n");
            var replies = new ArrayList<String>();
            for (int i = 0; i < 4; i++) replies.add(client.reply().substring(0, 3));
            assertEquals(List.of("250", "250", "250", "354"), replies);
            client.send("one\r\n.\r\nMAIL FROM:<a@b.test>\r\nRCPT "
                    + "TO:<support@demo.test>\r\nDATA\r\ntwo\r\n.\r\nQUIT\r\n");
            for (var code : List.of("250", "250", "250", "354", "250", "221"))
                    assertEquals(code, client.reply().substring(0, 3));
            assertEquals("one\r\n", stored.take().text());
            assertEquals("two\r\n", stored.take().text());
        }
    }

    @Test void turns_away_a_client_with_too_many_connections_and_lets_it_back() throws Exception {
        try (var listener = start(Protocol.SMTP, keep)) {
            var clients = new ArrayList<RawClient>();
            for (int i = 0; i < 3; i++) clients.add(new RawClient(listener.port()));
            assertEquals("421", RawClient.greeting(listener.port()).substring(0, 3));
            for (var client : clients) {
                client.say("QUIT");
                client.reply();
                client.close();
            }
            becomes("220", () -> RawClient.greeting(listener.port()));
        }
    }

    @Test void counts_a_network_of_ipv6_as_one_client() throws Exception {
        assertEquals(SmtpListener.network(InetAddress.getByName("2001:db8:1:2::7")),
                SmtpListener.network(InetAddress.getByName("2001:db8:1:2:ffff::8")));
        assertNotEquals(SmtpListener.network(InetAddress.getByName("2001:db8:1:2::7")),
                SmtpListener.network(InetAddress.getByName("2001:db8:1:3::7")));
        assertNotEquals(SmtpListener.network(InetAddress.getByName("192.0.2.1")),
                SmtpListener.network(InetAddress.getByName("192.0.2.2")));
    }

    @Test void asks_to_come_back_while_memory_is_taken() throws Exception {
        var commit = new CountDownLatch(1);
        try (var listener = start(Protocol.SMTP, (e, raw) -> {
            stored.add(new Stored(e, raw));
            waitFor(commit);
            return new Acceptance.Accepted();
        }); var one = envelope(listener); var two = envelope(listener); var three = envelope(listener)) {
            for (var client : List.of(one, two)) {
                client.say("DATA");
                client.send("x\r\n.\r\n");
                stored.take();
            }
            assertEquals("451", three.say("DATA").substring(0, 3));
            commit.countDown();
            assertEquals("250", one.reply().substring(0, 3));
            assertEquals("250", two.reply().substring(0, 3));
            becomes("354", () -> {
                again(three);
                return three.say("DATA");
            });
        }
    }

    @Test void speaks_lmtp_and_answers_for_each_recipient() throws Exception {
        try (var listener = start(Protocol.LMTP, keep); var client = new RawClient(listener.port())) {
            assertEquals("500", client.say("EHLO x").substring(0, 3));
            assertEquals("250", client.say("LHLO relay.test").substring(0, 3));
            for (int round = 0; round < 2; round++) {
                client.say("MAIL FROM:<bo@kunde.test>");
                client.say("RCPT TO:<support@demo.test>");
                assertEquals("550", client.say("RCPT TO:<nobody@demo.test>").substring(0, 3));
                client.say("RCPT TO:<sales@demo.test>");
                client.say("DATA");
                assertEquals("250", client.say("x\r\n.").substring(0, 3));
                assertEquals("250", client.reply().substring(0, 3));
                assertEquals(List.of("support@demo.test"), stored.take().envelope().recipients());
                assertEquals(List.of("sales@demo.test"), stored.take().envelope().recipients());
            }
            assertEquals("221", client.say("QUIT").substring(0, 3));
        }
    }

    @Test void says_by_lmtp_which_recipient_has_it_and_which_is_to_be_tried_again() throws Exception {
        Acceptance.Delivery delivery = (e, raw) -> switch (e.recipients().getFirst()) {
            case "support@demo.test" -> throw new IllegalStateException("its commit fails");
            default -> keep.accept(e, raw);
        };
        try (var listener = start(Protocol.LMTP, delivery); var client = new RawClient(listener.port())) {
            client.say("LHLO relay.test");
            client.say("MAIL FROM:<bo@kunde.test>");
            client.say("RCPT TO:<support@demo.test>");
            client.say("RCPT TO:<sales@demo.test>");
            client.say("DATA");
            assertEquals("451", client.say("x\r\n.").substring(0, 3));
            assertEquals("250", client.reply().substring(0, 3));
            assertEquals(List.of("sales@demo.test"), stored.take().envelope().recipients());
        }
    }

    @Test void answers_the_message_in_hand_before_it_closes() throws Exception {
        var commit = new CountDownLatch(1);
        var listener = start(Protocol.SMTP, (e, raw) -> {
            stored.add(new Stored(e, raw));
            waitFor(commit);
            return new Acceptance.Accepted();
        });
        try (var client = envelope(listener)) {
            client.say("DATA");
            client.send("x\r\n.\r\n");
            stored.take();
            var closing = Thread.ofVirtual().start(listener::close);
            commit.countDown();
            assertEquals("250", client.reply().substring(0, 3));
            closing.join();
        }
    }

    @Test @Tag("T62") void receives_from_our_own_sender_exactly_one_message_with_every_dot() throws Exception {
        try (var listener = start(Protocol.SMTP, keep)) {
            var body = "Hello\r\n.\r\nMAIL FROM:<x@y.test>\n.\nrest\r.\rend";
            var raw = MailComposer.compose(OutgoingMail.plain(new MailAddress("", "bo@kunde.test"),
                    List.of(new MailAddress("", "support@demo.test")), "dots", "1@kunde.test",
                    java.time.Instant.EPOCH, body));
            var result = MailSender.send(SmtpSettings.plain("127.0.0.1", listener.port()), raw, "bo@kunde.test",
                    List.of("support@demo.test"));
            assertTrue(result instanceof SendResult.Accepted, result::toString);
            assertEquals(new String(raw, StandardCharsets.UTF_8).stripTrailing(), stored.take().text().stripTrailing());
            assertEquals(0, stored.size());
        }
    }

    private SmtpListener start(Protocol protocol, Acceptance.Delivery delivery) throws Exception {
        Predicate<String> known = a -> {
            if (a.startsWith("unknowable")) throw new IllegalStateException("nobody can be asked");
            return a.equals("support@demo.test") || a.equals("sales@demo.test");
        };
        return SmtpListener.start(new SmtpListener.Settings(InetAddress.getLoopbackAddress(), 0, protocol,
                "mx.demo.test", known, Tls.NONE, SMALL), delivery);
    }

    private static RawClient envelope(SmtpListener listener) throws Exception {
        var client = new RawClient(listener.port());
        client.say("EHLO x");
        again(client);
        return client;
    }

    /// The listener releases a resource shortly after its answer.
    private static void becomes(String code, Callable<String> answer) {
        Desk.until(() -> {
            try {
                return answer.call().startsWith(code);
            } catch (Exception broken) {
                throw new AssertionError(broken);
            }
        });
    }

    private static void again(RawClient client) throws Exception {
        client.say("MAIL FROM:<a@b.test>");
        client.say("RCPT TO:<support@demo.test>");
    }

    private static String message(RawClient client, String text) throws Exception {
        assertEquals("354", client.say("DATA").substring(0, 3));
        return client.say(text + "\r\n.");
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
