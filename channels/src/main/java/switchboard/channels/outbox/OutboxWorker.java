package switchboard.channels.outbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.channels.Channel;
import switchboard.ticketing.base.Failpoint;
import switchboard.ticketing.journal.Worker;
import switchboard.ticketing.outbox.Delivery;
import switchboard.ticketing.outbox.Outbox;
import switchboard.ticketing.reply.Deliveries;

/// Delivers what must leave. Rows are leased, delivered with no lock held, and their outcome is written under the
/// lease's token. Lanes leave side by side, each in order; one slow channel has its own places and delays no other.
public final class OutboxWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxWorker.class);
    private static final int AT_ONCE = 24;
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration EXPIRE_EVERY = Duration.ofSeconds(5);
    /// A third of a lease: two renewals may fail before a row is lost.
    private static final Duration RENEW_EVERY = Duration.ofSeconds(5);

    private final Outbox outbox;
    private final Deliveries deliveries;
    private final Map<String, Channel> byEffect = new ConcurrentHashMap<>();
    private final List<Worker> workers;
    private final Worker expirer;
    private final Worker renewer;
    private final Set<UUID> leases = ConcurrentHashMap.newKeySet();
    private final Semaphore underWay = new Semaphore(Integer.MAX_VALUE);

    public OutboxWorker(Outbox outbox, Deliveries deliveries, List<Channel> channels) {
        this.outbox = outbox;
        this.deliveries = deliveries;
        for (var channel : channels) channel.effects().forEach(effect -> byEffect.put(effect, channel));
        this.workers = channels.stream().filter(channel -> !channel.effects().isEmpty()).map(this::worker).toList();
        this.expirer = new Worker("outbox-expiry", EXPIRE_EVERY, deliveries::expire);
        this.renewer = new Worker("outbox-leases", RENEW_EVERY, () -> {
            outbox.renew(leases);
            return false;
        });
    }

    private Worker worker(Channel channel) {
        var places = new Semaphore(AT_ONCE);
        var worker = new Worker[1];
        worker[0] = new Worker("outbox-" + channel.name(), IDLE, () -> deliver(channel.effects(), places, worker[0]));
        outbox.onPut(worker[0]::wake);
        return worker[0];
    }

    public OutboxWorker start() {
        workers.forEach(Worker::start);
        expirer.start();
        renewer.start();
        return this;
    }

    private boolean deliver(Set<String> effects, Semaphore places, Worker worker) {
        int free = places.availablePermits();
        if (free == 0) return false;
        var leased = outbox.lease(effects, free);
        for (var row : leased) {
            places.acquireUninterruptibly();
            underWay.acquireUninterruptibly();
            leases.add(row.leaseToken());
            Thread.ofVirtual().name("outbox-" + row.id()).start(() -> {
                try {
                    attempt(row);
                } finally {
                    leases.remove(row.leaseToken());
                    places.release();
                    underWay.release();
                    worker.wake();
                }
            });
        }
        return !leased.isEmpty();
    }

    private void attempt(Outbox.Leased row) {
        Delivery delivery;
        try {
            Failpoint.pass("outbox.before-deliver");
            delivery = byEffect.get(row.channel()).deliver(row);
            Failpoint.pass("outbox.delivered");
        } catch (RuntimeException | Error bug) { // what is too large for the memory must not be tried for ever
            LOG.error("outbox {} ({}): {}", row.id(), row.channel(), bug.toString(), bug);
            // Where it broke is not known, so neither is whether the provider has it.
            delivery = new Delivery.Unknown(bug.toString());
        }
        try {
            deliveries.record(row, delivery);
        } catch (RuntimeException unwritten) {
            LOG.warn("outbox {}: the outcome {} could not be written; the lease will run out", row.id(), delivery,
                    unwritten);
        }
    }

    @Override
    public void close() {
        workers.forEach(Worker::close);
        expirer.close();
        try {
            if (underWay.tryAcquire(Integer.MAX_VALUE, 10, TimeUnit.SECONDS)) underWay.release(Integer.MAX_VALUE);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        renewer.close();
    }
}
