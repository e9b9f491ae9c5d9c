package switchboard.ticketing.people;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A telephone number that a person wrote. Without a country code it is read in the company's way, but never guessed:
/// one that is no number there, or that the person's own language makes another number, is asked about.
public sealed interface TypedNumber {
    record Read(Address address) implements TypedNumber {}

    /// @param numbers what it may be, in E.164; may be empty
    record Unclear(String raw, List<String> numbers) implements TypedNumber {}

    PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();
    Pattern DIGIT = Pattern.compile("\\p{Nd}");
    int DIGITS_MIN = 5;

    /// @param region the company's, or the line's
    /// @param language of the person who has the number; may be null
    static TypedNumber read(String raw, Region region, String language) {
        var text = raw == null ? "" : raw.strip();
        if (DIGIT.matcher(text).results().count() < DIGITS_MIN) return new Unclear(text, List.of());
        if (text.matches("(tel:|[(\\s]*)[+＋].*")) return withCode(text);
        Set<String> readings = new LinkedHashSet<>();
        valid(text, region).ifPresent(readings::add);
        var own = Region.ofLanguage(language);
        if (!own.equals(region)) {
            valid(text, own).filter(value -> readings.isEmpty() || mobile(value)).ifPresent(readings::add);
        }
        // 0086 and 86- are written everywhere; what they mean is clear only when it is a number.
        if (readings.isEmpty()) valid("+" + text.replaceFirst("^\\D*(00)?", ""), Region.NONE).ifPresent(readings::add);
        return readings.size() == 1 ? new Read(new Address(Address.PHONE, readings.iterator().next(), raw))
                : new Unclear(text, List.copyOf(readings));
    }

    /// A landline is written with its leading zero, so that it is seldom taken for a number of another country.
    private static boolean mobile(String e164) {
        try {
            return switch (PHONES.getNumberType(PHONES.parse(e164, null))) {
                case MOBILE, FIXED_LINE_OR_MOBILE -> true;
                default -> false;
            };
        } catch (NumberParseException none) {
            return false;
        }
    }

    private static TypedNumber withCode(String text) {
        return Address.phone(text, Region.NONE).<TypedNumber>map(Read::new).orElse(new Unclear(text, List.of()));
    }

    private static Optional<String> valid(String text, Region region) {
        try {
            if (!PHONES.isValidNumber(PHONES.parse(text, region.code()))) return Optional.empty();
            return Address.phone(text, region).map(Address::value).filter(value -> value.startsWith("+"));
        } catch (NumberParseException none) {
            return Optional.empty();
        }
    }

    /// Why it was not read, in words for whoever typed it.
    static String question(Unclear unclear) {
        var raw = unclear.raw().length() > 40 ? unclear.raw().substring(0, 40) + "…" : unclear.raw();
        if (unclear.numbers().isEmpty()) {
            return raw + " is no telephone number here; write it with its country code, as in +86 138 0013 8000";
        }
        return raw + " may be " + String.join(" or ", unclear.numbers()) + "; write it with its country code";
    }
}
