package switchboard.ticketing.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// The server's programs, unpacked once from the archive on the class path into a folder named after its content.
record PostgresBinaries(Path folder) {

    static final String MAJOR = "18";
    private static final String UNPACKED = "switchboard.programs";

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    /// Unpacks into `<under>/<major>-<checksum>` unless that is there; a half unpacked folder never gets that name.
    static PostgresBinaries unpackedUnder(Path under) throws IOException {
        URL archive = archiveFor(System.getProperty("os.name"), System.getProperty("os.arch"));
        Path folder = under.resolve(MAJOR + "-" + checksum(archive));
        if (!Files.isDirectory(folder)) {
            Path partial = Files.createTempDirectory(under, "unpacking-");
            Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwxr-xr-x"));
            try {
                if (!takenOver(folder.getFileName(), partial)) {
                    unpack(archive, partial);
                }
                Files.move(partial, folder);
            } finally {
                deleteTree(partial);
            }
        }
        return new PostgresBinaries(folder);
    }

    /// Where the launcher's build has unpacked them already, they are linked, or copied, from there.
    private static boolean takenOver(Path name, Path into) throws IOException {
        String programs = System.getProperty(UNPACKED);
        Path from = programs == null ? null : Path.of(programs).resolve(name);
        if (from == null || !Files.isDirectory(from)) {
            return false;
        }
        try (var paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Path to = into.resolve(from.relativize(path));
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(to);
                    open(to, true);
                } else {
                    link(path, to);
                }
            }
        }
        return true;
    }

    private static void link(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (IOException | UnsupportedOperationException otherDisk) {
            Files.copy(from, to, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    static URL archiveFor(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : osName.toLowerCase(Locale.ROOT);
        String arch = switch (osArch) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> osArch;
        };
        URL archive = PostgresBinaries.class.getResource("/postgres-" + os + "-" + arch + ".txz");
        if (archive == null) {
            throw new PostgresUnavailable("No embedded PostgreSQL for " + osName + " on " + osArch
                    + ": set SWITCHBOARD_DATABASE_URL to a PostgreSQL 15 or newer");
        }
        return archive;
    }

    /// The checksum that the jar's index already holds, so that a start does not read 15 MB.
    private static String checksum(URL archive) throws IOException {
        var connection = archive.openConnection();
        long sum = connection instanceof JarURLConnection jar
                ? jar.getJarEntry().getCrc() : connection.getContentLengthLong();
        return Long.toHexString(sum);
    }

    private static void unpack(URL archive, Path into) throws IOException {
        try (InputStream raw = new BufferedInputStream(archive.openStream());
                var tar = new TarArchiveInputStream(new XZCompressorInputStream(raw))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = into.resolve(entry.getName()).normalize();
                if (!path.startsWith(into)) {
                    throw new IOException("archive entry outside its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    open(path, true);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(path.getParent());
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(tar, path);
                    open(path, (entry.getMode() & 0100) != 0);
                }
            }
        }
    }

    private static void open(Path path, boolean executable) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (var paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
