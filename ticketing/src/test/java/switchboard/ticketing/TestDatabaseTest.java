package switchboard.ticketing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.postgres.Migrations;

class TestDatabaseTest {

    @Test
    void eachFreshDatabaseIsMigratedAndSeesNothingOfTheOthers() throws SQLException {
        String one = TestDatabase.freshDatabase();
        String two = TestDatabase.freshDatabase();
        assertNotEquals(one, two);
        for (String uri : new String[] {one, two}) {
            try (var connection = DriverManager.getConnection(Migrations.jdbcUrl(uri));
                    var statement = connection.createStatement()) {
                statement.execute("CREATE TABLE only_here (id int)");
                try (var rows = statement.executeQuery("SELECT count(*) FROM pg_tables "
                        + "WHERE tablename = 'only_here'")) {
                    rows.next();
                    assertEquals(1, rows.getInt(1));
                }
            }
        }
    }

    @Test
    void everyMigrationOfTheModuleIsApplied() throws Exception {
        Set<String> written;
        try (var files = Files.walk(Path.of("src/main"))) {
            written = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("V\\d{12}__.*\\.sql")).collect(Collectors.toCollection(TreeSet::new));
        }
        var applied = new TreeSet<String>();
        try (var connection = DriverManager.getConnection(Migrations.jdbcUrl(TestDatabase.freshDatabase()));
                var rows = connection.createStatement().executeQuery(
                        "SELECT script FROM flyway_schema_history WHERE success AND version IS NOT NULL")) {
            while (rows.next()) {
                applied.add(Path.of(rows.getString(1)).getFileName().toString());
            }
        }
        assertEquals(written, applied);
    }
}
