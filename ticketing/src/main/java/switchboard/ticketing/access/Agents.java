package switchboard.ticketing.access;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.base.Page;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;

/// The people who answer: their accounts, roles, teams, skills, status and load.
public final class Agents {
    private static final int CAPACITY_MAX = 1000;
    public static final int SIGNATURE_CHARS_MAX = 10_000;
    static final int PREFERENCES_CHARS_MAX = 20_000;
    private static final int LANGUAGE_CHARS_MAX = 20;
    private static final Set<String> STATUSES = Set.of("available", "away", "offline");

    private final Database database;
    private final Journal journal;
    private final String channelCosts;
    private final Set<String> channels;
    private final Leaving leaving;

    /// @param channelCosts units of an agent's capacity that one open ticket of the channel takes
    public Agents(Database database, Journal journal, Map<String, Integer> channelCosts) {
        this.database = database;
        this.journal = journal;
        this.channelCosts = Json.write(channelCosts);
        this.channels = Set.copyOf(channelCosts.keySet());
        this.leaving = new Leaving(database, journal);
    }

    public Page<Agent> list(int limit, String after) {
        var rows = database.sql().list(Agent.class, select("a.id > $2::uuid order by a.id limit $3"), channelCosts,
                after == null ? new UUID(0, 0) : Ids.parse(after, "The page"), limit + 1);
        return Page.of(rows, limit, Agent::id);
    }

    /// @throws Failure.NotFound when there is none
    public Agent get(UUID id) {
        return get(database.sql(), id);
    }

    public Agent get(Sql sql, UUID id) {
        return sql.one(Agent.class, select("a.id = $2"), channelCosts, id)
                .orElseThrow(() -> new Failure.NotFound("The agent"));
    }

    public Map<UUID, Agent> byIds(Collection<UUID> ids) {
        var found = new HashMap<UUID, Agent>();
        if (ids.isEmpty()) return found;
        database.sql().list(Agent.class, select("a.id = any($2::uuid[])"), channelCosts, ids)
                .forEach(agent -> found.put(agent.id(), agent));
        return found;
    }

    private static String select(String where) {
        return """
                select a.id, a.name, a.email, a.role, a.status, a.status_reason, a.language, a.phone, a.capacity,
                  coalesce(a.live_capacity, a.capacity) as live_capacity, a.active, a.version, taken.load,
                  taken.live_load,
                  (select coalesce(json_agg(json_build_object('id', t.id, 'name', t.name) order by t.name), '[]')
                   from team_member m join team t on t.id = m.team_id where m.agent_id = a.id) as teams,
                  (select coalesce(json_agg(json_build_object('name', s.name, 'level', s.level) order by s.name), '[]')
                   from agent_skill s where s.agent_id = a.id) as skills, a.channel_max
                from agent a cross join lateral (
                  select coalesce(sum(cost), 0) as load,
                    coalesce(sum(cost) filter (where cost >= LIVE), 0) as live_load
                  from (select coalesce(($1::text::jsonb ->> channel)::int, 0) as cost from (
                """.replace("LIVE", String.valueOf(Load.LIVE_COST_MIN)) + Load.OF_AGENT + """
                   ) work) one) taken where\s""" + where;
    }

    /// What signing in needs. Never leaves the program.
    public record Credentials(UUID id, String email, String passwordHash, boolean active) {}

    /// @param email compared without regard to case, by its stored spelling
    public Optional<Credentials> credentials(String email) {
        return database.sql().one(Credentials.class,
                "select id, email, password_hash, active from agent where lower(email) = lower($1)", email);
    }

    /// Never leaves the program. Empty for an account without a password.
    public Optional<String> passwordHash(UUID id) {
        return database.sql().value(String.class, "select password_hash from agent where id = $1", id);
    }

    public boolean anyAdmin() {
        return database.sql().exists("select 1 from agent where role = 'admin' and active");
    }

    public record Invited(String email, String name, Caller.Role role, Collection<UUID> teamIds, String language) {}

    /// A new account without a password. The caller commits and then calls `journal.committed()`.
    ///
    /// @throws Failure.Conflict `email-taken`
    public UUID create(Sql tx, Actor by, Invited invited) {
        record Row(UUID id, String name, String email, String role, String language) {}
        var id = Ids.next();
        var columns = "insert into agent (id, name, email, role, language) values ($1, $2, $3, $4, $5) "
                + "on conflict (brand_id, lower(email)) do nothing";
        var row = new Row(id, invited.name(), invited.email(), invited.role().word(), invited.language());
        if (tx.execute(columns, row.id(), row.name(), row.email(), row.role(), row.language()) == 0) {
            throw new Failure.Conflict("email-taken", "An agent with this address exists already");
        }
        joinTeams(tx, id, invited.teamIds());
        changed(tx, by, id);
        return id;
    }

