package switchboard.ticketing.access;

import java.util.UUID;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.base.Json.Nullable;
import switchboard.ticketing.base.Sql;

/// What the company has decided about its work: the document `routing` of the settings.
///
/// @param ownerPreferredMinutes for so long a ticket whose owner was absent when its customer wrote is rather given to
///     that owner than to others; 0: it is nobody's from then on
/// @param chatEndsAfterMinutes a chat in which nobody has written for so long is over
/// @param formTeamId the team that messages of the help centre's form are for; null: none
public record RoutingRules(int ownerPreferredMinutes, int chatEndsAfterMinutes, @Nullable UUID formTeamId) {
    /// Half a working day: who was at lunch or in a meeting has the customer they know.
    public static final int OWNER_PREFERRED_MINUTES = 240;
    public static final int CHAT_ENDS_AFTER_MINUTES = 30;
    /// A week, and a day.
    public static final int OWNER_PREFERRED_MINUTES_MAX = 7 * 24 * 60;
    public static final int CHAT_ENDS_AFTER_MINUTES_MAX = 24 * 60;

    /// Agent `a` is not there.
    public static final String ABSENT = "(a.status = 'offline' or not a.active)";
    /// Until when the owner of a ticket that is given up now is preferred.
    public static final String PREFERRED_UNTIL = "now() + make_interval(mins => coalesce((select "
            + "(value ->> 'ownerPreferredMinutes')::int from setting where name = 'routing'), "
            + OWNER_PREFERRED_MINUTES + "))";
    /// The age, as an interval, at which a chat without a word is over.
    public static final String CHAT_ENDS_AFTER = "make_interval(mins => coalesce((select "
            + "(value ->> 'chatEndsAfterMinutes')::int from setting where name = 'routing'), "
            + CHAT_ENDS_AFTER_MINUTES + "))";

    public static RoutingRules load(Sql sql) {
        return sql.value(String.class, "select value::text from setting where name = 'routing'")
                .map(text -> Json.read(text, RoutingRules.class))
                .orElse(new RoutingRules(OWNER_PREFERRED_MINUTES, CHAT_ENDS_AFTER_MINUTES, null));
    }

    /// In the transaction that has read what it changes, and holds `lock`.
    ///
    /// @throws Failure.Invalid for a time that is out of bounds
    public void store(Sql tx) {
        check("ownerPreferredMinutes", ownerPreferredMinutes, 0, OWNER_PREFERRED_MINUTES_MAX);
        check("chatEndsAfterMinutes", chatEndsAfterMinutes, 1, CHAT_ENDS_AFTER_MINUTES_MAX);
        tx.execute("""
                insert into setting (name, value) values ('routing', $1::text::jsonb)
                on conflict (brand_id, name) do update set value = excluded.value, version = setting.version + 1""",
                Json.write(this));
    }

    public static void lock(Sql tx) {
        tx.query("select 1 from brand where id = 1 for update");
    }

    private static void check(String field, int minutes, int min, int max) {
        if (minutes < min || minutes > max) {
            throw Failure.Invalid.field(field, "must be between " + min + " and " + max + " minutes");
        }
    }
}
