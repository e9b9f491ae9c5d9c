package switchboard.ticketing.conversation;

import java.util.UUID;

/// What an arrival shows to belong to an earlier conversation. Threading decides what it is worth.
public sealed interface Proof {
    /// Stored with the message: why it is where it is.
    String rule();

    /// A reply address that we signed for one recipient of one ticket, with a signature that holds.
    record Token(UUID ticketId, String recipient) implements Proof {
        @Override
        public String rule() {
            return "reply-token";
        }
    }

    /// A name recorded with an earlier message (`thread_key`): a mail's Message-ID, a chat, a number pair.
    ///
    /// @param open the name alone is proof, as for a chat session that only its visitor can speak in;
    ///             otherwise the sender must already take part in the conversation
    record Named(String kind, String key, String rule, boolean open) implements Proof {}

    /// The channel's own state names the ticket (a call in progress, a form answered by a signed-in customer).
    record Certain(UUID ticketId, String rule) implements Proof {}
}
