package switchboard.ticketing.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static switchboard.ticketing.Desk.virtually;

import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.TestDatabase;
import switchboard.ticketing.base.Database;

/// The tables that grow for ever, over fourteen months of a clock of our own, as the role that may make no table.
class PartitionsTest {
    private static final int MONTHS = 14;
    private final Vertx vertx = Vertx.vertx();
    private final YearMonth first = YearMonth.now(ZoneOffset.UTC);
    private String owner;
    private Database database;

    @BeforeEach
    void open() {
        owner = TestDatabase.freshDatabase();
        database = new Database(vertx, TestDatabase.working(owner), 4);
    }

    @AfterEach
    void close() {
        database.close();
        vertx.close();
    }

    private static Instant at(YearMonth month) {
        return month.atDay(15).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private int keep(YearMonth month) {
        return virtually(() -> new Partitions(database, () -> at(month)).keep());
    }

    /// What a program writes in a month: by our clock, with senders who live in other years.
    private void write(YearMonth month) {
        virtually(() -> database.sql().execute("""
                insert into journal (at, kind, actor_type, recorded_at) values ('1970-01-02Z', 'x', 'system', $1),
                  ('2038-01-19Z', 'x', 'system', $1)""", at(month)));
        virtually(() -> database.sql().execute("""
                insert into inbox (id, received_at, door, lane, key, raw)
                values (nextval('inbox_id'), $1, 'smtp', 'l', gen_random_uuid()::text, '')""", at(month)));
    }

    private List<String> tables(String of) {
        return virtually(() -> database.sql().column(String.class, "select tableoid::regclass::text from " + of
                + " order by 1"));
    }

    private long strays() {
        return tables("journal").stream().filter(table -> table.endsWith("_other")).count()
                + tables("inbox").stream().filter(table -> table.endsWith("_other")).count();
    }

    @Test
    void eachOfFourteenMonthsHasItsPartitionBeforeItsFirstRow() {
        var wanted = new ArrayList<String>();
        for (int i = 0; i < MONTHS; i++) {
            var month = first.plusMonths(i);
            assertEquals(i == 0 ? 0 : 2, keep(month), "the month after next, of two tables, in " + month);
            assertEquals(0, keep(month), "a second look makes nothing");
            write(month);
            wanted.addAll(List.of("journal_" + name(month), "journal_" + name(month)));
        }
        assertEquals(wanted, tables("journal"));
        assertEquals(MONTHS, tables("inbox").stream().distinct().count());
        assertEquals(0, strays());
    }

    private static String name(YearMonth month) {
        return month.toString().replace("-", "");
    }

    @Test
    void whatFellBesideWhileNothingRanIsMovedToItsMonths() {
        for (int i = 0; i < MONTHS; i++) write(first.plusMonths(i));
        var before = ids();
        assertEquals((MONTHS - 3) * 3, strays(), "the migrations made this month and the next two");
        keep(first.plusMonths(MONTHS));
        assertEquals(0, strays());
        assertEquals(before, ids(), "none is lost, doubled or numbered anew");
        write(first.plusMonths(MONTHS + 2));
        assertEquals(0, strays());
    }

    private List<Long> ids() {
        return virtually(() -> database.sql().column(Long.class, "select id from journal order by id"));
    }

    @Test
    void monthsCutWhereMidnightIsAtAnotherTimeAreGoneOnFrom() {
        for (var zone : List.of("Asia/Shanghai", "America/Los_Angeles")) {
            var there = TestDatabase.freshDatabase();
            var next = first.plusMonths(3);
            TestDatabase.execute(there, """
                    set timezone = '%s'; create table journal_%s partition of journal for values from ('%s') to ('%s')
                    """.formatted(zone, name(next), zone.startsWith("Asia") ? next.atDay(2) : next.atDay(1),
                    next.plusMonths(1).atDay(1)));
            try (var other = new Database(vertx, TestDatabase.working(there), 2)) {
                int made = virtually(() -> new Partitions(other, () -> at(next)).keep());
                assertEquals(2 + 3, made, "two of the journal, three of the inbox, after a month of " + zone);
            }
        }
    }

    @Test
    void aTimeThatNobodyLivesInMakesNothing() {
        assertThrows(RuntimeException.class, () -> keep(first.plusYears(12)));
        assertThrows(RuntimeException.class, () -> keep(first.minusYears(12)));
    }

    @Test
    void tablesThatABackupReadsAreLeftForTheNextTry() throws Exception {
        try (var backup = java.sql.DriverManager.getConnection(
                switchboard.ticketing.postgres.Migrations.jdbcUrl(owner))) {
            backup.setAutoCommit(false);
            backup.createStatement().execute("select count(*) from journal_other");
            assertEquals(0, keep(first.plusMonths(1)));
            backup.rollback();
        }
        assertEquals(2, keep(first.plusMonths(1)));
    }
}
