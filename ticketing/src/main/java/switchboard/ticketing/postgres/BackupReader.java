package switchboard.ticketing.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.postgres.BackupFormat.End;
import switchboard.ticketing.postgres.BackupFormat.Head;

/// A backup's file that has been read once from end to end and found whole.
final class BackupReader implements AutoCloseable {
    private static final int JSON_BYTES_MAX = 16 << 20;

    private final ZipFile zip;
    final Head head;
    final End end;

    private BackupReader(ZipFile zip, Head head, End end) {
        this.zip = zip;
        this.head = head;
        this.end = end;
    }

    /// @throws BackupRefused for a file that is none, is cut off, was changed, or is of another version
    static BackupReader open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) throw new BackupRefused("There is no file " + file + " to read");
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException noEnd) {
            throw new BackupRefused(file + " is no backup, or it is cut off (" + noEnd.getMessage() + ")");
        }
        try {
            return verified(file, zip);
        } catch (IOException damaged) {
            zip.close();
            throw new BackupRefused(file + " is damaged (" + damaged.getMessage() + ")");
        } catch (RuntimeException refused) {
            zip.close();
            throw refused;
        }
    }

    private static BackupReader verified(Path file, ZipFile zip) throws IOException {
        if (zip.getEntry(BackupFormat.HEAD) == null) throw new BackupRefused(file + " is no backup");
        var format = Json.STORED.readTree(text(zip, BackupFormat.HEAD));
        if (!format.path("format").asText().equals(BackupFormat.FORMAT)) {
            throw new BackupRefused(file + " is no backup");
        }
        if (format.path("version").asInt() != BackupFormat.VERSION) {
            throw new BackupRefused(file + " has the format version " + format.path("version").asText()
                    + "; this program reads " + BackupFormat.VERSION);
        }
        if (zip.getEntry(BackupFormat.END) == null) throw new BackupRefused(file + " is cut off: it has no end");
        var head = Json.STORED.readValue(text(zip, BackupFormat.HEAD), Head.class);
        var end = Json.STORED.readValue(text(zip, BackupFormat.END), End.class);
        require(file, BackupFormat.HEAD, end.head(), zip);
        var names = head.tables().stream().map(BackupFormat.Table::name).collect(Collectors.toSet());
        if (!names.equals(Set.copyOf(end.tables().keySet()))) {
            throw new BackupRefused(file + " is damaged (its head and its end name other tables)");
        }
        for (var name : names) {
            require(file, BackupFormat.ROWS + name, end.tables().get(name).sha256(), zip);
        }
        return new BackupReader(zip, head, end);
    }

    private static void require(Path file, String entry, String sha256, ZipFile zip) throws IOException {
        var digest = BackupFormat.digest();
        try (var in = stream(zip, entry)) {
            var buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) digest.update(buffer, 0, count);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
            throw new BackupRefused(file + " is damaged (" + entry + " has another SHA-256 than the end says)");
        }
    }

    private static byte[] text(ZipFile zip, String entry) throws IOException {
        try (var in = stream(zip, entry)) {
            return in.readNBytes(JSON_BYTES_MAX);
        }
    }

    private static InputStream stream(ZipFile zip, String entry) throws IOException {
        var found = zip.getEntry(entry);
        if (found == null) throw new IOException(entry + " is missing");
        return zip.getInputStream(found);
    }

    InputStream rows(String table) throws IOException {
        return stream(zip, BackupFormat.ROWS + table);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
