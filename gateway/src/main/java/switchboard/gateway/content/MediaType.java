package switchboard.gateway.content;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What bytes are by their own beginning, never by what their sender calls them. Only what a browser can show without
/// running anything is known: no SVG, no PDF, no HTML.
final class MediaType {
    private MediaType() {}

    static Optional<String> shownInPlace(byte[] bytes) {
        if (starts(bytes, 0, "\u0089PNG\r\n\u001a\n")) return Optional.of("image/png");
        if (starts(bytes, 0, "\u00ff\u00d8\u00ff")) return Optional.of("image/jpeg");
        if (starts(bytes, 0, "GIF87a") || starts(bytes, 0, "GIF89a")) return Optional.of("image/gif");
        if (starts(bytes, 0, "RIFF") && starts(bytes, 8, "WEBP")) return Optional.of("image/webp");
        if (starts(bytes, 0, "RIFF") && starts(bytes, 8, "WAVE")) return Optional.of("audio/wav");
        if (starts(bytes, 0, "ID3") || starts(bytes, 0, "\u00ff\u00fb")) return Optional.of("audio/mpeg");
        return Optional.empty();
    }

    private static boolean starts(byte[] bytes, int at, String magic) {
        var wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < at + wanted.length) return false;
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) return false;
        }
        return true;
    }
}
