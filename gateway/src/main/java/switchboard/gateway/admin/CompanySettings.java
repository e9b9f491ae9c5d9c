package switchboard.gateway.admin;

import java.util.List;
import java.util.Map;
import switchboard.gateway.http.Call;
import switchboard.ticketing.access.Label;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.people.Region;

/// The company's name in the console, the help centre and mail; its region; the countries it calls; and whether its
/// replies quote the answered mail.
public final class CompanySettings {
    private static final int NAME_CHARS_MAX = 100;
    private static final int COUNTRIES_MAX = 300;

    private final Database database;

    public CompanySettings(Database database) {
        this.database = database;
    }

    /// @param region ISO 3166: how to read a number without a country code; empty until it is set or a line determines
    ///     it
    /// @param callCountries ISO 3166: countries that may be called besides those of our lines
    /// @param quoteHistory whether a reply quotes the mail that it answers
    public record Company(String name, String region, List<String> callCountries, boolean quoteHistory) {}

    /// Null means: unchanged.
    public record CompanyChange(String name, String region, List<String> callCountries, Boolean quoteHistory) {}

    public String name() {
        return database.sql().value(String.class, "select name from brand where id = 1").orElse("Switchboard");
    }

    public Object get(Call call) {
        return company();
    }

    private Company company() {
        var region = Region.ofCompany(database.sql());
        return new Company(name(), region.known() ? region.code() : "", database.sql().column(String.class,
                "select jsonb_array_elements_text(value -> 'regions') from setting where name = 'calls' order by 1"),
                database.sql().value(Boolean.class, """
                        select (value ->> 'quoteHistory')::boolean from setting where name = 'mail'""").orElse(true));
    }

    public Object change(Call call, CompanyChange change) {
        var name = change.name() == null ? null : Label.checked("name", change.name(), NAME_CHARS_MAX);
        if (change.region() != null && Region.of(change.region()).isEmpty()) {
            throw Failure.Invalid.field("region", "is the two letters of a country, as in CN");
        }
        if (change.callCountries() != null && (change.callCountries().size() > COUNTRIES_MAX
                || change.callCountries().stream().anyMatch(one -> Region.of(one).isEmpty()))) {
            throw Failure.Invalid.field("callCountries", "are countries in two letters each, as in GB");
        }
        database.run(tx -> {
            if (name != null) tx.execute("update brand set name = $1 where id = 1", name);
            if (change.quoteHistory() != null) set(tx, "mail", Map.of("quoteHistory", change.quoteHistory()));
            if (change.region() != null) setRegion(tx, change.region());
            if (change.callCountries() != null) {
                set(tx, "calls", Map.of("regions", change.callCountries().stream()
                        .map(one -> Region.of(one).orElseThrow().code()).distinct().sorted().toList()));
            }
        });
        return company();
    }

    /// @param region a code that `Region.of` knows
    public static void setRegion(Sql sql, String region) {
        set(sql, "company", Map.of("region", Region.of(region).orElseThrow().code()));
    }

    private static void set(Sql sql, String name, Map<String, Object> values) {
        sql.execute("""
                insert into setting (name, value) values ($1, $2::text::jsonb) on conflict (brand_id, name)
                do update set value = setting.value || excluded.value, version = setting.version + 1""",
                name, Json.write(values));
    }
}
