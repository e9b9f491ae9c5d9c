package switchboard.gateway.desk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import switchboard.ticketing.access.Policy;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
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
        if (calls.isEmpty()) return new Page<>(List.of(), null);
        var state = call.queryOr("state", "live");
        var all = switch (state) {
            case "live" -> line().live();
            case "recent" -> line().recent(call.limit());
            default -> throw Failure.Invalid.field("state", "must be live or recent");
        };
        var tickets = all.stream().map(switchboard.ticketing.call.Call::ticketId)
                .filter(java.util.Objects::nonNull).toList();
        if (tickets.isEmpty()) return new Page<>(List.of(), null);
        var visible = Policy.visible(call.caller());
        var seen = database.sql().column(UUID.class,
                "select t.id from ticket t where t.id = any($1) and " + visible.sql(2), visible.arguments(tickets));
        return new Page<>(all.stream().filter(one -> seen.contains(one.ticketId())).toList(), null);
    }

    public Object dial(switchboard.gateway.http.Call call, Calls.Dial dial) {
        return line().dial(Policy.visible(call.caller()), call.caller().id(), dial,
                call.maybeIdempotencyKey().orElse(null));
    }

    private UUID seen(switchboard.gateway.http.Call call) {
        var ticket = line().get(call.id()).ticketId();
        if (ticket != null) Policy.requireTicket(database.sql(), call.caller(), ticket);
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
