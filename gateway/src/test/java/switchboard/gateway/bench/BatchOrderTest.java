package switchboard.gateway.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BatchOrderTest {
    @Test
    void aBatchIsHandedOutOnceWhatItNeedsIsCommittedAndOthersGoBeforeIt() throws Exception {
        var order = new BatchOrder(List.of(1, 2, 3));
        order.add(2, 1);
        assertEquals(1, order.next());
        assertEquals(3, order.next());
        var waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return order.next();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        order.committed(3);
        assertNull(waiting.completeOnTimeout(null, 200, TimeUnit.MILLISECONDS).get(), "handed out too early");
    }

    @Test
    void whoeverWaitsIsToldOfTheCommitAndNothingIsHandedOutTwice() throws Exception {
        var order = new BatchOrder(List.of(1, 2));
        order.add(2, 1);
        assertEquals(1, order.next());
        Thread.startVirtualThread(() -> order.committed(1));
        assertEquals(2, order.next());
        assertNull(order.next());
    }
}
