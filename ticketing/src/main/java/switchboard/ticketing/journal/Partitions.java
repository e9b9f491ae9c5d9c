package switchboard.ticketing.journal;

import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import switchboard.ticketing.base.Database;

/// Keeps the monthly partitions of `journal` (by `recorded_at`) and `inbox` (by `received_at`): creates them before
/// their first row arrives, and moves rows from the default partition to their month. The SQL function
/// `keep_partitions` does the work with the rights of the tables' owner.
public final class Partitions {
    /// Partitions exist at least a month ahead, so the exact interval does not matter.
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final String LOCKED = "55P03";

    private final Database database;
    private final InstantSource clock;

    public Partitions(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Creates the missing partitions for this month and the next two.
    ///
    /// @return the number created; 0 also when a backup or another node holds a lock, and the next run tries again
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
