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
/// @param greeting by language: `en`, which is what others fall back to, and `zh-CN`
/// @param allowedOrigins pages that may embed the widget, as `https://shop.example`; our own origin always may
/// @param hours null or without days: always
/// @param identitySecret what host pages sign their visitors with, sealed; null: nobody is signed
/// @param conversationsPerHourMax begun from one address of the network; null: 5
public record WidgetSettings(UUID id, String key, String name, String color, Map<String, String> greeting, UUID teamId,
                             List<String> allowedOrigins, Hours hours, String identitySecret,
                             Integer conversationsPerHourMax) {
    /// Name of the document in the table `setting`.
    public static final String NAME = "widget";
    /// What the identity secret is sealed for.
    public static final String SEAL_CONTEXT = "widget:identity";
    private static final int CONVERSATIONS_PER_HOUR_MAX = 5;
    private static final int KEY_CHARS = 22;

    /// What a widget is before anybody has set it up.
    public static WidgetSettings fresh(String name) {
        return new WidgetSettings(Ids.next(), Ids.secret().substring(0, KEY_CHARS), name, "#2f6f5e",
                Map.of("en", "Hello! How can we help?", "zh-CN", "您好！有什么可以帮您？"), null, List.of(), null, null,
                null);
    }

    Optional<String> secret(Signer signer) {
        return Optional.ofNullable(identitySecret).map(sealed -> signer.open(SEAL_CONTEXT, sealed));
    }

    Map<String, String> greetings() {
        return greeting == null ? Map.of() : greeting;
    }

    int conversationsPerHour() {
        return conversationsPerHourMax == null ? CONVERSATIONS_PER_HOUR_MAX : conversationsPerHourMax;
    }

    /// @param own our public origin, and the host that the browser asked for
    boolean allows(String origin, URI own, String host) {
        if (origin.equals(own.getScheme() + "://" + own.getAuthority())) return true;
        if (origin.equals("http://" + host) || origin.equals("https://" + host)) return true;
        return allowedOrigins != null && allowedOrigins.contains(origin);
    }
}
