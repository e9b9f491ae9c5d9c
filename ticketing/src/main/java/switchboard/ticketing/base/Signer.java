package switchboard.ticketing.base;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Signs, seals and digests with keys derived from the one secret, one key per purpose (HMAC-SHA256 of the
/// purpose, as in HKDF-Expand with one block, RFC 5869), so that a signature made for one use is worth nothing in
/// another.
public final class Signer {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final byte[] secret;

    public Signer(String secret) {
        if (secret == null || secret.length() < 16) {
            throw new IllegalArgumentException("The secret has fewer than 16 characters");
        }
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    public byte[] hmac(String purpose, String text) {
        return mac(mac(secret, purpose.getBytes(StandardCharsets.UTF_8)), text.getBytes(StandardCharsets.UTF_8));
    }

    /// The first `bytes` bytes of the HMAC, base64url.
    public String sign(String purpose, String text, int bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hmac(purpose, text), bytes));
    }

    /// Compares in constant time.
    public boolean verify(String purpose, String text, int bytes, String signature) {
        return MessageDigest.isEqual(sign(purpose, text, bytes).getBytes(StandardCharsets.US_ASCII),
                signature.getBytes(StandardCharsets.UTF_8));
    }

    /// Encrypts a stored secret (a mailbox's password, say) by AES-256-GCM; `context` binds it to its place.
    public String seal(String context, String plain) {
        try {
            var nonce = new byte[NONCE_BYTES];
            new java.security.SecureRandom().nextBytes(nonce);
            var cipher = cipher(Cipher.ENCRYPT_MODE, nonce, context);
            var sealed = cipher.doFinal(plain.getBytes(StandardCharsets.UTF_8));
            var both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
            return "v1." + Base64.getUrlEncoder().withoutPadding().encodeToString(both);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("AES-GCM is not available", missing);
        }
    }

    /// @throws IllegalStateException when it was sealed with another secret or for another place
    public String open(String context, String sealed) {
        try {
            var both = Base64.getUrlDecoder().decode(sealed.substring("v1.".length()));
            var cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(both, NONCE_BYTES), context);
            return new String(cipher.doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException wrong) {
            throw new IllegalStateException("A stored secret cannot be opened with SWITCHBOARD_SECRET", wrong);
        }
    }

    /// SHA-256 in hex: how tokens are kept at rest.
    public static String digest(String token) {
        return digest(token.getBytes(StandardCharsets.UTF_8));
    }

    public static String digest(byte[] bytes) {
        try {
            return java.util.HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        var key = mac(secret, "seal".getBytes(StandardCharsets.UTF_8));
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] mac(byte[] key, byte[] text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
