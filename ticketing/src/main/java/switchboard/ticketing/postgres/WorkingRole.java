package switchboard.ticketing.postgres;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.ticketing.base.Signer;

/// The role that the program works with, which is not the one that owns the tables: it reads and writes rows, makes,
/// changes and empties no table, and only adds to the journal. Partitions are reached through their parents alone;
/// a function with the owner's rights creates the partitions of coming months.
public final class WorkingRole {
    private static final Logger LOG = LoggerFactory.getLogger(WorkingRole.class);
    /// In an embedded cluster, where the program makes it.
    static final String NAME = "switchboard_program";
    private static final List<String> APPEND_ONLY = List.of("journal", "journal_order");
    private static final int PASSWORD_BYTES = 32;
    /// Several nodes start at once, and PostgreSQL refuses to change one role or table twice at the same time.
    private static final String ALONE = "select pg_advisory_xact_lock(hashtextextended('working-role', 11))";

    private final Connection connection;

    private WorkingRole(Connection connection) {
        this.connection = connection;
    }

    /// Brings the tables up to date as their owner, and lets the working role of `working` use them. The two may be
    /// one. Several nodes may call this at once. Blocks.
    ///
    /// @param owner `postgresql://user:password@host:port/database`
    public static void prepare(String owner, String working) {
        Migrations.apply(owner);
        if (!user(owner).equals(user(working))) allow(owner, user(working));
    }

    static String user(String uri) {
        var login = URI.create(uri).getUserInfo();
        return login == null ? "" : login.replaceFirst(":.*", "");
    }

    /// Makes the role where it is missing. Its password follows from the superuser's, so that whoever may read that one
    /// needs no second file.
    ///
    /// @return its password
    static String create(String owner, String ownersPassword) {
        var password = new Signer(ownersPassword).sign("working role", NAME, PASSWORD_BYTES);
        asOwner(owner, role -> {
            if (!role.holds("select 1 from pg_roles where rolname = '" + NAME + "'")) {
                role.execute("create role " + NAME + " login nosuperuser nocreatedb nocreaterole noreplication "
                        + "nobypassrls password '" + password + "'");
            }
        });
        return password;
    }

    private static void allow(String owner, String name) {
        asOwner(owner, role -> {
            if (!role.holds("select 1 from pg_roles where rolname = " + literal(name))) {
                throw new PostgresUnavailable("There is no role " + name + " as SWITCHBOARD_DATABASE_URL names it: "
                        + "make it as the owner of the database or its administrator");
            }
            role.grant(name);
            if (role.holds("select 1 from pg_roles where rolname = " + literal(name) + " and (rolsuper or "
                    + "has_schema_privilege(rolname, current_schema(), 'create'))")) {
                LOG.warn("The role {} may make tables: it needs rights on rows alone", name);
            }
        });
    }

    private void grant(String name) throws SQLException {
        var role = Catalog.quoted(name);
        var catalog = new Catalog(connection);
        var schema = Catalog.quoted(catalog.rows("select current_schema()").getFirst().getFirst());
        execute("grant usage on schema " + schema + " to " + role);
        if (holds("select 1 from pg_namespace where nspname = current_schema() and has_schema_privilege("
                + literal(name) + ", nspname, 'create') and pg_has_role(nspowner, 'usage')")) {
            execute("revoke create on schema " + schema + " from public, " + role);
        }
        for (var table : catalog.workedWith()) {
            var rights = APPEND_ONLY.contains(table) ? "select, insert" : "select, insert, update, delete";
            execute("grant " + rights + " on " + Catalog.quoted(table) + " to " + role);
        }
        for (var table : APPEND_ONLY) {
            execute("revoke update, delete, truncate on " + Catalog.quoted(table) + " from public, " + role);
        }
        for (var sequence : catalog.sequences()) {
            execute("grant usage, select on sequence " + Catalog.quoted(sequence) + " to " + role);
        }
        execute("grant execute on function keep_partitions(timestamptz) to " + role);
    }

    private interface Work {
        void with(WorkingRole role) throws SQLException;
    }

    private static void asOwner(String owner, Work work) {
        try (var connection = DriverManager.getConnection(Migrations.jdbcUrl(owner))) {
            connection.setAutoCommit(false);
            var role = new WorkingRole(connection);
            role.holds(ALONE);
            work.with(role);
            connection.commit();
        } catch (SQLException refused) {
            throw new PostgresUnavailable("The database's working role cannot be prepared: "
                    + String.valueOf(refused.getMessage()).lines().findFirst().orElse(""), refused);
        }
    }

    private boolean holds(String sql) throws SQLException {
        return !new Catalog(connection).rows(sql).isEmpty();
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
