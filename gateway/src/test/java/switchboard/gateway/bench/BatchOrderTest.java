package switchboard.gateway.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class BatchOrderTest {
    @Test
    void aBatchIsHandedOutOnceWhatItNeedsIsCommittedAndOthersGoBeforeIt() throws Exception {
        var order = new BatchOrder(List.of(1, 2, 3));
        order.add(2, 1);
        assertEquals(1, order.next());
        assertEquals(3, order.next());
        var second = new FutureTask<>(order::next);
        Thread.startVirtualThread(second);
        order.committed(3);
        assertThrows(TimeoutException.class, () -> second.get(200, TimeUnit.MILLISECONDS));
        order.committed(1);
        assertEquals(2, second.get(10, TimeUnit.SECONDS));
        assertNull(order.next());
    }
}
