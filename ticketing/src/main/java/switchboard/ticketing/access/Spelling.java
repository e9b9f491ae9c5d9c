package switchboard.ticketing.access;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.ibm.icu.text.Transliterator;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Matches typed words against text columns in any spelling: without accents, in capitals, full-width, in traditional
/// or simplified characters, numbers with or without separators. Words match anywhere and in any order; a `"phrase"`
/// matches only as written.
public final class Spelling {
    private static final int UNITS_MAX = 10;
    private static final int PHONE_DIGITS_MIN = 6;
    private static final int PHONE_DIGITS_MAX = 15;
    private static final int FULL_WIDTH = 0xFEE0;
    private static final Pattern UNIT = Pattern.compile("(\\+\\d(?:[\\s().\u00a0/-]*\\d){5,14})(?!\\S)"
            + "|[\"\u201c\u201d\u300c](.+?)[\"\u201c\u201d\u300d]|(\\S+)");
    private static final Pattern PHONE = Pattern.compile("[+\\d\\s().\u00a0/-]+");
    private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();
    private static final String MARKS = "[\u0300-\u036f]*";
    private static final String SEPARATORS = "[[:space:]().\u00a0/-]*";
    /// Letters that no normal form decomposes, mapped to what a keyboard without them types.
    private static final Map<String, String> TYPED_AS =
            Map.of("ø", "o", "ł", "l", "đ", "d", "ħ", "h", "ı", "i", "ð", "d", "ŧ", "t", "ё", "е");

    private Spelling() {}

    /// The words and phrases of a query, at most ten. A phone number counts as one, spaces included.
    public static List<String> units(String q) {
        // Text in the database never contains a NUL.
        var text = Normalizer.normalize(q.replace("\0", "").strip(), Normalizer.Form.NFKC);
        if (phone(text).isPresent()) return List.of(text);
        var units = new ArrayList<String>();
        var found = UNIT.matcher(text);
        while (found.find() && units.size() < UNITS_MAX) {
            var unit = Stream.of(1, 2, 3).map(found::group).filter(Objects::nonNull).findFirst().orElse("").strip();
            if (!unit.isEmpty()) units.add(unit);
        }
        return units;
    }

    /// The digits of a phone number in any spelling, without leading zeros: the end of its E.164 form.
    public static Optional<String> phone(String text) {
        if (!PHONE.matcher(text.strip()).matches()) return Optional.empty();
        var digits = text.replace("(0)", "").replaceAll("\\D", "").replaceFirst("^0+", "");
        return digits.length() >= PHONE_DIGITS_MIN && digits.length() <= PHONE_DIGITS_MAX
                ? Optional.of(digits) : Optional.empty();
    }

    /// Without its country code, as most people write it: `+44 20 7946 0991` finds `020 7946 0991`.
    private static Optional<String> national(String number) {
        var text = number.strip().replaceFirst("^00", "+");
        if (!text.startsWith("+")) return Optional.empty();
        try {
            var parsed = PHONES.parse(text, null);
            return PHONES.isValidNumber(parsed) ? Optional.of(Long.toString(parsed.getNationalNumber()))
                    : Optional.empty();
        } catch (NumberParseException none) {
            return Optional.empty();
        }
    }

    /// @param column an SQL expression of type text; a constant in the code
    public static Where in(String column, String unit) {
        var regex = regex(unit);
        // A number may stand there with other separators.
        if (unit.chars().anyMatch(Character::isWhitespace) || phone(unit).isPresent()) {
            return Where.of(column + " ~ ?", regex);
        }
        // Most texts are ASCII: only the others need the costly comparison.
        return Where.of("(" + column + " ilike ? or (octet_length(" + column + ") <> length(" + column + ") and "
                + column + " ~ ?))", "%" + literal(folded(unit)) + "%", regex);
    }

    /// The whole text is the unit, in any spelling.
    public static Where whole(String column, String unit) {
        return Where.of(column + " ~ ?", "^" + regex(unit) + "$");
    }

    /// Every unit occurs in one of the columns.
    public static Where everywhere(List<String> units, String... columns) {
        return units.stream().map(unit -> List.of(columns).stream().map(column -> in(column, unit))
                .reduce(Where::or).orElse(Where.NONE)).reduce(Where::and).orElse(Where.ALL);
    }

