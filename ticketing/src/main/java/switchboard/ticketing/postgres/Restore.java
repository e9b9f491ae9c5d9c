package switchboard.ticketing.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import switchboard.ticketing.postgres.BackupFormat.Table;

/// A backup's way back into an empty database. The file is read from end to end first, so a damaged one changes
/// nothing; the rows go in by one transaction, so a restore that fails half-way leaves nothing behind either.
///
/// The transaction is long and locks every table, because nobody else is there: a program that is connected, or a
/// database that holds anything, is refused. There is no way to force it; a new database is the way.
public final class Restore {
    /// What the program itself writes when it first starts.
    private static final Set<String> ITS_OWN = Set.of("brand", "setting", "tailer");

    private final Connection connection;
    private final Catalog catalog;
    private final BackupReader backup;
    private final Consumer<String> progress;

    private Restore(Connection connection, BackupReader backup, Consumer<String> progress) {
        this.connection = connection;
        this.catalog = new Catalog(connection);
        this.backup = backup;
        this.progress = progress;
    }

    /// Blocks. Tables of an older program are brought up to date afterwards.
    ///
    /// @param passphrase of the backup; one of an older program has none
    /// @param progress is told each table with its number of rows
    /// @return rows of all tables together
    /// @throws BackupRefused for a file or a database that does not allow it
    public static long read(String postgresqlUri, Path file, String passphrase, Consumer<String> progress)
            throws IOException, SQLException {
        try (var backup = BackupReader.open(file, passphrase)) {
            prepare(postgresqlUri, backup, progress);
            long rows;
            try (var connection = DriverManager.getConnection(Migrations.jdbcUrl(postgresqlUri))) {
                connection.setAutoCommit(false);
                rows = new Restore(connection, backup, progress).load();
                connection.commit();
            }
            Migrations.apply(postgresqlUri);
            return rows;
        }
    }

    /// @throws BackupRefused unless `file` is a backup that is whole
    public static void check(Path file, String passphrase) throws IOException {
        BackupReader.open(file, passphrase).close();
    }

    private static void prepare(String uri, BackupReader backup, Consumer<String> progress) throws SQLException {
        var wanted = backup.head.migrations();
        List<String> applied;
        try (var connection = DriverManager.getConnection(Migrations.jdbcUrl(uri))) {
            var restore = new Restore(connection, backup, progress);
            restore.requireAlone();
            restore.requireEmpty();
            applied = restore.catalog.migrations();
        }
        if (!Migrations.known(uri).containsAll(wanted)) {
            throw new BackupRefused("The backup was made by a newer program: restore it with that one");
        }
        if (!wanted.containsAll(applied)) {
            throw new BackupRefused("The backup is older than the tables of this database: restore it into a new one");
        }
        var newest = wanted.getLast();
        var upTo = Migrations.known(uri).stream().filter(version -> version.compareTo(newest) <= 0).toList();
        if (!new HashSet<>(upTo).equals(new HashSet<>(wanted))) {
            throw new BackupRefused("This program makes other tables than the one that made the backup: restore it with"
                    + " that one");
        }
        Migrations.apply(uri, newest);
    }

    private void requireAlone() throws SQLException {
        var others = catalog.rows("""
                select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
                  and application_name = 'switchboard'""").getFirst().getFirst();
        if (!others.equals("0")) throw new BackupRefused("Switchboard is running on this database: stop it first");
    }

    private void requireEmpty() throws SQLException {
        for (var table : catalog.tables()) {
            if (ITS_OWN.contains(table.name())) continue;
            if (!catalog.rows("select 1 from " + Catalog.quoted(table.name()) + " limit 1").isEmpty()) {
                throw new BackupRefused("The database is not empty (" + table.name()
                        + " has rows): restore into a new one");
            }
        }
    }

    private long load() throws IOException, SQLException {
        var references = catalog.references();
        for (var one : references) {
            execute("alter table " + Catalog.quoted(one.table()) + " drop constraint " + Catalog.quoted(one.name()));
        }
        for (var oldest : backup.head.oldest().entrySet()) partitions(oldest.getKey(), oldest.getValue());
        long rows = 0;
        var known = catalog.tables();
        for (var table : backup.head.tables()) rows += load(table, known);
        for (var one : references) {
            execute("alter table " + Catalog.quoted(one.table()) + " add constraint " + Catalog.quoted(one.name())
                    + " " + one.definition());
        }
        sequences();
        execute("analyze");
        return rows;
    }

    private void partitions(String parent, String oldest) throws SQLException {
        try (var call = connection.prepareStatement("""
                select ensure_partitions(?,
                  greatest(1, (extract(year from age) * 12 + extract(month from age))::int), 2)
                from age(date_trunc('month', now()), to_date(?, 'YYYYMM')) age""")) {
            call.setString(1, parent);
            call.setString(2, oldest);
            call.execute();
        }
    }

    private long load(Table table, List<Table> known) throws IOException, SQLException {
        if (known.stream().noneMatch(one -> one.name().equals(table.name())
                && new HashSet<>(one.columns()).equals(new HashSet<>(table.columns())))) {
            throw new BackupRefused("There is no table here like the backup's " + table.name());
        }
        var name = Catalog.quoted(table.name());
        execute("delete from " + name);
        long rows = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + name + " ("
                + Catalog.columns(table) + ") from stdin (format binary)", backup.rows(table.name()), 1 << 16);
        long wanted = backup.end.tables().get(table.name()).rows();
        if (rows != wanted) {
            throw new BackupRefused(table.name() + " has " + rows + " rows and the backup's end says " + wanted);
        }
        progress.accept(table.name() + " " + rows);
        return rows;
    }

    private void sequences() throws SQLException {
        var here = catalog.sequences();
        for (var one : backup.end.sequences().entrySet()) {
            if (!here.contains(one.getKey())) continue;
            try (var set = connection.prepareStatement("select setval(?::regclass, ?, ?)")) {
                set.setString(1, Catalog.quoted(one.getKey()));
                set.setLong(2, one.getValue().last());
                set.setBoolean(3, one.getValue().used());
                set.execute();
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
