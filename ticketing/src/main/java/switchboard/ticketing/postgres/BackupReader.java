package switchboard.ticketing.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.postgres.BackupFormat.End;
import switchboard.ticketing.postgres.BackupFormat.Head;

/// A backup's file that has been read once from end to end and found whole. It is never in clear on a disk: an
/// encrypted one is opened a second time for its rows, which are read as they come.
final class BackupReader implements AutoCloseable {
    private static final int JSON_BYTES_MAX = 16 << 20;
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    /// An OpenPGP message begins with the packet of its key.
    private static final byte[] MESSAGE = {(byte) 0xC3};

    private final Path file;
    private final String passphrase;
    final Head head;
    final End end;
    private ZipInputStream entries; // where the last rows were found; null before the first

    private BackupReader(Path file, String passphrase, Head head, End end) {
        this.file = file;
        this.passphrase = passphrase;
        this.head = head;
        this.end = end;
    }

    /// @param passphrase of an encrypted file; one of an older program is in clear
    /// @throws BackupRefused for a file that is none, is cut off, was changed, is of another version or locked
    static BackupReader open(Path file, String passphrase) throws IOException {
        if (!Files.isRegularFile(file)) throw new BackupRefused("There is no file " + file + " to read");
        if (begins(file, ZIP)) requireEnd(file);
        else if (!begins(file, MESSAGE)) throw new BackupRefused(file + " is no backup, or it is cut off");
        try {
            return verified(file, passphrase);
        } catch (BackupCipher.Locked locked) {
            throw new BackupRefused(file + " is encrypted with another secret than SWITCHBOARD_BACKUP_PASSPHRASE or,"
                    + " without it, SWITCHBOARD_SECRET: set the one of the time of the backup");
        } catch (IOException damaged) {
            throw new BackupRefused(file + " is damaged or cut off (" + damaged.getMessage() + ")");
        }
    }

    private static boolean begins(Path file, byte[] with) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(with.length), with);
        }
    }

    private static void requireEnd(Path file) throws IOException {
        try {
            new ZipFile(file.toFile()).close();
        } catch (IOException noEnd) {
            throw new BackupRefused(file + " is no backup, or it is cut off (" + noEnd.getMessage() + ")");
        }
    }

    private static InputStream stream(Path file, String passphrase) throws IOException {
        var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            return begins(file, ZIP) ? in : BackupCipher.decrypting(in, passphrase);
        } catch (IOException refused) {
            in.close();
            throw refused;
        }
    }

    private static BackupReader verified(Path file, String passphrase) throws IOException {
        var sums = new HashMap<String, String>();
        var texts = new HashMap<String, byte[]>();
        try (var in = stream(file, passphrase)) {
            readAll(new ZipInputStream(in), sums, texts);
            in.transferTo(OutputStream.nullOutputStream()); // to the end of what the cipher vouches for
        }
        requireFormat(file, texts);
        var head = Json.STORED.readValue(texts.get(BackupFormat.HEAD), Head.class);
        var end = Json.STORED.readValue(texts.get(BackupFormat.END), End.class);
        require(file, BackupFormat.HEAD, end.head(), sums);
        var names = head.tables().stream().map(BackupFormat.Table::name).collect(Collectors.toSet());
        if (!names.equals(Set.copyOf(end.tables().keySet()))) {
            throw new BackupRefused(file + " is damaged (its head and its end name other tables)");
        }
        for (var name : names) require(file, BackupFormat.ROWS + name, end.tables().get(name).sha256(), sums);
        return new BackupReader(file, passphrase, head, end);
    }

    private static void readAll(ZipInputStream zip, Map<String, String> sums, Map<String, byte[]> texts)
            throws IOException {
        var buffer = new byte[1 << 16];
        for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            var digest = BackupFormat.digest();
            if (entry.getName().equals(BackupFormat.HEAD) || entry.getName().equals(BackupFormat.END)) {
                var text = zip.readNBytes(JSON_BYTES_MAX);
                digest.update(text);
                texts.put(entry.getName(), text);
            }
            for (int count = zip.read(buffer); count >= 0; count = zip.read(buffer)) digest.update(buffer, 0, count);
            sums.put(entry.getName(), HexFormat.of().formatHex(digest.digest()));
        }
    }

    private static void requireFormat(Path file, Map<String, byte[]> texts) throws IOException {
        if (!texts.containsKey(BackupFormat.HEAD)) throw new BackupRefused(file + " is no backup");
        var format = Json.STORED.readTree(texts.get(BackupFormat.HEAD));
        if (!format.path("format").asText().equals(BackupFormat.FORMAT)) {
            throw new BackupRefused(file + " is no backup");
        }
        if (format.path("version").asInt() != BackupFormat.VERSION) {
            throw new BackupRefused(file + " has the format version " + format.path("version").asText()
                    + "; this program reads " + BackupFormat.VERSION);
        }
        if (!texts.containsKey(BackupFormat.END)) throw new BackupRefused(file + " is cut off: it has no end");
    }

    private static void require(Path file, String entry, String sha256, Map<String, String> sums) throws IOException {
        if (!sums.containsKey(entry)) throw new IOException(entry + " is missing");
        if (!sums.get(entry).equals(sha256)) {
            throw new BackupRefused(file + " is damaged (" + entry + " has another SHA-256 than the end says)");
        }
    }

    /// Asked for in the file's order, all tables are read in one go. This reader closes the stream.
    InputStream rows(String table) throws IOException {
        if (entries != null && advance(table)) return entries;
        close();
        entries = new ZipInputStream(stream(file, passphrase));
        if (advance(table)) return entries;
        throw new IOException(BackupFormat.ROWS + table + " is missing");
    }

    private boolean advance(String table) throws IOException {
        var wanted = BackupFormat.ROWS + table;
        for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            if (entry.getName().equals(wanted)) return true;
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        if (entries != null) entries.close();
    }
}
