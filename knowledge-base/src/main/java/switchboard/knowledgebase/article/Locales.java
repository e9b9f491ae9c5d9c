package switchboard.knowledgebase.article;

import java.util.List;
import java.util.Optional;
import switchboard.ticketing.base.Failure;

/// The languages of the help centre, as they stand in addresses.
public final class Locales {
    public static final String DEFAULT = "en";
    public static final List<String> ALL = List.of(DEFAULT, "zh-CN");

    private Locales() {}

    public static boolean known(String locale) {
        return locale != null && ALL.contains(locale);
    }

    /// @throws Failure.Invalid when the help centre does not speak it
    static void require(String locale) {
        if (!known(locale)) throw Failure.Invalid.field("locale", "must be one of " + String.join(", ", ALL));
    }

    /// The help centre's locale for a language tag: `zh-TW` and `zh` are read in `zh-CN`, `en-GB` in `en`.
    public static Optional<String> matching(String tag) {
        var language = tag.strip().split("[-_]", 2)[0].toLowerCase(java.util.Locale.ROOT);
        return ALL.stream().filter(locale -> locale.split("-")[0].equals(language)).findFirst();
    }
}
