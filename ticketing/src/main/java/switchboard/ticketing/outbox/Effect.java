package switchboard.ticketing.outbox;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/// Something that must leave: a mail, an SMS, a frame, a call command.
///
/// A payload with `"secret": true` carries a link or a code: its words (subject, text, html) are forgotten once it has
/// left, or never will.
///
/// @param channel which deliverer takes it
/// @param lane effects of one lane leave in order, one at a time
/// @param idempotencyKey a second effect with the same key is the same effect
/// @param nextAt not before (undo, scheduled send)
/// @param deadline after it the effect is dropped and journalled, never delivered late; null for none
public record Effect(String channel, String lane, String idempotencyKey, Map<String, Object> payload, UUID messageId,
                     UUID ticketId, Long cause, Instant nextAt, Instant deadline) {}
