package switchboard.channels.email.proof;

import java.util.Optional;

/// What is known of how a mail came.
///
/// @param domain of the one sender in its From
/// @param client who handed it over, where that client speaks for itself: no relay, no mailbox that was read
/// @param raw as it was received, without the lines that the door put on top
public record Evidence(String domain, Optional<Client> client, byte[] raw) {
    /// Where a mail's header ends, before the empty line; its length where it is all header.
    public static int headerEnd(byte[] mail) {
        for (int i = 0; i + 3 < mail.length; i++) {
            if (mail[i] == '\r' && mail[i + 1] == '\n' && mail[i + 2] == '\r' && mail[i + 3] == '\n') return i + 2;
        }
        return mail.length;
    }

    /// @param address of IPv4 or IPv6
    /// @param from the bounce address, empty for `<>`
    public record Client(String address, String helo, String from) {
        /// Whom SPF judges (RFC 7489 section 3.1.2).
        String domain() {
            return Domains.of(from.isEmpty() ? helo : from);
        }
    }
}
