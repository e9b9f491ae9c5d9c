package switchboard.channels.email.mime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Decodes base64 as it is really sent: without padding, in several concatenated pieces, mixed with other characters.
/// No byte is lost.
final class Base64Text {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) VALUES[ALPHABET.charAt(i)] = (byte) i;
    }

    private Base64Text() {}

    static byte[] decode(byte[] text) {
        var out = new byte[text.length / 4 * 3 + 3];
        int size = 0;
        int bits = 0;
        int count = 0;
        for (byte b : text) {
            if (b == '=') {
                size = rest(out, size, bits, count);
                bits = count = 0;
            } else if (b >= 0 && VALUES[b] >= 0) {
                bits = bits << 6 | VALUES[b];
                if (++count == 4) {
                    out[size++] = (byte) (bits >> 16);
                    out[size++] = (byte) (bits >> 8);
                    out[size++] = (byte) bits;
                    bits = count = 0;
                }
            }
        }
        return Arrays.copyOf(out, rest(out, size, bits, count));
    }

    static byte[] decode(String text) {
        return decode(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Two characters hold one byte, three hold two; a single one holds none.
    private static int rest(byte[] out, int size, int bits, int count) {
        int next = size;
        if (count == 2) out[next++] = (byte) (bits >> 4);
        if (count == 3) {
            out[next++] = (byte) (bits >> 10);
            out[next++] = (byte) (bits >> 2);
        }
        return next;
    }
}
