package switchboard.channels.twilio;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The signature that Twilio puts on every webhook (`X-Twilio-Signature`): base64 of HMAC-SHA1, keyed with the
/// account's auth token, over the full URL followed by each form field's name and value, sorted by name. A name that
/// repeats contributes each of its different values once, sorted. A JSON body is covered by `bodySHA256` in the URL.
///
/// The URL must be the one that Twilio called: build it from the configured public address and the raw request
/// target, never from `Host` or forwarding headers. Safe for use by many threads.
public final class Signature {
    public static final String HEADER = "X-Twilio-Signature";

    /// What 20 bytes take in base64.
    private static final int CHARS = 28;
    private static final Pattern BODY_DIGEST = Pattern.compile("[?&]bodySHA256=([0-9a-fA-F]{64})(?:&|$)");
    private static final Pattern AUTHORITY = Pattern.compile("^(https?)://([^/?#]*)(.*)$", Pattern.DOTALL);

    private final List<String> authTokens;

    /// @param authTokens the account's primary token; during a rotation also the one that is about to go
    public Signature(List<String> authTokens) {
        this.authTokens = List.copyOf(authTokens);
    }

    /// Whether one of the tokens signed this form (for GET: an empty form) on this URL. The URL is also tried with its
    /// scheme's default port added or removed, since Twilio may have signed either.
    public boolean verify(String url, FormBody form, String header) {
        return header != null && anyMatches(url, fieldsOf(form), header);
    }

    /// Whether one of the tokens signed this URL, and the URL's digest is that of the body.
    public boolean verifyBody(String url, byte[] body, String header) {
        var digest = BODY_DIGEST.matcher(url);
        if (header == null || !digest.find()) {
            return false;
        }
        return same(digest.group(1).toLowerCase(Locale.ROOT), sha256(body)) & anyMatches(url, "", header);
    }

    /// Whether it could be a signature at all; tells without any work who need not be listened to.
    public static boolean shaped(String header) {
        return header != null && header.length() == CHARS;
    }

    public static String sign(String authToken, String url, FormBody form) {
        return hmac(authToken, url + fieldsOf(form));
    }

    /// The hexadecimal digest to put into the URL as `bodySHA256` before it is signed with an empty form.
    public static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean anyMatches(String url, String fields, String header) {
        boolean match = false;
        for (String token : authTokens) {
            for (String variant : Set.copyOf(List.of(url, withPort(url), withoutPort(url)))) {
                match |= same(hmac(token, variant + fields), header);
            }
        }
        return match;
    }

    private static String fieldsOf(FormBody form) {
        var byName = new TreeMap<String, TreeSet<String>>();
        form.fields().forEach(field -> byName.computeIfAbsent(field.name(), _ -> new TreeSet<>()).add(field.value()));
        var text = new StringBuilder();
        byName.forEach((name, values) -> values.forEach(value -> text.append(name).append(value)));
        return text.toString();
    }

    private static String withPort(String url) {
        var parts = AUTHORITY.matcher(url);
        if (!parts.matches() || hasPort(parts.group(2))) {
            return url;
        }
        int port = parts.group(1).equals("https") ? 443 : 80;
        return parts.group(1) + "://" + parts.group(2) + ":" + port + parts.group(3);
    }

    private static String withoutPort(String url) {
        var parts = AUTHORITY.matcher(url);
        if (!parts.matches() || !hasPort(parts.group(2))) {
            return url;
        }
        String authority = parts.group(2);
        return parts.group(1) + "://" + authority.substring(0, authority.lastIndexOf(':')) + parts.group(3);
    }

    private static boolean hasPort(String authority) {
        return authority.lastIndexOf(':') > Math.max(authority.lastIndexOf(']'), authority.lastIndexOf('@'));
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static String hmac(String token, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
