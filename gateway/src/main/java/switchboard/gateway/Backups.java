package switchboard.gateway;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.postgres.Backup;
import switchboard.ticketing.postgres.EmbeddedPostgres;
import switchboard.ticketing.postgres.Migrations;
import switchboard.ticketing.postgres.Restore;

/// `backup FILE`, which may run beside the program, and `restore FILE`, which may not.
final class Backups {
    private Backups() {}

    static void backup(List<String> words, Settings settings) throws Exception {
        var file = file(words, "backup");
        if (settings.databaseUrl().isEmpty() && !Files.exists(settings.home().resolve("postgres/data"))) {
            throw new Settings.Wrong("There is no database in " + settings.home());
        }
        long rows = withDatabase(settings, uri -> {
            requireKept(settings, uri);
            return Backup.write(uri, file, passphrase(settings), System.err::println);
        });
        System.out.println("Saved " + rows + " rows in " + file + " (" + Files.size(file) + " bytes)");
    }

    static void restore(List<String> words, Settings settings) throws Exception {
        var file = file(words, "restore");
        Restore.check(file, passphrase(settings));
        if (settings.databaseUrl().isEmpty()) refuseWhileRunning(settings.home(), "restore");
        long rows = withDatabase(settings, uri -> Restore.read(uri, file, passphrase(settings),
                System.err::println));
        forgetIndex(settings.home().resolve("search"));
        System.out.println("Restored " + rows + " rows from " + file);
    }

    private static String passphrase(Settings settings) {
        return settings.backupPassphrase().orElse(settings.secret());
    }

    /// Without a passphrase of its own a backup is opened by the secret that its database is sealed with: one that was
    /// forgotten to be set, or mistyped, would lock the file for ever or leave it open to everyone.
    private static void requireKept(Settings settings, String uri) throws SQLException {
        if (settings.backupPassphrase().isPresent()) return;
        boolean given = !settings.secret().equals(Settings.DEMO_SECRET);
        var signer = new Signer(settings.secret());
        if (mark(uri).map(mark -> SealedSecrets.marks(signer, mark)).orElse(given)) return;
        throw new Settings.Wrong("A backup is encrypted with SWITCHBOARD_SECRET, which is "
                + (given ? "not the one of this database" : "missing")
                + ": set it as for serve, or set SWITCHBOARD_BACKUP_PASSPHRASE");
    }

    private static Optional<String> mark(String uri) throws SQLException {
        try (var connection = DriverManager.getConnection(Migrations.jdbcUrl(uri));
                var statement = connection.createStatement()) {
            try (var table = statement.executeQuery("select to_regclass('setting') is not null")) {
                if (!table.next() || !table.getBoolean(1)) return Optional.empty();
            }
            try (var found = statement.executeQuery(SealedSecrets.MARKS)) {
                return found.next() ? Optional.ofNullable(found.getString(1)) : Optional.empty();
            }
        }
    }

    private static Path file(List<String> words, String command) {
        if (words.size() != 1) throw new Settings.Wrong("usage: ./switchboard " + command + " FILE");
        return Path.of(words.getFirst()).toAbsolutePath().normalize();
    }

    private interface Work {
        long run(String uri) throws IOException, SQLException;
    }

    private static long withDatabase(Settings settings, Work work) throws IOException, SQLException {
        if (settings.logins().isPresent()) return work.run(settings.logins().get().owner());
        var postgres = EmbeddedPostgres.start(settings.home());
        try {
            return work.run(postgres.uri());
        } finally {
            postgres.stop();
        }
    }

    /// The search index follows the journal of another database; the next start makes it anew.
    private static void forgetIndex(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }

    /// @param before what the program must be stopped before
    static void refuseWhileRunning(Path home, String before) throws IOException {
        if (!Files.exists(home.resolve("postgres"))) return;
        var lock = home.resolve("postgres/lock");
        try (var file = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var free = file.tryLock()) {
            if (free == null) {
                throw new Settings.Wrong("Switchboard is running in " + home + ": stop it before " + before);
            }
        }
    }
}
