package switchboard.ticketing.people;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// One way to reach a person. `value` is what is compared, `raw` what was written.
///
/// E-mail: NFC, lower-case, the domain in punycode; plus-tags stay. RFC 5321 section 2.4 lets a server distinguish case
/// in local parts, but people write one address either way.
/// Phone: E.164 by libphonenumber, accepted when possible, whether or not valid; an extension is not identity.
public record Address(String kind, String value, String raw) {
    public static final String EMAIL = "email";
    public static final String PHONE = "phone";
    public static final String CHAT = "chat";
    public static final String EXTERNAL = "external";

    private static final int EMAIL_CHARS_MAX = 254;
    private static final int LOCAL_CHARS_MAX = 64;
    private static final int DOMAIN_CHARS_MAX = 253;
    private static final int LABEL_CHARS_MAX = 63;
    private static final String NOT_IN_EMAIL = " \t\n\u000B\f\r<>,;:\"\\";
    private static final Pattern MEXICAN_MOBILE = Pattern.compile("^\\+521(\\d{10})$");
    private static final Pattern SHORT_CODE = Pattern.compile("\\d{3,6}");
    private static final Pattern LETTERS_FIRST = Pattern.compile("(?i)(?!tel:)\\p{L}");
    private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();
    /// How carriers deliver a withheld number: the keypad spelling of RESTRICTED, ANONYMOUS, BLOCKED, UNKNOWN and so
    /// on.
    private static final Set<String> WITHHELD = Set.of("+266696687", "+7378742833", "+2562533", "+8566696", "+464",
            "+86282452253", "266696687", "7378742833", "2562533", "8566696", "86282452253", "anonymous", "unknown",
            "restricted", "unavailable", "private", "blocked", "withheld", "unknown caller", "no caller id");

    /// @return empty when the text is no address: nobody is meant by it
    public static Optional<Address> email(String raw) {
        if (raw == null) return Optional.empty();
        var text = Normalizer.normalize(raw.strip(), Normalizer.Form.NFC);
        if (text.length() > EMAIL_CHARS_MAX || !isEmail(text)) return Optional.empty();
        int at = text.lastIndexOf('@');
        try {
            var domain = text.substring(at + 1).toLowerCase(Locale.ROOT);
            if (!isPlain(domain)) {
                domain = IDN.toASCII(text.substring(at + 1), IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            }
            return Optional.of(new Address(EMAIL, text.substring(0, at).toLowerCase(Locale.ROOT) + "@" + domain, raw));
        } catch (IllegalArgumentException wrong) {
            return Optional.empty();
        }
    }

    private static boolean isEmail(String text) {
        int at = text.indexOf('@');
        int domain = text.length() - at - 1;
        return at > 0 && at <= LOCAL_CHARS_MAX && at == text.lastIndexOf('@') && domain > 0
                && domain <= DOMAIN_CHARS_MAX && text.chars().allMatch(c -> NOT_IN_EMAIL.indexOf(c) < 0);
    }

    /// Whether a domain is its own punycode, as nearly every one is.
    private static boolean isPlain(String domain) {
        int label = 0;
        for (int i = 0; i < domain.length(); i++) {
            char c = domain.charAt(i);
            if (c == '.' && label == 0) return false;
            label = c == '.' ? 0 : label + 1;
            boolean plain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.';
            if (!plain || label > LABEL_CHARS_MAX) return false;
        }
        return label > 0;
    }

    /// Whether the carrier's caller id means "withheld".
    public static boolean withheld(String raw) {
        return raw == null || raw.isBlank() || WITHHELD.contains(raw.strip().toLowerCase(Locale.ROOT));
    }

    /// A number as a carrier gives it: with a country code, as a short code, or in the national format of the line's
    /// country. Other digits (a service number of one network) identify no person.
    static Optional<Address> given(String raw, Region region) {
        var text = raw.strip();
        if (text.startsWith("+") || SHORT_CODE.matcher(text).matches()) return phone(text, region);
        return !withheld(text) && TypedNumber.read(text, region, null) instanceof TypedNumber.Read(var address)
                ? Optional.of(address) : Optional.empty();
    }

    /// @return empty for withheld callers, clients, SIP addresses and other non-numbers
    public static Optional<Address> phone(String raw, Region region) {
        return phone(raw, region.code());
    }

    /// @param region ISO 3166 of numbers written without a country code
    /// @return empty for withheld callers, clients, SIP addresses and what is no number
    public static Optional<Address> phone(String raw, String region) {
        if (withheld(raw)) return Optional.empty();
        var text = MEXICAN_MOBILE.matcher(raw.strip()).replaceFirst("+52$1");
        // A sender's name, or another kind of address (client:, sip:, whatsapp:), even with digits in it.
        if (LETTERS_FIRST.matcher(text).lookingAt()) return Optional.empty();
        if (SHORT_CODE.matcher(text).matches()) return Optional.of(new Address(PHONE, text, raw));
        try {
            var number = PHONES.parse(text, region);
            // Without an area code nobody knows whose number it is.
            if (PHONES.isPossibleNumberWithReason(number) != PhoneNumberUtil.ValidationResult.IS_POSSIBLE) {
                return Optional.empty();
            }
            return Optional.of(new Address(PHONE, PHONES.format(number, PhoneNumberFormat.E164), raw));
        } catch (NumberParseException wrong) {
            return Optional.empty();
        }
    }

    /// As above, for phone numbers with a country code only: the region is unknown here.
    public static Optional<Address> of(String kind, String raw) {
        return of(kind, raw, Region.NONE);
    }

    /// @param region for numbers without a country code
    /// @return empty when `kind` is unknown or the text doesn't parse as that kind
    public static Optional<Address> of(String kind, String raw, Region region) {
        return switch (kind) {
            case EMAIL -> email(raw);
            case PHONE -> phone(raw, region);
            case CHAT, EXTERNAL -> raw == null || raw.isBlank() || raw.length() > 200
                    ? Optional.empty() : Optional.of(new Address(kind, raw.strip(), raw));
            default -> Optional.empty();
        };
    }
}
