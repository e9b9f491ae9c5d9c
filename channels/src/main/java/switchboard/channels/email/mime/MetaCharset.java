package switchboard.channels.email.mime;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// The charset declared in an HTML text's head.
final class MetaCharset {
    /// Browsers scan 1,024 bytes (WHATWG HTML, 13.2.3.2), but mail programs put long styles first.
    private static final int BYTES_MAX = 16 * 1024;
    private static final Pattern META = Pattern.compile(
            "<meta\\b[^>]{0,200}?charset\\s{0,5}=\\s{0,5}[\"']?\\s{0,5}([A-Za-z0-9._:-]{2,40})",
                    Pattern.CASE_INSENSITIVE);

    private MetaCharset() {}

    static Optional<String> of(byte[] html) {
        var head = new String(html, 0, Math.min(html.length, BYTES_MAX), StandardCharsets.ISO_8859_1);
        var meta = META.matcher(head);
        return meta.find() ? Optional.of(meta.group(1)) : Optional.empty();
    }
}
