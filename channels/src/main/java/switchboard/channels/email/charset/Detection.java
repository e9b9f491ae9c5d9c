package switchboard.channels.email.charset;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.mozilla.universalchardet.UniversalDetector;

/// Detects the charset of unlabelled bytes with two libraries. Mozilla's recognises Asian scripts and Cyrillic from a
/// few words; ICU tells Latin charsets apart.
final class Detection {
    private static final int BYTES_MAX = 64 * 1024;
    /// On ICU's scale of 0 to 100, where 10 means merely possible.
    private static final int CONFIDENCE_MIN = 20;
    private static final Set<String> SURE = Set.of("GB18030", "BIG5", "SHIFT_JIS", "EUC-JP", "EUC-KR", "WINDOWS-1251",
            "KOI8-R", "WINDOWS-1255", "TIS620");
    private static final Map<String, String> WINDOWS = Map.of("ISO-8859-2", "ISO-8859-2", "ISO-8859-7", "windows-1253",
            "ISO-8859-8", "windows-1255", "ISO-8859-8-I", "windows-1255", "ISO-8859-6", "windows-1256");
    /// GB2312's common characters start with a byte from this range.
    private static final int COMMON_FIRST = 0xb0;
    private static final int COMMON_LAST = 0xd7;
    private static final Pattern OTHERS = Pattern.compile("(?i)utf-(?:16|32).*|ibm.*|iso-2022.*");

    private Detection() {}

    /// A label, or empty where the bytes fit any charset.
    static Optional<String> charset(byte[] all) {
        var bytes = all.length > BYTES_MAX ? Arrays.copyOf(all, BYTES_MAX) : all;
        var mozilla = new UniversalDetector();
        mozilla.handleData(bytes);
        mozilla.dataEnd();
        var found = mozilla.getDetectedCharset();
        if (found != null && SURE.contains(found)) return Optional.of(found);
        if (onlyCommonPairs(bytes)) return Optional.of("gb2312");
        var icu = new CharsetDetector();
        icu.setText(bytes);
        return Arrays.stream(icu.detectAll()).filter(one -> one.getConfidence() >= CONFIDENCE_MIN)
                .map(CharsetMatch::getName).filter(name -> !OTHERS.matcher(name).matches()).findFirst()
                .map(name -> WINDOWS.getOrDefault(name, name));
    }

    /// A word or two of Chinese: the eight-bit bytes come only in pairs, each a common character. No Latin-script word
    /// looks like that.
    private static boolean onlyCommonPairs(byte[] bytes) {
        int pairs = 0;
        for (int i = 0; i < bytes.length; i++) {
            int first = bytes[i] & 0xff;
            if (first < 0x80) continue;
            if (first < COMMON_FIRST || first > COMMON_LAST || i + 1 >= bytes.length) return false;
            if ((bytes[++i] & 0xff) < 0xa1) return false;
            pairs++;
        }
        return pairs >= 2;
    }
}
