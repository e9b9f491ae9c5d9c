package switchboard.ticketing.access;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Sql;

/// Which numbers the carrier may call, customers' and agents' alike. The company pays for every call that a stolen
/// account makes.
///
/// A country is closed unless one of our lines is there or the setting `calls` names it. Premium and shared-cost
/// numbers, satellite and other codes without a country (+870, +881 to +883, +979), and anything but a phone number
/// (`sip:`) are never called.
public final class Dialable {
    private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();
    private static final Set<PhoneNumberType> COSTLY = Set.of(PhoneNumberType.PREMIUM_RATE,
            PhoneNumberType.SHARED_COST);
    /// libphonenumber's region for codes that belong to no country.
    private static final String NO_COUNTRY = "001";
    private static final int NORTH_AMERICA = 1;
    /// Premium in North America, even where the rest of the number is unassigned.
    private static final Set<String> PREMIUM_AREAS = Set.of("900", "976");

    private Dialable() {}

    /// @param number in E.164
    /// @throws Failure.Invalid when we may not call it
    public static void require(Sql sql, String field, String number) {
        var parsed = parsed(number).orElseThrow(() -> Failure.Invalid.field(field, "is no telephone number"));
        if (costly(parsed)) throw Failure.Invalid.field(field, "is a premium or satellite number");
        var country = String.valueOf(PHONES.getRegionCodeForNumber(parsed));
        if (!open(sql, parsed.getCountryCode(), country)) {
            throw Failure.Invalid.field("country-closed", field, "Calls to " + name(country, parsed.getCountryCode())
                    + " are not enabled; an administrator can allow them under Settings, Company");
        }
    }

    /// An agent's own phone as stored, in E.164. A company without a line calls no number, so every country is accepted
    /// until then; the number is checked again before it rings.
    ///
    /// @throws Failure.Invalid when we may not call it
    public static String own(Sql sql, String field, String given) {
        if (given.isBlank()) return "";
        var number = parsed(given.strip()).filter(PHONES::isPossibleNumber)
                .map(parsed -> PHONES.format(parsed, PhoneNumberFormat.E164))
                .orElseThrow(() -> Failure.Invalid.field(field,
                        "must be a telephone number in international form, as in +15005550006"));
        if (costly(parsed(number).orElseThrow())) {
            throw Failure.Invalid.field(field, "is a premium or satellite number");
        }
        if (sql.exists("select 1 from phone_number")) require(sql, field, number);
        return number;
    }

    private static String name(String country, int callingCode) {
        return country.length() == 2 ? Locale.of("", country).getDisplayCountry(Locale.ENGLISH) + " (+" + callingCode
                + ")" : "+" + callingCode;
    }

    private static boolean open(Sql sql, int callingCode, String country) {
        boolean ours = sql.column(String.class, "select number from phone_number limit 200").stream()
                .flatMap(own -> parsed(own).stream()).anyMatch(own -> own.getCountryCode() == callingCode);
        return ours || sql.exists("""
                select 1 from setting where name = 'calls' and (value -> 'callingCodes' @> to_jsonb($1::int)
                  or value -> 'regions' @> to_jsonb($2::text))""", callingCode, country);
    }

    private static boolean costly(PhoneNumber number) {
        var area = String.valueOf(number.getNationalNumber());
        return NO_COUNTRY.equals(PHONES.getRegionCodeForCountryCode(number.getCountryCode()))
                || COSTLY.contains(PHONES.getNumberType(number))
                || number.getCountryCode() == NORTH_AMERICA && area.length() > 2
                && PREMIUM_AREAS.contains(area.substring(0, 3));
    }

    private static Optional<PhoneNumber> parsed(String number) {
        if (!number.matches("\\+[0-9 ().\\-/]{6,30}")) return Optional.empty();
        try {
            return Optional.of(PHONES.parse(number, null));
        } catch (NumberParseException none) {
            return Optional.empty();
        }
    }
}
