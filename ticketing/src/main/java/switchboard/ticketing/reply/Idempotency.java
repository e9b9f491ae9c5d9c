package switchboard.ticketing.reply;

import java.util.Optional;
import java.util.UUID;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.base.Sql;

/// One `Idempotency-Key`, one effect: a repeat gets what the first made, another body under the same key is refused.
final class Idempotency {
    private static final int KEY_CHARS_MAX = 200;

    private Idempotency() {}

    private record Known(String bodyDigest, UUID resultId) {}

    /// Holds the key until the transaction ends, so that repeats at the same moment wait for the first.
    static Optional<UUID> begin(Sql tx, UUID actor, String key, String body) {
        if (key == null) return Optional.empty();
        if (key.isBlank() || key.length() > KEY_CHARS_MAX) {
            throw Failure.Invalid.field("Idempotency-Key", "must have 1 to 200 characters");
        }
        tx.query("select pg_advisory_xact_lock(hashtextextended($1, 11))", actor + key);
        var known = tx.one(Known.class, "select body_digest, result_id from idempotency where actor_id = $1 and key "
                + "= $2", actor, key);
        if (known.isPresent() && !known.get().bodyDigest().equals(Signer.digest(body))) {
            throw new Failure.Conflict("idempotency-key-reused", "This Idempotency-Key was used for another request");
        }
        return known.map(Known::resultId);
    }

    static void end(Sql tx, UUID actor, String key, String body, UUID result) {
        if (key == null) return;
        tx.execute("insert into idempotency (actor_id, key, body_digest, result_id) values ($1, $2, $3, $4)", actor,
                key, Signer.digest(body), result);
    }
}
