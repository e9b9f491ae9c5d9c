package switchboard.channels.email;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where the real mail of other people lies that rules are measured with. It is not part of the project; a test that
/// cannot find it says so.
public final class Corpora {
    private Corpora() {}

    /// The folder, from the property `switchboard.corpora` or from `shared/corpora` beside or above the project; else
    /// the test is skipped.
    public static Path folder(String name) {
        var set = System.getProperty("switchboard.corpora");
        if (set != null && Files.isDirectory(Path.of(set, name))) return Path.of(set, name);
        for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            var here = at.resolve("shared/corpora").resolve(name);
            if (Files.isDirectory(here)) return here;
        }
        return abort("SKIPPED: no corpus " + name + " here; set -Dswitchboard.corpora=<folder> to measure");
    }

    public static List<Path> files(Path folder) {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
