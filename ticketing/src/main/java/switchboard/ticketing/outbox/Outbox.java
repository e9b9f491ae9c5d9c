package switchboard.ticketing.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failpoint;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.journal.ClockWatch;

/// What must leave. A row is put in the transaction that decides it, leased for one attempt, and ends sent, failed,
/// expired or cancelled. No lock is held while a provider is called.
public final class Outbox {
    /// Attempts before a row is given up; with the back-off below that is about three days.
    static final int ATTEMPTS_MAX = 40;
    /// Attempts with an unknown end before a row is given up, some nine hours after the first: a provider that cannot
    /// be asked must not hold its lane for ever, and each such mail may have arrived once more.
    static final int UNKNOWN_MAX = 16;
    /// How long a killed process's rows wait for the next one. Longer attempts renew: `renew`.
    static final int LEASE_SECONDS = 15;
    /// A wait that began in the future was begun before the clock was turned back: it is over.
    private static final String DUE = "(next_at <= now() or waits_from > now() + interval '1 second')";
    /// Run out, or ending later than any lease can: it was taken before the clock was turned back.
    private static final String OVER =
            "(lease_until < now() or lease_until > now() + interval '" + (LEASE_SECONDS + 1) + " seconds')";

    private final Database database;
    /// After a clock change it waits until live holders have renewed their leases by the new time.
    private final ClockWatch clock;
    private final List<Runnable> onPut = new CopyOnWriteArrayList<>();

    public Outbox(Database database) {
        this(database, new ClockWatch(Duration.ofSeconds(LEASE_SECONDS)));
    }

