package switchboard.channels.email.smtp;

import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/// Whether a listener offers STARTTLS (RFC 3207), and whether it accepts mail without it.
///
/// @param context read at each handshake; empty: not offered
/// @param required no mail is accepted in the clear; internet servers without TLS then can't deliver to us
public record Tls(Optional<Supplier<SSLContext>> context, boolean required) {
    public static final Tls NONE = new Tls(Optional.empty(), false);

    public Tls {
        if (required && context.isEmpty()) throw new IllegalArgumentException("TLS is required but not set up");
    }
}
