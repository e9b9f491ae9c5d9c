package switchboard.ticketing.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.conversation.Language;

/// One number of ours: what a caller hears, and which team answers.
///
/// @param number E.164
/// @param menu what the caller may choose from; empty: straight to the line's team
/// @param voicemail whether a caller may leave word
/// @param waitMax how long a caller waits for an agent before the line takes a message or promises a callback
public record PhoneLine(String number, String name, UUID teamId, String greeting, List<Choice> menu,
        boolean voicemail, Duration waitMax) {
    static final Duration WAIT_MAX = Duration.ofMinutes(5);

    /// @param teamId null: whoever answers this line
    /// @param language spoken after this choice, `en` or `zh-CN`; null: the label's language
    public record Choice(String digit, String label, UUID teamId, String language) {
        /// @param line the line's own language, used when the label doesn't tell
        public String spoken(String line) {
            return language != null ? language : Language.of(label).equals("en") ? line : Language.of(label);
        }
    }

    private record Row(String number, String name, UUID teamId, String greeting, JsonNode menu, boolean voicemail,
                       int waitSecondsMax) {}

    /// @return empty when the number is not ours
    public static Optional<PhoneLine> find(Sql sql, String number) {
        return sql.one(Row.class,
                "select number, name, team_id, greeting, menu, voicemail, wait_seconds_max from phone_number "
                        + "where number = $1",
                number).map(row -> new PhoneLine(row.number(), row.name(), row.teamId(), row.greeting(),
                choices(row.menu()), row.voicemail(), Duration.ofSeconds(row.waitSecondsMax())));
    }

    public Optional<Choice> choice(String digit) {
        return menu.stream().filter(one -> one.digit().equals(digit)).findFirst();
    }

    private static List<Choice> choices(JsonNode menu) {
        var choices = new ArrayList<Choice>();
        for (var one : menu) {
            var team = one.path("teamId").asText("");
            choices.add(new Choice(one.path("digit").asText(), one.path("label").asText(), team.isEmpty()
                    || team.equals("null")
                    ? null : UUID.fromString(team), one.path("language").asText(null)));
        }
        return choices;
    }
}
