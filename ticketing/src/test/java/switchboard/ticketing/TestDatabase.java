package switchboard.ticketing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import switchboard.ticketing.postgres.EmbeddedPostgres;
import switchboard.ticketing.postgres.Migrations;
import switchboard.ticketing.postgres.WorkingRole;

/// One real PostgreSQL per test JVM, in the module's `target/test-postgres`, kept between runs so that it starts in
/// less than a second. fsync is off: what a test writes need not survive a power cut.
public final class TestDatabase {

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final int HOMES_MAX = 20; // test JVMs of one module at the same time

    /// A process number alone comes back, in containers soon, and a database of that name may be there still.
    private static final String RUN = Long.toString(System.currentTimeMillis(), 36) + "_"
            + ProcessHandle.current().pid();

    private static EmbeddedPostgres server;
    private static String template;
    private static String worker;
    private static FileChannel claim; // held until the JVM ends
    private static int count;

    private TestDatabase() {
    }

    /// A new database with all migrations of the class path applied and nothing else in it, as `postgresql://` URI.
    public static synchronized String freshDatabase() {
        if (server == null) {
            start();
        }
        String name = "t_" + RUN + "_" + ++count;
        execute(server.uri(), "CREATE DATABASE " + name + " TEMPLATE " + template);
        return uriOf(name);
    }

    /// The same database for the role that the program works with.
    ///
    /// @param uri of a fresh database
    public static synchronized String working(String uri) {
        if (worker == null) worker = server.workingUri();
        return worker.replaceFirst("[^/]+$", "") + uri.substring(uri.lastIndexOf('/') + 1);
    }

    private static void start() {
        server = EmbeddedPostgres.start(ownHome(), Map.of("fsync", "off", "max_connections", "200"));
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop-test-postgres"));
        template = "worked_" + Integer.toHexString(Migrations.fingerprint(server.uri()));
        List<String> existing = databases();
        if (!existing.contains(template)) {
            execute(server.uri(), "DROP DATABASE IF EXISTS migrating WITH (FORCE)");
            execute(server.uri(), "CREATE DATABASE migrating");
            WorkingRole.prepare(uriOf("migrating"), working(uriOf("migrating")));
            execute(server.uri(), "ALTER DATABASE migrating RENAME TO " + template);
        }
        existing.removeIf(name -> name.equals(template) || !name.matches("t_.*|migrated_.*|worked_.*"));
        Thread.ofPlatform().daemon().name("drop-old-test-databases").start(() -> existing.forEach(TestDatabase::drop));
    }

    /// A second test JVM of the same module takes a second home.
    private static Path ownHome() {
        try {
            Files.createDirectories(TARGET);
            for (int i = 1; i <= HOMES_MAX; i++) {
                String name = i == 1 ? "test-postgres" : "test-postgres-" + i;
                claim = FileChannel.open(TARGET.resolve(name + ".lock"),
                        StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                if (claim.tryLock() != null) {
                    return TARGET.resolve(name);
                }
                claim.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("more than " + HOMES_MAX + " test runs in " + TARGET);
    }

    private static String uriOf(String database) {
        String uri = server.uri();
        return uri.substring(0, uri.lastIndexOf('/') + 1) + database;
    }

    private static List<String> databases() {
        var names = new ArrayList<String>();
        try (var connection = DriverManager.getConnection(Migrations.jdbcUrl(server.uri()));
                var rows = connection.createStatement().executeQuery("SELECT datname FROM pg_database")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return names;
    }

    private static void drop(String name) {
        try {
            execute(server.uri(), "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        } catch (IllegalStateException ending) {
            // the next run drops it
        }
    }

    /// Runs a statement with all rights.
    ///
    /// @param uri of a fresh database
    public static void execute(String uri, String sql) {
        try (var connection = DriverManager.getConnection(Migrations.jdbcUrl(uri));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql + ": " + e.getMessage(), e);
        }
    }
}
