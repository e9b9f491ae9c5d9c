package switchboard.channels.email.mime;

import java.util.Locale;
import java.util.Set;
import org.apache.tika.Tika;

/// The media type of a file by its content and its name, for whoever opens it: their program decides by it what it is.
public final class FileType {
    private static final String ANY = "application/octet-stream";
    /// What somebody may call a file of which they know nothing.
    private static final Set<String> NOTHING_SAID = Set.of("", ANY, "application/binary", "application/x-download",
            "application/force-download", "application/unknown", "binary/octet-stream");

    private FileType() {}

    /// @param given what its uploader or sender called it; taken only where name and content say nothing
    public static String of(String name, String given, byte[] bytes) {
        var said = given == null ? "" : given.strip().toLowerCase(Locale.ROOT);
        if (!NOTHING_SAID.contains(said)) return said;
        var found = Detector.TIKA.detect(bytes, name);
        return found == null || found.isBlank() ? ANY : found;
    }

    /// Its tables are read when the first file needs them.
    private static final class Detector {
        static final Tika TIKA = new Tika();
    }
}
