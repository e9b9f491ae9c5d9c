package switchboard.gateway.crash;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;
import switchboard.channels.email.mime.MailDecoder;
import switchboard.channels.email.smtp.Acceptance;
import switchboard.channels.email.smtp.SmtpLimits;
import switchboard.channels.email.smtp.SmtpListener;
import switchboard.channels.email.smtp.Tls;
import switchboard.channels.simulator.CarrierSimulator;
import switchboard.channels.simulator.SimulatorOptions;

/// What stands outside the program and takes what it sends: a mail server, a carrier; and a mailbox that it reads.
final class Sinks implements AutoCloseable {
    static final String ACCOUNT = "AC000000000000000000000000000000c4";
    static final String TOKEN = "carrier-token-of-the-crash-loop";
    static final String NUMBER = "+15005550006";
    private static final int UNREAD_MAX = 300;
    static final String IMAP_ADDRESS = "desk@crash.test";

    static {
        // Connections that break are what this is about.
        ((Logger) LoggerFactory.getLogger("com.icegreen.greenmail")).setLevel(Level.OFF);
    }

    /// One mail that was answered 250.
    record Mail(Key key, String messageId) {}

    final List<Mail> mails = new CopyOnWriteArrayList<>();
    private final SmtpListener smtp;
    private final CarrierSimulator carrier;
    private final GreenMail imap = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    private final GreenMailUser mailbox;

    Sinks(String programUrl) {
        try {
            var limits = new SmtpLimits(200, 200, 256, 256, 1 << 20, Duration.ofMinutes(1), Duration.ofMinutes(1));
            smtp = SmtpListener.start(new SmtpListener.Settings(InetAddress.getLoopbackAddress(), 0,
                    SmtpListener.Protocol.SMTP,
                    "sink", _ -> true, Tls.NONE, limits), (_, raw) -> {
                        var mail = MailDecoder.decode(raw);
                        Key.in(mail.text()).ifPresent(key -> mails.add(new Mail(key, mail.messageId())));
                        return new Acceptance.Accepted();
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var hooks = URI.create(programUrl + "/webhooks/twilio/");
        carrier = CarrierSimulator.start(new SimulatorOptions(ACCOUNT, TOKEN, 0, "127.0.0.1", hooks.resolve("sms"),
                hooks.resolve("voice"), hooks.resolve("status"), NUMBER));
        imap.start();
        mailbox = imap.setUser(IMAP_ADDRESS, "desk", "password");
    }

    int smtpPort() {
        return smtp.port();
    }

    int imapPort() {
        return imap.getImap().getPort();
    }

    String carrierUrl() {
        return carrier.baseUrl().toString();
    }

    /// The texts that the carrier took, in its order.
    List<Key> texts() {
        return carrier.requests().stream().filter(one -> one.method().equals("POST") && one.status() == 201)
                .filter(one -> one.path().endsWith("/Messages.json")).flatMap(one -> Key.in(one.form().get("Body"))
                        .stream())
                .toList();
    }

    /// The mailbox's server works through all that it has for each mail that it gives out. Thousands would pile up
    /// while no life of the program is as long as a lease, and the run would wait for that server.
    boolean mailboxFull() {
        try {
            return imap.getManagers().getImapHostManager().getInbox(mailbox).getUnseenCount() >= UNREAD_MAX;
        } catch (FolderException e) {
            throw new IllegalStateException(e);
        }
    }

    void intoMailbox(byte[] raw) {
        try {
            mailbox.deliver(new MimeMessage(Session.getInstance(new java.util.Properties()),
                    new ByteArrayInputStream(raw)));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The mails in the mailbox with or without `\Seen`, which is how a mailbox is told that its mail was taken.
    List<Key> mailbox(boolean taken) {
        try {
            var inbox = imap.getManagers().getImapHostManager().getInbox(mailbox);
            var found = new java.util.ArrayList<Key>();
            for (var stored : inbox.getMessages()) {
                if (stored.getFlags().contains(Flags.Flag.SEEN) == taken) {
                    Key.in(String.valueOf(stored.getMimeMessage().getContent())).ifPresent(found::add);
                }
            }
            return found;
        } catch (MessagingException | FolderException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        smtp.close();
        carrier.close();
        imap.stop();
    }
}
