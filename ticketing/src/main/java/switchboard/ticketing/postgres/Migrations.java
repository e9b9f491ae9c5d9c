package switchboard.ticketing.postgres;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/// The tables of all features: every `V<yyyymmddhhmm>__feature_what.sql` on the class path below `switchboard/`,
/// in the order of their numbers; one that arrives later with an older number is applied too.
public final class Migrations {

    private Migrations() {
    }

    /// Brings a database up to date. Several nodes may call this at once. Blocks.
    ///
    /// @param postgresqlUri `postgresql://user:password@host:port/database`
    /// @throws org.flywaydb.core.api.FlywayException when a migration fails or an applied one was edited
    public static void apply(String postgresqlUri) {
        flyway(postgresqlUri).migrate();
    }

    /// As [#apply(String)], but no further than `version`.
    static void apply(String postgresqlUri, String version) {
        configuration(postgresqlUri).target(version).load().migrate();
    }

    /// The versions of all migrations on the class path, in order.
    static List<String> known(String postgresqlUri) {
        return Arrays.stream(flyway(postgresqlUri).info().all()).filter(one -> one.getState().isResolved())
                .map(one -> one.getVersion().getVersion()).sorted().toList();
    }

    /// Changes whenever a migration is added, removed or edited.
    public static int fingerprint(String postgresqlUri) {
        return Arrays.stream(flyway(postgresqlUri).info().all())
                .map(migration -> migration.getScript() + " " + migration.getChecksum())
                .collect(Collectors.joining("\n")).hashCode();
    }

    private static Flyway flyway(String postgresqlUri) {
        return configuration(postgresqlUri).load();
    }

    private static FluentConfiguration configuration(String postgresqlUri) {
        FluentConfiguration configuration = Flyway.configure()
                .dataSource(jdbcUrl(postgresqlUri), null, null)
                .locations("classpath:switchboard")
                .outOfOrder(true)
                .cleanDisabled(true);
        configuration.getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false); // else CREATE INDEX CONCURRENTLY would wait for ever
        return configuration;
    }

    /// The JDBC driver's spelling of the same address, user and password included.
    public static String jdbcUrl(String postgresqlUri) {
        URI uri = URI.create(postgresqlUri);
        String[] login = uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
        var query = new StringBuilder(uri.getRawQuery() == null ? "?" : "?" + uri.getRawQuery() + "&");
        if (login.length > 0) {
            query.append("user=").append(plusSafe(login[0]));
        }
        if (login.length > 1) {
            query.append("&password=").append(plusSafe(login[1]));
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query;
    }

    /// In a user-info a plus is a plus; in the driver's query it would be a space.
    private static String plusSafe(String part) {
        return part.replace("+", URLEncoder.encode("+", StandardCharsets.UTF_8));
    }
}
