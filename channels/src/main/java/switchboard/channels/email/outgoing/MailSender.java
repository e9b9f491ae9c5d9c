package switchboard.channels.email.outgoing;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import javax.net.SocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import switchboard.channels.email.outgoing.SendResult.Answer;
import switchboard.ticketing.base.Failpoint;

/// Hands messages to a relay over one connection that is kept between messages and opened anew when it is gone.
/// Blocking: call it from a virtual thread. Not for use by two threads at once. It never throws for what a relay or a
/// network does; see `SendResult`.
public final class MailSender implements AutoCloseable {
    private final SmtpSettings settings;
    private final Session session;
    private final BooleanSupplier ours;
    private Watched transport;

    public MailSender(SmtpSettings settings) {
        this(settings, () -> true);
    }

    /// @param ours asked before the final dot: when it says no, the line is cut and the mail has not been sent
    public MailSender(SmtpSettings settings, BooleanSupplier ours) {
        this.settings = settings;
        this.ours = ours;
        this.session = Session.getInstance(properties(settings));
    }

    /// One message over a connection of its own.
    public static SendResult send(SmtpSettings settings, byte[] raw, String envelopeFrom, List<String> recipients) {
        return send(settings, raw, envelopeFrom, recipients, () -> true);
    }

    /// @param ours as of the constructor
    public static SendResult send(SmtpSettings settings, byte[] raw, String envelopeFrom, List<String> recipients,
            BooleanSupplier ours) {
        try (var sender = new MailSender(settings, ours)) {
            return sender.send(raw, envelopeFrom, recipients);
        }
    }

    /// @param envelopeFrom the bounce address, or empty for `<>`
    /// @throws IllegalArgumentException when an envelope address is none
    public SendResult send(byte[] raw, String envelopeFrom, List<String> recipients) {
        var to = new Address[recipients.size()];
        for (int i = 0; i < to.length; i++) to[i] = envelope(recipients.get(i));
        if (!envelopeFrom.isEmpty()) OneLine.address(envelopeFrom);
        Failpoint.pass("mail.before-connect");
        try {
            connect();
        } catch (AuthenticationFailedException e) {
            return new SendResult.RetryLater("login refused: " + brief(e));
        } catch (MessagingException e) {
            return new SendResult.RetryLater("no connection: " + brief(e));
        }
        return transmit(raw, envelopeFrom, to);
    }

    private SendResult transmit(byte[] raw, String envelopeFrom, Address[] to) {
        transport.finishing = false;
        try {
            var message = new SMTPMessage(session, new ByteArrayInputStream(raw));
            message.setEnvelopeFrom(envelopeFrom.isEmpty() ? "<>" : envelopeFrom);
            transport.sendMessage(message, to);
            return new SendResult.Accepted(transport.getLastServerResponse().strip(), Map.of(), Map.of());
        } catch (MessagingException e) {
            var result = judge(e, to);
            if (!(result instanceof SendResult.Accepted || result instanceof SendResult.Refused)) close();
            return result;
        }
    }

    private SendResult judge(MessagingException failure, Address[] to) {
        var refused = new LinkedHashMap<String, Answer>();
        var deferred = new LinkedHashMap<String, Answer>();
        int code = -1;
        boolean sent = false;
        for (Exception e = failure; e instanceof MessagingException me; e = me.getNextException()) {
            switch (me) {
                case SMTPAddressFailedException a ->
                    (a.getReturnCode() >= 500 ? refused : deferred)
                    .put(a.getAddress().getAddress(), new Answer(a.getReturnCode(), brief(a)));
                case SMTPSendFailedException s -> code = s.getReturnCode();
                default -> { }
            }
            if (me instanceof SendFailedException s && s.getValidSentAddresses() != null)
                    sent |= s.getValidSentAddresses().length > 0;
        }
        if (sent) return new SendResult.Accepted(transport.getLastServerResponse().strip(), refused, deferred);
        if (transport.finishing && code < 400) return new SendResult.Unknown(brief(failure));
        if (refused.size() == to.length) return new SendResult.Refused(refused);
        if (code < 500) return new SendResult.RetryLater(brief(failure));
        for (var address : to) refused.putIfAbsent(((InternetAddress) address).getAddress(),
                new Answer(code, brief(failure)));
        return new SendResult.Refused(refused);
    }

