package switchboard.ticketing.intake;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import switchboard.ticketing.conversation.Appointment;
import switchboard.ticketing.conversation.Proof;
import switchboard.ticketing.conversation.Visit;
import switchboard.ticketing.people.Address;
import switchboard.ticketing.people.Sender;

/// One understood event: what a channel's decoder makes of raw bytes, and all that intake knows of it.
public sealed interface Received {
    /// The inbox row it came in.
    Origin origin();

    record Origin(long inboxId, Instant inboxAt) {}

    /// Somebody wrote, spoke or left word.
    ///
    /// @param ourAddress our end of the line: mailbox address, number, widget key
    /// @param at when it came, by our own clock
    /// @param kind `message`, `voicemail`, `auto-reply`, `bounce`; the last two are quiet
    /// @param quiet stored and shown, but nobody waits for an answer: nothing is reopened, routed or answered
    /// @param proofs what names an earlier conversation, strongest first
    /// @param window a message without proof joins the newest unsolved ticket of this customer on this channel and
    ///               line that is not older than this; empty: it opens a ticket of its own
    /// @param keys what later arrivals may name, as kind to key
    /// @param team the team the customer chose (menu, form); otherwise the line's
    record Message(Origin origin, String channel, String ourAddress, Instant at, String kind, boolean quiet,
                   Sender sender, List<Proof> proofs, Optional<java.time.Duration> window, Content content,
                   List<File> files, List<Key> keys, List<String> flags, Optional<UUID> team, Optional<UUID> callId,
                   Optional<UUID> messageId) implements Received {}

    /// @param visible what the sender newly wrote; `folded` the quoted rest; both together lose nothing
    /// @param html as it came, never shown unsanitised; null when there is none
    /// @param replyTo where the sender wants to be answered; who wrote is told by the sender alone
    /// @param sentAt when the sender claims to have sent it; decides nothing; null where absent
    /// @param ours our addresses that it was written to, the one that answers first, then the places that forwarded it
    ///     to us
    /// @param appointment from the mail's calendar part; null without one
    /// @param visit the web page and place of the writer; null where unknown
    record Content(String subject, String text, String visible, String folded, String signature, String html,
                   List<String> to, List<String> cc, String rfcId, List<String> replyTo, Instant sentAt,
                   List<String> ours, Appointment appointment, Visit visit) {
        public Content(String subject, String text, String visible, String folded, String signature, String html,
                       List<String> to, List<String> cc, String rfcId, List<String> replyTo) {
            this(subject, text, visible, folded, signature, html, to, cc, rfcId, replyTo, null, List.of(), null, null);
        }

        public Content(String subject, String text, String visible, String folded, String signature, String html,
                       List<String> to, List<String> cc, String rfcId) {
            this(subject, text, visible, folded, signature, html, to, cc, rfcId, List.of());
        }

        public static Content plain(String subject, String text) {
            return new Content(subject, text, text, "", "", null, List.of(), List.of(), null);
        }

        public Content from(Visit visit) {
            return new Content(subject, text, visible, folded, signature, html, to, cc, rfcId, replyTo, sentAt, ours,
                    appointment, visit);
        }
    }

    record File(String name, String type, String contentId, boolean inline, byte[] bytes) {}

    /// A name by which a later arrival can refer to this message.
    ///
    /// @param unique two messages with one such name are a copy or a forgery, and the second is flagged
    record Key(String kind, String key, boolean unique) {}

    /// What became of a message of ours. A status of lower rank than the one it has changes nothing but
    /// the story.
    ///
    /// @param by the kind of name: `provider` (the provider's id), `rfc` (its Message-ID), `id`, or `address`: the last
    ///     message sent to it
    /// @param otherwise stored when no message of ours has that name, so that nothing that arrived is out of sight
    record Status(Origin origin, String by, String name, String status, String detail, Instant at,
                  Optional<Message> otherwise) implements Received {}

    /// STOP, START and the like, said by a person or learnt from the provider.
    record Consent(Origin origin, String channel, String address, String ourAddress, boolean allowed, String source,
                   String text, Instant at) implements Received {}

    /// Somebody known by one address turns out to have another as well.
    ///
    /// @param who the address that they wrote from so far (a chat session)
    /// @param proven by signature or code; otherwise only claimed, which attaches nothing and shows nothing
    /// @param source how we know: jwt, code, claim
    record Identified(Origin origin, Address who, Address as, boolean proven, String name, String source, Instant at)
            implements Received {}
}
