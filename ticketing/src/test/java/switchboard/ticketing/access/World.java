package switchboard.ticketing.access;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import switchboard.ticketing.TestDatabase;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.journal.Journal;

/// A fresh database with the means to people it.
public final class World implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    public final Database database = new Database(vertx, TestDatabase.working(TestDatabase.freshDatabase()), 8);
    public final Journal journal = new Journal(database);
    public final Agents agents = new Agents(database, journal, Map.of("email", 10, "chat", 25));
    public final Teams teams = new Teams(database);
    public final Sessions sessions = new Sessions(database);

    public UUID team(String name) {
        return teams.create(new Teams.Change(name, null, null)).id();
    }

    public UUID agent(String name, Caller.Role role, UUID... teams) {
        return database.transaction(tx -> agents.create(tx, Actor.SYSTEM,
                new Agents.Invited(name + "@demo.test", name, role, List.of(teams), "en")));
    }

    public Caller caller(UUID agent) {
        return sessions.caller(sessions.open(agent, Sessions.Kind.BROWSER, "")).orElseThrow();
    }

    public UUID customer(String name) {
        var id = Ids.next();
        database.sql().execute("insert into customer (id, name) values ($1, $2)", id, name);
        return id;
    }

    /// @param facts its customer must exist
    public void ticket(TicketFacts facts) {
        database.sql().execute("""
                insert into ticket (id, subject, channel, customer_id, team_id, assignee_id, mentions, status, tags,
                  priority)
                values ($1, 'A question', $2, $3, $4, $5, $6::uuid[], $7, $8::text[], $9)""",
                facts.id(), facts.channel(),
                facts.customerId(), facts.teamId(), facts.assigneeId(), facts.mentions().toArray(UUID[]::new),
                facts.status(), facts.tags().toArray(String[]::new), facts.priority());
    }

    @Override
    public void close() {
        database.close();
        vertx.close().await();
    }
}
