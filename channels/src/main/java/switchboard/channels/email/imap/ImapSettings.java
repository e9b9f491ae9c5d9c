package switchboard.channels.email.imap;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/// How to reach a mailbox. With TLS the certificate must be valid for `host`.
///
/// @param pollEvery how often to look when the server cannot say by itself (IDLE), and how long an IDLE lasts at most
/// @param sockets trust of another kind than the platform's, for a server with a private authority
public record ImapSettings(String host, int port, Tls tls, String user, String password, String folder,
                           Duration connectTimeout, Duration readTimeout, Duration pollEvery,
                           Optional<SSLSocketFactory> sockets) {
    public enum Tls { NONE, STARTTLS, TLS }

    @Override public String toString() {
        return "ImapSettings[" + user + "@" + host + ":" + port + "/" + folder + "]";
    }
}
