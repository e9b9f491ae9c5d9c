package switchboard.ticketing.conversation;

import java.util.Set;
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

    /// A name that an earlier message gave as well, though no message of that conversation bears it: both answer a mail
    /// that never came, or this is that mail, come late. Such a name may be known to many (a letter to all customers),
    /// so it joins only messages of one customer, or of people who wrote to each other.
    ///
    /// @param recipients addresses in compare form that this arrival was written to
    record Shared(String kind, String key, String rule, Set<String> recipients) implements Proof {}

    /// The channel's own state names the ticket (a call in progress, a form answered by a signed-in customer).
    record Certain(UUID ticketId, String rule) implements Proof {}
}
