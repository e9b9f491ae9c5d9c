package switchboard.gateway;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import switchboard.ticketing.postgres.Backup;
import switchboard.ticketing.postgres.EmbeddedPostgres;
import switchboard.ticketing.postgres.Restore;

/// `backup FILE`, which may run beside the program, and `restore FILE`, which may not.
final class Backups {
    private Backups() {}

    static void backup(List<String> words, Settings settings) throws Exception {
        var file = file(words, "backup");
        if (settings.databaseUrl().isEmpty() && !Files.exists(settings.home().resolve("postgres/data"))) {
            throw new Settings.Wrong("There is no database in " + settings.home());
        }
        long rows = withDatabase(settings, uri -> Backup.write(uri, file, System.err::println));
        System.out.println("Saved " + rows + " rows in " + file + " (" + Files.size(file) + " bytes)");
    }

    static void restore(List<String> words, Settings settings) throws Exception {
        var file = file(words, "restore");
        Restore.check(file);
        if (settings.databaseUrl().isEmpty()) refuseWhileRunning(settings.home(), "restore");
        long rows = withDatabase(settings, uri -> Restore.read(uri, file, System.err::println));
        forgetIndex(settings.home().resolve("search"));
        System.out.println("Restored " + rows + " rows from " + file);
    }

    private static Path file(List<String> words, String command) {
        if (words.size() != 1) throw new Settings.Wrong("usage: ./switchboard " + command + " FILE");
        return Path.of(words.getFirst()).toAbsolutePath().normalize();
    }

    private interface Work {
        long run(String uri) throws IOException, SQLException;
    }

    private static long withDatabase(Settings settings, Work work) throws IOException, SQLException {
        if (settings.databaseUrl().isPresent()) return work.run(settings.databaseUrl().get());
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
