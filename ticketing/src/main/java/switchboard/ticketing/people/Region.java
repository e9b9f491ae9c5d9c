package switchboard.ticketing.people;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Locale;
import java.util.Optional;
import switchboard.ticketing.base.Sql;

/// The country whose national format applies to a phone number without a country code. It is a setting of each of our
/// lines and of the company. A line's default comes from its own number, the company's from its first line.
///
/// @param code ISO 3166, two capitals; `ZZ` where no country is known: then only numbers with a country code are read
public record Region(String code) {
    public static final Region NONE = new Region("ZZ");
    private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();

    /// @return empty when the code has no phone numbers
    public static Optional<Region> of(String code) {
        var upper = code == null ? "" : code.strip().toUpperCase(Locale.ROOT);
        return PHONES.getSupportedRegions().contains(upper) ? Optional.of(new Region(upper)) : Optional.empty();
    }

    /// The region of a number with a country code; the code's largest country when the number doesn't tell.
    public static Region ofNumber(String e164) {
        try {
            var number = PHONES.parse(e164, null);
            var home = PHONES.getRegionCodeForNumber(number);
            return of(home).or(() -> of(PHONES.getRegionCodeForCountryCode(number.getCountryCode()))).orElse(NONE);
        } catch (NumberParseException none) {
            return NONE;
        }
    }

    /// @param number one of our lines, in E.164
    public static Region ofLine(Sql sql, String number) {
        return sql.value(String.class, "select region from phone_number where number = $1", number)
                .flatMap(Region::of).or(() -> Optional.of(ofNumber(number)).filter(Region::known))
                .orElseGet(() -> ofCompany(sql));
    }

    public static Region ofCompany(Sql sql) {
        return sql.value(String.class, "select value ->> 'region' from setting where name = 'company'")
                .flatMap(Region::of).orElseGet(() -> ofFirstLine(sql));
    }

    private static Region ofFirstLine(Sql sql) {
        record Line(String number, String region) {}
        return sql.one(Line.class, "select number, region from phone_number order by name, id limit 1")
                .map(line -> of(line.region()).orElseGet(() -> ofNumber(line.number()))).orElse(NONE);
    }

    public boolean known() {
        return !equals(NONE);
    }

    /// The country with most speakers of a language other than English, for a number that doesn't fit our region.
    static Region ofLanguage(String language) {
        var tag = Locale.forLanguageTag(language == null ? "" : language);
        return of(tag.getCountry()).orElseGet(() -> switch (tag.getLanguage()) {
            case "zh" -> new Region(tag.getScript().equals("Hant") ? "TW" : "CN");
            case "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "tr" ->
                    new Region(tag.getLanguage().toUpperCase(Locale.ROOT));
            case "ja" -> new Region("JP");
            case "ko" -> new Region("KR");
            default -> NONE;
        });
    }
}
