package switchboard.ticketing.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SignerTest {
    private static final String SECRET = "a secret for tests, 16+";
    private final Signer signer = new Signer(SECRET);

    @Test
    void aSignatureIsTheHmacUnderAKeyOfItsPurposeAndNeverChanges() throws Exception {
        var expected = Base64.getUrlEncoder().withoutPadding().encodeToString(
                java.util.Arrays.copyOf(hmac(hmac(SECRET.getBytes(StandardCharsets.UTF_8), "reply"), "text"), 12));
        assertEquals(expected, signer.sign("reply", "text", 12));
        assertEquals(expected, new Signer(SECRET).sign("reply", "text", 12));
        assertTrue(signer.verify("reply", "text", 12, expected));
    }

    private static byte[] hmac(byte[] key, String text) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aSignatureOfAnotherPurposeTextLengthOrSecretIsWorthNothing() {
        var good = signer.sign("reply", "text", 12);
        assertFalse(signer.verify("content", "text", 12, good));
        assertFalse(signer.verify("reply", "texT", 12, good));
        assertFalse(signer.verify("reply", "text", 13, good));
        assertFalse(signer.verify("reply", "text", 12, good.substring(1)));
        assertFalse(signer.verify("reply", "text", 12, ""));
        assertFalse(new Signer("another secret for tests").verify("reply", "text", 12, good));
    }

    @Test
    void whatIsSealedOpensOnlyInItsPlaceAndNeverLooksTheSameTwice() {
        var sealed = signer.seal("mailbox:1", "pässword");
        assertEquals("pässword", signer.open("mailbox:1", sealed));
        assertNotEquals(sealed, signer.seal("mailbox:1", "pässword"));
        assertThrows(IllegalStateException.class, () -> signer.open("mailbox:2", sealed));
        assertThrows(IllegalStateException.class,
                () -> new Signer("another secret for tests").open("mailbox:1", sealed));
        int middle = sealed.length() / 2;
        var bent = sealed.substring(0, middle) + (sealed.charAt(middle) == 'A' ? 'B' : 'A')
                + sealed.substring(middle + 1);
        assertThrows(IllegalStateException.class, () -> signer.open("mailbox:1", bent));
    }

    @Test
    void aSecretHasAtLeastSixteenCharacters() {
        assertThrows(IllegalArgumentException.class, () -> new Signer("x".repeat(15)));
        assertEquals(16, new Signer("x".repeat(16)).sign("p", "t", 12).length());
    }

    @Test
    void aTokenAtRestIsItsSha256() {
        assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Signer.digest("abc"));
    }
}