    private void connect() throws MessagingException {
        if (transport != null && transport.isConnected()) return;
        close();
        transport = new Watched(session, settings, ours);
        transport.connect(settings.host(), settings.port(),
                settings.login().map(SmtpSettings.Login::user).orElse(null),
                settings.login().map(SmtpSettings.Login::password).orElse(null));
    }

    /// Signs in and out again; nothing is sent.
    ///
    /// @param reach opens the connection to the server
    /// @return the problem, a refused sign-in in the server's words; empty when all is well
    public static Optional<String> check(SmtpSettings settings, SocketFactory reach) {
        try (var sender = new MailSender(settings)) {
            var prefix = settings.tls() == SmtpSettings.Tls.TLS ? "mail.smtps." : "mail.smtp.";
            sender.session.getProperties().put(prefix + "socketFactory", reach);
            sender.session.getProperties().put(prefix + "socketFactory.fallback", "false");
            sender.connect();
            return Optional.empty();
        } catch (AuthenticationFailedException refused) {
            return Optional.of(brief(refused));
        } catch (MessagingException unreached) {
            return Optional.of(Vetted.UNREACHED);
        }
    }

    @Override public void close() {
        if (transport == null) return;
        try {
            transport.close();
        } catch (MessagingException alreadyGone) {
            // the connection is being given up either way
        }
        transport = null;
    }

    private static Address envelope(String address) {
        try {
            return new InternetAddress(OneLine.address(address), false);
        } catch (AddressException e) {
            throw new IllegalArgumentException("not an address that mail can be sent to", e);
        }
    }

    private static String brief(Exception e) {
        var text = String.valueOf(e.getMessage()).replaceAll("[\\p{Cc}]+", " ").strip();
        return text.length() > 300 ? text.substring(0, 300) : text;
    }

    private static Properties properties(SmtpSettings settings) {
        boolean tls = settings.tls() == SmtpSettings.Tls.TLS;
        var prefix = tls ? "mail.smtps." : "mail.smtp.";
        var p = new Properties();
        p.put(prefix + "connectiontimeout", String.valueOf(settings.connectTimeout().toMillis()));
        p.put(prefix + "timeout", String.valueOf(settings.readTimeout().toMillis()));
        p.put(prefix + "writetimeout", String.valueOf(settings.readTimeout().toMillis()));
        p.put(prefix + "localhost", settings.localName());
        p.put(prefix + "sendpartial", "true");
        p.put(prefix + "quitwait", "false");
        p.put(prefix + "auth", String.valueOf(settings.login().isPresent()));
        p.put(prefix + "ssl.checkserveridentity", "true");
        p.put(prefix + "ssl.protocols", "TLSv1.2 TLSv1.3");
        p.put(prefix + "starttls.enable", String.valueOf(settings.tls() == SmtpSettings.Tls.STARTTLS));
        p.put(prefix + "starttls.required", String.valueOf(settings.tls() == SmtpSettings.Tls.STARTTLS));
        p.put("mail.mime.allowutf8", "true");
        settings.sockets().ifPresent(s -> p.put(prefix + "ssl.socketFactory", s));
        return p;
    }

    /// Knows whether the final dot may have left: from then on silence means nothing.
    private static final class Watched extends SMTPTransport {
        private final BooleanSupplier ours;
        private boolean finishing;

        Watched(Session session, SmtpSettings settings, BooleanSupplier ours) {
            super(session, new URLName(settings.tls() == SmtpSettings.Tls.TLS ? "smtps" : "smtp", settings.host(),
                    settings.port(), null, null, null),
                    settings.tls() == SmtpSettings.Tls.TLS ? "smtps" : "smtp", settings.tls() == SmtpSettings.Tls.TLS);
            this.ours = ours;
        }

        @Override protected void mailFrom() throws MessagingException {
            Failpoint.pass("mail.before-mail");
            super.mailFrom();
        }

        @Override protected void rcptTo() throws MessagingException {
            Failpoint.pass("mail.before-rcpt");
            super.rcptTo();
        }

        @Override protected OutputStream data() throws MessagingException {
            Failpoint.pass("mail.before-data");
            return super.data();
        }

        @Override protected void finishData() throws IOException, MessagingException {
            Failpoint.pass("mail.before-dot");
            // An IOException has the connection closed without a word, as nothing may follow an unfinished mail.
            if (!ours.getAsBoolean()) throw new IOException("another process has this mail");
            finishing = true;
            super.finishData();
            Failpoint.pass("mail.after-250");
        }
    }
}
