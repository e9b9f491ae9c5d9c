package switchboard.gateway.desk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import switchboard.ticketing.access.Policy;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Page;
import switchboard.ticketing.call.Calls;

/// The API's calls about telephone calls. A call is visible with its ticket.
public final class CallRoutes {
    private final Database database;
    private final Optional<Calls> calls;

    /// @param calls empty where there is no telephone line
    public CallRoutes(Database database, Optional<Calls> calls) {
        this.database = database;
        this.calls = calls;
    }

    private Calls line() {
        return calls.orElseThrow(() ->
                new Failure.Unavailable("There is no telephone line; see SWITCHBOARD_TWILIO_ACCOUNT_SID"));
    }

    public Object list(switchboard.gateway.http.Call call) {
        int limit = call.limit(Page.LIMIT_MAX);
        if (calls.isEmpty()) return new Page<>(List.of(), null);
        var state = call.queryOr("state", "live");
        if (!List.of("live", "recent").contains(state)) throw Failure.Invalid.field("state", "must be live or recent");
        var after = call.after() == null ? null : Ids.parse(call.after(), "The call");
        return line().list(Policy.visible(call.caller()), state.equals("live"), after, limit);
    }

    public Object dial(switchboard.gateway.http.Call call, Calls.Dial dial) {
        var seen = new Calls.Seen(Policy.visible(call.caller()), Policy.customers(call.caller()));
        return line().dial(seen, call.caller().id(), dial, call.maybeIdempotencyKey().orElse(null));
    }

    private UUID seen(switchboard.gateway.http.Call call) {
        var ticket = line().get(call.id()).ticketId();
        try {
            if (ticket != null) Policy.requireTicket(database.sql(), call.caller(), ticket);
        } catch (Failure.NotFound hidden) {
            throw new Failure.NotFound("The call");
        }
        return call.id();
    }

    public Object accept(switchboard.gateway.http.Call call) {
        return line().accept(call.caller().id(), seen(call));
    }

    public Object decline(switchboard.gateway.http.Call call) {
        return line().decline(call.caller().id(), seen(call));
    }

    public Object hold(switchboard.gateway.http.Call call) {
        return line().hold(call.caller().id(), seen(call));
    }

    public Object unhold(switchboard.gateway.http.Call call) {
        return line().unhold(call.caller().id(), seen(call));
    }

    public Object hangup(switchboard.gateway.http.Call call) {
        return line().hangup(call.caller().id(), seen(call));
    }

    /// For the live stream.
    public Map<UUID, switchboard.ticketing.call.Call> byIds(List<UUID> ids) {
        return ids.stream().collect(Collectors.toMap(id -> id, id -> line().get(id)));
    }
}
