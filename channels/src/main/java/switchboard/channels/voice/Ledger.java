package switchboard.channels.voice;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.call.Calls;
import switchboard.ticketing.intake.Arrival;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.intake.Received;

/// A phone call needs its answer at once: each webhook is stored, understood, acted on and answered in one transaction,
/// and a repeat gets the stored answer.
final class Ledger {
    static final String DOOR = "voice";
    /// The carrier gives up after 15 s, a caller long before.
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /// Steps that hold a connection: half of what the program has, so that a storm of calls leaves mail, texts and chat
    /// the other half.
    private static final int AT_ONCE_MAX = 10;
    /// Steps under way or waiting; beyond it the carrier is told at once to ask again.
    static final int WAITING_MAX = 200;
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final Database database;
    private final Inbox inbox;
    private final Calls calls;
    private final Semaphore waiting = new Semaphore(WAITING_MAX);
    private final Semaphore connections = new Semaphore(AT_ONCE_MAX, true);

    Ledger(Database database, Inbox inbox, Calls calls) {
        this.database = database;
        this.inbox = inbox;
        this.calls = calls;
    }

    /// @param lane webhooks of one lane are taken one after the other
    /// @param key names the event for ever
    /// @return empty when too much waits, or when it could not be committed in time; then it may still be, later
    Optional<String> answer(String lane, String key, String step, byte[] raw, BiFunction<Sql, Received.Origin,
            String> work) {
        if (!waiting.tryAcquire()) return Optional.empty();
        var result = new CompletableFuture<String>();
        Thread.ofVirtual().name("voice-" + step).start(() -> {
            try {
                connections.acquireUninterruptibly();
                try {
                    result.complete(once(lane, key, step, raw, work));
                } finally {
                    connections.release();
                }
            } catch (RuntimeException | Error failed) {
                result.completeExceptionally(failed);
            } finally {
                waiting.release();
            }
        });
        try {
            return Optional.of(result.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            LOG.warn("the voice step {} was not stored within {}", step, PATIENCE);
        } catch (ExecutionException failed) {
            LOG.warn("the voice step {} could not be stored: {}", step, failed.getCause().toString(),
                    failed.getCause());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private String once(String lane, String key, String step, byte[] raw, BiFunction<Sql, Received.Origin,
            String> work) {
        var arrival = new Arrival(DOOR, lane, key, Map.of("step", step), raw);
        var answer = database.transaction(tx -> {
            tx.query("select pg_advisory_xact_lock(hashtextextended($1, 7))", lane);
            var stored = inbox.put(tx, List.of(arrival)).getFirst();
            if (!stored.fresh()) return stored.answer().orElse("");
            var at = tx.value(Instant.class, "select now()").orElseThrow();
            var row = new Inbox.Raw(stored.id(), at, DOOR, lane, 0, arrival.envelope(), raw);
            var text = work.apply(tx, new Received.Origin(stored.id(), at));
            inbox.answer(tx, row, text);
            if (!inbox.finish(tx, List.of(lane), List.of(row))) throw new IllegalStateException("The lane " + lane
                    + " is worked elsewhere");
            return text;
        });
        calls.committed();
        return answer;
    }
}
