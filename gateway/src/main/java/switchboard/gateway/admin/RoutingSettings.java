package switchboard.gateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import switchboard.gateway.http.Call;
import switchboard.ticketing.access.RoutingRules;
import switchboard.ticketing.base.Database;

/// What the company has decided about who gets work and when a chat is over.
public final class RoutingSettings {
    private final Database database;

    public RoutingSettings(Database database) {
        this.database = database;
    }

    /// Null means: as it is; a null `formTeamId` that is not left out takes it away.
    public record RoutingChange(Integer ownerPreferredMinutes, Integer chatEndsAfterMinutes, JsonNode formTeamId) {}

    public Object get(Call call) {
        return RoutingRules.load(database.sql());
    }

    public Object change(Call call, RoutingChange to) {
        return database.transaction(tx -> {
            RoutingRules.lock(tx);
            var was = RoutingRules.load(tx);
            var now = new RoutingRules(
                    to.ownerPreferredMinutes() == null ? was.ownerPreferredMinutes() : to.ownerPreferredMinutes(),
                    to.chatEndsAfterMinutes() == null ? was.chatEndsAfterMinutes() : to.chatEndsAfterMinutes(),
                    GivenTeam.of(tx, to.formTeamId()).or(was.formTeamId()));
            now.store(tx);
            return now;
        });
    }
}
