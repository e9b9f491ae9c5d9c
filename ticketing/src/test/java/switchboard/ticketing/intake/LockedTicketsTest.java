package switchboard.ticketing.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.ticketing.Desk.mail;
import static switchboard.ticketing.Desk.virtually;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import switchboard.ticketing.Desk;
import switchboard.ticketing.conversation.Threading.Candidate;

class LockedTicketsTest {
    private static final int PATIENCE_SECONDS = 20;

    @Test
    void aTicketThatIsMergedWhileItsLockIsWaitedForIsTheOneItWasMergedIntoAndThatIsLockedToo() throws Exception {
        try (var desk = new Desk(); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var placed = desk.receive(mail("m@merge.test", "A", "first", "a@merge.test"),
                    mail("m@merge.test", "B", "second", "b@merge.test"));
            var from = placed.get(0).ticketId();
            var into = placed.get(1).ticketId();
            var locked = new CountDownLatch(1);
            var commit = new CountDownLatch(1);
            var merging = threads.submit(() -> desk.database.transaction(tx -> {
                tx.execute("update ticket set merged_into = $2, status = 'open' where id = $1", from, into);
                locked.countDown();
                return await(commit);
            }));
            assertTrue(await(locked));
            var reading = threads.submit(() -> desk.database.transaction(tx -> {
                Map<UUID, Candidate> found = LockedTickets.read(tx, Set.of(from), List.of());
                long free = desk.database.sql().value(Long.class, """
                        select count(*) from (select 1 from ticket where id = any($1) for update skip locked) x""",
                        Set.of(from, into)).orElseThrow();
                return Map.entry(found, free);
            }));
            while (!virtually(() -> desk.database.sql().exists("""
                    select 1 from pg_stat_activity
                    where datname = current_database() and wait_event_type = 'Lock'"""))) {
                assertTrue(!reading.isDone(), "it did not wait");
            }
            commit.countDown();
            assertTrue(merging.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            var found = reading.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertEquals(into, found.getKey().get(from).ticketId());
            assertEquals(placed.get(0).customerId(), found.getKey().get(from).customerId());
            assertEquals(0, found.getValue(), "both are held");
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
