package switchboard.gateway.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Bytes for a person to keep, never for a browser to run: sent as an attachment.
public record Download(String name, String mediaType, byte[] bytes) {
    private static final int NAME_CHARS_MAX = 150;

    /// `Content-Disposition` as in RFC 6266 and RFC 8187, with nothing in it that could end the header.
    public String disposition() {
        return disposition("attachment", name);
    }

    public static String disposition(String kind, String name) {
        var clean = clean(name);
        var ascii = clean.replaceAll("[^A-Za-z0-9._ -]", "_");
        var encoded = URLEncoder.encode(clean, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
        return kind + "; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
    }

    /// Without control, direction-changing and path characters.
    private static String clean(String name) {
        var clean = new StringBuilder();
        name.codePoints().limit(NAME_CHARS_MAX).filter(c -> Character.isLetterOrDigit(c)
                || " ._-()+,'&".indexOf(c) >= 0)
                .forEach(clean::appendCodePoint);
        var trimmed = clean.toString().strip();
        return trimmed.isEmpty() || trimmed.startsWith(".") ? "file" + trimmed : trimmed;
    }
}
