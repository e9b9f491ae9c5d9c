package switchboard.channels.voice;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final Database database;
    private final Inbox inbox;
    private final Calls calls;

    Ledger(Database database, Inbox inbox, Calls calls) {
        this.database = database;
        this.inbox = inbox;
        this.calls = calls;
    }

    /// @param lane webhooks of one lane are taken one after the other
    /// @param key names the event for ever
    /// @return empty when it could not be committed in time; it may still be, later
    Optional<String> answer(String lane, String key, String step, byte[] raw, BiFunction<Sql, Received.Origin,
            String> work) {
        var result = new CompletableFuture<String>();
        Thread.ofVirtual().name("voice-" + step).start(() -> {
            try {
                result.complete(once(lane, key, step, raw, work));
            } catch (RuntimeException | Error failed) {
                result.completeExceptionally(failed);
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
