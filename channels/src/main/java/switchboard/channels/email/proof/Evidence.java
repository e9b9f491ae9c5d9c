package switchboard.channels.email.proof;

import java.util.Optional;

/// What we know about how a mail arrived.
///
/// @param domain of the single sender in its From
/// @param client the server that delivered it, if it is the sender's own: not a relay, not a polled mailbox
/// @param raw as received, without the lines that our listener prepended
public record Evidence(String domain, Optional<Client> client, byte[] raw) {
    /// Where a mail's header ends, before the empty line; the mail's length when it is all header.
    public static int headerEnd(byte[] mail) {
        for (int i = 0; i + 3 < mail.length; i++) {
            if (mail[i] == '\r' && mail[i + 1] == '\n' && mail[i + 2] == '\r' && mail[i + 3] == '\n') return i + 2;
        }
        return mail.length;
    }

    /// @param address IPv4 or IPv6
    /// @param from the bounce address, empty for `<>`
    public record Client(String address, String helo, String from) {
        /// The domain that SPF judges (RFC 7489 section 3.1.2).
        String domain() {
            return Domains.of(from.isEmpty() ? helo : from);
        }
    }
}
