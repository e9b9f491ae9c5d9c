package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.ticketing.Desk;
import switchboard.ticketing.TestDatabase;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.conversation.Blobs;
import switchboard.ticketing.conversation.Timeline;
import switchboard.ticketing.postgres.Backup;
import switchboard.ticketing.postgres.BackupRefused;
import switchboard.ticketing.postgres.EmbeddedPostgres;
import switchboard.ticketing.postgres.Migrations;
import switchboard.ticketing.postgres.Restore;

class BackupsTest {
    @TempDir
    static Path folder;
    private static Desk desk;
    private static final String SECRET = "a-secret-of-the-tests-only";
    private static UUID customer;
    private static Path saved;
    private static Path clear;

    /// A desk at work: mails, a long file, and writers who go on while the backup is made.
    @BeforeAll
    static void save() throws Exception {
        desk = new Desk();
        var first = Desk.mail("mia@x.test", "Hello\tworld", "line\nline \\ 😀 \\N", "1@x.test");
        customer = desk.receive(first).getFirst().customerId();
        desk.receive(Desk.mail("mia@x.test", "Re: Hello", "more", "2@x.test", "1@x.test"), Desk.sms("+15550120001",
                "你好"));
        var bytes = new byte[3 << 20];
        new java.util.Random(1).nextBytes(bytes);
        Desk.virtually(() -> desk.database.transaction(tx -> Blobs.store(tx, List.of(bytes))));
        Desk.virtually(() -> desk.inbox.put(new switchboard.ticketing.intake.Arrival("smtp", "lane", "key", Map.of(),
                bytes)));
        desk.settle();
        saved = folder.resolve("saved.backup");
        var stop = new AtomicBoolean();
        var writer = Thread.ofVirtual().start(() -> {
            for (int i = 0; !stop.get(); i++) {
                desk.receive(Desk.mail("busy@x.test", "Busy", "b", "busy" + i + "@x.test"));
            }
        });
        Backup.write(desk.uri, saved, SECRET, _ -> {});
        stop.set(true);
        writer.join();
        clear = BackupSecrecyTest.decrypted(saved, SECRET, folder.resolve("clear.zip"));
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    private static List<String> rows(String uri, String sql) {
        try (var connection = DriverManager.getConnection(Migrations.jdbcUrl(uri));
                var result = connection.createStatement().executeQuery(sql)) {
            var rows = new ArrayList<String>();
            while (result.next()) rows.add(result.getString(1));
            return rows;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static final String MIAS = """
            select to_jsonb(m) #- '{}' || jsonb_build_object('seq', o.seq) from message m
              join journal j on j.message_id = m.id join journal_order o on o.id = j.id
            where m.sender in ('mia@x.test', '+15550120001') order by o.seq""";

    @Test
    void aRestoreIntoANewClusterIsTheSameDeskAndGoesOnWhereItStopped() throws Exception {
        var home = folder.resolve("new-home");
        var settings = Settings.of(Map.of("SWITCHBOARD_HOME", home.toString(), "SWITCHBOARD_SECRET", SECRET),
                Map.of(), true);
        Files.createDirectories(home.resolve("search/index"));
        Backups.restore(List.of(saved.toString()), settings);
        assertFalse(Files.exists(home.resolve("search")), "the index followed another journal");
        var cluster = EmbeddedPostgres.start(home);
        try {
            assertEquals(rows(desk.uri, MIAS), rows(cluster.uri(), MIAS));
            assertEquals(rows(desk.uri, "select md5(string_agg(bytes, ''::bytea order by part)) from blob"),
                    rows(cluster.uri(), "select md5(string_agg(bytes, ''::bytea order by part)) from blob"));
            assertEquals(rows(desk.uri, "select md5(raw) from inbox"),
                    rows(cluster.uri(), "select md5(raw) from inbox"));
            assertEquals(List.of(), rows(cluster.uri(), "select holder from lease"));
            var keys = "select conrelid::regclass || conname || pg_get_constraintdef(oid) from pg_constraint"
                    + " where conparentid = 0 order by 1";
            assertEquals(rows(desk.uri, keys), rows(cluster.uri(), keys), "every foreign key is back");
            goesOn(cluster.uri());
        } finally {
            cluster.stop();
        }
    }

    /// The laws hold, the customer's timeline is the same, and what comes next gets the next numbers.
    private static void goesOn(String uri) {
        try (var second = new Desk(uri)) {
            second.settle();
            assertEquals(List.of(), Desk.virtually(() -> Fsck.run(second.database.sql())));
            assertEquals(timeline(desk), timeline(second));
            long last = Desk.virtually(second.journal::last);
            long number = Desk.virtually(() -> second.database.sql().value(Long.class,
                    "select max(number) from ticket")).orElseThrow();
            var placed = second.receive(Desk.mail("new@x.test", "New", "n", "new@x.test")).getFirst();
            second.settle();
            var seqs = Desk.virtually(() -> second.journal.after(last, 10)).stream().map(one -> one.seq()).toList();
            assertEquals(List.of(last + 1, last + 2, last + 3), seqs);
            assertTrue(second.ticket(placed.ticketId()).number() > number);
            assertEquals(List.of(), Desk.virtually(() -> Fsck.run(second.database.sql())));
        }
    }

    private static String timeline(Desk at) {
        return Desk.virtually(() -> at.timeline.ofCustomer(customer, Where.ALL, Timeline.Query.ALL)).items().toString();
    }

    @Test
    void theFileIsItsOwnersAloneAndNoOtherFileIsOverwritten() throws Exception {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(saved)));
        assertEquals(saved + " exists already: name another file",
                assertThrows(BackupRefused.class, () -> Backup.write(desk.uri, saved, SECRET, _ -> {})).getMessage());
        try (var names = Files.list(folder)) {
            assertTrue(names.noneMatch(name -> name.toString().endsWith(".partial")));
        }
    }

    @Test
    void aFileThatIsCutOffOrChangedIsRefusedInOneLineAndChangesNothing() throws Exception {
        var target = TestDatabase.freshDatabase();
        long size = Files.size(clear);
        for (long cut : new long[] {0, 10, size / 3, size - 30, size - 1}) {
            var file = Files.copy(clear, folder.resolve("cut" + cut));
            try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
                bytes.setLength(cut);
            }
            refused(target, file, "is no backup, or it is cut off");
        }
        var changed = Files.copy(clear, folder.resolve("changed"));
        try (var bytes = new RandomAccessFile(changed.toFile(), "rw")) {
            bytes.seek(size / 2);
            int old = bytes.read();
            bytes.seek(size / 2);
            bytes.write(old ^ 1);
        }
        refused(target, changed, "is damaged");
        refused(target, Files.writeString(folder.resolve("text"), "no archive"), "is no backup");
        refused(target, folder.resolve("none"), "There is no file");
        refused(target, rewritten("version", "\"version\":1", "\"version\":2"), "has the format version 2");
        refused(target, rewritten("newer", "\"migrations\":[", "\"migrations\":[\"1\","), "made by a newer program");
        assertEquals(List.of("0"), rows(target, "select count(*) from customer"));
    }

