package switchboard.ticketing.access;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Sql;

/// Teams own lines and tickets; whoever is in a team sees its tickets.
public final class Teams {
    private static final int TEAMS_MAX = 500;
    private static final int DESCRIPTION_CHARS_MAX = 2_000;

    private final Database database;

    public Teams(Database database) {
        this.database = database;
    }

    public record Team(UUID id, String name, String description, List<UUID> memberIds) {}

    /// Null means: as it is (for a new team: empty).
    public record Change(String name, String description, List<UUID> memberIds) {}

    public List<Team> list() {
        return database.sql().list(Team.class, select("true order by t.name limit " + TEAMS_MAX));
    }

    public Team get(UUID id) {
        return database.sql().one(Team.class, select("t.id = $1"), id)
                .orElseThrow(() -> new Failure.NotFound("The team"));
    }

    private static String select(String where) {
        return """
                select t.id, t.name, t.description,
                  (select coalesce(json_agg(m.agent_id order by m.agent_id), '[]') from team_member m
                   where m.team_id = t.id) as member_ids
                from team t where\s""" + where;
    }

    /// @throws Failure.Conflict `name-taken`
    public Team create(Change wanted) {
        Label.length("description", wanted.description(), DESCRIPTION_CHARS_MAX);
        var id = Ids.next();
        database.run(tx -> {
            if (tx.execute("insert into team (id, name, description) values ($1, $2, coalesce($3, '')) on conflict "
                    + "do nothing",
                    id, Agents.name(wanted.name()), wanted.description()) == 0) throw taken();
            members(tx, id, wanted.memberIds());
        });
        return get(id);
    }

    public Team change(UUID id, Change change) {
        var name = change.name() == null ? null : Agents.name(change.name());
        Label.length("description", change.description(), DESCRIPTION_CHARS_MAX);
        database.run(tx -> {
            if (name != null && tx.exists("select 1 from team where name = $2 and id <> $1", id, name)) {
                throw taken();
            }
            if (tx.execute("update team set name = coalesce($2, name), description = coalesce($3, description) where "
                    + "id = $1",
                    id, name, change.description()) == 0) {
                throw new Failure.NotFound("The team");
            }
            members(tx, id, change.memberIds());
        });
        return get(id);
    }

    private static Failure taken() {
        return new Failure.Conflict("name-taken", "A team with this name exists already");
    }

    private static void members(Sql tx, UUID id, List<UUID> members) {
        if (members == null) return;
        tx.execute("delete from team_member where team_id = $1", id);
        var wanted = Set.copyOf(members);
        int joined = tx.execute("insert into team_member (team_id, agent_id) select $1, id from agent where id = "
                + "any($2::uuid[])",
                id, wanted);
        if (joined != wanted.size()) throw Failure.Invalid.field("memberIds", "names an agent who does not exist");
    }

    /// A team that owns tickets or lines stays: taking it away would show its tickets to everyone.
    ///
    /// @throws Failure.Conflict `in-use`
    public void delete(UUID id) {
        database.run(tx -> {
            if (tx.exists("""
                    select 1 from ticket where team_id = $1 union all select 1 from mailbox where team_id = $1
                    union all select 1 from call where team_id = $1
                    union all select 1 from phone_number where team_id = $1 or menu @> MENU
                    union all select 1 from setting where name = 'widget' and value ->> 'teamId' = $1::uuid::text
                      or name = 'routing' and value ->> 'formTeamId' = $1::uuid::text"""
                    .replace("MENU", "jsonb_build_array(jsonb_build_object('teamId', $1::uuid))"), id)) {
                throw new Failure.Conflict("in-use", "The team has tickets, mailboxes, numbers, the chat or the form");
            }
            if (tx.execute("delete from team where id = $1", id) == 0) throw new Failure.NotFound("The team");
        });
    }
}
