package switchboard.ticketing.journal;

import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import switchboard.ticketing.base.Database;

/// The months of the tables that grow for ever (`journal` by `recorded_at`, `inbox` by `received_at`): each has its
/// partition before its first row comes, and what fell into the partition for everything else is moved to its month.
/// The work is done by the function `keep_partitions`, which has the rights of the tables' owner.
public final class Partitions {
    /// A partition is there a month ahead at least, so that a day without this job does no harm.
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final String LOCKED = "55P03";

    private final Database database;
    private final InstantSource clock;

    public Partitions(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Makes what is missing for this month and the next two.
    ///
    /// @return how many partitions were made; 0 also when a backup or another node holds the tables, for the next try
    public int keep() {
        try {
            return database.sql().value(Integer.class, "select keep_partitions($1)",
                    clock.instant().atOffset(ZoneOffset.UTC)).orElse(0);
        } catch (PgException refused) {
            if (LOCKED.equals(refused.getSqlState())) return 0;
            throw refused;
        }
    }

    public Worker start() {
        return new Worker("partitions", IDLE, () -> {
            keep();
            return false;
        }).start();
    }
}
