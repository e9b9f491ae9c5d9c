package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.virtually;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import switchboard.gateway.files.CustomerLines;
import switchboard.ticketing.Desk;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.people.CustomerImport;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportsTest {
    @TempDir
    Path folder;
    private Desk desk;
    private final List<String> told = new ArrayList<>();

    @BeforeAll
    void open() {
        desk = new Desk();
    }

    @AfterAll
    void close() {
        desk.close();
    }

    private String read(String name, String text) throws IOException {
        return read(Files.writeString(folder.resolve(name), text));
    }

    private String read(Path file) {
        told.clear();
        return virtually(() -> {
            var imports = new Imports(new CustomerImport(desk.database, desk.journal), told::add, () -> false);
            imports.read(file);
            return imports.summary();
        });
    }

    private switchboard.ticketing.people.Customer owner(String value) {
        return virtually(() -> desk.customers.get(Where.ALL, Where.ALL, desk.database.sql().value(UUID.class,
                "select customer_id from identity where value = $1", value).orElseThrow()));
    }

    @Test
    void aSpreadsheetIsReadWithAllThatItsColumnsSay() throws IOException {
        var text = "\uFEFFName,Nickname,EMAIL,Phone,External_ID,Company,Segments,Plan,attributes.Seats,Verified\r\n"
                + "\"Lund, Mia\",ignored,mia@a.test; mia@b.test,+1 555 012 0101,A-1,\"Lund \"\"& Co\"\"\","
                + "vip|eu,gold,12,\r\n"
                + ",,\r\n"
                + "\"two\nlines\",,two@a.test,,A-2,,,,,yes\r\n"
                + "王小明,,wang@a.test,,A-3,公司,,,,no\r\n"
                + "\"open,,open@a.test,,A-4,,,,,\r\n"
                + "Last,,last@a.test,,A-5,,,,,maybe\r\n"
                + "Good,,good@a.test,,A-6,,,,,\r\n"
                + "5\" lamp,,lamp@a.test,,A-7,,,,,\r\nAlso good,,also@a.test,,A-8,,,,,";
        assertEquals("9 lines: 5 customers new, 0 changed, 0 as they were, 4 problems", read("a.csv", text));
        assertEquals("columns kept as attributes, being nothing that is known: Nickname, Plan", told.removeFirst());
        assertEquals(4, told.size(), "" + told);
        assertEquals("line 3: has 3 columns, the header row has 10", told.getFirst());
        assertTrue(told.get(1).startsWith("line 7: "), "" + told);
        assertEquals("line 8: verified must be yes or no, not maybe", told.get(2));
        assertTrue(told.get(3).startsWith("line 10: "), "" + told);
        var mia = owner("A-1");
        assertEquals("Lund, Mia", mia.name());
        assertEquals("Lund \"& Co\"", mia.company());
        assertEquals(List.of("vip", "eu"), mia.segments());
        assertEquals(Map.of("Nickname", "ignored", "Plan", "gold", "Seats", "12"), mia.attributes());
        assertEquals(List.of("+15550120101", "A-1", "mia@a.test", "mia@b.test"),
                mia.identities().stream().map(one -> one.value()).sorted().toList());
        assertEquals("王小明", owner("A-3").name());
        assertTrue(owner("A-3").identities().stream().noneMatch(one -> one.verified()));
        assertEquals("9 lines: 0 customers new, 0 changed, 5 as they were, 4 problems", read("a.csv", text));
    }

    @Test
    void jsonLinesAreReadAndAWrongOneIsToldWithItsReason() throws IOException {
        var text = """
                {"name": "Kim", "email": "kim@j.test", "externalId": "J-1", "attributes": {"seats": 3, "tags": ["a"]}}

                {"name": "No"
                {"nam": "Typo", "email": "typo@j.test"}
                ["x"]
                {"identities": [{"kind": "email", "value": "lee@j.test", "verified": false}], "externalId": "J-2"}
                {"name": "Nobody"}
                {"email": "nul\\u0000@j.test"}
                """;
        assertEquals("7 lines: 3 customers new, 0 changed, 0 as they were, 4 problems", read("a.jsonl", text));
        assertEquals(List.of("line 3", "line 4", "line 5", "line 7"),
                told.stream().map(line -> line.split(":")[0]).sorted().toList());
        assertTrue(told.contains("line 4: has a field nam that nobody knows"), "" + told);
        assertEquals(Map.of("seats", 3, "tags", List.of("a")), owner("J-1").attributes());
        assertEquals("7 lines: 0 customers new, 0 changed, 3 as they were, 4 problems", read("a.jsonl", text));
    }

    @Test
    void manyLinesGoInChunksAndAStopLeavesWholeChunksOnly() throws IOException {
        var text = new StringBuilder("name,email\n");
        for (int i = 0; i < 1000; i++) text.append("P").append(i).append(",p").append(i).append("@many.test\n");
        var file = Files.writeString(folder.resolve("many.csv"), text);
        var asked = new AtomicInteger();
        virtually(() -> {
            new Imports(new CustomerImport(desk.database, desk.journal), told::add,
                    () -> asked.incrementAndGet() > 450).read(file);
            return null;
        });
        assertEquals(400L, virtually(() -> desk.database.sql().value(Long.class,
                "select count(*) from identity where value like '%@many.test'")).orElse(0L));
        assertEquals("1000 lines: 600 customers new, 0 changed, 400 as they were, 0 problems", read(file));
    }

    /// As for a file of any length: chunk after chunk.
    @Test
    @Tag("D46")
    void ofAManyThousandLinesTheGoodAreInAndTheWrongAreNamed() throws IOException {
        var text = new StringBuilder("name,email,phone\n");
        for (int i = 2; i <= 6001; i++) {
            var wrong = i == 3 || i == 2999 || i == 6001;
            text.append("L").append(i).append(wrong ? ",no address," : ",l" + i + "@long.test,").append("\n");
        }
        assertEquals("6000 lines: 5997 customers new, 0 changed, 0 as they were, 3 problems",
                read("long.csv", text.toString()));
        assertEquals(List.of("line 2999", "line 3", "line 6001"),
                told.stream().filter(line -> line.startsWith("line ")).map(line -> line.split(":")[0]).sorted()
                        .toList(),
                "" + told);
        assertEquals(5997L, virtually(() -> desk.database.sql().value(Long.class,
                "select count(distinct customer_id) from identity where value like '%@long.test'")).orElse(0L));
        assertEquals("L6000", owner("l6000@long.test").name());
    }

    @Test
    void aWrongFileIsOneLine() throws IOException {
        var wrong = Files.writeString(folder.resolve("wrong.csv"), "first,last\nMia,Lund\n");
        var empty = Files.writeString(folder.resolve("empty.csv"), "");
        assertEquals(wrong + ": the header row has no column external id, email or phone, only first, last",
                refused(wrong));
        assertEquals(empty + " is empty", refused(empty));
        var none = folder.resolve("none.csv");
        assertEquals("There is no file " + none + " to read", refused(none));
    }

    private static String refused(Path file) {
        return assertThrows(Settings.Wrong.class, () -> CustomerLines.open(file)).getMessage();
    }

    private Path bytes(String name, String text, String charset) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(charset));
    }

    @Test
    @Tag("D45")
    void filesAreReadAsSpreadsheetsWriteThem() throws IOException {
        var rows = "姓名,手机,邮箱,城市,,\r\n王小明,+8613800138%1$s,wang%1$s@s.test,上海,,\r\n李娜,+8613900139%1$s,n/a,北京,,\r\n";
        var charsets = List.of("UTF-8", "GBK", "GB18030", "UTF-16", "UTF-16LE");
        for (var charset : charsets) {
            var number = "00" + charsets.indexOf(charset);
            assertEquals("2 lines: 2 customers new, 0 changed, 0 as they were, 0 problems",
                    read(bytes(charset + ".csv", rows.formatted(number), charset)), charset + told);
            assertEquals("王小明", owner("wang" + number + "@s.test").name(), charset);
            assertEquals("李娜", owner("+8613900139" + number).name(), charset);
            assertEquals(List.of("columns kept as attributes, being nothing that is known: 城市"), told);
        }
        var signs = List.of(";", "\t", "|", ",");
        for (var sign : signs) {
            var text = "Full Name,Mobile,Work Phone,E-mail,\nAda Pike %s,+1555012%s,,ada%s@t.test,\n"
                    .replace(",", sign);
            var number = "030" + signs.indexOf(sign);
            assertEquals("1 lines: 1 customers new, 0 changed, 0 as they were, 0 problems",
                    read("sign" + number + ".csv", text.formatted(number, number, number)), sign + told);
            assertEquals("Ada Pike " + number, owner("+1555012" + number).name());
        }
        read("sep.csv", "sep=;\nfirst name;last name;email\nMia;Lund;mia@sep.test\n");
        assertEquals("Mia Lund", owner("mia@sep.test").name());
        read("han.csv", "名,姓,email\n小龙,陈,chen@sep.test\n");
        assertEquals("陈小龙", owner("chen@sep.test").name());
        read(bytes("west.csv", "name;email\nJos\u00e9 M\u00fcller;jose@west.test\n", "windows-1252"));
        assertEquals("José Müller", owner("jose@west.test").name());
    }

    @Test
    @Tag("D45")
    void aWrongCellLosesItselfAndNotItsRow() throws IOException {
        assertEquals("2 lines: 1 customers new, 0 changed, 0 as they were, 2 problems",
                read("cell.csv", "name,email,phone\nKim,kim@cell.test,1.38E+10\nLou,no address,\n"));
        assertEquals("Kim", owner("kim@cell.test").name());
        assertTrue(told.stream().anyMatch(line -> line.startsWith("line 2: ") && line.contains("1.38E+10")), "" + told);
        assertTrue(told.contains("line 3: no address is no email"), "" + told);
    }

    @Test
    @Tag("D40")
    void oneTelephoneOfManyPeopleMakesThemNotOne() throws IOException {
        var text = "name,email,phone\nAnna Berg,anna@fam.test,+15550140001\nBo Berg,bo@fam.test,+15550140001\n"
                + "Cleo Berg,,+15550140001\n";
        assertEquals("3 lines: 3 customers new, 0 changed, 0 as they were, 2 problems", read("family.csv", text));
        assertEquals("Anna Berg", owner("anna@fam.test").name());
        assertEquals("Bo Berg", owner("bo@fam.test").name());
        assertTrue(told.contains("line 3: +15550140001 is also Anna Berg's: both have it, marked as shared"),
                told.toString());
        assertTrue(owner("anna@fam.test").identities().stream().filter(one -> one.kind().equals("phone"))
                .allMatch(one -> one.shared()));
        assertTrue(owner("anna@fam.test").suggestions().stream().anyMatch(one -> one.customerName().equals("Bo Berg")));
        assertEquals("3 lines: 0 customers new, 0 changed, 3 as they were, 0 problems", read("family.csv", text));
    }
}