    Outbox(Database database, ClockWatch clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Puts effects; one whose idempotency key is known already is left alone.
    public void put(Sql tx, Collection<Effect> effects) {
        if (effects.isEmpty()) return;
        tx.insert("outbox", effects, "on conflict (idempotency_key) do nothing");
        Failpoint.pass("outbox.inserted");
    }

    /// To be called after the commit, so that the worker need not wait for its clock.
    public void committed() {
        onPut.forEach(Runnable::run);
    }

    public void onPut(Runnable wake) {
        onPut.add(wake);
    }

    /// A row in one worker's hands. `uncertain`: an earlier attempt may have been delivered; ask the provider first.
    public record Leased(long id, String channel, String lane, String idempotencyKey, JsonNode payload, UUID messageId,
                         UUID ticketId, int attempts, UUID leaseToken, boolean uncertain, Instant createdAt,
                         String providerId, long attemptId) {}

    /// Leases the head of each lane that is due, with an attempt written down; commits before it returns.
    public List<Leased> lease(Set<String> channels, int limit) {
        var leased = database.transaction(tx -> tx.changed(Leased.class, """
                with heads as (
                  select distinct on (lane) id,
                    case when state = 'leased' then $4 and OVER else DUE end as free from outbox
                  where state in ('pending', 'leased', 'uncertain') and channel = any($1) order by lane, id),
                due as (
                  select o.id, o.state from outbox o join heads h on h.id = o.id
                  where h.free
                    and (o.state <> 'pending' or o.deadline is null or o.deadline > now())
                  order by o.next_at limit $2 for update of o skip locked),
                taken as (
                  update outbox o set state = 'leased', attempts = attempts + 1, lease_token = gen_random_uuid(),
                    lease_until = now() + make_interval(secs => $3::float8)
                  from due where o.id = due.id and o.state in ('pending', 'leased', 'uncertain')
                    and (o.state <> 'leased' or $4 and OVER)
                  returning o.*, due.state as was),
                tried as (insert into outbox_attempt (outbox_id) select id from taken returning id, outbox_id)
                select row_to_json(x)::text from (select t.id, t.channel, t.lane, t.idempotency_key, t.payload,
                  t.message_id, t.ticket_id, t.attempts,
                  t.lease_token, t.was in ('leased', 'uncertain') as uncertain, t.created_at, t.provider_id,
                    tried.id as attempt_id
                from taken t join tried on tried.outbox_id = t.id order by t.id) x"""
                .replace("OVER", OVER).replace("DUE", DUE), channels, limit, (double) LEASE_SECONDS,
                clock.steady(tx)));
        if (!leased.isEmpty()) Failpoint.pass("outbox.leased");
        return leased;
    }

    /// Holds on to rows that are still being delivered. One whose lease was lost meanwhile is left to its new holder.
    public void renew(Collection<UUID> leaseTokens) {
        if (leaseTokens.isEmpty()) return;
        database.sql().execute("""
                update outbox set lease_until = now() + make_interval(secs => $2::float8)
                where state = 'leased' and lease_token = any($1)""",
                leaseTokens, (double) LEASE_SECONDS);
        Failpoint.pass("outbox.renewed");
    }

    /// What a process that has lost its row does with it: nothing. Its outcome is not written either.
    public static final Delivery.RetryLater LOST = new Delivery.RetryLater("Another process has it", Optional.empty());

    /// The fence before the network: asked right before a provider is told. A process that was stopped past its lease
    /// finds out here that another may have the row; so does one that has not renewed since the clock was changed.
    /// True leaves at least five seconds for telling.
    public static boolean held(Sql sql, Leased row) {
        return sql.exists("""
                select 1 from outbox where id = $1 and state = 'leased' and lease_token = $2
                  and lease_until > now() + interval '5 seconds' and not OVER""".replace("OVER", OVER), row.id(),
                row.leaseToken());
    }

    /// The attempt's end as the row's last word: what was tried too often is refused.
    public static Delivery settled(Sql tx, Leased row, Delivery delivery) {
        return switch (delivery) {
            case Delivery.RetryLater later when row.attempts() >= ATTEMPTS_MAX ->
                    new Delivery.Refused("given-up", "given up: " + later.reason());
            case Delivery.Unknown unknown when unknownBefore(tx, row) + 1 >= UNKNOWN_MAX ->
                    new Delivery.Refused("given-up", "given up, it may have arrived: " + unknown.reason());
            case Delivery.Accepted _, Delivery.Partly _, Delivery.RetryLater _, Delivery.Refused _,
                 Delivery.Unknown _ -> delivery;
        };
    }

    /// Since the row was first put, or put again by hand; this attempt has no end yet.
    private static long unknownBefore(Sql tx, Leased row) {
        return tx.value(Long.class, """
                select count(*) from (select outcome from outbox_attempt where outbox_id = $1
                  order by id desc limit $2) x where outcome = 'unknown'""", row.id(), row.attempts()).orElse(0L);
    }

    /// Writes down how the attempt ended, which `settled` may have made final.
    ///
    /// @return false when the lease was lost meanwhile: somebody else has the row now
    public boolean record(Sql tx, Leased row, Delivery attempt) {
        var delivery = settled(tx, row, attempt);
        // The row first: whoever is stopped in between holds it, and no other takes it for abandoned and sends again.
        boolean held = switch (delivery) {
            case Delivery.Accepted accepted -> end(tx, row, "sent", accepted.providerId(), null);
            case Delivery.Partly partly -> end(tx, row, "sent", partly.providerId(), partly.words());
            case Delivery.Refused refused -> end(tx, row, "failed", null, refused.code() + " " + refused.reason());
            case Delivery.RetryLater later -> again(tx, row, "pending", later.reason(),
                    later.after().map(after -> (double) after.toMillis() / 1000)
                    .orElse(backOffSeconds(row.attempts())));
            case Delivery.Unknown unknown -> again(tx, row, "uncertain", unknown.reason(),
                    backOffSeconds(row.attempts()));
        };
        // Of a row that another has taken meanwhile, this came after the other's beginning, and is to be told so.
        tx.execute("""
                update outbox_attempt set ended_at = case when $4 then now() else clock_timestamp() end, outcome = $2,
                  detail = $3 where id = $1""", row.attemptId(), word(delivery), detail(delivery), held);
        return held;
    }

    private static boolean end(Sql tx, Leased row, String state, String providerId, String error) {
        return tx.execute("""
                update outbox set state = $3, provider_id = coalesce($4, provider_id), last_error = $5, done_at = now(),
                  payload = case when payload @> '{"secret": true}' then payload - '{subject,text,html}'::text[]
                    else payload end,
                  lease_token = null, lease_until = null where id = $1 and lease_token = $2""",
                row.id(), row.leaseToken(), state, providerId, error) == 1;
    }

    private static boolean again(Sql tx, Leased row, String state, String error, double seconds) {
        return tx.execute("""
                update outbox set state = $3, last_error = $4, next_at = now() + make_interval(secs => $5::float8),
                  waits_from = now(), lease_token = null, lease_until = null where id = $1 and lease_token = $2""",
                row.id(), row.leaseToken(), state, error, seconds) == 1;
    }

    /// Doubles from one second to two hours, with up to a quarter of it more by chance, so that many do not come back
    /// at once.
    static double backOffSeconds(int attempts) {
        double base = Math.min(7200, Math.pow(2, Math.max(0, attempts - 1)));
        return base * (1 + java.util.concurrent.ThreadLocalRandom.current().nextDouble() / 4);
    }

    /// Takes back what has not been leased yet.
    public boolean cancel(Sql tx, UUID messageId) {
        return tx.execute("update outbox set state = 'cancelled', done_at = now() where message_id = $1 and "
                + "state = 'pending' and attempts = 0", messageId) > 0;
    }

    /// Rows past their deadline end; their ids are returned to be journalled.
    public List<Expired> expire(Sql tx) {
        return tx.changed(Expired.class, """
                with x as (
                  update outbox set state = 'expired', done_at = now(),
                    payload = case when payload @> '{"secret": true}' then payload - '{subject,text,html}'::text[]
                    else payload end
                  where id in (
                    select id from outbox where state = 'pending' and deadline < now()
                    order by id limit 100 for update skip locked)
                  returning id, channel, message_id, ticket_id)
                select row_to_json(x)::text from x""");
    }

    public record Expired(long id, String channel, UUID messageId, UUID ticketId) {}

    /// Puts what is left of a row that a provider took for some only. It has been tried, so nobody can take it back.
    public void follow(Sql tx, Effect rest) {
        tx.insert("outbox", List.of(rest), "on conflict (idempotency_key) do nothing");
        tx.execute("update outbox set attempts = 1 where idempotency_key = $1 and attempts = 0", rest.idempotencyKey());
    }

    /// Lets a row be tried again at once; the caller commits and then calls `committed()`.
    ///
    /// @return false when it has left, was taken back, or its deadline has passed
    public boolean retry(Sql tx, long id) {
        return tx.execute("""
                update outbox set state = case when state = 'failed' then 'pending' else state end, next_at = now(),
                  waits_from = now(), attempts = 0
                where id = $1 and state in ('failed', 'uncertain', 'pending')""", id) == 1;
    }

    private static String word(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Accepted _ -> "accepted";
            case Delivery.Partly _ -> "partly";
            case Delivery.RetryLater _ -> "retry";
            case Delivery.Refused _ -> "refused";
            case Delivery.Unknown _ -> "unknown";
        };
    }

    private static String detail(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Accepted accepted -> String.valueOf(accepted.providerId());
            case Delivery.Partly partly -> partly.providerId() + " " + partly.words();
            case Delivery.RetryLater later -> later.reason();
            case Delivery.Refused refused -> refused.code() + " " + refused.reason();
            case Delivery.Unknown unknown -> unknown.reason();
        };
    }
}
