package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.TestDatabase;
import switchboard.ticketing.access.Caller.Role;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.postgres.EmbeddedPostgres;
import switchboard.ticketing.postgres.Migrations;
import switchboard.ticketing.postgres.PostgresUnavailable;

/// What whoever takes over the program at work may do to its database: read and write rows, and add to the journal.
@Tag("S11")
class WorkingRoleTest {
    private static Server server;

    @BeforeAll
    static void open() {
        server = new Server();
        server.ticket(null, null);
        until("the ticket is in the journal's order", () -> ordered() > 0);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static void until(String what, java.util.function.BooleanSupplier done) {
        for (int i = 0; i < 400 && !done.getAsBoolean(); i++) {
            java.util.concurrent.locks.LockSupport.parkNanos(25_000_000);
        }
        assertTrue(done.getAsBoolean(), what);
    }

    private static long ordered() {
        return server.app.database.sql().value(Long.class, "select count(*) from journal_order").orElse(0L);
    }

    private static String state(String uri, String statement) {
        try (var connection = DriverManager.getConnection(Migrations.jdbcUrl(uri));
                var work = connection.createStatement()) {
            work.execute(statement);
            return "done";
        } catch (SQLException refused) {
            return refused.getSQLState();
        }
    }

    private static String working() {
        return server.app.settings.databaseUrl().orElseThrow();
    }

    private static void refused(String statement) {
        assertEquals("42501", state(working(), statement), statement);
    }

    @Test
    void itMakesChangesAndDropsNoTable() {
        for (var statement : List.of("create table mine (id int)", "drop table ticket", "truncate session",
                "alter table ticket add column mine int", "create index on ticket (subject)", "create schema mine",
                "create function mine() returns int language sql as 'select 1'", "create extension dblink",
                "create or replace function ensure_partitions(a text, b int, c int) returns void language sql as ''",
                "create trigger mine before update on ticket for each row execute function message_html_stale()",
                "select ensure_partitions('journal', 40, 0)", "drop table message cascade", "create role mine",
                "create database mine", "alter role switchboard_program superuser")) {
            refused(statement);
        }
    }

    @Test
    void whatHappenedCanBeAddedToAndNeitherChangedNorTakenAway() {
        var month = server.app.database.sql().value(String.class,
                "select tableoid::regclass::text from journal limit 1").orElseThrow();
        for (var statement : List.of("update journal set kind = 'other'", "delete from journal", "truncate journal",
                "update journal_order set seq = seq + 1", "delete from journal_order", "truncate journal_order",
                "delete from " + month, "update " + month + " set kind = 'other'", "drop table " + month,
                "alter table journal detach partition " + month,
                "insert into journal_order (seq, id, recorded_at) values (1, 1, now()) "
                        + "on conflict (seq) do update set id = 7",
                "merge into journal j using agent a on true when matched then delete")) {
            refused(statement);
        }
        assertEquals("done", state(working(),
                "insert into journal (at, kind, actor_type) values (now(), 'x', 'system')"));
    }

    @Test
    void itReadsNothingThatTheProgramHasNoUseFor() {
        for (var statement : List.of("select * from flyway_schema_history", "delete from flyway_schema_history",
                "select rolpassword from pg_authid", "select pg_read_file('postgresql.conf')",
                "copy ticket to '/tmp/never'", "copy ticket from program 'true'",
                "select pg_ls_dir('.')", "set role postgres", "set session_replication_role = 'replica'",
                "select lo_import('/etc/passwd')")) {
            assertTrue(List.of("42501", "22023", "42704").contains(state(working(), statement)), statement + " "
                    + state(working(), statement));
        }
        var rights = server.app.database.sql().value(String.class, "select concat(rolsuper, rolcreatedb, "
                + "rolcreaterole, rolreplication, rolbypassrls) from pg_roles "
                + "where rolname = current_user").orElseThrow();
        assertEquals("fffff", rights);
        assertEquals(0L, server.app.database.sql().value(Long.class, "select count(*) from pg_class "
                + "where relowner = current_user::regrole").orElseThrow());
    }

    private static Settings settings(Map<String, String> more) throws java.io.IOException {
        var home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "home");
        var environment = new HashMap<>(Map.of("SWITCHBOARD_HTTP_PORT", "0", "SWITCHBOARD_HOME", home.toString(),
                "SWITCHBOARD_SECRET", "a-secret-of-the-tests-only"));
        environment.putAll(more);
        return Settings.of(environment, Map.of(), false);
    }

