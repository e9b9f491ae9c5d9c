package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.TestDatabase;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.postgres.EmbeddedPostgres;
import switchboard.ticketing.postgres.PostgresUnavailable;

/// The folder and the database that a start may take, and which it refuses.
class HomeTest {
    private static Settings settings(boolean demo, String database, Path home) {
        var environment = new HashMap<>(Map.of("SWITCHBOARD_HTTP_PORT", "0", "SWITCHBOARD_SMTP_PORT", "0",
                "SWITCHBOARD_DEMO_CARRIER_PORT", "0", "SWITCHBOARD_HOME", home.toString(), "SWITCHBOARD_SECRET",
                "a-secret-of-the-tests-only"));
        if (database != null) environment.put("SWITCHBOARD_DATABASE_URL", database);
        return Settings.of(environment, Map.of(), demo);
    }

    private static Path home() throws IOException {
        return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "home");
    }

    private static String refused(Settings settings) {
        var line = assertThrows(Settings.Wrong.class, () -> App.start(settings).close()).getMessage();
        assertFalse(line.contains("\n") || line.contains("Exception"), line);
        return line;
    }

    @Test
    void theDemosDatabaseIsRefusedInProductionAndServesTheDemoOn() throws IOException {
        var database = TestDatabase.freshDatabase();
        App.start(settings(true, database, home())).close();
        var line = refused(settings(false, database, home()));
        assertTrue(line.contains("demo") && line.contains("SWITCHBOARD_HOME"), line);
        App.start(settings(true, database, home())).close();
    }

    @Test
    void theDemoDoesNotTakeTheDatabaseOfACompany() throws IOException {
        var database = TestDatabase.freshDatabase();
        try (var server = new Server(Map.of("SWITCHBOARD_DATABASE_URL", database))) {
            server.agent("ada", Role.AGENT);
        }
        var line = refused(settings(true, database, home()));
        assertTrue(line.contains("SWITCHBOARD_HOME"), line);
        App.start(settings(false, database, home())).close();
    }

    @Test
    void aHomeThatCannotBeWrittenIsOneLineThatNamesItAndTheSetting() throws IOException {
        var file = Files.createTempFile(home(), "not", "folder");
        for (var impossible : new Path[] {file, file.resolve("below"), Path.of("/proc/nowhere")}) {
            for (var database : new String[] {null, TestDatabase.freshDatabase()}) {
                var line = refused(settings(true, database, impossible));
                assertTrue(line.contains(impossible.toString()) && line.contains("SWITCHBOARD_HOME"), line);
            }
            var line = assertThrows(PostgresUnavailable.class, () -> EmbeddedPostgres.start(impossible)).getMessage();
            assertTrue(line.contains(impossible.toString()) && line.contains("SWITCHBOARD_HOME"), line);
            assertFalse(line.contains("Exception"), line);
        }
        assertEquals(0, Files.size(file));
    }
}
