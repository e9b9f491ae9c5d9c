package switchboard.channels.email.charset;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.mozilla.universalchardet.UniversalDetector;

/// What charset bytes are in that nothing is said of. Two libraries are asked: the one of Mozilla knows the scripts of
/// Asia and Cyrillic from a few words on, ICU tells the Latin ones apart.
final class Detection {
    private static final int BYTES_MAX = 64 * 1024;
    /// ICU's own scale is 0 to 100; 10 means that the bytes are merely possible.
    private static final int CONFIDENCE_MIN = 20;
    private static final Set<String> SURE = Set.of("GB18030", "BIG5", "SHIFT_JIS", "EUC-JP", "EUC-KR", "WINDOWS-1251",
            "KOI8-R", "WINDOWS-1255", "TIS620");
    private static final Map<String, String> WINDOWS = Map.of("ISO-8859-2", "ISO-8859-2", "ISO-8859-7", "windows-1253",
            "ISO-8859-8", "windows-1255", "ISO-8859-8-I", "windows-1255", "ISO-8859-6", "windows-1256");
    /// The common characters of GB2312 lie between these first bytes.
    private static final int COMMON_FIRST = 0xb0;
    private static final int COMMON_LAST = 0xd7;
    private static final Pattern OTHERS = Pattern.compile("(?i)utf-(?:16|32).*|ibm.*|iso-2022.*");

    private Detection() {}

    /// A label, or empty where the bytes could be anything.
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

    /// A word or two of Chinese: eight-bit bytes in pairs only, each pair a common character. No word of a Latin script
    /// is written so.
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