    /// Null means: as it is.
    ///
    /// @param channelMax the whole of the new bounds, a channel left out has none; null leaves them
    /// @param capacity units for written work, and for live work unless `liveCapacity` is given
    public record Change(String name, String role, List<UUID> teamIds, List<Agent.Skill> skills, Integer capacity,
                         Integer liveCapacity, Map<String, Integer> channelMax, String language, String phone,
                         Boolean active, int version) {}

    /// @throws Failure.Conflict `stale` when the version has moved on, `last-admin` when nobody could undo it
    public Agent change(Caller by, UUID id, Change change) {
        validate(change);
        boolean left = database.transaction(tx -> {
            lock(tx, id);
            var before = get(tx, id);
            if (before.version() != change.version()) {
                throw new Failure.Conflict("stale", "The agent was changed meanwhile", before);
            }
            update(tx, id, change);
            if (change.teamIds() != null) joinTeams(tx, id, change.teamIds());
            if (change.skills() != null) learn(tx, id, change.skills());
            boolean roleChanged = change.role() != null && !change.role().equals(before.role());
            boolean ended = Boolean.FALSE.equals(change.active()) && before.active();
            if (roleChanged || ended) {
                if (!tx.exists("select 1 from agent where role = 'admin' and active")) {
                    throw new Failure.Conflict("last-admin", "This is the last administrator");
                }
                Sessions.revokeAll(tx, id);
            }
            if (ended) Leaving.mark(tx, id, Leaving.DEACTIVATED);
            changed(tx, by.actor(), id);
            return ended;
        });
        journal.committed();
        if (left) leaving.finish(by.actor(), id);
        return get(id);
    }

    /// Locks all admins too, so that two admins can't demote each other at once. Locks in order of id, as routing does.
    private static void lock(Sql tx, UUID id) {
        tx.query("select id from agent where role = 'admin' or id = $1 order by id for update", id);
    }

    private void validate(Change change) {
        if (change.role() != null) role(change.role());
        nameOrNull(change.name());
        Label.length("language", change.language(), LANGUAGE_CHARS_MAX);
        units("capacity", change.capacity());
        units("liveCapacity", change.liveCapacity());
        if (change.channelMax() != null) bounds(change.channelMax());
        if (change.skills() == null) return;
        for (var skill : change.skills()) {
            if (skill != null) Label.checked("skills", skill.name(), Skills.NAME_CHARS_MAX);
            if (skill == null || skill.level() < 0 || skill.level() > 10) {
                throw Failure.Invalid.field("skills", "each has a name and a level between 0 and 10");
            }
        }
    }

    private static void units(String field, Integer units) {
        if (units != null && (units < 0 || units > CAPACITY_MAX)) {
            throw Failure.Invalid.field(field, "must be between 0 and " + CAPACITY_MAX);
        }
    }

    private void bounds(Map<String, Integer> channelMax) {
        for (var one : channelMax.entrySet()) {
            if (!channels.contains(one.getKey())) {
                throw Failure.Invalid.field("channelMax", "there is no channel " + one.getKey());
            }
            if (one.getValue() == null || one.getValue() < 0 || one.getValue() > CAPACITY_MAX) {
                throw Failure.Invalid.field("channelMax", "must be between 0 and " + CAPACITY_MAX);
            }
        }
    }

    public static Caller.Role role(String word) {
        try {
            return Caller.Role.of(String.valueOf(word));
        } catch (IllegalArgumentException unknown) {
            throw Failure.Invalid.field("role", "must be agent, lead or admin");
        }
    }

    public static String name(String name) {
        return Label.checked("name", name, Label.CHARS_MAX);
    }

    private static String nameOrNull(String name) {
        return name == null ? null : name(name);
    }

    private static String phoneOrNull(Sql tx, String phone) {
        return phone == null ? null : Dialable.own(tx, "phone", phone);
    }

    private static void update(Sql tx, UUID id, Change change) {
        tx.execute("""
                update agent set name = coalesce($2, name), role = coalesce($3, role),
                  capacity = coalesce($4, capacity), live_capacity = coalesce($9, live_capacity),
                  language = coalesce($5, language), phone = coalesce($6, phone), active = coalesce($7, active),
                  channel_max = coalesce($8::text::jsonb, channel_max),
                  status = case when $7 is false then 'offline' else status end,
                  status_reason = case when $7 is false then '' else status_reason end,
                  status_wanted = case when $7 is false then null else status_wanted end, version = version + 1
                where id = $1""", id, nameOrNull(change.name()), change.role(),
                change.capacity(), change.language(), phoneOrNull(tx, change.phone()), change.active(),
                change.channelMax() == null ? null : Json.write(change.channelMax()), change.liveCapacity());
    }

