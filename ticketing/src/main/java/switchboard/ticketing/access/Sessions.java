package switchboard.ticketing.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Json.OneOf;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.base.Sql;

/// Everything that says "it is me": browser sessions, API tokens, one-time stream tickets and mailed links.
/// A token has 256 random bits and is kept as its SHA-256 only.
///
/// A browser session ends after an hour without a request, after one working day at most, and when the password, the
/// role or the account changes.
public final class Sessions {
    public static final Duration BROWSER_IDLE = Duration.ofHours(1);
    public static final Duration BROWSER_ABSOLUTE = Duration.ofHours(12);
    /// For this long after the password was entered, sensitive actions need no new proof.
    public static final Duration FRESH = Duration.ofMinutes(15);
    public static final Duration API_ABSOLUTE = Duration.ofDays(365);
    public static final Duration STREAM_TICKET = Duration.ofSeconds(30);
    public static final Duration LINK = Duration.ofMinutes(30);
    public static final int LIVE_MAX = 20;
    private static final int TOKEN_CHARS_MAX = 100;

    private static final String LIVE = """
            s.expires_at > now() and a.active and (s.kind = 'api' or s.kind = 'browser'
              and s.seen_at > now() - make_interval(mins => %d))""".formatted(BROWSER_IDLE.toMinutes());
    private static final String CALLER = """
            select s.token_hash, a.id, a.role, a.name, a.language, s.seen_at < now() - interval '1 minute' as stale,
              (select coalesce(json_agg(m.team_id), '[]') from team_member m where m.agent_id = a.id) as team_ids
            from session s join agent a on a.id = s.agent_id
            where\s""" + LIVE;

    private final Database database;

    public Sessions(Database database) {
        this.database = database;
    }

    /// A token for the API or a browser; the oldest of the account's sessions ends when there are too many.
    public String open(UUID agent, Kind kind, String name) {
        return database.transaction(tx -> {
            // One account's sign-ins take turns, so that the limit holds for those at the same instant.
            tx.query("select 1 from agent where id = $1 for update", agent);
            return added(tx, agent, kind, name, From.NOWHERE);
        });
    }

    /// Where a browser signed in from, shown to its agent later.
    public record From(String client, String address) {
        static final From NOWHERE = new From("", "");
        private static final int CLIENT_CHARS_MAX = 300;

        public From {
            client = client == null ? "" : client.length() > CLIENT_CHARS_MAX
                    ? client.substring(0, CLIENT_CHARS_MAX) : client;
        }
    }

    /// For who has proven to know the password behind this hash, unless it has been changed since: a reset ends what
    /// was begun with the old one too.
    public Optional<String> signIn(UUID agent, String provenHash) {
        return signIn(agent, provenHash, From.NOWHERE);
    }

    /// As above, recording where from.
    public Optional<String> signIn(UUID agent, String provenHash, From from) {
        return database.transaction(tx -> tx.query("""
                select 1 from agent where id = $1 and active and password_hash = $2 for update""", agent, provenHash)
                .rowCount() == 0 ? Optional.empty() : Optional.of(added(tx, agent, Kind.BROWSER, "", from)));
    }

    private static String added(Sql tx, UUID agent, Kind kind, String name, From from) {
        tx.execute("""
                delete from session where token_hash in (
                  select token_hash from session where agent_id = $1 and kind in ('browser', 'api')
                  order by seen_at desc, token_hash offset $2)""", agent, LIVE_MAX - 1);
        var token = insert(tx, agent, kind.word, name, kind.lasts, null);
        tx.execute("update session set client = $2, address = $3 where token_hash = $1", Signer.digest(token),
                from.client(), from.address());
        return token;
    }

    public enum Kind {
        BROWSER("browser", BROWSER_ABSOLUTE), API("api", API_ABSOLUTE);

        private final String word;
        private final Duration lasts;

        Kind(String word, Duration lasts) {
            this.word = word;
            this.lasts = lasts;
        }
    }

    private static String insert(Sql tx, UUID agent, String kind, String name, Duration lasts, String parent) {
        var token = Ids.secret();
        tx.execute("""
                insert into session (token_hash, agent_id, kind, name, expires_at, parent_hash)
                values ($1, $2, $3, $4, now() + make_interval(secs => $5::float8), $6)""",
                Signer.digest(token), agent, kind, name, (double) lasts.toSeconds(), parent);
        return token;
    }

    private record Row(String tokenHash, UUID id, String role, String name, String language, boolean stale,
                       Set<UUID> teamIds) {
        Caller caller() {
            return new Caller(id, Caller.Role.of(role), Set.copyOf(teamIds), name, language, tokenHash);
        }
    }

    /// Who bears this token; empty for one that is unknown, over, or of another kind. Counts as use.
    public Optional<Caller> caller(String token) {
        if (token == null || token.isEmpty() || token.length() > TOKEN_CHARS_MAX) return Optional.empty();
        var found = database.sql().one(Row.class, CALLER + " and s.token_hash = $1", Signer.digest(token));
        found.filter(Row::stale).ifPresent(row -> database.sql().execute(
                "update session set seen_at = now() where token_hash = $1", row.tokenHash()));
        return found.map(Row::caller);
    }

