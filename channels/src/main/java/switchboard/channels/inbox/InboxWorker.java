package switchboard.channels.inbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.channels.Channel;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failpoint;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.intake.Intake;
import switchboard.ticketing.intake.Received;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.journal.Worker;

/// Takes rows from the inbox, has their channel decode them, and hands them to intake in the transaction that marks
/// them done. Lanes run side by side, each in order, many small ones together; one that is full, as in a flood, has a
/// batch of its own in its turn, after those that have little. A batch that fails is done again lane by
/// lane and row by row; a row that fails alone is tried three times and then quarantined, and the lane goes on.
public final class InboxWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InboxWorker.class);
    private static final int BATCH_MAX = 100;
    private static final int LANES_AT_ONCE = 6;
    private static final int LANES_TOGETHER_MAX = 50;
    private static final int SEARCHED_MAX = LANES_AT_ONCE * 16;
    private static final Duration IDLE = Duration.ofSeconds(1);
    /// What a batch costs beside its rows is shared by what comes meanwhile.
    private static final Duration GATHERING = Duration.ofMillis(20);
    /// Beside batches under way it may take so long: what comes meanwhile makes one batch rather than many small ones
    /// that contend with them, and a lane that hangs keeps the others waiting no longer.
    private static final Duration GATHERING_BESIDE_MAX = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration HELD_ELSEWHERE = Duration.ofMillis(50);

    private final Database database;
    private final Inbox inbox;
    private final Intake intake;
    private final Journal journal;
    private final Map<String, Channel> byDoor = new ConcurrentHashMap<>();
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    /// Lanes that had more than their share, in the order of their turns; the monitor is the set's own.
    private final LinkedHashSet<String> full = new LinkedHashSet<>();
    private long searchedNanos = System.nanoTime() - IDLE.toNanos();
    private String searchedTo = "";
    private final Semaphore places = new Semaphore(LANES_AT_ONCE);
    private final Worker dispatcher;
    private volatile boolean placeWanted;
    private volatile boolean stopping;

    public InboxWorker(Database database, Inbox inbox, Intake intake, Journal journal, List<Channel> channels) {
        this.database = database;
        this.inbox = inbox;
        this.intake = intake;
        this.journal = journal;
        for (var channel : channels) channel.doors().forEach(door -> byDoor.put(door, channel));
        this.dispatcher = new Worker("inbox", IDLE, GATHERING, this::dispatch);
        inbox.onArrival(lane -> {
            waiting.add(lane);
            dispatcher.wake();
        });
    }

    public InboxWorker start() {
        dispatcher.start();
        return this;
    }

    private boolean dispatch() {
        awaitRest(GATHERING_BESIDE_MAX);
        // Doors say where something came; what another process or an earlier run left is searched for now and then.
        if (System.nanoTime() - searchedNanos >= IDLE.toNanos()) {
            var found = inbox.lanes(searchedTo, SEARCHED_MAX);
            waiting.addAll(found);
            searchedTo = found.size() < SEARCHED_MAX ? "" : found.getLast();
            searchedNanos = System.nanoTime();
        }
        var turn = turn(LANES_AT_ONCE);
        var free = waiting.stream().filter(lane -> !isFull(lane)).filter(busy::add).toList();
        free.forEach(waiting::remove);
        var alone = free.stream().filter(this::preparesLong).toList();
        alone.forEach(lane -> start(List.of(lane)));
        free = free.stream().filter(lane -> !alone.contains(lane)).toList();
        // Together, though there are places for more side by side: what a transaction costs is shared by all its rows.
        for (int from = 0; from < free.size(); from += LANES_TOGETHER_MAX) {
            start(free.subList(from, Math.min(from + LANES_TOGETHER_MAX, free.size())));
        }
        turn.forEach(lane -> start(List.of(lane)));
        return false;
    }

    private boolean preparesLong(String lane) {
        return byDoor.values().stream().anyMatch(channel -> channel.preparesLong(lane));
    }

    private void start(List<String> lanes) {
        placeWanted = true;
        places.acquireUninterruptibly();
        placeWanted = false;
        Thread.ofVirtual().name("lane-" + lanes.getFirst()).start(() -> {
            try {
                // A full lane has nothing to gather: it goes on until somebody wants its place.
                for (var next = lanes; !next.isEmpty(); next = stopping || placeWanted ? List.of() : turn(1)) {
                    work(next);
                }
            } finally {
                places.release();
            }
        });
    }

    /// The full lanes whose turn it is: a few at a time, so that what arrives meanwhile comes before the others.
    private List<String> turn(int lanesMax) {
        synchronized (full) {
            var turn = full.stream().filter(busy::add).limit(lanesMax).toList();
            turn.forEach(full::remove);
            return turn;
        }
    }

    private boolean isFull(String lane) {
        synchronized (full) {
            return full.contains(lane);
        }
    }

    private void again(Collection<String> lanes) {
        synchronized (full) {
            full.addAll(lanes);
        }
    }

    /// One batch: lanes in which more waits take their turn again, so that a full one cannot keep the others waiting.
    private void work(List<String> lanes) {
        try {
            if (lanes.size() > 1 && together(lanes)) return;
            for (var lane : lanes) {
                if (!stopping && batch(lane)) again(List.of(lane));
            }
        } catch (RuntimeException | Error failed) {
            LOG.warn("lanes {}: {}", lanes, failed.toString());
        } finally {
            lanes.forEach(busy::remove);
            dispatcher.wake(); // rows of these lanes may have come meanwhile
        }
    }

    /// Many lanes with little in each, as of texts and chats, are worked in one transaction.
    ///
    /// @return false when they could not: then each is worked alone
    private boolean together(List<String> lanes) {
        try {
            var batch = inbox.next(lanes, BATCH_MAX);
            var rows = batch.rows();
            if (!rows.isEmpty()) receive(rows.stream().map(Inbox.Raw::lane).distinct().toList(), rows);
            again(batch.more());
            return true;
        } catch (RuntimeException | Error failed) {
            LOG.debug("{} lanes could not be worked together", lanes.size(), failed);
            return false;
        }
    }

    /// @return whether more waits that can be done now
    private boolean batch(String lane) {
        var batch = inbox.next(List.of(lane), BATCH_MAX);
        var rows = batch.rows();
        boolean more = !batch.more().isEmpty();
        if (rows.isEmpty()) return false;
        if (rows.size() > 1) {
            try {
                return receive(List.of(lane), rows) && more;
            } catch (RuntimeException | Error together) {
                LOG.debug("lane {}: a batch of {} failed, going on row by row", lane, rows.size(), together);
            }
        }
        for (var row : rows) {
            if (!alone(lane, row)) return false;
        }
        return more;
    }

    /// @return false when the lane must wait for the row's next try
    private boolean alone(String lane, Inbox.Raw row) {
        try {
            return receive(List.of(lane), List.of(row));
        } catch (Channel.Undecodable never) {
            inbox.failed(row, never.getMessage(), true);
            return true;
        } catch (NotMine elsewhere) {
            pause();
            return false;
        } catch (Intake.NotYet early) {
            inbox.early(row, early.getMessage());
            return false;
        } catch (RuntimeException | Error failed) { // a row that cannot be worked ends in quarantine, whatever it is
            LOG.warn("inbox {} ({}): {}", row.id(), row.door(), failed.toString(), failed);
            inbox.failed(row, failed.toString(), false);
            return false;
        }
    }

    /// The lane has work until its holder commits: looking again at once would only burn statements.
    private static void pause() {
        try {
            Thread.sleep(HELD_ELSEWHERE);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean receive(List<String> lanes, List<Inbox.Raw> rows) {
        var events = new ArrayList<Received>();
        for (var row : prepared(rows)) events.addAll(byDoor.get(row.door()).decode(row));
        Failpoint.pass("intake.decoded");
        boolean mine = database.transaction(tx -> {
            if (!inbox.finish(tx, lanes, rows)) throw new NotMine();
            intake.receive(tx, events);
            return true;
        });
        Failpoint.pass("intake.committed");
        journal.committed();
        return mine;
    }

    private List<Inbox.Raw> prepared(List<Inbox.Raw> rows) {
        var prepared = new HashMap<Long, Inbox.Raw>();
        var byChannel = new LinkedHashMap<Channel, List<Inbox.Raw>>();
        for (var row : rows) {
            var channel = byDoor.get(row.door());
            if (channel == null) throw new Channel.Undecodable("No channel reads the door " + row.door());
            byChannel.computeIfAbsent(channel, _ -> new ArrayList<>()).add(row);
        }
        byChannel.forEach((channel, own) -> channel.prepared(own).forEach(row -> prepared.put(row.id(), row)));
        return rows.stream().map(row -> prepared.get(row.id())).toList();
    }

    /// Another worker has this lane: what was done here is rolled back.
    private static final class NotMine extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotMine() {
            super("The lane is worked elsewhere", null, false, false);
        }
    }

    /// Takes no more rows and lets the batches under way finish.
    @Override
    public void close() {
        stopping = true;
        dispatcher.close();
        awaitRest(PATIENCE);
    }

    /// Until no batch is under way, or so long.
    private void awaitRest(Duration atMost) {
        try {
            if (places.tryAcquire(LANES_AT_ONCE, atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                places.release(LANES_AT_ONCE);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
