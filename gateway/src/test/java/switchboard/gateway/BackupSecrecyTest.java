package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPEncryptedDataList;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPPBEEncryptedData;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcPBEDataDecryptorFactory;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.ticketing.Desk;
import switchboard.ticketing.TestDatabase;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.postgres.Backup;
import switchboard.ticketing.postgres.BackupRefused;
import switchboard.ticketing.postgres.Migrations;
import switchboard.ticketing.postgres.Restore;

/// A backup tells its finder nothing: it is opened by the installation's secret or a passphrase, and by nothing else.
@Tag("S18")
class BackupSecrecyTest {
    private static final String SECRET = "a-secret-of-the-company";
    private static final String OTHER = "the-secret-of-another-company";
    private static final String NAMES = "select string_agg(name, ',' order by name) from customer";

    @TempDir
    static Path folder;
    private static Desk desk;
    private static Path saved;

    @BeforeAll
    static void save() throws Exception {
        desk = new Desk();
        desk.receive(Desk.mail("mia@x.test", "A word that only Mia knows", "text", "1@x.test"),
                Desk.mail("noa@x.test", "Hello", "text", "2@x.test"));
        desk.settle();
        Desk.virtually(() -> {
            SealedSecrets.require(desk.database, new Signer(SECRET));
            return null;
        });
        saved = folder.resolve("saved.backup");
        Backup.write(desk.uri, saved, SECRET, _ -> {});
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    /// What the file holds, read as OpenPGP by other means than the program's.
    static Path decrypted(Path file, String passphrase, Path into) throws IOException {
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            var list = (PGPEncryptedDataList) new BcPGPObjectFactory(in).nextObject();
            var data = ((PGPPBEEncryptedData) list.get(0)).getDataStream(new BcPBEDataDecryptorFactory(
                    passphrase.toCharArray(), new BcPGPDigestCalculatorProvider()));
            var literal = (PGPLiteralData) new BcPGPObjectFactory(data).nextObject();
            Files.copy(literal.getInputStream(), into);
            return into;
        } catch (PGPException wrong) {
            throw new IOException(wrong);
        }
    }

    private static String customers(String uri) throws SQLException {
        try (var connection = DriverManager.getConnection(Migrations.jdbcUrl(uri));
                var rows = connection.createStatement().executeQuery(NAMES)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Settings settings(String uri, Map<String, String> more) {
        var environment = new HashMap<>(Map.of("SWITCHBOARD_DATABASE_URL", uri, "SWITCHBOARD_HOME",
                folder.resolve("home").toString()));
        environment.putAll(more);
        return Settings.of(environment, Map.of(), true);
    }

    private static String refused(String uri, Path file, String passphrase) throws SQLException {
        var told = assertThrows(BackupRefused.class, () -> Restore.read(uri, file, passphrase, _ -> {})).getMessage();
        assertEquals(1, told.lines().count(), told);
        assertEquals(null, customers(uri), "nothing was changed");
        return told;
    }

    @Test
    void theFileShowsNothingOfWhatItHolds() throws Exception {
        var bytes = new String(Files.readAllBytes(saved), StandardCharsets.ISO_8859_1);
        for (var word : List.of("PK\u0003\u0004", "head.json", "rows/", "switchboard", "mia@x.test")) {
            assertFalse(bytes.contains(word), word);
        }
        var clear = decrypted(saved, SECRET, folder.resolve("shown.zip"));
        assertTrue(new String(Files.readAllBytes(clear), StandardCharsets.ISO_8859_1).startsWith("PK\u0003\u0004"));
    }

    @Test
    void theSameBackupTwiceIsTwoFilesWithNothingInCommon() throws Exception {
        var again = folder.resolve("again.backup");
        Backup.write(desk.uri, again, SECRET, _ -> {});
        var one = Files.readAllBytes(saved);
        var other = Files.readAllBytes(again);
        int equal = 0;
        int count = Math.min(one.length, other.length);
        for (int i = 0; i < count; i++) equal += one[i] == other[i] ? 1 : 0;
        assertTrue(equal < count / 50, equal + " of " + count);
    }

    @Test
    void anotherSecretIsToldInWordsAndChangesNothing() throws Exception {
        var told = refused(TestDatabase.freshDatabase(), saved, OTHER);
        assertTrue(told.contains("is encrypted with another secret") && told.contains("SWITCHBOARD_SECRET")
                && told.contains("SWITCHBOARD_BACKUP_PASSPHRASE"), told);
        assertThrows(BackupRefused.class, () -> Restore.check(saved, OTHER));
        Restore.check(saved, SECRET);
    }

    @Test
    void anEncryptedFileThatIsCutOffOrChangedIsRefused() throws Exception {
        var target = TestDatabase.freshDatabase();
        long size = Files.size(saved);
        for (long cut : new long[] {0, 1, 10, 60, size / 3, size - 17, size - 1}) {
            var file = Files.copy(saved, folder.resolve("short" + cut));
            try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
                bytes.setLength(cut);
            }
            refused(target, file, SECRET);
        }
        for (long at : new long[] {0, 3, 30, 70, 200, size / 2, size - 20, size - 1}) {
            var file = Files.copy(saved, folder.resolve("changed" + at));
            try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
                bytes.seek(at);
                int old = bytes.read();
                bytes.seek(at);
                bytes.write(old ^ 1);
            }
            refused(target, file, SECRET);
        }
        assertTrue(refused(target, folder.resolve("short" + (size - 1)), SECRET).contains("is damaged or cut off"));
    }

