package switchboard.ticketing.access;

import java.util.UUID;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.base.Json.Nullable;
import switchboard.ticketing.base.Sql;

/// The company's rules for its work: the document `routing` of the settings.
///
/// @param ownerPreferredMinutes how long an absent owner is preferred for a ticket once its customer writes; 0: not at
///     all
/// @param chatEndsAfterMinutes a chat ends after this long without a message
/// @param formTeamId the team for messages from the help centre's form; null: none
public record RoutingRules(int ownerPreferredMinutes, int chatEndsAfterMinutes, @Nullable UUID formTeamId) {
    /// Half a working day: after lunch or a meeting, agents still get the customers they know.
    public static final int OWNER_PREFERRED_MINUTES = 240;
    public static final int CHAT_ENDS_AFTER_MINUTES = 30;
    /// A week, and a day.
    public static final int OWNER_PREFERRED_MINUTES_MAX = 7 * 24 * 60;
    public static final int CHAT_ENDS_AFTER_MINUTES_MAX = 24 * 60;

    /// Agent `a` is absent.
    public static final String ABSENT = "(a.status = 'offline' or not a.active)";
    /// The end of an owner's preference for a ticket that is given up now.
    public static final String PREFERRED_UNTIL = "now() + make_interval(mins => coalesce((select "
            + "(value ->> 'ownerPreferredMinutes')::int from setting where name = 'routing'), "
            + OWNER_PREFERRED_MINUTES + "))";
    /// The interval after which a silent chat ends.
    public static final String CHAT_ENDS_AFTER = "make_interval(mins => coalesce((select "
            + "(value ->> 'chatEndsAfterMinutes')::int from setting where name = 'routing'), "
            + CHAT_ENDS_AFTER_MINUTES + "))";

    public static RoutingRules load(Sql sql) {
        return sql.value(String.class, "select value::text from setting where name = 'routing'")
                .map(text -> Json.read(text, RoutingRules.class))
                .orElse(new RoutingRules(OWNER_PREFERRED_MINUTES, CHAT_ENDS_AFTER_MINUTES, null));
    }

    /// Call it in the transaction that read the rules and holds `lock`.
    ///
    /// @throws Failure.Invalid for a time out of bounds
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
