package switchboard.channels.email.charset;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a charset label means in mail. Many programs declare the smaller charset and send the vendor's superset. The
/// WHATWG Encoding Standard and every mail program read such labels as the superset.
public final class Labels {
    private static final Map<String, String> SAME = new HashMap<>();
    /// Of several charsets, the first that can represent all characters wins.
    private static final Map<String, List<String>> CHARSETS = Map.of(
            "gb18030", List.of("GB18030"),
            "big5", List.of("x-MS950-HKSCS", "x-windows-950"),
            "shift_jis", List.of("windows-31j"),
            "euc-jp", List.of("x-eucJP-Open", "EUC-JP"),
            "euc-kr", List.of("x-windows-949"),
            "iso-2022-jp", List.of("x-windows-iso2022jp", "x-windows-50221", "ISO-2022-JP-2"));
    private static final Set<String> SEVEN_BIT =
            Set.of("iso-2022-jp", "iso-2022-kr", "iso-2022-cn", "utf-7", "hz-gb-2312");
    private static final Set<String> NOTHING_SAID = Set.of("", "us-ascii", "unknown");
    private static final Pattern CODE_PAGE =
            Pattern.compile("(?:x-)?(?:cp|ms|win|windows|ibm|dos|codepage)[-_ ]?0*(\\d{3,5})");
    private static final Pattern LATIN = Pattern.compile("(?:iso)?[-_ ]?8859[-_ ]?(\\d{1,2})(?:[-_:][\\w-]{0,9})?");
    private static final Pattern JUNK = Pattern.compile("[\\s\"'=]+|[;,].*");
    private static final int LABEL_CHARS_MAX = 60;

    static {
        same("gb18030", "gb2312", "gbk", "x-gbk", "gb_2312-80", "gb2312-80", "gb_2312", "gb2312_charset", "chinese",
                "csgb2312", "iso-ir-58", "euc-cn", "x-euc-cn", "gb", "936", "54936", "20936", "x-mswin-936",
                "csiso58gb231280");
        same("big5", "big-5", "big5-hkscs", "big5-eten", "x-x-big5", "cn-big5", "csbig5", "big5hkscs", "950", "x-big5");
        same("shift_jis", "shift-jis", "shiftjis", "sjis", "x-sjis", "ms_kanji", "csshiftjis", "31j", "932",
                "windows-31j", "windows_31j", "mskanji");
        same("euc-jp", "eucjp", "x-euc-jp", "x-euc", "eucjp-ms", "eucjp-win", "51932", "20932", "ujis",
                "cseucpkdfmtjapanese");
        same("euc-kr", "euckr", "ks_c_5601-1987", "ks_c_5601-1989", "ks_c_5601", "ksc5601", "ksc_5601", "ksc-5601",
                "ks_c_5601_1987", "korean", "cseuckr", "csksc56011987", "iso-ir-149", "uhc", "949", "51949");
        same("iso-2022-jp", "csiso2022jp", "iso-2022-jp-1", "iso-2022-jp-2", "iso-2022-jp-3", "iso-2022-jp-ms",
                "iso2022-jp", "iso2022jp", "jis", "50220", "50221", "50222", "iso-2022-jp-2004");
        same("iso-2022-kr", "csiso2022kr", "50225");
        same("iso-2022-cn", "iso-2022-cn-ext", "50227");
        same("utf-7", "unicode-1-1-utf-7", "x-unicode-1-1-utf-7", "x-unicode-2-0-utf-7", "unicode-2-0-utf-7", "utf7",
                "csunicode11utf7", "65000");
        same("hz-gb-2312", "hz", "hz-gb2312", "52936");
        same("utf-8", "utf8", "utf_8", "unicode-1-1-utf-8", "x-utf-8", "x-utf8", "utf8mb4", "65001", "utf-8-mac",
                "csutf8", "unicode");
        same("us-ascii", "ascii", "ansi_x3.4-1968", "usascii", "us_ascii", "iso646-us", "iso_646.irv:1991", "cp367",
                "20127", "csascii", "7bit");
        same("unknown", "unknown-8bit", "x-unknown", "8bit", "default", "default_charset", "none", "binary", "ansi",
                "x-user-defined", "user-defined", "_autodetect", "_autodetect_all", "undefined", "null", "iso");
        same("windows-1252", "latin1", "latin-1", "l1", "iso-ir-100", "28591", "csisolatin1", "cp819", "ansi-1252",
                "western");
        same("windows-1254", "latin5", "28599");
        same("windows-874", "tis-620", "tis620", "tis-620-0", "dos-874", "thai");
        same("iso-8859-8", "iso-8859-8-i", "iso-8859-8-e", "logical", "visual");
        same("x-macroman", "macintosh", "x-mac-roman", "mac", "macroman", "10000");
        same("x-maccyrillic", "x-mac-cyrillic");
        same("koi8-r", "koi8r", "koi8", "koi", "cskoi8r", "20866");
        same("koi8-u", "koi8u", "koi8-ru", "21866");
    }

    private Labels() {}

    private static void same(String name, String... labels) {
        SAME.put(name, name);
        for (var label : labels) SAME.put(label, name);
    }

    /// One canonical name for all labels of a charset; empty for none.
    public static String name(String label) {
        if (label == null || label.length() > LABEL_CHARS_MAX) return "";
        var plain = JUNK.matcher(label.toLowerCase(Locale.ROOT)).replaceAll("");
        var known = SAME.get(plain);
        if (known != null) return known;
        var page = CODE_PAGE.matcher(plain);
        if (page.matches()) return codePage(page.group(1));
        var latin = LATIN.matcher(plain);
        if (latin.matches()) return latin(latin.group(1));
        return plain;
    }

    private static String codePage(String number) {
        var known = SAME.get(number);
        if (known != null) return known;
        return number.startsWith("125") || number.equals("874") ? "windows-" + number : "ibm" + number;
    }

    /// In mail, C1 controls under these labels are Windows characters.
    private static String latin(String number) {
        return switch (number) {
            case "1" -> "windows-1252";
            case "9" -> "windows-1254";
            case "11" -> "windows-874";
            default -> "iso-8859-" + number;
        };
    }

    /// Whether the name doesn't help to read 8-bit bytes.
    public static boolean isVague(String name) {
        return NOTHING_SAID.contains(name) || isLatin(name) || candidates(name).isEmpty() && !isSevenBit(name);
    }

    static boolean isLatin(String name) {
        return name.equals("windows-1252");
    }

    static boolean isSevenBit(String name) {
        return SEVEN_BIT.contains(name);
    }

    static List<Charset> candidates(String name) {
        if (name.isEmpty()) return List.of();
        var names = CHARSETS.containsKey(name) ? CHARSETS.get(name).stream()
                : Stream.of(name.equals("windows-874") ? "x-windows-874" : name);
        return names.flatMap(one -> Charsets.named(one).stream()).toList();
    }
}
