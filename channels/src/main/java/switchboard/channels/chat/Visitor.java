package switchboard.channels.chat;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import switchboard.ticketing.people.Address;

/// Somebody at a chat window: one row of `chat_visitor`.
record Visitor(UUID id, String subject, String name, String email, String verifiedBy, String contact,
               String contactName, UUID conversation, Instant conversationAt, String language) {

    /// The address that is proven to be theirs; empty for somebody anonymous.
    Optional<Address> proven() {
        if (verifiedBy == null) return Optional.empty();
        if (email != null) return Address.email(email);
        return Optional.ofNullable(subject)
                .flatMap(both -> Address.of(Address.EXTERNAL, both.substring(both.indexOf(' ') + 1)));
    }

    /// The address that is always theirs, and proves nothing.
    Address session() {
        return session(id);
    }

    static Address session(UUID id) {
        return new Address(Address.CHAT, id.toString(), "Visitor " + id.toString().substring(32));
    }

    boolean signed() {
        return subject != null;
    }

    String lane() {
        return "chat:" + id;
    }
}
