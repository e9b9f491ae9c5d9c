package switchboard.channels.email.outgoing;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/// How to reach the relay. With TLS the certificate must be valid for `host`.
///
/// @param sockets trust of another kind than the platform's, for a relay with a private authority
public record SmtpSettings(String host, int port, Tls tls, Optional<Login> login, String localName,
                           Duration connectTimeout, Duration readTimeout, Optional<SSLSocketFactory> sockets) {
    /// STARTTLS is required once chosen: a server that does not offer it gets no mail.
    public enum Tls { NONE, STARTTLS, TLS }

    public record Login(String user, String password) {
        @Override public String toString() {
            return "Login[" + user + "]";
        }
    }

    public static SmtpSettings plain(String host, int port) {
        return new SmtpSettings(host, port, Tls.NONE, Optional.empty(), "switchboard", Duration.ofSeconds(10),
                Duration.ofSeconds(60), Optional.empty());
    }
}
