package switchboard.gateway.redis;

import java.time.Duration;
import switchboard.gateway.redis.Ephemeral.Subscription;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.journal.Worker;

/// Tells the other nodes that something was committed here, so that the one that has the work need not wait for its
/// clock. Many commits while a hint is on its way are one hint; one that is lost costs that wait and nothing else.
public final class Hints implements AutoCloseable {
    private static final String COMMITTED = "committed";
    private static final Duration IDLE = Duration.ofHours(1);

    private final String node = Ids.next().toString();
    private final Worker teller;
    private final Subscription told;

    /// @param elsewhere called, on a thread of its own, when another node has committed something
    public Hints(Ephemeral store, Runnable elsewhere) {
        this.teller = new Worker("hints", IDLE, () -> {
            store.publish(COMMITTED, node);
            return false;
        }).start();
        this.told = store.subscribe(COMMITTED, from -> {
            if (!from.equals(node)) elsewhere.run();
        });
    }

    /// Never blocks.
    public void committed() {
        teller.wake();
    }

    @Override
    public void close() {
        told.close();
        teller.close();
    }
}