    private static String user(Database database) {
        return database.sql().value(String.class, "select current_user::text").orElseThrow();
    }

    /// As an older program left it: its one role owns everything and did the work too.
    @Test
    void aHomeFromBeforeGoesOnWithTheWorkingRoleAndKeepsWhatItHolds() throws Exception {
        var settings = settings(Map.of());
        var before = EmbeddedPostgres.start(settings.home(), Map.of("fsync", "off"));
        Migrations.apply(before.uri());
        assertEquals("done", state(before.uri(), "insert into customer (id, name) values (gen_random_uuid(), 'Ada')"));
        before.stop();
        for (int start = 1; start <= 2; start++) {
            var app = App.start(settings);
            try {
                assertEquals("switchboard_program", user(app.database));
                assertEquals(1L, app.database.sql().value(Long.class,
                        "select count(*) from customer where name = 'Ada'").orElseThrow());
                try (var beside = new Desk(settings)) {
                    assertEquals("switchboard_program", user(beside.database));
                }
            } finally {
                app.close();
            }
        }
    }

    @Test
    void anExternalDatabaseWithOneRoleWorksAsBeforeAndASecondRoleCanBeGivenLater() throws Exception {
        var owner = TestDatabase.freshDatabase();
        App.start(settings(Map.of("SWITCHBOARD_DATABASE_URL", owner))).close();
        var name = "by_hand_" + Long.toString(System.nanoTime(), 36);
        var working = owner.replaceFirst("//.*@", "//" + name + ":of-the-tests@");
        var both = settings(Map.of("SWITCHBOARD_DATABASE_URL", working, "SWITCHBOARD_DATABASE_OWNER_URL", owner));
        var told = assertThrows(PostgresUnavailable.class, () -> App.start(both).close()).getMessage();
        assertTrue(told.contains(name) && told.lines().count() == 1, told);
        TestDatabase.execute(owner, "create role " + name + " login password 'of-the-tests'");
        var app = App.start(both);
        try {
            assertEquals(name, user(app.database));
            assertEquals("42501", state(working, "delete from journal"));
        } finally {
            app.close();
            TestDatabase.execute(owner, "drop owned by " + name);
            TestDatabase.execute(owner, "drop role " + name);
        }
    }

    @Test
    void theOwnersAddressAloneIsToldInOneLine() {
        var told = assertThrows(Settings.Wrong.class, () -> settings(Map.of("SWITCHBOARD_DATABASE_OWNER_URL",
                "postgresql://o:p@db.example/live"))).getMessage();
        assertTrue(told.contains("SWITCHBOARD_DATABASE_URL") && told.lines().count() == 1, told);
    }

    /// A backup and what an operator does beside the program need more than the program's own rights.
    @Test
    void aBackupIsMadeAsTheOwner() throws Exception {
        var settings = server.app.settings;
        var file = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "backup").resolve("saved");
        server.agent("ada", Role.AGENT);
        Backups.backup(List.of(file.toString()), settings);
        var target = TestDatabase.freshDatabase();
        Backups.restore(List.of(file.toString()), settings(Map.of("SWITCHBOARD_DATABASE_OWNER_URL", target,
                "SWITCHBOARD_DATABASE_URL", TestDatabase.working(target))));
        try (var again = new Server(Map.of("SWITCHBOARD_DATABASE_OWNER_URL", target, "SWITCHBOARD_DATABASE_URL",
                TestDatabase.working(target)))) {
            assertTrue(again.app.database.sql().exists("select 1 from agent where name = 'ada'"));
        }
    }
}
