package switchboard.channels.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.people.Address;

/// Who the host page says its visitor is, signed by its server: a JWT (RFC 7519) by HS256 and nothing else.
///
/// @param subject the host's own id of the person
/// @param signature the token's id (`jti`), which makes it valid only once; empty when it has none
/// @param expires when the token expires
public record SignedVisitor(String subject, Optional<Address> email, String name, String signature, Instant expires) {
    static final Duration LIFETIME_MAX = Duration.ofMinutes(10);
    static final int SECRET_CHARS_MIN = 32;
    private static final Duration CLOCKS_DIFFER_MAX = Duration.ofSeconds(60);
    private static final int JWT_CHARS_MAX = 4096;
    private static final int SUBJECT_CHARS_MAX = 200;

    /// @param audience the widget's key
    /// @return empty for anything but a token that holds in every point
    static Optional<SignedVisitor> verify(String jwt, String secret, String audience, Instant now) {
        if (jwt.length() > JWT_CHARS_MAX || secret.length() < SECRET_CHARS_MIN) return Optional.empty();
        var parts = jwt.split("\\.", -1);
        if (parts.length != 3) return Optional.empty();
        try {
            var header = json(parts[0]);
            // The algorithm is ours to choose, not the token's: any other word there is refused.
            if (!header.path("alg").asText().equals("HS256") || header.has("crit")) return Optional.empty();
            boolean signed = MessageDigest.isEqual(mac(secret, parts[0] + "." + parts[1]), decode(parts[2]));
            if (!signed) return Optional.empty();
            return claims(json(parts[1]), audience, now);
        } catch (IllegalArgumentException | IOException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<SignedVisitor> claims(JsonNode claims, String audience, Instant now) {
        var aud = claims.path("aud");
        boolean forUs = aud.isArray()
                ? StreamSupport.stream(aud.spliterator(), false).anyMatch(one -> one.asText().equals(audience))
                : aud.isTextual() && aud.asText().equals(audience);
        if (!forUs || !claims.path("exp").isIntegralNumber()) return Optional.empty();
        var expires = Instant.ofEpochSecond(Math.clamp(claims.path("exp").asLong(), 0, 253_402_300_799L));
        boolean tooLong = expires.isAfter(now.plus(LIFETIME_MAX).plus(CLOCKS_DIFFER_MAX));
        boolean notYet = claims.path("nbf").asLong(0) > now.plus(CLOCKS_DIFFER_MAX).getEpochSecond();
        if (!expires.isAfter(now) || tooLong || notYet) return Optional.empty();
        var subject = claims.path("sub").isTextual() ? claims.path("sub").asText() : "";
        if (subject.isBlank() || subject.length() > SUBJECT_CHARS_MAX) return Optional.empty();
        return Optional.of(new SignedVisitor(subject, Address.email(claims.path("email").asText("")),
                claims.path("name").asText("").strip(), claims.path("jti").asText(""), expires));
    }

    private static JsonNode json(String part) throws IOException {
        try {
            return Json.API.readTree(decode(part));
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException("no JSON", wrong);
        }
    }

    private static byte[] decode(String part) {
        return Base64.getUrlDecoder().decode(part);
    }

    private static byte[] mac(String secret, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
