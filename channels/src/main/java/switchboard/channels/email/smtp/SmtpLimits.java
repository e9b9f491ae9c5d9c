package switchboard.channels.email.smtp;

import java.time.Duration;
import switchboard.channels.email.mime.MailLimits;

/// What one client may take of us.
///
/// @param connectionsMax at once; a further one hears 421
/// @param connectionsPerClientMax at once from one IPv4 address, or one /64 network of IPv6
/// @param memoryMiB for all messages that are being received or stored; beyond it 451
/// @param memoryPerClientMiB one client's share of it, so that one client's slow connections leave room for others
/// @param idleTimeout between commands, and between two reads inside DATA
/// @param dataTimeout for one whole message
public record SmtpLimits(int connectionsMax, int connectionsPerClientMax, int memoryMiB, int memoryPerClientMiB,
        int messageBytesMax, Duration idleTimeout, Duration dataTimeout) {
    /// RFC 5321 section 4.5.3.1.8 asks for 100 at least.
    static final int RECIPIENTS_MAX = 100;
    /// A command with its parameters: 512 in RFC 5321, more for SMTPUTF8 and extensions.
    static final int COMMAND_BYTES_MAX = 2_048;
    /// Wrong commands and unknown recipients of one connection: after these it is a scanner.
    static final int MISTAKES_MAX = 20;
    /// Bytes of an over-long message that are read and thrown away before the connection is cut.
    static final long DRAINED_BYTES_MAX = 4L * MailLimits.MESSAGE_BYTES_MAX;

    public static SmtpLimits usual() {
        return new SmtpLimits(200, 20, 256, 72, MailLimits.MESSAGE_BYTES_MAX, Duration.ofMinutes(5),
                Duration.ofMinutes(10));
    }
}
