package switchboard.gateway.files;

import com.ibm.icu.text.CharsetDetector;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import switchboard.gateway.Settings;

/// A text file given to a command: UTF-8 or UTF-16, with or without a byte order mark, or a national encoding of
/// spreadsheets (GBK, Big5, Shift_JIS, Windows-1252 and so on), detected from its bytes.
public final class TextFile {
    /// Replaces bytes that are invalid in the file's encoding.
    public static final char DAMAGED = '\uFFFD';
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    /// How much to read for detecting the encoding.
    private static final int SAMPLE_BYTES = 1 << 20;
    /// The encodings of spreadsheets; in short texts, the detector may suggest stranger ones.
    private static final List<String> LIKELY = List.of("GB18030", "Big5", "Shift_JIS", "EUC-KR", "EUC-JP",
            "windows-1252", "ISO-8859-1", "windows-1250", "ISO-8859-2", "windows-1251", "windows-1253",
            "windows-1254", "windows-1255", "windows-1256");
    private static final Charset WESTERN = Charset.forName("windows-1252");

    private TextFile() {}

    /// @throws Settings.Wrong when there is no such file
    public static Path existing(String name) {
        var file = Path.of(name);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new Settings.Wrong("There is no file " + name + " to read");
        }
        return file;
    }

    /// @throws Settings.Wrong when there is no such file
    public static BufferedReader open(Path file) throws IOException {
        var decoder = encoding(file).newDecoder().onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        var reader = new BufferedReader(new InputStreamReader(Files.newInputStream(file), decoder));
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) reader.reset();
        return reader;
    }

    /// @throws Settings.Wrong when the file doesn't exist
    public static Charset encoding(Path file) throws IOException {
        byte[] sample;
        try (var bytes = Files.newInputStream(existing(file.toString()))) {
            sample = bytes.readNBytes(SAMPLE_BYTES);
        }
        var marked = marked(sample);
        if (marked != null) return marked;
        return mostlyUtf8(sample) ? StandardCharsets.UTF_8 : detected(sample);
    }

    private static Charset marked(byte[] sample) {
        if (sample.length < 2) return null;
        int first = (sample[0] & 0xFF) << 8 | sample[1] & 0xFF;
        if (first == 0xFFFE) return StandardCharsets.UTF_16LE;
        if (first == 0xFEFF) return StandardCharsets.UTF_16BE;
        // Separators and line ends contain a zero byte only in UTF-16, with or without a mark.
        long low = zeros(sample, 1);
        long high = zeros(sample, 0);
        if (low == high) return null;
        return low > high ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    }

    private static long zeros(byte[] sample, int from) {
        long zeros = 0;
        for (int i = from; i < sample.length; i += 2) if (sample[i] == 0) zeros++;
        return zeros;
    }

    /// A few damaged lines don't change the encoding of a UTF-8 file; they are reported as damaged.
    private static boolean mostlyUtf8(byte[] sample) {
        var text = new String(sample, StandardCharsets.UTF_8);
        long damaged = text.chars().filter(c -> c == DAMAGED).count();
        long foreign = text.chars().filter(c -> c > 0x7F && c != DAMAGED).count();
        return damaged <= foreign;
    }

    private static Charset detected(byte[] sample) {
        for (var match : new CharsetDetector().setText(sample).detectAll()) {
            if (LIKELY.contains(match.getName()) && Charset.isSupported(match.getName())) {
                var found = Charset.forName(match.getName());
                return found.equals(StandardCharsets.ISO_8859_1) ? WESTERN : found;
            }
        }
        return WESTERN;
    }
}
