package switchboard.ticketing.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static switchboard.ticketing.Desk.virtually;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.ticketing.Desk;
import switchboard.ticketing.TestDatabase;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlTest {
    enum Mood { CALM, LOUD }

    record Part(String name, int sizeBytes) {}

    record Everything(UUID id, String text, Instant at, int small, Integer maybeInt, long big, double share,
                      boolean yes, Optional<String> maybe, List<String> words, List<UUID> others,
                      Map<String, Object> facts, List<Part> parts, Instant never, List<String> none) {}

    private Desk desk;

    @BeforeAll
    void open() {
        desk = new Desk(TestDatabase.freshDatabase());
        virtually(() -> desk.database.sql().execute("""
                create table everything (id uuid, text text, at timestamptz, small smallint, maybe_int int,
                  big bigint, share float8, yes boolean, mood text, maybe text, words text[], others uuid[],
                  facts jsonb, parts jsonb, never timestamptz, none text[])"""));
    }

    @AfterAll
    void close() {
        desk.close();
    }

    @Test
    void whatIsInsertedIsWhatIsRead() {
        var awkward = List.of("plain", "", "a \"quoted\" word", "back\\slash", "{brace}, comma", "null", "线 😀");
        var one = new Everything(UUID.randomUUID(), "It's \"here\"\n\\N {x}",
                Instant.parse("2026-02-03T04:05:06.789012Z"), -3, null, Long.MAX_VALUE, 0.1, true,
                Optional.of("there"), awkward,
                List.of(UUID.randomUUID(), UUID.randomUUID()), Map.of("a", List.of(1, "two", Map.of("deep", true))),
                List.of(new Part("x", 1)), null, List.of());
        var other = new Everything(UUID.randomUUID(), "", Instant.EPOCH, 0, 7, 0, -1e300, false,
                Optional.empty(), List.of(), List.of(), Map.of(), List.of(), Instant.parse("1969-12-31T23:59:59Z"),
                null);
        var read = virtually(() -> {
            desk.database.sql().insert("everything", List.of(one, other));
            return desk.database.sql().list(Everything.class,
                    "select * from everything where id = any($1) order by text desc", List.of(one.id(), other.id()));
        });
        assertEquals(List.of(one, other), read);
        assertEquals(List.of("size_bytes"), virtually(() -> desk.database.sql().column(String.class,
                "select jsonb_object_keys(parts->0) from everything where id = $1 order by 1 desc limit 1", one.id())));
    }

    @Test
    void anEnumIsStoredAsItsWordInLowerCase() {
        record Row(UUID id, Mood mood) {}
        var row = new Row(UUID.randomUUID(), Mood.LOUD);
        assertEquals(List.of("loud"), virtually(() -> {
            desk.database.sql().insert("everything", List.of(row));
            return desk.database.sql().column(String.class, "select mood from everything where id = $1", row.id());
        }));
    }

    @Test
    void aNulIsLeftOutWhereverItStands() {
        record Row(UUID id, String text, List<String> words, Map<String, Object> facts) {}
        var row = new Row(UUID.randomUUID(), "a\0b", List.of("c\0d"), Map.of("e", "f\0g"));
        var read = virtually(() -> {
            desk.database.sql().insert("everything", List.of(row));
            return desk.database.sql().one(Row.class, "select id, text, words, facts from everything where id = $1",
                    row.id()).orElseThrow();
        });
        assertEquals(new Row(row.id(), "ab", List.of("cd"), Map.of("e", "fg")), read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uuid", "text", "bigint", "int", "smallint", "timestamptz", "float8", "boolean"})
    void anEmptyCollectionIsAnEmptyArrayOfAnyType(String type) {
        assertEquals(Optional.of(0), virtually(() -> desk.database.sql().value(Integer.class,
                "select cardinality($1::" + type + "[])", List.of())));
        assertFalse(virtually(() -> desk.database.sql().exists("select 1 where null::" + type + " = any($1)",
                Set.of())));
    }

    @Test
    void aComponentWithoutAColumnIsAMistakeOfTheCaller() {
        record Row(UUID id, String elsewhere) {}
        assertThrows(IllegalStateException.class, () -> virtually(() -> {
            desk.database.sql().insert("everything", List.of(new Row(UUID.randomUUID(), "x")));
            return null;
        }));
    }
}
