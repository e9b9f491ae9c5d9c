package switchboard.gateway.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// One SMTP connection that sends mail after mail, pipelined: the commands of the next go out with the text of the
/// last.
final class MailClient implements IngestBench.Client {
    private static final int CONNECTIONS_EACH = 20; // a listener takes so many of one machine
    private final MailText texts;
    private final String mailbox;
    private final String machine;
    private final int port;
    private final Map<String, Long> accepted;
    private OutputStream out;
    private BufferedReader in;

    /// @param number of the connection, from 0; more machines than one are played by addresses of the loopback
    /// @param accepted told of each mail, by its id, when the server has answered for it
    MailClient(MailText texts, String mailbox, int number, int port, Map<String, Long> accepted) {
        this.texts = texts;
        this.mailbox = mailbox;
        this.machine = "127.0.0." + (1 + number / CONNECTIONS_EACH);
        this.port = port;
        this.accepted = accepted;
    }

    @Override
    public void run(long untilNanos, long pauseNanos) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(machine), 0)) {
            socket.setTcpNoDelay(true);
            out = socket.getOutputStream();
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            expect("220");
            write("EHLO bench.customers.test\r\n");
            expect("250");
            var mail = texts.next();
            write(envelope(mail));
            long next = System.nanoTime();
            while (true) {
                expect("250");
                expect("250");
                expect("354");
                next += pauseNanos;
                if (pauseNanos > 0) LockSupport.parkNanos(next - System.nanoTime());
                if (System.nanoTime() - untilNanos > 0) return; // the mail announced is never sent
                var following = texts.next();
                var commands = (".\r\n" + envelope(following)).getBytes(StandardCharsets.US_ASCII);
                var both = java.util.Arrays.copyOf(mail.bytes(), mail.bytes().length + commands.length);
                System.arraycopy(commands, 0, both, mail.bytes().length, commands.length);
                out.write(both);
                expect("250");
                accepted.put(mail.id(), System.nanoTime());
                mail = following;
            }
        }
    }

    private String envelope(MailText.Mail mail) {
        return "MAIL FROM:<" + mail.from() + ">\r\nRCPT TO:<" + mailbox + ">\r\nDATA\r\n";
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void expect(String code) throws IOException {
        while (true) {
            var line = in.readLine();
            if (line == null || !line.startsWith(code)) throw new IOException("the mail server said " + line);
            if (line.length() == 3 || line.charAt(3) == ' ') return;
        }
    }
}
