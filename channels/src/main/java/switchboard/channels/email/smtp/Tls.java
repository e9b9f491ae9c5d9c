package switchboard.channels.email.smtp;

import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/// Whether a listener offers STARTTLS (RFC 3207), and whether it takes mail without.
///
/// @param context asked at each handshake; empty: not offered
/// @param required no mail is taken in the clear; servers of the internet that cannot do TLS then cannot write to us
public record Tls(Optional<Supplier<SSLContext>> context, boolean required) {
    public static final Tls NONE = new Tls(Optional.empty(), false);

    public Tls {
        if (required && context.isEmpty()) throw new IllegalArgumentException("TLS is required but not set up");
    }
}