    /// The callers of those sessions that still live, by hash, with today's role and teams. Does not count as use.
    public Map<String, Caller> live(Collection<String> hashes) {
        var callers = new HashMap<String, Caller>();
        if (hashes.isEmpty()) return callers;
        database.sql().list(Row.class, CALLER + " and s.token_hash = any($1::text[])", hashes)
                .forEach(row -> callers.put(row.tokenHash(), row.caller()));
        return callers;
    }

    /// Whether the agent may be shown things now: used where a link stands for its viewer.
    public Optional<Caller> viewer(UUID agent) {
        return database.sql().one(Row.class, CALLER + " and a.id = $1 limit 1", agent).map(Row::caller);
    }

    /// A ticket that opens one socket within thirty seconds and dies with the session it was made from.
    public String streamTicket(Caller caller) {
        return database.transaction(tx ->
                insert(tx, caller.id(), "stream", "", STREAM_TICKET, caller.sessionHash()));
    }

    /// Uses the ticket up; empty when it is unknown, used, late, or its session is over.
    public Optional<Caller> redeemStream(String ticket) {
        if (ticket == null || ticket.length() > TOKEN_CHARS_MAX) return Optional.empty();
        var parent = database.sql().value(String.class, """
                delete from session where token_hash = $1 and kind = 'stream'
                returning case when expires_at > now() then parent_hash end""", Signer.digest(ticket));
        return parent.flatMap(hash -> Optional.ofNullable(live(Set.of(hash)).get(hash)));
    }

    /// A mailed link's secret, good for thirty minutes and for one use; it replaces any earlier one of the account.
    public static String link(Sql tx, UUID agent, boolean invitation) {
        tx.execute("delete from session where agent_id = $1 and kind in ('invitation', 'reset')", agent);
        return insert(tx, agent, invitation ? "invitation" : "reset", "", LINK, null);
    }

    /// Uses the link up, together with what the transaction does with it.
    public static Optional<UUID> redeemLink(Sql tx, String token) {
        if (token == null || token.isEmpty() || token.length() > TOKEN_CHARS_MAX) return Optional.empty();
        return tx.value(UUID.class, """
                delete from session s using agent a
                where s.token_hash = $1 and s.kind in ('invitation', 'reset') and s.expires_at > now()
                  and a.id = s.agent_id and a.active
                returning s.agent_id""", Signer.digest(token));
    }

    /// One of an agent's own sessions or API tokens, as the agent is shown it.
    ///
    /// @param current the session that is asking
    public record Own(UUID id, @OneOf({"browser", "api"}) String kind, String name, String client, String address,
                      Instant createdAt, Instant seenAt, Instant expiresAt, boolean current) {}

    /// Live sessions, last used first.
    public List<Own> own(Caller caller) {
        return database.sql().list(Own.class, """
                select s.id, s.kind, s.name, s.client, s.address, s.created_at, s.seen_at, s.expires_at,
                  s.token_hash = $2 as current
                from session s join agent a on a.id = s.agent_id where s.agent_id = $1 and\s""" + LIVE
                + " order by s.seen_at desc, s.id limit " + LIVE_MAX, caller.id(), caller.sessionHash());
    }

    /// @throws Failure.NotFound when it isn't the caller's
    public void end(Caller caller, UUID id) {
        if (database.sql().execute("delete from session where id = $1 and agent_id = $2 and kind in ('browser', 'api')",
                id, caller.id()) == 0) throw new Failure.NotFound("The session");
    }

    /// Ends every other browser session of the caller and all mailed links. API tokens stay.
    public void endOthers(Caller caller) {
        database.sql().execute("""
                delete from session where agent_id = $1 and token_hash <> $2
                  and kind in ('browser', 'invitation', 'reset')""", caller.id(), caller.sessionHash());
    }

    /// The caller has just entered the password.
    public void proven(Caller caller) {
        database.sql().execute("update session set proven_at = now() where token_hash = $1", caller.sessionHash());
    }

    /// Whether the password was entered recently. An API token has no password, so it always passes.
    public boolean fresh(Caller caller) {
        return database.sql().exists("""
                select 1 from session where token_hash = $1
                  and (kind = 'api' or proven_at > now() - make_interval(secs => $2::float8))""",
                caller.sessionHash(), (double) FRESH.toSeconds());
    }

    public void revoke(String hash) {
        database.sql().execute("delete from session where token_hash = $1", hash);
    }

    public static void revokeAll(Sql tx, UUID agent) {
        tx.execute("delete from session where agent_id = $1", agent);
    }

    /// @param hash of the session that stays, along with its sockets
    static void revokeOthers(Sql tx, UUID agent, String hash) {
        tx.execute("delete from session where agent_id = $1 and token_hash <> $2 and parent_hash is distinct from $2",
                agent, hash);
    }

    /// The link's agent, without using the link up.
    public Optional<UUID> linkOf(String token) {
        if (token == null || token.isEmpty() || token.length() > TOKEN_CHARS_MAX) return Optional.empty();
        return database.sql().value(UUID.class, """
                select s.agent_id from session s join agent a on a.id = s.agent_id and a.active
                where s.token_hash = $1 and s.kind in ('invitation', 'reset') and s.expires_at > now()""",
                Signer.digest(token));
    }

    /// Forgets what is over.
    public void sweep() {
        database.sql().execute("""
                delete from session where token_hash in (select token_hash from session where expires_at < now()
                  or kind = 'browser' and seen_at < now() - make_interval(mins => $1) limit 1000)""",
                (int) BROWSER_IDLE.toMinutes());
    }
}
