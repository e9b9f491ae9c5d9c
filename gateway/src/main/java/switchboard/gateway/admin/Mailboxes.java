package switchboard.gateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import switchboard.gateway.http.Call;
import switchboard.ticketing.access.Agents;
import switchboard.ticketing.access.Label;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Json.Nullable;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.base.Page;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.base.Sql;

/// The company's mailboxes. Passwords are written, sealed, and never read back.
public final class Mailboxes {
    private static final int LIST_MAX = 500;
    /// A name or an address, of version 4 or 6; nothing that a resolver or a mail library could read otherwise.
    private static final String HOST = "[A-Za-z0-9._:-]{1,253}";

    private final Database database;
    private final Signer signer;
    private final Function<UUID, Checked> checker;
    private final Runnable changed;

    /// @param checker tries a stored mailbox's two servers; may take some seconds
    /// @param changed called after each commit, so that what was set holds from the next mail on
    public Mailboxes(Database database, Signer signer, Function<UUID, Checked> checker, Runnable changed) {
        this.database = database;
        this.signer = signer;
        this.checker = checker;
        this.changed = changed;
    }

    /// @param password null when it is read, and on writing when the stored one stays
    public record Server(String host, int port, boolean tls, String user, @Nullable String password) {}

    public record Mailbox(UUID id, String name, String address, @Nullable UUID teamId, @Nullable Server imap,
                          @Nullable Server smtp, String signature, boolean autoAcknowledge, String trustedAuthserv,
                          boolean importExisting, List<String> aliases, int version) {}

    /// Null means: as it is (for a new mailbox: none); only `teamId`, left out, stays, and null takes it away.
    ///
    /// @param aliases additional addresses; `*@domain` is a catch-all for the domain
    /// @param importExisting whether what lies there when it is first read by IMAP becomes tickets too
    public record MailboxChange(String name, String address, JsonNode teamId, Server imap, Server smtp,
                                String signature, Boolean autoAcknowledge, String trustedAuthserv,
                                Boolean importExisting, List<String> aliases, int version) {}

    public record Check(boolean ok, String detail) {}

    /// Null where the mailbox has no such server.
    public record Checked(@Nullable Check imap, @Nullable Check smtp) {}

    /// How a sealed password is bound to its place; the mail channel opens it with the same words.
    public static String sealContext(UUID mailbox, String server) {
        return "mailbox:" + server + ":" + mailbox;
    }

    public Object list(Call call) {
        return new Page<>(database.sql().list(Mailbox.class, select("active order by name, id limit " + LIST_MAX)),
                null);
    }

    private static String select(String where) {
        return """
                select id, name, address, team_id, imap - 'password' as imap, smtp - 'password' as smtp, signature,
                  auto_acknowledge, trusted_authserv, import_existing, aliases, version
                from mailbox where\s""" + where;
    }

    private static Mailbox get(Sql sql, UUID id) {
        return sql.one(Mailbox.class, select("active and id = $1"), id)
                .orElseThrow(() -> new Failure.NotFound("The mailbox"));
    }

    public Object create(Call call, MailboxChange wanted) {
        if (wanted.address() == null) throw Failure.Invalid.field("address", "is needed");
        requireSound(call, wanted);
        var id = Ids.next();
        return told(database.transaction(tx -> {
            if (tx.execute("insert into mailbox (id, name, address) values ($1, $2, $3) on conflict do nothing", id,
                    wanted.name() == null ? wanted.address() : wanted.name(), address(wanted.address())) == 0) {
                throw new Failure.Conflict("address-taken", "There is a mailbox with this address already");
            }
            update(tx, id, wanted);
            Aliases.settle(tx, id, wanted.aliases());
            return get(tx, id);
        }));
    }

    /// Changing the mail servers or their passwords needs a recent password check.
    private static void requireSound(Call call, MailboxChange change) {
        if (change.name() != null) Label.checked("name", change.name(), Label.CHARS_MAX);
        Label.length("signature", change.signature(), Agents.SIGNATURE_CHARS_MAX);
        if (change.imap() != null || change.smtp() != null) call.requireFresh();
    }

