package switchboard.knowledgebase.article;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("U25")
class PictureFileTest {
    private static byte[] picture(String format) throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), format, out);
        return out.toByteArray();
    }

    private static byte[] webp(String chunk, int at, int size) {
        var bytes = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(32);
        bytes.put(("WEBP" + chunk).getBytes(StandardCharsets.US_ASCII)).putInt(20);
        return bytes.putInt(at, size).array();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif"})
    void aPictureIsKnownByItsBytesAndACutOneIsNone(String format) throws IOException {
        var bytes = picture(format);
        assertEquals(Optional.of("image/" + format), PictureFile.type(bytes));
        assertEquals(Optional.empty(), PictureFile.type(Arrays.copyOf(bytes, 12)));
    }

    @Test
    void aWebpOfEachKindIsKnown() {
        assertEquals(Optional.of("image/webp"), PictureFile.type(webp("VP8 ", 26, 640 | 480 << 16)));
        assertEquals(Optional.of("image/webp"), PictureFile.type(webp("VP8L", 21, 639 | 479 << 14)));
        assertEquals(Optional.of("image/webp"), PictureFile.type(webp("VP8X", 24, 639)));
        assertEquals(Optional.empty(), PictureFile.type(webp("VP8X", 24, 0xffffff)));
        assertEquals(Optional.empty(), PictureFile.type(webp("VP8 ", 26, 0)));
        assertEquals(Optional.empty(), PictureFile.type(webp("EXIF", 26, 640 | 480 << 16)));
    }

    @Test
    void whatOnlyBeginsLikeAPictureIsNone() throws IOException {
        assertEquals(Optional.empty(), PictureFile.type("GIF89a/*\0*/=1;alert(1)".getBytes(StandardCharsets.US_ASCII)));
        assertEquals(Optional.empty(), PictureFile.type("<svg/>".getBytes(StandardCharsets.US_ASCII)));
        assertEquals(Optional.empty(), PictureFile.type(new byte[0]));
        var png = picture("png");
        assertEquals(Optional.empty(), PictureFile.type(ByteBuffer.wrap(png.clone()).putInt(16, Integer.MAX_VALUE)
                .putInt(20, Integer.MAX_VALUE).array()), "a claimed size of billions of pixels");
    }
}
