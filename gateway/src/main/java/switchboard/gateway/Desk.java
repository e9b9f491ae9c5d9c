package switchboard.gateway;

import io.vertx.core.Vertx;
import java.util.Map;
import switchboard.ticketing.access.Agents;
import switchboard.ticketing.access.Sessions;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.postgres.EmbeddedPostgres;
import switchboard.ticketing.postgres.WorkingRole;

/// The database alone, for a command that may run beside the program or without it.
final class Desk implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final EmbeddedPostgres postgres;
    final Database database;
    final Journal journal;
    final Agents agents;
    final Sessions sessions;

    Desk(Settings settings) {
        this.postgres = settings.logins().isPresent() ? null : EmbeddedPostgres.start(settings.home());
        var logins = settings.logins().orElseGet(() -> new Settings.Logins(postgres.uri(), postgres.workingUri()));
        WorkingRole.prepare(logins.owner(), logins.working());
        this.database = new Database(vertx, logins.working(), 4);
        this.journal = new Journal(database);
        this.agents = new Agents(database, journal, Map.of());
        this.sessions = new Sessions(database);
    }

    @Override
    public void close() {
        database.close();
        vertx.close().await();
        if (postgres != null) postgres.stop();
    }
}
