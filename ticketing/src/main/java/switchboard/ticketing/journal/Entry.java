package switchboard.ticketing.journal;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import switchboard.ticketing.base.Actor;

/// One thing that happened, before it has its place in the order. `facts` holds ids, counts and words of the
/// program, never a customer's text or address.
///
/// @param at when it happened, in the sender's or provider's view; the order is given by the sequencer
/// @param cause the journal sequence of the entry that made a rule or the matcher do this, or null
public record Entry(Instant at, String kind, int version, String actorType, UUID actorId, UUID customerId,
                    UUID ticketId, UUID messageId, Long cause, Map<String, Object> facts) {

    public static Entry of(String kind, Actor actor, Instant at) {
        return new Entry(at, kind, 1, actor.type().word(), actor.id().orElse(null), null, null, null, null, Map.of());
    }

    public Entry customer(UUID id) {
        return new Entry(at, kind, version, actorType, actorId, id, ticketId, messageId, cause, facts);
    }

    public Entry ticket(UUID id) {
        return new Entry(at, kind, version, actorType, actorId, customerId, id, messageId, cause, facts);
    }

    public Entry message(UUID id) {
        return new Entry(at, kind, version, actorType, actorId, customerId, ticketId, id, cause, facts);
    }

    public Entry because(Long seq) {
        return new Entry(at, kind, version, actorType, actorId, customerId, ticketId, messageId, seq, facts);
    }

    public Entry facts(Map<String, Object> facts) {
        return new Entry(at, kind, version, actorType, actorId, customerId, ticketId, messageId, cause, facts);
    }
}
