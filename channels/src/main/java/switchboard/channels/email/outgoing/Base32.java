package switchboard.channels.email.outgoing;

import java.math.BigInteger;
import java.util.Optional;
import java.util.UUID;

/// RFC 4648 base 32 in lower case without padding: what survives mail systems that change the case of a local part.
final class Base32 {
    static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int UUID_CHARS = 26;

    private Base32() {}

    static String encode(byte[] bytes) {
        var out = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = buffer << 8 | b & 0xff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                out.append(ALPHABET.charAt(buffer >> bits & 31));
            }
        }
        if (bits > 0) out.append(ALPHABET.charAt(buffer << 5 - bits & 31));
        return out.toString();
    }

    static String encode(UUID id) {
        var bytes = java.nio.ByteBuffer.allocate(16).putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return encode(bytes.array());
    }

    /// Empty unless the text is exactly what `encode` makes of one id.
    static Optional<UUID> uuid(String text) {
        if (text.length() != UUID_CHARS) return Optional.empty();
        var value = BigInteger.ZERO;
        for (char c : text.toCharArray()) {
            int digit = ALPHABET.indexOf(c);
            if (digit < 0) return Optional.empty();
            value = value.shiftLeft(5).or(BigInteger.valueOf(digit));
        }
        var id = value.shiftRight(2);
        var uuid = new UUID(id.shiftRight(64).longValue(), id.longValue());
        return encode(uuid).equals(text) ? Optional.of(uuid) : Optional.empty();
    }
}
