package switchboard.gateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import switchboard.gateway.http.Call;
import switchboard.ticketing.access.RoutingRules;
import switchboard.ticketing.base.Database;

/// The company's rules for assigning work and ending chats.
public final class RoutingSettings {
    private final Database database;

    public RoutingSettings(Database database) {
        this.database = database;
    }

    /// Null means: unchanged; an explicit null `formTeamId` clears it.
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
