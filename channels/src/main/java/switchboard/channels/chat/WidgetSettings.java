package switchboard.channels.chat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Signer;

/// The document `widget` in the table `setting`.
///
/// @param key public name of the widget, as in `data-key`
/// @param color `#rrggbb`
/// @param greeting by language: `en`, `zh`
/// @param allowedOrigins pages that may embed the widget, as `https://shop.example`; our own origin always may
/// @param hours null: always
/// @param identitySecretSealed what host pages sign their visitors with, sealed by `seal`; null: nobody is signed
/// @param conversationsPerHourMax per address of the network; null: 5
public record WidgetSettings(String key, String name, String color, Map<String, String> greeting, UUID teamId,
                             List<String> allowedOrigins, Hours hours, String identitySecretSealed,
                             Integer conversationsPerHourMax) {
    /// Name of the document in the table `setting`.
    public static final String NAME = "widget";
    private static final int CONVERSATIONS_PER_HOUR_MAX = 5;
    private static final String SEAL_CONTEXT = "widget-identity";

    public static WidgetSettings fresh() {
        return new WidgetSettings(Ids.secret().substring(0, 20), "Support", "#386ad2",
                Map.of("en", "Hi! How can we help?", "zh", "您好！有什么可以帮您？"), null, List.of(), null, null, null);
    }

    /// The form in which the identity secret is stored.
    public static String seal(Signer signer, String secret) {
        return signer.seal(SEAL_CONTEXT, secret);
    }

    Optional<String> identitySecret(Signer signer) {
        return Optional.ofNullable(identitySecretSealed).map(sealed -> signer.open(SEAL_CONTEXT, sealed));
    }

    int conversationsPerHour() {
        return conversationsPerHourMax == null ? CONVERSATIONS_PER_HOUR_MAX : conversationsPerHourMax;
    }

    List<String> origins() {
        return allowedOrigins == null ? List.of() : allowedOrigins;
    }

    /// @param own our public origin, and the host that the browser asked for
    boolean allows(String origin, URI own, String host) {
        if (origin.equals(originOf(own))) return true;
        if (origin.equals("http://" + host) || origin.equals("https://" + host)) return true;
        return origins().contains(origin);
    }

    /// For the header that says which pages may frame the widget; what is no origin is left out.
    String frameAncestors() {
        return "'self'" + origins().stream().filter(origin -> origin.matches("https?://[A-Za-z0-9.*\\[\\]:-]+"))
                .map(origin -> " " + origin).collect(java.util.stream.Collectors.joining());
    }

    static String originOf(URI url) {
        return url.getScheme() + "://" + url.getAuthority();
    }
}
