package switchboard.channels.email.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.until;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Flags;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import switchboard.channels.email.mime.MailLimits;

class ImapPollerTest {
    /// Keeps batch and cursor together, as one transaction does, and can be told to fail.
    private static final class Box implements MailboxCursor {
        private UidCursor at = UidCursor.NONE;
        private final List<String> subjects = new ArrayList<>();
        private final List<Integer> batches = new ArrayList<>();
        private final List<Integer> large = new ArrayList<>();
        private String newest;
        private Optional<Instant> since = Optional.empty();
        private int failures;
        private int refused;

        @Override public synchronized UidCursor load() {
            return at;
        }

        @Override public Optional<Instant> since() {
            return since;
        }

        /// Waits until the cursor stands somewhere.
        synchronized UidCursor awaitContact() throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (at.equals(UidCursor.NONE) && System.nanoTime() < end) wait(1_000);
            return at;
        }

        @Override public synchronized void commit(List<RawMail> batch, UidCursor next) {
            if (failures-- > 0) {
                refused++;
                notifyAll();
                throw new IllegalStateException("database is away");
            }
            for (var mail : batch) subjects.add(new String(mail.raw(), StandardCharsets.UTF_8).lines()
                    .filter(l -> l.startsWith("Subject: ")).findFirst().orElse("?").substring(9));
            batches.add(batch.size());
            batch.stream().map(mail -> mail.raw().length).filter(bytes -> bytes > 1_000_000).forEach(large::add);
            if (!batch.isEmpty()) newest = new String(batch.getLast().raw(), StandardCharsets.UTF_8);
            at = next;
            notifyAll();
        }

