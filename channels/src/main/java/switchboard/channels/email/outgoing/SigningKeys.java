package switchboard.channels.email.outgoing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The keys that sign reply addresses and message ids, each under a one-character id (a-z, 2-7). New signatures use
/// `current`; a key that is taken out of `keys` stops being believed.
public record SigningKeys(char current, Map<Character, byte[]> keys) {
    /// 96 bits: forging one takes 2^95 tries against a server that answers slowly.
    private static final int MAC_BYTES = 12;

    public SigningKeys {
        keys = Map.copyOf(keys);
        if (!keys.containsKey(current)) throw new IllegalArgumentException("the current key is missing");
        if (keys.values().stream().anyMatch(k -> k.length < 32))
                throw new IllegalArgumentException("a signing key has at least 32 bytes");
        if (keys.keySet().stream().anyMatch(id -> Base32.ALPHABET.indexOf(id) < 0))
                throw new IllegalArgumentException("a key id is one of a-z, 2-7");
    }

    /// The current key's id, then 20 characters of signature.
    String sign(String purpose, String... values) {
        return current + Base32.encode(mac(keys.get(current), purpose, values));
    }

    /// Also one that was cut short; how short it may be is for the caller to say.
    boolean verify(String signature, String purpose, String... values) {
        if (signature.isEmpty()) return false;
        var key = keys.get(signature.charAt(0));
        var expected = Base32.encode(mac(key != null ? key : keys.get(current), purpose, values));
        int chars = Math.min(signature.length() - 1, expected.length());
        boolean equal = chars > 0 && MessageDigest.isEqual(expected.substring(0, chars)
                .getBytes(StandardCharsets.US_ASCII),
                signature.substring(1).getBytes(StandardCharsets.UTF_8));
        return equal && key != null;
    }

    private static byte[] mac(byte[] key, String purpose, String... values) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            for (var value : values) {
                mac.update((byte) 0);
                mac.update(value.getBytes(StandardCharsets.UTF_8));
            }
            return Arrays.copyOf(mac.doFinal(), MAC_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is in every JDK", e);
        }
    }

    @Override public String toString() {
        return "SigningKeys[" + current + "]";
    }
}
