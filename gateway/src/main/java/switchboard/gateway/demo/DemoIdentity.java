package switchboard.gateway.demo;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import switchboard.channels.chat.WidgetSettings;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.base.Signer;

/// The demo shop's server side: it vouches for the customer who is played, as a shop does for its signed-in customers
/// (`channels/docs/chat.md`).
public final class DemoIdentity {
    private static final Duration LASTS = Duration.ofMinutes(5);
    private static final String ALGORITHM = "HmacSHA256";

    private final String secret;

    /// @param programSecret of the demo program, from which the shop's secret is derived
    public DemoIdentity(String programSecret) {
        this.secret = Signer.digest("demo shop " + programSecret);
    }

    /// Gives the widget the shop's secret, unless somebody has set one.
    public void install(Database database, Signer signer) {
        database.sql().execute("""
                update setting set value = value || jsonb_build_object('identitySecret', $1::text)
                where name = 'widget' and value ->> 'identitySecret' is null""",
                signer.seal(WidgetSettings.SEAL_CONTEXT, secret));
    }

    /// @param key of the widget
    String jwt(Player player, String key) {
        var claims = Map.of("aud", key, "sub", player.key(), "email", player.email(), "name", player.name(),
                "exp", Instant.now().plus(LASTS).getEpochSecond());
        var text = base64(Json.write(Map.of("alg", "HS256", "typ", "JWT")).getBytes(StandardCharsets.UTF_8)) + "."
                + base64(Json.write(claims).getBytes(StandardCharsets.UTF_8));
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return text + "." + base64(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
