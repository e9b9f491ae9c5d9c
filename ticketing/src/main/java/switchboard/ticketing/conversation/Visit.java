package switchboard.ticketing.conversation;

import com.ibm.icu.util.TimeZone;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.Locale;

/// Where a visitor of a web page writes a message, as their browser reports it. A claim; nothing is derived from the
/// network address.
///
/// @param page the page's address without query, fragment and user, by `http` or `https`; may be empty
/// @param title the page's title; may be empty
/// @param zone IANA time zone, such as `Europe/Zurich`; may be empty
/// @param country ISO 3166 code of the zone's country; empty where the zone belongs to none
/// @param language BCP 47 tag of the browser's language, such as `de-CH`; may be empty
public record Visit(String page, String title, String zone, String country, String language) {
    private static final int PAGE_CHARS_MAX = 500;
    private static final int TITLE_CHARS_MAX = 200;
    private static final int TAG_CHARS_MAX = 35;

    /// Keeps what is valid of a browser's report.
    public static Visit of(String page, String title, String zone, String language) {
        var place = zone != null && ZoneId.getAvailableZoneIds().contains(zone) ? zone : "";
        var address = page(page);
        return new Visit(address, address.isEmpty() ? "" : title(title), place, country(place), language(language));
    }

    public boolean nothing() {
        return page.isEmpty() && zone.isEmpty() && language.isEmpty();
    }

    /// The origin of `page`, as a browser's `Origin` header names it.
    public String origin() {
        return page.isEmpty() ? "" : page.substring(0, page.indexOf('/', page.indexOf("//") + 2));
    }

    public Visit withoutPage() {
        return new Visit("", "", zone, country, language);
    }

    /// Queries and fragments often hold tokens, so they are dropped.
    private static String page(String text) {
        if (text == null || text.isBlank()) return "";
        try {
            var uri = new URI(text.strip().replaceFirst("[?#].*$", "")).parseServerAuthority();
            var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) return "";
            var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            var page = scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port + path;
            return page.length() > PAGE_CHARS_MAX ? "" : page;
        } catch (URISyntaxException wrong) {
            return "";
        }
    }

    private static String title(String text) {
        if (text == null) return "";
        var clean = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]+", " ").strip();
        if (clean.length() <= TITLE_CHARS_MAX) return clean;
        boolean halved = Character.isHighSurrogate(clean.charAt(TITLE_CHARS_MAX - 1));
        return clean.substring(0, halved ? TITLE_CHARS_MAX - 1 : TITLE_CHARS_MAX);
    }

    private static String country(String zone) {
        if (zone.isEmpty()) return "";
        try {
            var region = TimeZone.getRegion(zone);
            return region.length() == 2 ? region : "";
        } catch (IllegalArgumentException unknown) {
            return "";
        }
    }

    private static String language(String tag) {
        if (tag == null || tag.length() > TAG_CHARS_MAX) return "";
        try {
            var language = new Locale.Builder().setLanguageTag(tag).build().toLanguageTag();
            return language.equals("und") ? "" : language;
        } catch (IllformedLocaleException wrong) {
            return "";
        }
    }
}
