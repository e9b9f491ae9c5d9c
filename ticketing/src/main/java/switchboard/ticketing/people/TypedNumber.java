package switchboard.ticketing.people;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A phone number that a person typed. Without a country code it is read in the company's national format, never
/// guessed: if it isn't valid there, or is also valid in the country of the person's language, we ask.
public sealed interface TypedNumber {
    record Read(Address address) implements TypedNumber {}

    /// @param numbers the possible readings, in E.164; may be empty
    record Unclear(String raw, List<String> numbers) implements TypedNumber {}

    PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();
    Pattern DIGIT = Pattern.compile("\\p{Nd}");
    int DIGITS_MIN = 5;

    /// @param region the company's or the line's
    /// @param language of the number's owner; may be null
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
        // 0086 and 86- are common prefixes; they are read as a country code only when that gives a valid number.
        if (readings.isEmpty()) valid("+" + text.replaceFirst("^\\D*(00)?", ""), Region.NONE).ifPresent(readings::add);
        return readings.size() == 1 ? new Read(new Address(Address.PHONE, readings.iterator().next(), raw))
                : new Unclear(text, List.copyOf(readings));
    }

    /// Landlines are written with a leading zero, so they rarely look like another country's number.
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

    /// Why the number is unclear, in words for its writer.
    static String question(Unclear unclear) {
        var raw = unclear.raw().length() > 40 ? unclear.raw().substring(0, 40) + "…" : unclear.raw();
        if (unclear.numbers().isEmpty()) {
            return raw + " is no telephone number here; write it with its country code, as in +86 138 0013 8000";
        }
        return raw + " may be " + String.join(" or ", unclear.numbers()) + "; write it with its country code";
    }
}
