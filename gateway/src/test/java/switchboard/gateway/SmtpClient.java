package switchboard.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Hands bytes over as a mail server does, whatever they are.
final class SmtpClient {
    private static final int PATIENCE_MILLIS = 120_000;

    private SmtpClient() {}

    /// @return what the listener says in the end
    static String send(int port, String to, byte[] raw) {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            var out = socket.getOutputStream();
            in.readLine();
            for (var line : List.of("HELO customers.example", "MAIL FROM:<carl@customers.example>",
                    "RCPT TO:<" + to + ">", "DATA")) {
                out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.flush();
                var said = in.readLine();
                if (said == null || said.charAt(0) > '3') return String.valueOf(said);
            }
            out.write(raw);
            out.write("\r\n.\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return String.valueOf(in.readLine());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