    @Test
    void aBackupOfAnOlderProgramInClearIsRestoredWithAnySecret() throws Exception {
        var clear = decrypted(saved, SECRET, folder.resolve("older.backup"));
        var target = TestDatabase.freshDatabase();
        var changed = Files.copy(clear, folder.resolve("older-changed"));
        try (var bytes = new RandomAccessFile(changed.toFile(), "rw")) {
            bytes.seek(Files.size(changed) - 1);
            bytes.write(1);
        }
        assertTrue(refused(target, changed, SECRET).contains("cut off"));
        Backups.restore(List.of(clear.toString()), settings(target, Map.of()));
        assertEquals(customers(desk.uri), customers(target));
    }

    @Test
    void theCommandsSaveAndRestoreWithTheInstallationsSecret() throws Exception {
        var file = folder.resolve("by-command.backup");
        Backups.backup(List.of(file.toString()), settings(desk.uri, Map.of("SWITCHBOARD_SECRET", SECRET)));
        var target = TestDatabase.freshDatabase();
        var locked = assertThrows(BackupRefused.class,
                () -> Backups.restore(List.of(file.toString()), settings(target, Map.of())));
        assertTrue(locked.getMessage().contains("another secret"), locked.getMessage());
        Backups.restore(List.of(file.toString()), settings(target, Map.of("SWITCHBOARD_SECRET", SECRET)));
        assertEquals(customers(desk.uri), customers(target));
    }

    @Test
    void theCommandsTakeAPassphraseInsteadOfTheSecret() throws Exception {
        var file = folder.resolve("by-passphrase.backup");
        var words = Map.of("SWITCHBOARD_BACKUP_PASSPHRASE", "words that lie in the safe");
        Backups.backup(List.of(file.toString()), settings(desk.uri, words));
        assertThrows(BackupRefused.class, () -> Restore.check(file, SECRET));
        var target = TestDatabase.freshDatabase();
        Backups.restore(List.of(file.toString()), settings(target, words));
        assertEquals(customers(desk.uri), customers(target));
        var tooShort = assertThrows(Settings.Wrong.class,
                () -> settings(target, Map.of("SWITCHBOARD_BACKUP_PASSPHRASE", "short")));
        assertTrue(tooShort.getMessage().contains("SWITCHBOARD_BACKUP_PASSPHRASE"), tooShort.getMessage());
    }

    /// A mistyped secret would make a file that nobody opens, a missing one a file that everybody does.
    @Test
    void aSecretThatIsNotTheDatabasesMakesNoBackup() {
        var file = folder.resolve("never.backup");
        for (var secret : List.of(Optional.<String>empty(), Optional.of(OTHER))) {
            var environment = new HashMap<String, String>();
            secret.ifPresent(text -> environment.put("SWITCHBOARD_SECRET", text));
            var told = assertThrows(Settings.Wrong.class,
                    () -> Backups.backup(List.of(file.toString()), settings(desk.uri, environment))).getMessage();
            assertTrue(told.contains("SWITCHBOARD_SECRET") && told.contains(secret.isEmpty() ? "missing"
                    : "not the one of this database") && told.lines().count() == 1, told);
            assertFalse(Files.exists(file));
        }
    }
}
