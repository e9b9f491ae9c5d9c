package switchboard.channels.twilio;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Bodies of the carrier's answers. The time limit of a request ends with the head of its answer.
public final class Bodies {
    private Bodies() {
    }

    /// @return at most one byte more than that
    /// @throws IOException also when it takes longer
    public static byte[] read(InputStream body, int bytesMax, Duration patience) throws IOException {
        var over = new CountDownLatch(1);
        Thread.ofVirtual().name("body-limit").start(() -> {
            try {
                if (!over.await(patience.toMillis(), TimeUnit.MILLISECONDS)) body.close();
            } catch (InterruptedException | IOException gone) {
                over.countDown();
            }
        });
        try {
            return body.readNBytes(bytesMax + 1);
        } finally {
            over.countDown();
        }
    }
}
