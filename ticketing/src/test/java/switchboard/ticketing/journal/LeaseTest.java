package switchboard.ticketing.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.virtually;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.TestDatabase;
import switchboard.ticketing.base.Database;

class LeaseTest {
    private final Vertx vertx = Vertx.vertx();
    private final Database database = new Database(vertx, TestDatabase.working(TestDatabase.freshDatabase()), 4);
    private final Lease first = new Lease(database, "role");
    private final Lease second = new Lease(database, "role");

    @AfterEach
    void close() {
        database.close();
        vertx.close();
    }

    private void runOut() {
        virtually(() -> database.sql().execute("update lease set until = now() - interval '1 second'"));
    }

    /// Writes under the lease, as every holder does.
    private void write(Lease lease, String name) {
        virtually(() -> {
            database.run(tx -> {
                lease.fence(tx);
                tx.execute("insert into tailer values ($1, 1)", name);
            });
            return null;
        });
    }

    private long written() {
        return virtually(() -> database.sql().value(Long.class, "select count(*) from tailer")).orElse(0L);
    }

    @Test
    void oneHoldsAndRenewsAndTheOtherWaits() {
        assertTrue(virtually(first::hold));
        assertFalse(virtually(second::hold));
        assertTrue(virtually(first::hold));
        write(first, "a");
        assertThrows(Lease.LostLease.class, () -> write(second, "b"));
        assertEquals(1, written());
    }

    @Test
    void aHolderThatWasStoppedCanWriteNothingAfterItsLeaseWasTakenOver() {
        assertTrue(virtually(first::hold));
        runOut();
        write(first, "still ours: nobody has taken over");
        assertTrue(virtually(second::hold));
        assertThrows(Lease.LostLease.class, () -> write(first, "late"));
        write(second, "b");
        assertEquals(2, written());
        assertFalse(virtually(first::hold));
        assertThrows(Lease.LostLease.class, () -> write(first, "later"));
    }

    @Test
    void whoTakesItBackHasANewTokenSoThatItsOwnOldOneIsWorthNothing() {
        virtually(first::hold);
        long before = token();
        runOut();
        virtually(second::hold);
        runOut();
        assertTrue(virtually(first::hold));
        assertEquals(before + 2, token());
        write(first, "a");
    }

    private long token() {
        return virtually(() -> database.sql().value(Long.class, "select token from lease")).orElse(0L);
    }

    @Test
    void aRoleGivenBackIsFreeAtOnce() {
        virtually(first::hold);
        virtually(() -> {
            second.release();
            return null;
        });
        assertFalse(virtually(second::hold), "only the holder gives it back");
        virtually(() -> {
            first.release();
            return null;
        });
        assertTrue(virtually(second::hold));
    }

    /// By a clock that was turned back since.
    @Test
    @Tag("R10")
    void aLeaseThatRunsForLongerThanAnyIsGivenForIsFreeAndItsHolderCanWriteNothingOnceItIsTaken() {
        assertTrue(virtually(first::hold));
        turnBack();
        write(first, "still ours: nobody has taken over");
        assertTrue(virtually(second::hold));
        assertThrows(Lease.LostLease.class, () -> write(first, "late"));
        assertFalse(virtually(first::hold));
        turnBack();
        assertTrue(virtually(second::hold), "who holds it goes on");
        assertFalse(virtually(first::hold));
        write(second, "b");
        assertEquals(2, written());
    }

    private void turnBack() {
        virtually(() -> database.sql().execute("update lease set until = until + interval '1 hour'"));
    }
}