    private static void joinTeams(Sql tx, UUID id, Collection<UUID> teams) {
        if (teams == null) return;
        tx.execute("delete from team_member where agent_id = $1", id);
        int joined = tx.execute("insert into team_member (team_id, agent_id) select id, $1 from team where id = "
                + "any($2::uuid[])",
                id, Set.copyOf(teams));
        if (joined != Set.copyOf(teams).size()) {
            throw Failure.Invalid.field("teamIds", "names a team that does not exist");
        }
    }

    private static void learn(Sql tx, UUID id, List<Agent.Skill> skills) {
        tx.execute("delete from agent_skill where agent_id = $1", id);
        for (var skill : skills) {
            tx.execute("insert into skill (name) values ($1) on conflict do nothing", skill.name());
            tx.execute("insert into agent_skill values ($1, $2, $3) on conflict (agent_id, name) do update set level "
                    + "= $3",
                    id, skill.name(), (short) skill.level());
        }
    }

    /// What agents keep for themselves.
    public record Own(String signature, Map<String, Object> preferences) {}

    public Own own(UUID id) {
        return database.sql().one(Own.class, "select signature, preferences from agent where id = $1", id)
                .orElseThrow(() -> new Failure.NotFound("The agent"));
    }

    /// Null means: as it is.
    public record OwnChange(String name, String phone, String language, String signature,
            Map<String, Object> preferences) {}

    public Agent changeOwn(Caller by, OwnChange change) {
        nameOrNull(change.name());
        Label.length("language", change.language(), LANGUAGE_CHARS_MAX);
        Label.length("signature", change.signature(), SIGNATURE_CHARS_MAX);
        if (change.preferences() != null) {
            Label.length("preferences", Json.write(change.preferences()), PREFERENCES_CHARS_MAX);
        }
        database.run(tx -> {
            tx.execute("""
                    update agent set name = coalesce($2, name), phone = coalesce($3, phone),
                      language = coalesce($4, language), signature = coalesce($5, signature),
                      preferences = coalesce($6::text::jsonb, preferences), version = version + 1
                    where id = $1""", by.id(), nameOrNull(change.name()),
                    phoneOrNull(tx, change.phone()), change.language(), change.signature(),
                    change.preferences() == null ? null : Json.write(change.preferences()));
            changed(tx, by.actor(), by.id());
        });
        journal.committed();
        return get(by.id());
    }

    /// Agents choose available and away themselves; only routing sets `missed`. Going offline hands over the work that
    /// customers are waiting for.
    public Agent status(Caller by, String status) {
        if (!STATUSES.contains(String.valueOf(status))) {
            throw Failure.Invalid.field("status", "must be available, away or offline");
        }
        var session = by.sessionHash().isEmpty() ? null : by.sessionHash();
        boolean left = status.equals("offline");
        database.run(tx -> {
            // Choosing the same status again binds it to this session.
            tx.execute("update agent set status_session = $2, status_wanted = null where id = $1", by.id(),
                    left ? null : session);
            if (tx.execute("""
                    update agent set status = $2, status_reason = '', status_since = now(), version = version + 1,
                      leaving = case when $2 = 'offline' then 'offline' end,
                      idle_since = case when $2 = 'available' then now() else idle_since end
                    where id = $1 and status <> $2""", by.id(), status) == 1) {
                journal.append(tx, Entry.of("agent.changed", by.actor(), Instant.now())
                        .facts(Map.of("agent", by.id().toString(), "status", status)));
            }
        });
        journal.committed();
        if (left) leaving.finish(by.actor(), by.id());
        return get(by.id());
    }

    /// @param hash an encoded password hash; every session of the agent ends with the old password
    public static void password(Sql tx, UUID id, String hash) {
        tx.execute("update agent set password_hash = $2, version = version + 1 where id = $1 and active", id, hash);
        Sessions.revokeAll(tx, id);
    }

    /// As above, by the agent, whose own session continues.
    ///
    /// @param provenHash the hash that the old password was checked against; false when it has changed since
    public boolean changePassword(Caller by, String provenHash, String hash) {
        boolean changed = database.transaction(tx -> {
            if (tx.execute("update agent set password_hash = $3, version = version + 1 where id = $1 and active "
                    + "and password_hash = $2", by.id(), provenHash, hash) == 0) return false;
            Sessions.revokeOthers(tx, by.id(), by.sessionHash());
            changed(tx, by.actor(), by.id());
            return true;
        });
        journal.committed();
        return changed;
    }

    private void changed(Sql tx, Actor by, UUID id) {
        journal.append(tx, Entry.of("agent.changed", by, Instant.now()).facts(Map.of("agent", id.toString())));
    }
}
