package switchboard.knowledgebase.article;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Tells whether bytes are a picture that browsers show. SVG is missing on purpose: it can carry scripts.
final class PictureFile {
    /// A small file can claim a size whose pixels fill a reader's memory.
    static final int SIDE_PIXELS_MAX = 10_000;

    private PictureFile() {}

    /// @return `image/png`, `image/jpeg`, `image/gif` or `image/webp`; empty when it is none of them, is damaged at the
    ///     start, or is larger than [SIDE_PIXELS_MAX] on a side
    static Optional<String> type(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u0089PNG\r\n\u001a\n") && text.contains("IDAT")) return read("png", bytes);
        if (text.startsWith("\u00ff\u00d8\u00ff")) return read("jpeg", bytes);
        if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) return read("gif", bytes);
        if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) return webp(text, bytes);
        return Optional.empty();
    }

    private static Optional<String> read(String format, byte[] bytes) {
        var reader = ImageIO.getImageReadersByFormatName(format).next();
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in);
            return shown(format, reader.getWidth(0), reader.getHeight(0));
        } catch (IOException | RuntimeException damaged) {
            return Optional.empty();
        } finally {
            reader.dispose();
        }
    }

    /// The JDK reads no WebP; its first chunk holds the size (RFC 9649, sections 2.5 to 2.7).
    private static Optional<String> webp(String text, byte[] bytes) {
        if (bytes.length < 30) return Optional.empty();
        var in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (Integer.toUnsignedLong(in.getInt(4)) + 8 > bytes.length) return Optional.empty();
        return switch (text.substring(12, 16)) {
            case "VP8 " -> shown("webp", in.getShort(26) & 0x3fff, in.getShort(28) & 0x3fff);
            case "VP8L" -> shown("webp", (in.getInt(21) & 0x3fff) + 1, (in.getInt(21) >> 14 & 0x3fff) + 1);
            case "VP8X" -> shown("webp", (in.getInt(24) & 0xffffff) + 1, (in.getInt(26) >> 8 & 0xffffff) + 1);
            default -> Optional.empty();
        };
    }

    private static Optional<String> shown(String format, int width, int height) {
        boolean fits = width > 0 && height > 0 && width <= SIDE_PIXELS_MAX && height <= SIDE_PIXELS_MAX;
        return fits ? Optional.of("image/" + format) : Optional.empty();
    }
}