    private static void refused(String target, Path file, String why) {
        var told = assertThrows(BackupRefused.class, () -> Restore.read(target, file, SECRET, _ -> {})).getMessage();
        assertTrue(told.contains(why) && told.lines().count() == 1, told);
    }

    /// The same archive with another head, and an end that fits it.
    private static Path rewritten(String name, String from, String to) throws IOException {
        var file = folder.resolve(name);
        try (var zip = new ZipFile(clear.toFile());
                var out = new java.util.zip.ZipOutputStream(Files.newOutputStream(file))) {
            var sums = new HashMap<String, String>();
            for (var entry : java.util.Collections.list(zip.entries())) {
                var bytes = zip.getInputStream(entry).readAllBytes();
                if (entry.getName().equals("head.json")) {
                    var text = new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
                    assertTrue(text.contains(from), text);
                    sums.put("old", switchboard.ticketing.base.Signer.digest(bytes));
                    bytes = text.replace(from, to).getBytes(java.nio.charset.StandardCharsets.UTF_8);
                    sums.put("new", switchboard.ticketing.base.Signer.digest(bytes));
                } else if (entry.getName().equals("end.json")) {
                    bytes = new String(bytes, java.nio.charset.StandardCharsets.UTF_8)
                            .replace(sums.get("old"), sums.get("new"))
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
                }
                out.putNextEntry(new java.util.zip.ZipEntry(entry.getName()));
                out.write(bytes);
            }
        }
        return file;
    }

    @Test
    void aDatabaseThatHoldsAnythingOrIsInUseIsRefused() {
        var busy = assertThrows(BackupRefused.class, () -> Restore.read(desk.uri, saved, SECRET, _ -> {})).getMessage();
        assertEquals("Switchboard is running on this database: stop it first", busy);
        var used = TestDatabase.freshDatabase();
        try (var other = new Desk(used)) {
            other.receive(Desk.mail("a@x.test", "S", "x", "a1@x.test"));
        }
        Desk.until(() -> rows(used, "select 1 from pg_stat_activity where datname = current_database()"
                + " and application_name = 'switchboard'").isEmpty());
        var full = assertThrows(BackupRefused.class, () -> Restore.read(used, saved, SECRET, _ -> {})).getMessage();
        assertTrue(full.startsWith("The database is not empty (customer has rows)"), full);
    }

    @Test
    void aRestoreThatFailsHalfWayLeavesTheDatabaseAsItWas() throws Exception {
        var target = TestDatabase.freshDatabase();
        try (var connection = DriverManager.getConnection(Migrations.jdbcUrl(target));
                var statement = connection.createStatement()) {
            statement.execute("alter table ticket add constraint never check (number < 0)");
        }
        assertThrows(SQLException.class, () -> Restore.read(target, saved, SECRET, _ -> {}));
        assertEquals(List.of("0"), rows(target, "select count(*) from customer"));
        assertEquals(rows(desk.uri, "select count(*) from pg_constraint where contype = 'f'"),
                rows(target, "select count(*) from pg_constraint where contype = 'f'"));
    }
}
