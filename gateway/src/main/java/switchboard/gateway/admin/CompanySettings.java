package switchboard.gateway.admin;

import switchboard.gateway.http.Call;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;

/// What the company is called: in the console, the help centre and the mails.
public final class CompanySettings {
    private static final int NAME_CHARS_MAX = 100;

    private final Database database;

    public CompanySettings(Database database) {
        this.database = database;
    }

    public record Company(String name) {}

    public String name() {
        return database.sql().value(String.class, "select name from brand where id = 1").orElse("Switchboard");
    }

    public Object get(Call call) {
        return new Company(name());
    }

    public Object change(Call call, Company company) {
        var name = company.name() == null ? "" : company.name().strip();
        if (name.isEmpty() || name.length() > NAME_CHARS_MAX || name.chars().anyMatch(Character::isISOControl)) {
            throw Failure.Invalid.field("name", "is one line of 1 to " + NAME_CHARS_MAX + " characters");
        }
        database.sql().execute("update brand set name = $1 where id = 1", name);
        return new Company(name());
    }
}
