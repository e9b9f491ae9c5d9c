package switchboard.channels.email.charset;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Optional;

/// Converts bytes to characters by their charset label, in one way for headers, bodies and file names. Never throws:
/// when the label is missing, vague or plainly wrong, the bytes decide.
public final class Charsets {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    /// A few wrong bytes in a long UTF-8 text come from truncation; more mean that it isn't UTF-8.
    private static final int UTF8_FAULTS_PART = 20;

    private Charsets() {}

    /// @param label the charset that the part or word declares; may be null, empty or unknown
    /// @param hint the charset used elsewhere in the mail, for bytes without a label; may be empty
    public static String decode(byte[] bytes, String label, String hint) {
        if (plain(bytes)) return new String(bytes, StandardCharsets.US_ASCII);
        var name = Labels.name(label);
        if (Labels.isSevenBit(name)) return SevenBit.decode(bytes, name);
        if (Labels.isVague(name)) return unlabelled(bytes, name, hint);
        if (name.equals("utf-8")) return utf8(bytes, hint);
        var read = best(bytes, Labels.candidates(name));
        return read.isEmpty() ? unlabelled(bytes, "", hint) : read.get();
    }

    /// Decodes bytes without a label: as UTF-8 if valid, else as the rest of the mail declares, else by detection.
    private static String unlabelled(byte[] bytes, String name, String hint) {
        var utf8 = strict(bytes, StandardCharsets.UTF_8);
        if (utf8 != null && !SevenBit.escapes(bytes)) return utf8;
        // A label of windows-1252 is usually right, unlike ASCII or none.
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

    /// The label of the detected charset, or empty.
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

    /// The reading with the fewest faults.
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

    /// Replacement characters, and private-use characters, which stand for bytes that the charset doesn't define.
    private static long faults(String text) {
        return text.chars().filter(c -> c == '\ufffd' || c >= '\ue000' && c <= '\uf8ff').count();
    }

    private static boolean plain(byte[] bytes) {
        for (byte b : bytes) if (b < 0 || b == SevenBit.ESCAPE || b == '~' || b == '+' || b == 0) return false;
        return true;
    }

    /// Whether the bytes need no charset label: ASCII or UTF-8.
    public static boolean isUtf8(byte[] bytes) {
        return strict(bytes, StandardCharsets.UTF_8) != null && !SevenBit.escapes(bytes);
    }

    /// The text in that charset, or null when the bytes aren't valid in it.
    private static String strict(byte[] bytes, Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            // The fast path writes a replacement character for invalid UTF-8; a sender may also have sent one.
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
