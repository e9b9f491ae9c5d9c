package switchboard.ticketing.journal;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Sql;

/// A role that one process holds at a time. The holder may be stopped for any while and go on believing that it
/// holds: every write under the lease therefore calls `fence` in its own transaction.
public final class Lease {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    private static final Duration LASTS = Duration.ofSeconds(15);

    private final Database database;
    private final String name;
    private final String holder = UUID.randomUUID().toString();
    private volatile long token = -1;

    public Lease(Database database, String name) {
        this.database = database;
        this.name = name;
    }

    /// Takes the lease when it is free or has run out, renews it when it is ours. A lease that ends later than any can
    /// was taken before the clock was turned back, and is free: the fence lets only the new holder write.
    public boolean hold() {
        Optional<Long> taken = database.sql().value(Long.class, """
                insert into lease as l (name, holder, token, until)
                values ($1, $2, 1, now() + make_interval(secs => $3::float8))
                on conflict (name) do update set
                  token = case when l.holder = $2 then l.token else l.token + 1 end, holder = $2, until = excluded.until
                where l.holder = $2 or l.until < now()
                  or l.until > now() + make_interval(secs => $3::float8 + 1)
                returning token""", name, holder, (double) LASTS.toSeconds());
        token = taken.orElse(-1L);
        return taken.isPresent();
    }

    /// Changes with the holder; -1 while another has it.
    long token() {
        return token;
    }

    /// Locks the lease row until the transaction ends.
    ///
    /// @throws LostLease when another holder has taken over: the transaction must roll back
    public void fence(Sql tx) {
        boolean ours = tx.query("select 1 from lease where name = $1 and token = $2 and holder = $3 for update",
                name, token, holder).rowCount() == 1;
        if (!ours) throw new LostLease(name);
    }

    /// Gives the role back, so that a clean stop needs no waiting for the next holder. Without a database to say so to
    /// it runs out by itself.
    public void release() {
        try {
            database.sql().execute("update lease set until = now() where name = $1 and holder = $2", name, holder);
        } catch (RuntimeException lost) {
            LOG.info("the lease {} was not given back and will run out: {}", name, lost.getMessage());
        }
    }

    public static final class LostLease extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LostLease(String name) {
            super("The lease " + name + " has another holder", null, false, false);
        }
    }
}
