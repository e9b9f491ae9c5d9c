package switchboard.channels.simulator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A telephone-quality sound file: 8,000 samples a second, 16 bits.
final class Wav {
    private static final int RATE = 8000;
    private static final int SECONDS_MAX = 60;
    private static final int HEADER_BYTES = 44;

    private Wav() {}

    static byte[] tone(int seconds, int channels) {
        int frames = Math.min(seconds, SECONDS_MAX) * RATE;
        int size = frames * channels * 2;
        var file = ByteBuffer.allocate(HEADER_BYTES + size).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(HEADER_BYTES - 8 + size).put(ascii("WAVEfmt ")).putInt(16)
                .putShort((short) 1).putShort((short) channels).putInt(RATE).putInt(RATE * channels * 2)
                .putShort((short) (channels * 2)).putShort((short) 16).put(ascii("data")).putInt(size);
        for (int frame = 0; frame < frames; frame++) {
            short sample = (short) (1500 * Math.sin(2 * Math.PI * 330 * frame / RATE));
            for (int channel = 0; channel < channels; channel++) {
                file.putShort(sample);
            }
        }
        return file.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
