package switchboard.channels.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static switchboard.ticketing.Desk.until;
import static switchboard.ticketing.Desk.virtually;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import switchboard.channels.email.imap.RawMail;
import switchboard.channels.email.imap.UidCursor;
import switchboard.ticketing.Desk;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.journal.Lease;

/// The IMAP door over a real mail server and the real tables: the mails and how far they were read are one commit.
@Timeout(120)
class ImapDoorTest {
    private static final Signer SIGNER = new Signer("a secret for tests only");
    private final Desk desk = new Desk();
    private final UUID mailbox = Ids.next();
    private GreenMail server;

    @BeforeEach
    void open() {
        var setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP);
        setup.setServerStartupTimeout(30_000);
        server = new GreenMail(setup);
        server.start();
        server.setUser("support@desk.test", "secret");
        var imap = Json.write(java.util.Map.of("host", "127.0.0.1", "port", server.getImap().getPort(), "tls", false,
                "user", "support@desk.test", "password", SIGNER.seal("mailbox:imap:" + mailbox, "secret")));
        virtually(() -> desk.database.sql().execute("""
                insert into mailbox (id, name, address, imap, import_existing)
                values ($1, 'Support', 'support@desk.test', $2::text::jsonb, true)""", mailbox, imap));
    }

    @AfterEach
    void close() {
        server.stop();
        desk.close();
    }

    private void deliver(String subject) throws Exception {
        var raw = "From: mia@x.test\r\nTo: support@desk.test\r\nSubject: " + subject + "\r\nMessage-ID: <" + subject
                + "@x.test>\r\n\r\nHello\r\n";
        server.getUserManager().getUserByEmail("support@desk.test").deliver(new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8))));
    }

    private long rows() {
        return virtually(() -> desk.database.sql().value(Long.class, "select count(*) from inbox")).orElseThrow();
    }

    private long cursor() {
        return virtually(() -> desk.database.sql().value(Long.class, "select uid_last from mailbox where id = $1",
                mailbox)).orElse(0L);
    }

    private EmailChannel channel() {
        var channel = new EmailChannel(new EmailChannel.Options(InetAddress.getLoopbackAddress(), Optional.empty(),
                Optional.empty(), false, Optional.empty()), desk.database, desk.journal, desk.inbox, desk.outbox,
                SIGNER);
        channel.start();
        return channel;
    }

    private static void stop(EmailChannel channel) {
        virtually(() -> {
            channel.stop();
            return null;
        });
    }

    @Test
    void aMailThatComesTwiceIsThereOnceAndTheCursorStandsAfterBoth() throws Exception {
        deliver("once");
        deliver("once");
        var channel = channel();
        until(() -> cursor() == 2);
        assertEquals(1, rows());
        stop(channel);
    }

    @Test
    void aMailboxThatIsReadFromItsBeginningAgainStoresNothingTwice() throws Exception {
        for (int i = 0; i < 5; i++) deliver("m" + i);
        var first = channel();
        until(() -> cursor() == 5);
        stop(first);
        virtually(() -> desk.database.sql().execute("update mailbox set uid_validity = null, uid_last = 0"));
        var second = channel();
        until(() -> cursor() == 5);
        assertEquals(5, rows());
        stop(second);
    }

    /// As when the process is killed between the rows and the commit.
    @Test
    void rowsAndCursorAreOneCommit() throws Exception {
        var door = new MailDoor(desk.database, desk.inbox, new Mailboxes(desk.database, SIGNER), Optional.empty());
        var mailboxes = new Mailboxes(desk.database, SIGNER);
        var box = virtually(() -> mailboxes.of("support@desk.test")).orElseThrow();
        var lease = new Lease(desk.database, "imap-door-test");
        virtually(lease::hold);
        var mail = List.of(new RawMail(7, "From: a@x.test\r\n\r\nx".getBytes(StandardCharsets.UTF_8)));
        desk.asOwner("""
                create function broken() returns trigger language plpgsql as
                $$ begin raise exception 'cut off'; end $$""");
        desk.asOwner("create trigger broken before update on mailbox for each row execute function broken()");
        assertThrows(RuntimeException.class, () -> commit(door, box, lease, mail));
        assertEquals(0, rows(), "no row without its cursor");
        desk.asOwner("drop trigger broken on mailbox");
        commit(door, box, lease, mail);
        assertEquals(1, rows());
        assertEquals(7, cursor());
    }

    private static void commit(MailDoor door, Mailboxes.Mailbox box, Lease lease, List<RawMail> mail) {
        virtually(() -> {
            door.cursor(box, lease).commit(mail, new UidCursor(1, 7));
            return null;
        });
    }
}
