package switchboard.ticketing.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresTest {

    private Path root;

    @BeforeEach
    void aPrivateFolder() throws IOException {
        root = Files.createTempDirectory("switchboard-"); // 0700
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(root)));
    }

    @AfterEach
    void remove() throws IOException {
        PostgresBinaries.deleteTree(root);
    }

    @Test
    void startsUnderAPrivateFolderWithALongPathAndIsDurableAndGuarded() throws Exception {
        Path home = root.resolve("a b".repeat(40)).resolve("home");
        assertTrue(home.toString().length() > 120);
        EmbeddedPostgres postgres = EmbeddedPostgres.start(home);
        try {
            assertFalse(postgres.adopted());
            assertEquals("18", query(postgres.uri(), "SHOW server_version").substring(0, 2));
            assertEquals("on", query(postgres.uri(), "SHOW fsync"));
            assertEquals("on", query(postgres.uri(), "SHOW data_checksums"));
            assertEquals("127.0.0.1", query(postgres.uri(), "SHOW listen_addresses"));
            assertEquals("", query(postgres.uri(), "SHOW unix_socket_directories"));
            assertEquals("UTF8", query(postgres.uri(), "SHOW server_encoding"));
            assertThrows(SQLException.class,
                    () -> query(postgres.uri().replace(postgres.password(), "guess"), "SELECT 1"));
            Path folder = home.resolve("postgres");
            assertEquals(String.valueOf(postgres.port()), Files.readString(folder.resolve("port")).strip());
            assertEquals("rw-------", PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(folder.resolve("password"))));
        } finally {
            postgres.stop();
        }
    }

    @Test
    void keepsItsRowsItsPortAndItsPasswordOverAStop() throws Exception {
        EmbeddedPostgres first = EmbeddedPostgres.start(root);
        execute(first.uri(), "CREATE TABLE kept AS SELECT 42 AS answer");
        first.stop();
        assertThrows(SQLException.class, () -> query(first.uri(), "SELECT 1"));
        EmbeddedPostgres second = EmbeddedPostgres.start(root);
        try {
            assertFalse(second.adopted());
            assertEquals(first.password(), second.password());
            assertEquals("42", query(second.uri(), "SELECT answer FROM kept"));
        } finally {
            second.stop();
        }
    }

    @Test
    void aSecondStartOnAHeldHomeIsAGuestThatLeavesTheServerAlone() throws Exception {
        EmbeddedPostgres holder = EmbeddedPostgres.start(root);
        try {
            EmbeddedPostgres guest = EmbeddedPostgres.start(root);
            assertTrue(guest.adopted());
            assertEquals(holder.uri(), guest.uri());
            guest.stop();
            assertEquals("1", query(holder.uri(), "SELECT 1"));
        } finally {
            holder.stop();
        }
    }

    @Test
    void adoptsTheServerOfAKilledJvmAndEndsItOnStop() throws Exception {
        Process jvm = otherJvm();
        String uri = firstLine(jvm);
        execute(uri, "CREATE TABLE kept AS SELECT 42 AS answer");
        kill(jvm);
        assertEquals("42", query(uri, "SELECT answer FROM kept"), "the server outlives its JVM");
        EmbeddedPostgres adopted = EmbeddedPostgres.start(root);
        assertTrue(adopted.adopted());
        assertEquals(uri, adopted.uri());
        adopted.stop();
        assertThrows(SQLException.class, () -> query(uri, "SELECT 1"));
    }

    @Test
    void recoversWhenJvmAndServerWereBothKilled() throws Exception {
        Process jvm = otherJvm();
        String uri = firstLine(jvm);
        execute(uri, "CREATE TABLE kept AS SELECT 42 AS answer");
        long server = Long.parseLong(Files.readAllLines(root.resolve("postgres/data/postmaster.pid")).getFirst());
        kill(jvm);
        ProcessHandle.of(server).orElseThrow().destroyForcibly();
        EmbeddedPostgres recovered = EmbeddedPostgres.start(root);
        try {
            assertFalse(recovered.adopted());
            assertEquals("42", query(recovered.uri(), "SELECT answer FROM kept"));
        } finally {
            recovered.stop();
        }
    }

    @Test
    void aProcessNumberThatWasGivenOutAgainDoesNotStopTheStart() throws Exception {
        startsBeside("echo $$; exec sleep 600");
    }

    @Test
    void aDeadServerThatNobodyBuriesDoesNotStopTheStart() throws Exception {
        startsBeside("sleep 0 & echo $!; exec sleep 600"); // which never asks for its child
    }

    /// @param stranger a shell's command that says the number of the process that the server's file is to name
    private void startsBeside(String stranger) throws Exception {
        EmbeddedPostgres first = EmbeddedPostgres.start(root);
        Path pidFile = root.resolve("postgres/data/postmaster.pid");
        List<String> lines = new ArrayList<>(Files.readAllLines(pidFile));
        first.stop();
        Process shell = new ProcessBuilder(Stream.concat(ServerAccount.current().prefix().stream(),
                Stream.of("sh", "-c", stranger)).toList()).start();
        lines.set(0, shell.inputReader().readLine());
        Files.write(pidFile, lines);
        try {
            EmbeddedPostgres second = EmbeddedPostgres.start(root);
            assertFalse(second.adopted());
            second.stop();
        } finally {
            kill(shell);
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsOneClearLine() throws Exception {
        Path file = Files.createFile(root.resolve("file"));
        String line = assertThrows(PostgresUnavailable.class, () -> EmbeddedPostgres.start(file)).getMessage();
        assertTrue(line.contains(file.toString()), line);
        assertEquals(1, line.lines().count());
    }

    @Test
    void anUnknownMachineIsOneClearLine() {
        String line = assertThrows(PostgresUnavailable.class,
                () -> PostgresBinaries.archiveFor("Linux", "riscv64")).getMessage();
        assertTrue(line.contains("riscv64") && line.contains("SWITCHBOARD_DATABASE_URL"), line);
    }

    /// Starts the server of `root`, prints its address, waits.
    static final class OtherJvm {
        static void main(String[] args) throws InterruptedException {
            System.out.println(EmbeddedPostgres.start(Path.of(args[0])).uri());
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private Process otherJvm() throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                OtherJvm.class.getName(), root.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static String firstLine(Process process) throws IOException {
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        assertTrue(line != null && line.startsWith("postgresql://"), "the other JVM said: " + line);
        return line;
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    }

    private static String query(String uri, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(Migrations.jdbcUrl(uri));
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(String uri, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(Migrations.jdbcUrl(uri));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void itsBuffersAreAShareOfTheMachinesMemoryWithinBounds() {
        long gib = 1L << 30;
        assertEquals(List.of("128MB", "128MB", "192MB", "1023MB", "1024MB", "1024MB"), Stream.of(0L, 2 * gib, 3 * gib,
                16 * gib - 1, 16 * gib, 64 * gib).map(Cluster::buffers).toList());
    }
}