    private Mailbox told(Mailbox now) {
        changed.run();
        return now;
    }

    public Object change(Call call, MailboxChange change) {
        requireSound(call, change);
        return told(database.transaction(tx -> {
            tx.query("select 1 from mailbox where id = $1 for update", call.id());
            var before = get(tx, call.id());
            if (before.version() != change.version()) throw new Failure.Conflict("stale",
                    "The mailbox was changed meanwhile", before);
            keepsPassword(tx, call.id(), "imap", before.imap(), change.imap());
            keepsPassword(tx, call.id(), "smtp", before.smtp(), change.smtp());
            update(tx, call.id(), change);
            Aliases.settle(tx, call.id(), change.aliases());
            return get(tx, call.id());
        }));
    }

    /// A stored password is sent only to the host, port and TLS mode that it was entered for.
    ///
    /// @throws Failure.Invalid when the server changes without a new password
    private static void keepsPassword(Sql tx, UUID id, String which, Server before, Server now) {
        if (before == null || now == null || now.password() != null) return;
        boolean same = now.host() != null && before.host().equalsIgnoreCase(now.host().strip())
                && before.port() == now.port() && before.tls() == now.tls();
        if (!same && tx.exists("select 1 from mailbox where id = $1 and (case when $2 = 'imap' then imap else smtp end)"
                + " ->> 'password' <> ''", id, which)) {
            throw Failure.Invalid.field(which, "needs its password again when host, port or TLS change");
        }
    }

    private void update(Sql tx, UUID id, MailboxChange change) {
        var team = GivenTeam.of(tx, change.teamId());
        tx.execute("""
                update mailbox set name = coalesce($2, name), address = coalesce($3, address),
                  team_id = case when $11 then $4 else team_id end,
                  imap = coalesce($5::text::jsonb || coalesce(jsonb_build_object('password',
                    coalesce($5::text::jsonb -> 'password',
                    imap -> 'password')), '{}'), imap),
                  smtp = coalesce($6::text::jsonb || coalesce(jsonb_build_object('password',
                    coalesce($6::text::jsonb -> 'password',
                    smtp -> 'password')), '{}'), smtp),
                  signature = coalesce($7, signature), auto_acknowledge = coalesce($8, auto_acknowledge),
                  trusted_authserv = coalesce($9, trusted_authserv),
                  import_existing = coalesce($10, import_existing), version = version + 1
                where id = $1""", id, change.name(),
                change.address() == null ? null : address(change.address()), team.id(),
                sealed(id, "imap", change.imap()), sealed(id, "smtp", change.smtp()), change.signature(),
                change.autoAcknowledge(), change.trustedAuthserv(), change.importExisting(), team.given());
    }

    private String sealed(UUID id, String which, Server server) {
        if (server == null) return null;
        boolean named = server.host() != null && server.host().strip().matches(HOST);
        if (!named || server.port() < 1 || server.port() > 65535) {
            throw Failure.Invalid.field(which, "needs a host and a port");
        }
        var fields = new java.util.HashMap<String, Object>(Map.of("host", server.host().strip(), "port", server.port(),
                "tls", server.tls(), "user", server.user() == null ? "" : server.user()));
        if (server.password() != null) {
            fields.put("password", server.password().isEmpty() ? ""
                    : signer.seal(sealContext(id, which), server.password()));
        }
        return Json.write(fields);
    }

    private static String address(String address) {
        if (!address.matches("[^\\s@]{1,64}@[^\\s@]{1,253}")) throw Failure.Invalid.field("address",
                "must be a mail address");
        return address;
    }

    /// The mailbox stays in the tables, for the tickets that came by it; it takes and sends nothing any more.
    public Object delete(Call call) {
        int gone = database.sql().execute("""
                update mailbox set active = false, imap = null, smtp = null, aliases = '{}',
                  address = address || '#' || id,
                  version = version + 1 where id = $1 and active""", call.id());
        if (gone == 0) throw new Failure.NotFound("The mailbox");
        changed.run();
        return null;
    }

    public Object test(Call call) {
        get(database.sql(), call.id());
        return checker.apply(call.id());
    }

}
