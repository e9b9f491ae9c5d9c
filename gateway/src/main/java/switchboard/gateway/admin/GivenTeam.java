package switchboard.gateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Sql;

/// The `teamId` of a change: left out the team stays, null takes it away.
///
/// @param id null when it is taken away, or not given
record GivenTeam(boolean given, UUID id) {

    /// @param json null when the request does not have the field
    /// @throws Failure.Invalid when it names no team
    static GivenTeam of(Sql sql, JsonNode json) {
        if (json == null || json.isNull()) return new GivenTeam(json != null, null);
        var id = id(json);
        if (!sql.exists("select 1 from team where id = $1", id)) throw wrong();
        return new GivenTeam(true, id);
    }

    private static UUID id(JsonNode json) {
        try {
            if (json.isTextual()) return UUID.fromString(json.textValue());
        } catch (IllegalArgumentException none) {
            // said below
        }
        throw wrong();
    }

    private static Failure wrong() {
        return Failure.Invalid.field("teamId", "must be a team or null");
    }

    UUID or(UUID was) {
        return given ? id : was;
    }
}
