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
/// E-mail: NFC, domain lower-case and punycode, local part as written (RFC 5321 section 2.4); plus-tags stay.
/// Phone: E.164 by libphonenumber, accepted when possible, whether or not valid; an extension is not identity.
public record Address(String kind, String value, String raw) {
    public static final String EMAIL = "email";
    public static final String PHONE = "phone";
    public static final String CHAT = "chat";
    public static final String EXTERNAL = "external";

    private static final int EMAIL_CHARS_MAX = 254;
    private static final Pattern EMAIL_FORM = Pattern.compile("[^\\s@<>,;:\"\\\\]{1,64}@[^\\s@<>,;:\"\\\\]{1,253}");
    /// Which is its own punycode; nearly every domain is.
    private static final Pattern PLAIN_DOMAIN = Pattern.compile("(?:[a-z0-9-]{1,63}\\.)*+[a-z0-9-]{1,63}");
    private static final Pattern LETTERS_FIRST = Pattern.compile("(?i)(?!tel:)\\p{L}");
    private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();
    /// How carriers deliver a withheld number: the keypad spelling of RESTRICTED, ANONYMOUS, BLOCKED, UNKNOWN and so
    /// on.
    private static final Set<String> WITHHELD = Set.of("+266696687", "+7378742833", "+2562533", "+8566696", "+464",
            "anonymous", "unknown", "restricted", "unavailable", "private");

    /// @return empty when the text is no address: nobody is meant by it
    public static Optional<Address> email(String raw) {
        if (raw == null) return Optional.empty();
        var text = Normalizer.normalize(raw.strip(), Normalizer.Form.NFC);
        if (text.length() > EMAIL_CHARS_MAX || !EMAIL_FORM.matcher(text).matches()) return Optional.empty();
        int at = text.lastIndexOf('@');
        try {
            var domain = text.substring(at + 1).toLowerCase(Locale.ROOT);
            if (!PLAIN_DOMAIN.matcher(domain).matches()) {
                domain = IDN.toASCII(text.substring(at + 1), IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            }
            return Optional.of(new Address(EMAIL, text.substring(0, at) + "@" + domain, raw));
        } catch (IllegalArgumentException wrong) {
            return Optional.empty();
        }
    }

    /// @param region ISO 3166 of numbers written without a country code
    /// @return empty for withheld callers, clients, SIP addresses and what is no number
    public static Optional<Address> phone(String raw, String region) {
        if (raw == null || WITHHELD.contains(raw.strip().toLowerCase(Locale.ROOT))) return Optional.empty();
        var text = raw.strip().replaceFirst("^\\+521(\\d{10})$", "+52$1");
        // A sender's name, or another kind of address (client:, sip:, whatsapp:), even with digits in it.
        if (LETTERS_FIRST.matcher(text).lookingAt()) return Optional.empty();
        if (text.matches("\\d{3,6}")) return Optional.of(new Address(PHONE, text, raw));
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

    /// @return empty when `kind` is unknown or the text is not of that kind
    public static Optional<Address> of(String kind, String raw) {
        return switch (kind) {
            case EMAIL -> email(raw);
            case PHONE -> phone(raw, "US");
            case CHAT, EXTERNAL -> raw == null || raw.isBlank() || raw.length() > 200
                    ? Optional.empty() : Optional.of(new Address(kind, raw.strip(), raw));
            default -> Optional.empty();
        };
    }
}
