package switchboard.gateway.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import switchboard.gateway.Settings;

/// A text that a person hands to a command: UTF-8, with or without a byte order mark.
public final class TextFile {
    /// Stands where bytes were no UTF-8.
    public static final char DAMAGED = '\uFFFD';
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TextFile() {}

    /// @throws Settings.Wrong when there is no such file
    public static Path existing(String name) {
        var file = Path.of(name);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new Settings.Wrong("There is no file " + name + " to read");
        }
        return file;
    }

    /// @throws Settings.Wrong when there is no such file
    public static BufferedReader open(Path file) throws IOException {
        var decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        var reader = new BufferedReader(new InputStreamReader(Files.newInputStream(existing(file.toString())),
                decoder));
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) reader.reset();
        return reader;
    }
}
