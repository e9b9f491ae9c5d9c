package switchboard.gateway.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The driver's own log, outside the program: each line is on the disk before the driver goes on.
final class Notebook implements AutoCloseable {
    /// `NACKED`: surely not taken. `UNKNOWN`: the line broke where both may be. `REFUSED`: for good, which is an error
    /// here.
    enum Word { SENT, ACKED, NACKED, UNKNOWN, REFUSED }

    private final Path path;
    private final FileChannel file;

    Notebook(Path path) {
        this.path = path;
        try {
            file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void write(Word word, String key) {
        try {
            file.write(ByteBuffer.wrap((word + " " + key + "\n").getBytes(StandardCharsets.US_ASCII)));
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What was written of each key, in the order of their first lines.
    Map<String, Set<Word>> read() {
        var all = new LinkedHashMap<String, Set<Word>>();
        try {
            for (var line : Files.readAllLines(path)) {
                var parts = line.split(" ");
                all.computeIfAbsent(parts[1], _ -> EnumSet.noneOf(Word.class)).add(Word.valueOf(parts[0]));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
