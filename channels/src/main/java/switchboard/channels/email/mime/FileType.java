package switchboard.channels.email.mime;

import java.util.Locale;
import java.util.Set;
import org.apache.tika.Tika;

/// A file's media type by content and name. The recipient's system chooses the program by it.
public final class FileType {
    private static final String ANY = "application/octet-stream";
    /// Types that say nothing about a file.
    private static final Set<String> NOTHING_SAID = Set.of("", ANY, "application/binary", "application/x-download",
            "application/force-download", "application/unknown", "binary/octet-stream");

    private FileType() {}

    /// @param given the type that the uploader or sender declared; used only when name and content don't tell
    public static String of(String name, String given, byte[] bytes) {
        var said = given == null ? "" : given.strip().toLowerCase(Locale.ROOT);
        if (!NOTHING_SAID.contains(said)) return said;
        var found = Detector.TIKA.detect(bytes, name);
        return found == null || found.isBlank() ? ANY : found;
    }

    /// Loads its tables with the first file.
    private static final class Detector {
        static final Tika TIKA = new Tika();
    }
}
