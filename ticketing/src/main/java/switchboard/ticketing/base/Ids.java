package switchboard.ticketing.base;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/// Identifiers. `next()` is a UUID version 7 (RFC 9562): it sorts by time, so that indexes stay dense,
/// and carries 74 random bits; it names things and grants nothing. `secret()` is what grants: 256 random bits.
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;

    private Ids() {}

    public static UUID next() {
        return at(Instant.now());
    }

    public static UUID at(Instant time) {
        long high = (time.toEpochMilli() << 16) | 0x7000L | (RANDOM.nextLong() & 0x0FFFL);
        long low = (RANDOM.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low);
    }

    public static String secret() {
        var bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// @throws Failure.NotFound when the text is no identifier at all: an id that cannot exist was not found
    public static UUID parse(String text, String what) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException wrong) {
            throw new Failure.NotFound(what);
        }
    }
}
