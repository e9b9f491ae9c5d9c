package switchboard.ticketing.postgres;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.postgres.BackupFormat.Content;
import switchboard.ticketing.postgres.BackupFormat.End;
import switchboard.ticketing.postgres.BackupFormat.Head;
import switchboard.ticketing.postgres.BackupFormat.Position;
import switchboard.ticketing.postgres.BackupFormat.Table;

/// Everything that PostgreSQL holds, as of one moment, in one file (`BackupFormat`). The program may go on meanwhile.
///
/// Rows stream through; memory holds one row at a time. The one transaction is long, but it only reads.
public final class Backup {
    /// Left out because they would let a finder of the file in: sessions, links, and unsent mails that carry a link.
    /// API tokens stay, as digests of 256 random bits.
    private static final Map<String, String> LEFT_OUT = Map.of("session", " where kind = 'api'",
            "outbox", " where not coalesce(payload @> '{\"secret\": true}' and payload -> 'text' is not null, false)");

    private final Connection connection;
    private final CopyManager copies;
    private final Catalog catalog;
    private final Consumer<String> progress;

    private Backup(Connection connection, Consumer<String> progress) throws SQLException {
        this.connection = connection;
        this.copies = connection.unwrap(PGConnection.class).getCopyAPI();
        this.catalog = new Catalog(connection);
        this.progress = progress;
    }

    /// Writes `file`, encrypted and readable by its owner alone; it appears under its name when it is whole. Blocks.
    ///
    /// @param passphrase without which nobody reads the file
    /// @param progress is told each table with its number of rows
    /// @return rows of all tables together
    /// @throws BackupRefused when the file exists or there is nothing to save
    public static long write(String postgresqlUri, Path file, String passphrase, Consumer<String> progress)
            throws IOException, SQLException {
        if (Files.exists(file)) throw new BackupRefused(file + " exists already: name another file");
        var part = file.resolveSibling(file.getFileName() + ".partial");
        Files.deleteIfExists(part);
        try (var connection = DriverManager.getConnection(Migrations.jdbcUrl(postgresqlUri))) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            long rows = new Backup(connection, progress).write(part, passphrase);
            connection.rollback();
            try (var written = FileChannel.open(part, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return rows;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private long write(Path part, String passphrase) throws IOException, SQLException {
        var migrations = catalog.migrations();
        if (migrations.isEmpty()) throw new BackupRefused("There is nothing to save: the database was never used");
        var server = catalog.rows("show server_version").getFirst().getFirst();
        var head = new Head(BackupFormat.FORMAT, BackupFormat.VERSION, Instant.now(), server, migrations,
                catalog.tables(), catalog.oldest());
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        var out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
        try (out; var zip = new ZipOutputStream(BackupCipher.encrypting(out, passphrase))) {
            zip.setLevel(Deflater.BEST_SPEED);
            var first = new Counted(zip);
            zip.putNextEntry(new ZipEntry(BackupFormat.HEAD));
            first.write(Json.STORED.writeValueAsBytes(head));
            zip.closeEntry();
            var contents = new LinkedHashMap<String, Content>();
            for (var table : head.tables()) contents.put(table.name(), rows(zip, table));
            zip.putNextEntry(new ZipEntry(BackupFormat.END));
            zip.write(Json.STORED.writeValueAsBytes(new End(first.sha256(), contents, sequences())));
            zip.closeEntry();
            return contents.values().stream().mapToLong(Content::rows).sum();
        }
    }

    private Content rows(ZipOutputStream zip, Table table) throws IOException, SQLException {
        zip.putNextEntry(new ZipEntry(BackupFormat.ROWS + table.name()));
        var out = new Counted(zip);
        long rows = copies.copyOut("copy (select " + Catalog.columns(table) + " from " + Catalog.quoted(table.name())
                + LEFT_OUT.getOrDefault(table.name(), "") + ") to stdout (format binary)", out);
        zip.closeEntry();
        progress.accept(table.name() + " " + rows);
        return new Content(rows, out.bytes, out.sha256());
    }

    /// Read last: a sequence is outside of transactions, and a number that was handed out since is not handed out
    /// again.
    private Map<String, Position> sequences() throws SQLException {
        var positions = new LinkedHashMap<String, Position>();
        for (var name : catalog.sequences()) {
            var row = catalog.rows("select last_value, is_called from " + Catalog.quoted(name)).getFirst();
            positions.put(name, new Position(Long.parseLong(row.getFirst()), row.get(1).startsWith("t")));
        }
        return positions;
    }

    /// Passes bytes on, counts and digests them; closing it closes nothing.
    private static final class Counted extends OutputStream {
        private final OutputStream out;
        private final java.security.MessageDigest digest = BackupFormat.digest();
        private long bytes;

        Counted(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] some, int from, int count) throws IOException {
            out.write(some, from, count);
            digest.update(some, from, count);
            bytes += count;
        }

        String sha256() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}
