package switchboard.gateway.admin;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import switchboard.gateway.http.Call;
import switchboard.ticketing.access.Label;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Json.Nullable;
import switchboard.ticketing.base.Json.OneOf;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.base.Page;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.people.Region;

/// The company's telephone numbers, with what a caller hears and may choose.
public final class Numbers {
    private static final int LIST_MAX = 500;
    private static final int CHOICES_MAX = 10;
    private static final int GREETING_CHARS_MAX = 5_000;
    private static final int WAIT_SECONDS_MIN = 30;
    private static final int WAIT_SECONDS_MAX = 3600;
    /// The languages of the line's spoken texts.
    private static final List<String> LANGUAGES = List.of("en", "zh-CN");

    private final Database database;

    public Numbers(Database database) {
        this.database = database;
    }

    /// @param language spoken after this choice; null: the line's
    public record Choice(String digit, String label, @JsonAlias("teamId") @Nullable UUID teamId,
                         @Nullable @OneOf({"en", "zh-CN"}) String language) {}

    /// @param number in E.164
    /// @param region ISO 3166: how this line reads a number without a country code
    /// @param waitSecondsMax how long a caller waits before leaving a message or getting a promise of a callback
    public record Number(UUID id, String number, String name, @Nullable UUID teamId, String greeting, List<Choice> menu,
                         boolean voicemail, String region, int waitSecondsMax, int version) {
        private Number withRegion() {
            return new Number(id, number, name, teamId, greeting, menu, voicemail,
                    Region.of(region).orElseGet(() -> Region.ofNumber(number)).code(), waitSecondsMax, version);
        }
    }

    /// Null means: as it is (for a new number: none); only `teamId`, left out, stays, and null takes it away.
    public record NumberChange(String number, String name, JsonNode teamId, String greeting, List<Choice> menu,
                               Boolean voicemail, String region, Integer waitSecondsMax, int version) {}

    private static final String SELECT = """
            select id, number, name, team_id, greeting, menu, voicemail, coalesce(region, '') as region,
              wait_seconds_max, version from phone_number where\s""";

    public Object list(Call call) {
        return new Page<>(database.sql().list(Number.class, SELECT + "true order by name, id limit " + LIST_MAX)
                .stream().map(Number::withRegion).toList(), null);
    }

    private static Number get(Sql sql, UUID id) {
        return sql.one(Number.class, SELECT + "id = $1", id).map(Number::withRegion)
                .orElseThrow(() -> new Failure.NotFound("The number"));
    }

    public Object create(Call call, NumberChange wanted) {
        validate(wanted);
        if (wanted.number() == null) throw Failure.Invalid.field("number", "is needed");
        var id = Ids.next();
        return database.transaction(tx -> {
            if (tx.execute("insert into phone_number (id, number, name) values ($1, $2, $3) on conflict do nothing", id,
                    wanted.number(), wanted.name() == null ? wanted.number() : wanted.name()) == 0) {
                throw new Failure.Conflict("number-taken", "This number is there already");
            }
            update(tx, id, wanted);
            return get(tx, id);
        });
    }

    public Object change(Call call, NumberChange change) {
        validate(change);
        return database.transaction(tx -> {
            tx.query("select 1 from phone_number where id = $1 for update", call.id());
            var before = get(tx, call.id());
            if (before.version() != change.version()) throw new Failure.Conflict("stale",
                    "The number was changed meanwhile", before);
            update(tx, call.id(), change);
            return get(tx, call.id());
        });
    }

    private static void update(Sql tx, UUID id, NumberChange change) {
        var team = GivenTeam.of(tx, change.teamId());
        requireTeams(tx, change.menu());
        tx.execute("""
                update phone_number set number = coalesce($2, number), name = coalesce($3, name),
                  team_id = case when $8 then $4 else team_id end, greeting = coalesce($5, greeting),
                  menu = coalesce($6::text::jsonb, menu), voicemail = coalesce($7, voicemail),
                  region = coalesce($9, region), wait_seconds_max = coalesce($10, wait_seconds_max),
                  version = version + 1
                where id = $1""", id, change.number(), change.name(), team.id(), change.greeting(),
                change.menu() == null ? null : Json.write(change.menu()), change.voicemail(), team.given(),
                Region.of(change.region()).map(Region::code).orElse(null), change.waitSecondsMax());
    }

    private static void requireTeams(Sql tx, List<Choice> menu) {
        if (menu == null) return;
        var teams = menu.stream().map(Choice::teamId).filter(Objects::nonNull).distinct().toList();
        if (!teams.isEmpty() && tx.value(Long.class, "select count(*) from team where id = any($1::uuid[])", teams)
                .orElse(0L) != teams.size()) throw Failure.Invalid.field("menu", "names a team that does not exist");
    }

    private static void validate(NumberChange change) {
        if (change.name() != null) Label.checked("name", change.name(), Label.CHARS_MAX);
        Label.length("greeting", change.greeting(), GREETING_CHARS_MAX);
        if (change.menu() != null) {
            change.menu().stream().filter(choice -> choice != null && choice.label() != null)
                    .forEach(choice -> Label.checked("menu", choice.label(), Label.CHARS_MAX));
        }
        if (change.number() != null && !change.number().matches("\\+[1-9]\\d{6,14}")) {
            throw Failure.Invalid.field("number", "must be in international form, as in +15005550006");
        }
        if (change.region() != null && !change.region().isBlank() && Region.of(change.region()).isEmpty()) {
            throw Failure.Invalid.field("region", "is the two letters of a country, as in CN");
        }
        if (change.waitSecondsMax() != null && (change.waitSecondsMax() < WAIT_SECONDS_MIN
                || change.waitSecondsMax() > WAIT_SECONDS_MAX)) {
            throw Failure.Invalid.field("waitSecondsMax", "must be from 30 to 3,600");
        }
        if (change.menu() == null) return;
        boolean right = change.menu().size() <= CHOICES_MAX && change.menu().stream().allMatch(choice ->
                choice != null && choice.label() != null && String.valueOf(choice.digit()).matches("[0-9*#]")
                        && (choice.language() == null || LANGUAGES.contains(choice.language())));
        if (!right || change.menu().stream().map(Choice::digit).distinct().count() < change.menu().size()) {
            throw Failure.Invalid.field("menu", "each choice has a digit of its own and a label");
        }
    }

    public Object delete(Call call) {
        if (database.sql().execute("delete from phone_number where id = $1", call.id()) == 0) {
            throw new Failure.NotFound("The number");
        }
        return null;
    }
}