    /// A PostgreSQL regular expression that matches any of the units.
    public static String anyOf(List<String> units) {
        return String.join("|", units.stream().map(Spelling::regex).toList());
    }

    private static String literal(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private static String regex(String unit) {
        var phone = phone(unit);
        if (phone.isPresent()) return String.join(SEPARATORS, national(unit).orElse(phone.get()).split(""));
        var regex = new StringBuilder();
        var letters = unit.codePoints().toArray();
        for (int i = 0; i < letters.length; i++) {
            if (i > 0 && meet(letters[i - 1], letters[i])) regex.append("[[:space:]]*");
            regex.append(spelled(letters[i]));
        }
        return regex.toString().replaceAll("( )+", "[[:space:]]+");
    }

    /// Between a Chinese character and a letter or digit some writers put a blank.
    private static boolean meet(int a, int b) {
        return Character.isIdeographic(a) != Character.isIdeographic(b) && Character.isLetterOrDigit(a)
                && Character.isLetterOrDigit(b);
    }

    private static String spelled(int c) {
        if (Character.isWhitespace(c)) return " ";
        if (Character.isIdeographic(c)) return "[" + Characters.spellings(c) + "]";
        var typed = folded(Character.toString(c));
        if (typed.length() != 1 || !Character.isLetterOrDigit(typed.charAt(0))) {
            // Only ASCII signs have a meaning in a regular expression, and only they may be escaped.
            return c >= 0x80 || Character.isLetterOrDigit(c) ? Character.toString(c) : "\\" + Character.toString(c);
        }
        return "[" + Letters.spellings(typed) + "]" + (Character.isLetter(typed.charAt(0)) ? MARKS : "");
    }

    /// Lower-case without accents: `café` becomes `cafe`. Text without accents stays as it is.
    static String folded(String text) {
        var bare = new StringBuilder();
        Normalizer.normalize(text.toLowerCase(java.util.Locale.ROOT), Normalizer.Form.NFD).codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .forEach(c -> bare.append(TYPED_AS.getOrDefault(Character.toString(c), Character.toString(c))));
        return Normalizer.normalize(bare, Normalizer.Form.NFC);
    }

    /// Maps a letter without accents to all its accented forms.
    private static final class Letters {
        private static final int[][] ALPHABETS = {{'A', 0x24F}, {0x370, 0x52F}, {0x1E00, 0x1FFF}};
        private static final Map<String, TreeSet<String>> SPELLINGS = new HashMap<>();

        static {
            for (var alphabet : ALPHABETS) {
                for (int c = alphabet[0]; c <= alphabet[1]; c++) {
                    if (!Character.isLetter(c)) continue;
                    var letter = Character.toString(c);
                    SPELLINGS.computeIfAbsent(folded(letter), _ -> new TreeSet<>()).add(letter);
                }
            }
        }

        static String spellings(String typed) {
            var all = new TreeSet<>(SPELLINGS.getOrDefault(typed, new TreeSet<>()));
            all.add(typed);
            all.add(typed.toUpperCase(java.util.Locale.ROOT));
            for (var one : List.copyOf(all)) {
                if (one.charAt(0) < 0x7F) all.add(Character.toString(one.charAt(0) + FULL_WIDTH));
            }
            return String.join("", all);
        }
    }

    /// Maps a Chinese character to its simplified and traditional forms.
    private static final class Characters {
        private static final int FIRST = 0x4E00;
        private static final int LAST = 0x9FFF;
        private static final Map<String, TreeSet<String>> BY_SIMPLE = new HashMap<>();
        private static final Transliterator SIMPLIFY = Transliterator.getInstance("Hant-Hans");

        static {
            for (int c = FIRST; c <= LAST; c++) {
                var character = Character.toString(c);
                var simple = SIMPLIFY.transliterate(character);
                if (!simple.equals(character)) {
                    BY_SIMPLE.computeIfAbsent(simple, _ -> new TreeSet<>()).add(character);
                    BY_SIMPLE.get(simple).add(simple);
                }
            }
        }

        static String spellings(int c) {
            var character = Character.toString(c);
            var all = new TreeSet<>(BY_SIMPLE.getOrDefault(SIMPLIFY.transliterate(character), new TreeSet<>()));
            all.add(character);
            return String.join("", all);
        }
    }
}
