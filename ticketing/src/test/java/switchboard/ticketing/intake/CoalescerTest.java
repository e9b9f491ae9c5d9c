package switchboard.ticketing.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import switchboard.ticketing.Desk;
import switchboard.ticketing.base.Failure;

@Timeout(60)
class CoalescerTest {
    private final java.util.concurrent.ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch open = new CountDownLatch(1);
    private final List<List<Integer>> batches = new java.util.concurrent.CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Integer> refused = new ConcurrentLinkedQueue<>();

    /// Writes nothing until it is opened; a batch with 13 in it fails.
    private final Coalescer<Integer, String> coalescer = new Coalescer<>("test", 1, CoalescerTest::bytes, batch -> {
        batches.add(List.copyOf(batch));
        await(open);
        if (batch.contains(13)) throw new IllegalStateException("thirteen");
        return batch.stream().map(String::valueOf).toList();
    });

    private static long bytes(int item) {
        return Math.max(0, -item);
    }

    @AfterEach
    void close() {
        open.countDown();
        threads.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private Future<String> submit(int item) {
        return threads.submit(() -> {
            try {
                return coalescer.submit(item);
            } catch (Failure.Unavailable busy) {
                refused.add(item);
                throw busy;
            }
        });
    }

    /// The first is being written, the others gather meanwhile.
    private List<Future<String>> gather(int from, int to) {
        var done = new ArrayList<Future<String>>();
        done.add(submit(0));
        Desk.until(() -> !batches.isEmpty());
        for (int i = from; i <= to; i++) done.add(submit(i));
        return done;
    }

    @Test
    void whatGathersWhileABatchIsWrittenIsWrittenTogetherAndEachGetsItsOwnResult() throws Exception {
        var done = gather(1_001, 1_350);
        Desk.until(() -> waiting() == 350);
        open.countDown();
        for (int i = 1; i <= 350; i++) assertEquals(String.valueOf(1_000 + i), done.get(i).get());
        assertEquals(List.of(1, 100, 100, 100, 50), batches.stream().map(List::size).toList());
    }

    /// How many threads stand in the queue.
    private int waiting() {
        return coalescer.waiting();
    }

    @Test
    void aBatchEndsBeforeItIsTooLargeAndOneItemAloneMayBeLarger() throws Exception {
        int half = (int) (Coalescer.BATCH_BYTES_MAX / 2);
        var done = new ArrayList<>(gather(1, 0));
        for (int size : List.of(half, half, 1, 4 * half, half)) {
            int before = waiting();
            done.add(submit(-size));
            Desk.until(() -> waiting() > before);
        }
        open.countDown();
        for (var one : done) one.get();
        assertEquals(List.of(List.of(0), List.of(-half, -half), List.of(-1), List.of(-4 * half), List.of(-half)),
                batches);
    }

    @Test
    void theOneThatCannotBeWrittenFailsAlone() throws Exception {
        var done = gather(10, 16);
        Desk.until(() -> waiting() == 7);
        open.countDown();
        for (int i = 0; i < done.size(); i++) {
            if (i == 4) {
                var failed = assertThrows(ExecutionException.class, done.get(i)::get);
                assertEquals("thirteen", failed.getCause().getMessage());
            } else {
                assertTrue(done.get(i).get().matches("0|1[0-6]"));
            }
        }
    }

    @Test
    void oneMoreThanMayWaitIsToldToComeBackAndNoneOfTheOthersIsLost() throws Exception {
        var done = gather(1_000, 1_000 + Coalescer.WAITING_MAX - 1);
        Desk.until(() -> waiting() == Coalescer.WAITING_MAX);
        assertTrue(refused.isEmpty());
        assertThrows(Failure.Unavailable.class, () -> coalescer.submit(-1));
        open.countDown();
        for (var one : done) one.get();
        assertTrue(batches.stream().allMatch(batch -> batch.size() <= 100 && !batch.contains(-1)));
        assertEquals(1 + Coalescer.WAITING_MAX, batches.stream().mapToInt(List::size).sum());
        assertEquals("7", coalescer.submit(7), "there is room again");
    }
}
