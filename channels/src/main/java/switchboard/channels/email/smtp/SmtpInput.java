package switchboard.channels.email.smtp;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Bytes from the client. A line ends with CR LF and with nothing else: a lone CR or LF, which another server may have
/// taken for a line end, is found and reported, so that no second message hides inside a first.
final class SmtpInput {
    private static final int CHUNK = 1 << 20;

    /// A message as received, dots removed; `verdict` says whether it may be used.
    record Message(byte[] bytes, Verdict verdict) {}

    enum Verdict { WHOLE, TOO_LARGE, BARE_LINE_END, NO_MEMORY }

    static final class BadLine extends IOException {
        BadLine(String message) {
            super(message);
        }
    }

    /// What has to be done before the client is waited for.
    interface Waiting {
        void begin() throws IOException;
    }

    private final InputStream in;
    private final Waiting waiting;
    private final byte[] buffer = new byte[16_384];
    private int at;
    private int filled;

    SmtpInput(InputStream in, Waiting waiting) {
        this.in = in;
        this.waiting = waiting;
    }

    /// Whether the client spoke before it was asked, as an injection before a TLS handshake would.
    boolean hasUnread() {
        return at < filled;
    }

    /// One command without its line end.
    String line(int limit) throws IOException {
        var line = new ByteArrayOutputStream(128);
        while (true) {
            int b = read();
            if (b == '\n' || b == 0) throw new BadLine("bare line feed or NUL");
            if (b == '\r') {
                if (read() != '\n') throw new BadLine("bare carriage return");
                return line.toString(StandardCharsets.UTF_8);
            }
            if (line.size() >= limit) throw new BadLine("line too long");
            line.write(b);
        }
    }

    /// Everything up to CR LF dot CR LF.
    ///
    /// @param more asked before each further MiB is kept; false stops keeping
    Message message(int limit, Duration within, BooleanSupplier more) throws IOException {
        long deadline = System.nanoTime() + within.toNanos();
        var kept = new ByteArrayOutputStream(8_192);
        var verdict = Verdict.WHOLE;
        long total = 0;
        boolean lineStart = true;
        int allowed = CHUNK;
        while (true) {
            if (!lineStart) keepLine(kept);
            if (at == filled && System.nanoTime() > deadline) throw new BadLine("message took too long");
            int b = read();
            if (lineStart && b == '.') {
                b = read();
                if (b == '\r') {
                    if ((b = read()) == '\n')
                            return new Message(verdict == Verdict.WHOLE ? kept.toByteArray() : new byte[0], verdict);
                    verdict = worse(verdict, Verdict.BARE_LINE_END);
                    kept.write('\r');
                }
            }
            boolean crlf = false;
            if (b == '\r') {
                kept.write('\r');
                b = read();
                crlf = b == '\n';
                if (!crlf) verdict = worse(verdict, Verdict.BARE_LINE_END);
                if (b == '\r') {
                    at--;
                    lineStart = false;
                    continue;
                }
            } else if (b == '\n') {
                verdict = worse(verdict, Verdict.BARE_LINE_END);
            }
            kept.write(b);
            lineStart = crlf;
            if (kept.size() > limit) verdict = worse(verdict, Verdict.TOO_LARGE);
            if (verdict == Verdict.WHOLE && kept.size() > allowed) {
                allowed += CHUNK;
                if (!more.getAsBoolean()) verdict = Verdict.NO_MEMORY;
            }
            if (verdict != Verdict.WHOLE) {
                total += kept.size();
                kept.reset();
                if (total > SmtpLimits.DRAINED_BYTES_MAX) throw new BadLine("message without end");
            }
        }
    }

    /// What is here of a line goes over in one piece.
    private void keepLine(ByteArrayOutputStream kept) {
        int end = at;
        while (end < filled && buffer[end] != '\r' && buffer[end] != '\n') end++;
        kept.write(buffer, at, end - at);
        at = end;
    }

    private static Verdict worse(Verdict now, Verdict found) {
        return now == Verdict.WHOLE ? found : now;
    }

    private int read() throws IOException {
        if (at == filled) {
            waiting.begin();
            filled = in.read(buffer, 0, buffer.length);
            at = 0;
            if (filled <= 0) {
                filled = 0;
                throw new EOFException("client hung up");
            }
        }
        return buffer[at++] & 0xff;
    }
}