        /// Waits until commits have failed that often: the mail has been read, and its cursor has not moved.
        synchronized int awaitRefused(int count) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (refused < count && System.nanoTime() < end) wait(1_000);
            return refused;
        }

        synchronized List<String> await(int count) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (subjects.size() < count && System.nanoTime() < end) wait(1_000);
            return List.copyOf(subjects);
        }
    }

    private final Box box = new Box();

    @Test void reads_what_is_there_and_hears_of_what_comes() throws Exception {
        var mail = greenMail();
        try {
            var user = mail.setUser("support@demo.test", "secret");
            for (int i = 0; i < 250; i++) user.deliver(message("old" + i));
            try (var poller = start(mail.getImap().getPort(), Duration.ofMinutes(5))) {
                assertEquals(250, box.await(250).size());
                user.deliver(message("new"));
                assertEquals("new", box.await(251).getLast());
            }
            assertEquals(List.of(100, 100, 50, 1), box.batches);
            assertEquals("old0", box.subjects.getFirst());
            user.deliver(message("later"));
            try (var poller = start(mail.getImap().getPort(), Duration.ofMinutes(5))) {
                assertEquals("later", box.await(252).getLast());
            }
            assertEquals(252, box.subjects.size());
        } finally {
            mail.stop();
        }
    }

    @Test void leaves_what_lay_there_at_the_first_contact_unless_it_is_to_be_imported() throws Exception {
        var mail = greenMail();
        try {
            var user = mail.setUser("support@demo.test", "secret");
            for (int i = 0; i < 3; i++) user.deliver(message("old" + i));
            box.since = Optional.of(Instant.now());
            try (var poller = start(mail.getImap().getPort(), Duration.ofMillis(200))) {
                assertEquals(3, box.awaitContact().lastUid());
                user.deliver(message("new"));
                assertEquals(List.of("new"), box.await(1));
            }
            assertFalse(mail.getReceivedMessages()[0].isSet(Flags.Flag.SEEN), "and leaves it unseen");
            // Numbered anew, all is offered again; what lay there before still stays there.
            var stale = new UidCursor(box.load().uidValidity() + 1, 40);
            box.at = stale;
            box.since = Optional.of(Instant.now().plus(Duration.ofHours(2)));
            user.deliver(message("too early by that clock"));
            try (var poller = start(mail.getImap().getPort(), Duration.ofMillis(200))) {
                for (int i = 0; i < 300 && box.load().equals(stale); i++) Thread.sleep(100);
            }
            assertEquals(new UidCursor(stale.uidValidity() - 1, 5), box.load(), "and is not looked through again");
            assertEquals(List.of("new"), box.subjects);
            box.at = stale;
            box.since = Optional.of(Instant.now().minus(Duration.ofHours(2)));
            try (var poller = start(mail.getImap().getPort(), Duration.ofMillis(200))) {
                assertEquals(6, box.await(6).size());
            }
        } finally {
            mail.stop();
        }
    }

    @Test void marks_as_seen_only_what_is_committed() throws Exception {
        var mail = greenMail();
        try {
            var user = mail.setUser("support@demo.test", "secret");
            user.deliver(message("one"));
            box.failures = Integer.MAX_VALUE;
            try (var poller = start(mail.getImap().getPort(), Duration.ofMinutes(5))) {
                assertTrue(box.awaitRefused(2) >= 2, "the mail was read and could not be committed, twice");
            }
            assertFalse(mail.getReceivedMessages()[0].isSet(Flags.Flag.SEEN));
            assertEquals(UidCursor.NONE, box.load());
            box.failures = 2;
            try (var poller = start(mail.getImap().getPort(), Duration.ofMinutes(5))) {
                assertEquals(List.of("one"), box.await(1));
                for (int i = 0; i < 300 && !mail.getReceivedMessages()[0].isSet(Flags.Flag.SEEN); i++)
                        Thread.sleep(100);
            }
            assertTrue(mail.getReceivedMessages()[0].isSet(Flags.Flag.SEEN));
        } finally {
            mail.stop();
        }
    }

    @ParameterizedTest
    @EnumSource(value = ScriptedMailbox.Fault.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void loses_and_repeats_nothing_when_the_server_fails_in_the_middle(ScriptedMailbox.Fault fault) throws Exception {
        try (var server = new ScriptedMailbox()) {
            server.mails.put(5L, mail("five"));
            server.mails.put(9L, mail("nine"));
            server.failNext(fault);
            try (var poller = start(server.port(), Duration.ofMillis(100))) {
                assertEquals(List.of("five", "nine"), box.await(2));
                server.failNext(fault);
                server.mails.put(12L, mail("twelve"));
                assertEquals(List.of("five", "nine", "twelve"), box.await(3));
            }
            assertEquals(new UidCursor(1, 12), box.load());
            assertTrue(server.heard.stream().filter(l -> l.contains("BODY")).allMatch(l -> l.contains("BODY.PEEK[]")),
                    () -> server.heard.toString());
            assertTrue(server.heard.stream().filter(l -> l.contains("SELECT")).count() >= 2,
                    "the fault did not happen");
        }
    }

    @Test void asks_for_a_hundred_bodies_at_once_and_keeps_every_byte() throws Exception {
        try (var server = new ScriptedMailbox()) {
            for (long i = 1; i <= 150; i++) server.mails.put(i, mail("m" + i));
            try (var poller = start(server.port(), Duration.ofMinutes(5))) {
                assertEquals(150, box.await(150).size());
            }
            assertEquals(2, server.heard.stream().filter(line -> line.contains("BODY.PEEK")).count(),
                    server.heard.toString());
            assertEquals(mail("m150"), box.newest);
        }
    }

    @Test void takes_the_largest_mail_whole_and_of_a_larger_one_no_more_than_shows_that_it_is() throws Exception {
        var most = mail("most") + "x".repeat(MailLimits.MESSAGE_BYTES_MAX - mail("most").length());
        try (var server = new ScriptedMailbox()) {
            server.mails.put(1L, mail("small"));
            server.mails.put(2L, most);
            server.mails.put(3L, mail("large") + "x".repeat(MailLimits.MESSAGE_BYTES_MAX + 5_000_000));
            server.mails.put(4L, mail("last"));
            try (var poller = start(server.port(), Duration.ofMinutes(5))) {
                assertEquals(List.of("small", "most", "large", "last"), box.await(4));
            }
            assertEquals(List.of(2, 1, 1), box.batches);
            assertEquals(List.of(MailLimits.MESSAGE_BYTES_MAX, MailLimits.MESSAGE_BYTES_MAX + 1),
                    box.large);
        }
    }

    @Test void keeps_its_connection_over_quiet_times_though_the_server_takes_long_to_answer() throws Exception {
        try (var server = new ScriptedMailbox()) {
            server.idle = true;
            server.noopMillis = 300;
            try (var poller = start(server.port(), Duration.ofMillis(100))) {
                until(() -> heard(server, " NOOP") >= 1);
                long logins = heard(server, " LOGIN support@demo.test secret");
                until(() -> heard(server, " NOOP") >= 5);
                server.mails.put(1L, mail("m"));
                assertEquals(List.of("m"), box.await(1));
                assertEquals(logins, heard(server, " LOGIN support@demo.test secret"), server.heard.toString());
            }
        }
    }

    private static long heard(ScriptedMailbox server, String ending) {
        return server.heard.stream().filter(line -> line.endsWith(ending)).count();
    }

    @Test void reads_all_again_when_the_server_has_renumbered() throws Exception {
        try (var server = new ScriptedMailbox()) {
            server.mails.put(5L, mail("five"));
            try (var poller = start(server.port(), Duration.ofMillis(100))) {
                assertEquals(List.of("five"), box.await(1));
            }
            server.validity = 2;
            server.mails.clear();
            server.mails.put(1L, mail("five"));
            server.mails.put(2L, mail("six"));
            try (var poller = start(server.port(), Duration.ofMillis(100))) {
                assertEquals(List.of("five", "five", "six"), box.await(3));
            }
            assertEquals(new UidCursor(2, 2), box.load());
        }
    }

    private ImapPoller start(int port, Duration pollEvery) {
        return ImapPoller.start(new ImapSettings("127.0.0.1", port, ImapSettings.Tls.NONE, "support@demo.test",
                "secret", "INBOX",
                Duration.ofSeconds(10), Duration.ofSeconds(20), pollEvery, Optional.empty()), box,
                Duration.ofMillis(20));
    }

    private static GreenMail greenMail() {
        var setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP);
        setup.setServerStartupTimeout(30_000);
        var mail = new GreenMail(setup);
        mail.start();
        return mail;
    }

    private static MimeMessage message(String subject) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()),
                new ByteArrayInputStream(mail(subject).getBytes(StandardCharsets.UTF_8)));
    }

    private static String mail(String subject) {
        return "From: bo@kunde.test\r\nSubject: " + subject + "\r\n\r\nHello\r\n";
    }
}
