package switchboard.channels.email.smtp;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.channels.email.smtp.SmtpListener.Protocol;
import switchboard.ticketing.base.Failpoint;

/// One conversation with a client. The dispatch in `obey` is the table of what it may say.
final class SmtpSession {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpSession.class);
    private static final Pattern PATH =
            Pattern.compile("(?i:FROM|TO):\\s?<(?:@[^:>]{1,255}:)?([^<>\\x00-\\x20\\x7f]{0,320})>((?: \\S+)*)\\s*");
    private static final int LOCAL_CHARS_MAX = 64; // RFC 5321 section 4.5.3.1
    private static final int DOMAIN_CHARS_MAX = 255;
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

    private final SmtpListener.Settings settings;
    private final Acceptance.Delivery delivery;
    private final MailMemory memory;
    private final InetSocketAddress remote;
    private Socket socket;
    private SmtpInput in;
    private OutputStream out;
    private boolean secure;
    private boolean open = true;
    /// A message is being stored, or was and is not answered yet.
    private volatile boolean storing;
    private volatile boolean leaving;
    private int mistakes;
    private String helo = "";
    private String from;
    private final List<String> recipients = new ArrayList<>();

    SmtpSession(SmtpListener.Settings settings, Acceptance.Delivery delivery, MailMemory memory, Socket socket)
            throws IOException {
        this.settings = settings;
        this.delivery = delivery;
        this.memory = memory;
        this.remote = (InetSocketAddress) socket.getRemoteSocketAddress();
        use(socket);
    }

    void run() throws IOException {
        reply(220, settings.hostName() + " " + (lmtp() ? "LMTP" : "ESMTP") + " ready");
        while (open && !leaving) {
            try {
                obey(in.line(SmtpLimits.COMMAND_BYTES_MAX));
                if (mistakes > SmtpLimits.MISTAKES_MAX) end(421, "4.7.0 too many mistakes");
            } catch (SmtpInput.BadLine e) {
                end(500, "5.5.2 " + e.getMessage());
            } catch (SocketTimeoutException e) {
                end(421, "4.4.2 timeout");
            }
        }
        flush();
    }

    /// Asked by the listener to hang up; a message that is being stored is answered first.
    void leave() {
        leaving = true;
        if (storing) return;
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing: {}", e.getMessage());
        }
    }

    private void obey(String line) throws IOException {
        int space = line.indexOf(' ');
        var verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
        var rest = space < 0 ? "" : line.substring(space + 1);
        switch (verb) {
            case "EHLO", "HELO" -> hello(rest, verb, !lmtp());
            case "LHLO" -> hello(rest, verb, lmtp());
            case "MAIL" -> mail(rest);
            case "RCPT" -> recipient(rest);
            case "DATA" -> data();
            case "RSET" -> {
                reset();
                reply(250, "2.0.0 ok");
            }
            case "NOOP" -> reply(250, "2.0.0 ok");
            case "VRFY" -> reply(252, "2.5.0 send mail and see");
            case "STARTTLS" -> startTls();
            case "QUIT" -> end(221, "2.0.0 bye");
            default -> mistake(500, "5.5.1 unknown command");
        }
    }

    private void hello(String name, String verb, boolean right) throws IOException {
        if (!right || name.isBlank()) {
            mistake(right ? 501 : 500, right ? "5.5.4 who is there?" : "5.5.1 wrong greeting for this protocol");
            return;
        }
        reset();
        helo = name.strip();
        if (verb.equals("HELO")) {
            reply(250, settings.hostName());
            return;
        }
        var lines = new ArrayList<>(List.of(settings.hostName(), "PIPELINING", "8BITMIME", "SMTPUTF8",
                "ENHANCEDSTATUSCODES",
                "SIZE " + settings.limits().messageBytesMax()));
        if (settings.tls().context().isPresent() && !secure) lines.add("STARTTLS");
        var reply = new StringBuilder();
        for (int i = 0; i < lines.size(); i++)
                reply.append(i + 1 < lines.size() ? "250-" : "250 ").append(lines.get(i)).append("\r\n");
        write(reply.toString());
    }

    private void mail(String rest) throws IOException {
        var path = PATH.matcher(rest);
        if (helo.isEmpty()) mistake(503, "5.5.1 greet first");
        else if (settings.tls().required() && !secure) mistake(530, "5.7.0 must issue a STARTTLS command first");
        else if (from != null) mistake(503, "5.5.1 one sender is enough");
        else if (!path.matches() || !rest.regionMatches(true, 0, "FROM", 0, 4)) mistake(501, "5.1.7 bad sender");
        else if (!path.group(1).isEmpty() && !isMailbox(path.group(1)))
                mistake(553, "5.1.7 bad sender address");
        else if (declaredSize(path.group(2)) > settings.limits().messageBytesMax())
                reply(552, "5.3.4 message too large");
        else if (!parametersKnown(path.group(2))) mistake(555, "5.5.4 unknown parameter");
        else {
            from = path.group(1);
            reply(250, "2.1.0 ok");
        }
    }

    /// @param path without spaces and control characters
    private static boolean isMailbox(String path) {
        int at = path.indexOf('@');
        int domain = path.length() - at - 1;
        return at > 0 && at <= LOCAL_CHARS_MAX && at == path.lastIndexOf('@') && domain > 0
                && domain <= DOMAIN_CHARS_MAX;
    }

    private static boolean parametersKnown(String parameters) {
        if (parameters.isBlank()) return true;
        for (var parameter : parameters.strip().split(" +")) {
            var word = parameter.toUpperCase(Locale.ROOT);
            if (!word.isEmpty() && !word.startsWith("SIZE=") && !word.equals("BODY=7BIT")
                    && !word.equals("BODY=8BITMIME") && !word.equals("SMTPUTF8")) return false;
        }
        return true;
    }

    private static long declaredSize(String parameters) {
        if (parameters.isBlank()) return 0;
        for (var parameter : parameters.strip().split(" +")) {
            if (parameter.toUpperCase(Locale.ROOT).matches("SIZE=\\d{1,15}"))
                    return Long.parseLong(parameter.substring(5));
        }
        return 0;
    }

    private void recipient(String rest) throws IOException {
        var path = PATH.matcher(rest);
        if (from == null) mistake(503, "5.5.1 sender first");
        else if (!path.matches() || !rest.regionMatches(true, 0, "TO", 0, 2)
                || !isMailbox(path.group(1))) mistake(501, "5.1.3 bad recipient");
        else if (!path.group(2).isBlank()) mistake(555, "5.5.4 unknown parameter");
        else if (recipients.size() >= SmtpLimits.RECIPIENTS_MAX) reply(452, "4.5.3 too many recipients");
        else if (!known(path.group(1))) mistake(550, "5.1.1 no such mailbox here");
        else {
            recipients.add(path.group(1));
            reply(250, "2.1.5 ok");
        }
    }

    private boolean known(String address) throws IOException {
        try {
            return settings.knownRecipient().test(address);
        } catch (RuntimeException e) {
            LOG.warn("recipient could not be checked", e);
            flush(); // what was stored before must not go without its answer
            throw new IOException("recipient could not be checked", e);
        }
    }

    private void data() throws IOException {
        if (from == null || recipients.isEmpty()) {
            mistake(503, "5.5.1 sender and recipient first");
            return;
        }
        var taken = new AtomicInteger();
        try {
            boolean room = take(taken);
            if (!room) {
                reply(451, "4.3.1 busy, come back");
                reset();
                return;
            }
            reply(354, "end with a dot on a line of its own");
            var message = in.message(settings.limits().messageBytesMax(), settings.limits().dataTimeout(),
                    () -> take(taken));
            flush();
            storing = true;
            answer(message);
        } finally {
            memory.giveBack(taken.get());
        }
        reset();
    }

    /// One MiB more, or false: then the client is asked to come back.
    private boolean take(AtomicInteger taken) {
        boolean given = memory.take();
        if (given) taken.incrementAndGet();
        return given;
    }

    private void answer(SmtpInput.Message message) throws IOException {
        switch (message.verdict()) {
            case TOO_LARGE -> toEach(552, "5.3.4 message too large");
            case BARE_LINE_END -> toEach(554, "5.6.0 bare CR or LF in message");
            case NO_MEMORY -> toEach(451, "4.3.1 busy, come back");
            case WHOLE -> {
                var whom = lmtp() ? recipients.stream().map(List::of).toList() : List.of(List.copyOf(recipients));
                for (var some : whom) verdict(offer(some, message.bytes()));
            }
        }
    }

    private void verdict(Acceptance acceptance) throws IOException {
        switch (acceptance) {
            case Acceptance.Accepted() -> {
                reply(250, "2.0.0 stored");
                // What came with the message, as the next one's envelope does, is answered together with it.
                if (!in.hasUnread()) flush();
                Failpoint.pass("smtp.after-250");
            }
            case Acceptance.TryLater(var reason) -> reply(451, "4.3.0 " + reason);
            case Acceptance.Refused(var reason) -> reply(554, "5.7.1 " + reason);
        }
    }

    /// @param some of the recipients: all with SMTP, which has one answer; each alone with LMTP, which has one for each
    private Acceptance offer(List<String> some, byte[] raw) {
        try {
            return delivery.accept(new Envelope(from, some, remote, helo), raw);
        } catch (RuntimeException e) {
            LOG.error("message from {} could not be stored", remote, e);
            return new Acceptance.TryLater("not stored, come back");
        }
    }

    /// SMTP answers once; LMTP answers once for each recipient (RFC 2033 section 4.2).
    private void toEach(int code, String text) throws IOException {
        for (int i = 0; i < (lmtp() ? recipients.size() : 1); i++) reply(code, text);
    }

    private void startTls() throws IOException {
        if (settings.tls().context().isEmpty() || secure) {
            mistake(502, "5.5.1 not offered");
            return;
        }
        if (in.hasUnread()) {
            end(501, "5.5.1 nothing may follow STARTTLS");
            return;
        }
        reply(220, "2.0.0 go ahead");
        out.flush();
        var tls = (SSLSocket) settings.tls().context().get().get().getSocketFactory()
                .createSocket(socket, null, socket.getPort(), true);
        tls.setUseClientMode(false);
        tls.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        tls.startHandshake();
        use(tls);
        secure = true;
        helo = "";
        reset();
    }

    private void use(Socket connection) throws IOException {
        socket = connection;
        out = new BufferedOutputStream(connection.getOutputStream(), 4_096);
        // Who sends commands together is answered together (RFC 2920 section 3.2).
        in = new SmtpInput(connection.getInputStream(), this::beforeWaiting);
    }

    private void beforeWaiting() throws IOException {
        flush();
        if (leaving) throw new EOFException("the listener closes");
    }

    private void flush() throws IOException {
        out.flush();
        storing = false;
    }

    private boolean lmtp() {
        return settings.protocol() == Protocol.LMTP;
    }

    private void reset() {
        from = null;
        recipients.clear();
    }

    private void mistake(int code, String text) throws IOException {
        mistakes++;
        reply(code, text);
    }

    private void end(int code, String text) throws IOException {
        open = false;
        reply(code, text);
        flush();
    }

    private void reply(int code, String text) throws IOException {
        boolean plain = text.chars().noneMatch(Character::isISOControl);
        write(code + " " + (plain ? text : CONTROLS.matcher(text).replaceAll(" ")) + "\r\n");
    }

    private void write(String reply) throws IOException {
        out.write(reply.getBytes(StandardCharsets.UTF_8));
    }
}
