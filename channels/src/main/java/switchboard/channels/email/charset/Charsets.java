package switchboard.channels.email.charset;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Optional;

/// Bytes to characters by the label that came with them: one way for headers, bodies and file names. Nothing throws; a
/// label that is missing, vague or plainly wrong is replaced by what the bytes say.
public final class Charsets {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    /// Wrong bytes in a long text of UTF-8 come from a cut; more of them mean that it is no UTF-8.
    private static final int UTF8_FAULTS_PART = 20;

    private Charsets() {}

    /// @param label what the part or the word says of itself; may be null, empty or unknown
    /// @param hint what other places of the same mail say, for bytes that nothing is said of; or empty
    public static String decode(byte[] bytes, String label, String hint) {
        if (plain(bytes)) return new String(bytes, StandardCharsets.US_ASCII);
        var name = Labels.name(label);
        if (Labels.isSevenBit(name)) return SevenBit.decode(bytes, name);
        if (Labels.isVague(name)) return unlabelled(bytes, name, hint);
        if (name.equals("utf-8")) return utf8(bytes, hint);
        var read = best(bytes, Labels.candidates(name));
        return read.isEmpty() ? unlabelled(bytes, "", hint) : read.get();
    }

    /// What bytes are without a label: UTF-8 if they can be, else what the mail says elsewhere, else what they look
    /// like.
    private static String unlabelled(byte[] bytes, String name, String hint) {
        var utf8 = strict(bytes, StandardCharsets.UTF_8);
        if (utf8 != null && !SevenBit.escapes(bytes)) return utf8;
        // Who says windows-1252 says more than who says ASCII or nothing, and mostly means it.
        if (Labels.isLatin(name)) return new String(bytes, WINDOWS_1252);
        if (SevenBit.escapes(bytes)) return SevenBit.decode(bytes, SevenBit.byEscapes(bytes));
        var hinted = Labels.name(hint);
        if (!Labels.isVague(hinted) && !Labels.isSevenBit(hinted)) {
            for (var candidate : Labels.candidates(hinted)) {
                var text = strict(bytes, candidate);
                if (text != null) return text;
            }
        }
        return Detection.charset(bytes).flatMap(found -> best(bytes, Labels.candidates(Labels.name(found))))
                .orElseGet(() -> new String(bytes, WINDOWS_1252));
    }

    /// The label of the charset that bytes look like, or empty.
    public static Optional<String> detect(byte[] bytes) {
        return isUtf8(bytes) ? Optional.empty() : Detection.charset(bytes);
    }

    private static String utf8(byte[] bytes, String hint) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        long faults = faults(text);
        if (faults == 0) return text;
        long odd = text.codePoints().filter(c -> c >= 0x80).count();
        return faults * UTF8_FAULTS_PART <= odd || faults < 2 && odd > 3 ? text : unlabelled(bytes, "", hint);
    }

    /// The reading with the fewest characters that are none.
    private static Optional<String> best(byte[] bytes, List<Charset> candidates) {
        String best = null;
        for (var candidate : candidates) {
            var text = new String(bytes, candidate);
            long faults = faults(text);
            if (faults == 0) return Optional.of(text);
            if (best == null || faults < faults(best)) best = text;
        }
        return Optional.ofNullable(best);
    }

    /// Replacement characters, and characters of private use, which stand for what a charset has no name for.
    private static long faults(String text) {
        return text.chars().filter(c -> c == '\ufffd' || c >= '\ue000' && c <= '\uf8ff').count();
    }

    private static boolean plain(byte[] bytes) {
        for (byte b : bytes) if (b < 0 || b == SevenBit.ESCAPE || b == '~' || b == '+' || b == 0) return false;
        return true;
    }

    /// Whether the bytes need no charset to be told: ASCII or UTF-8.
    public static boolean isUtf8(byte[] bytes) {
        return strict(bytes, StandardCharsets.UTF_8) != null && !SevenBit.escapes(bytes);
    }

    /// The text in that charset, or null where the bytes cannot be of it.
    private static String strict(byte[] bytes, Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            // The quick way writes a replacement character for what is no UTF-8; one may also have been sent.
            var quick = new String(bytes, charset);
            if (quick.indexOf('\ufffd') < 0) return quick;
        }
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException other) {
            return null;
        }
    }

    static Optional<Charset> named(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }
}
