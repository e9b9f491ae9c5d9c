package switchboard.gateway.desk;

import static switchboard.gateway.http.Answer.one;
import static switchboard.gateway.http.Answer.page;
import static switchboard.gateway.http.Permission.SIGNED_IN;
import static switchboard.gateway.http.Route.get;
import static switchboard.gateway.http.Route.post;

import java.util.List;
import java.util.Optional;
import switchboard.gateway.area.Area;
import switchboard.gateway.area.Ground;
import switchboard.gateway.area.Stops;
import switchboard.gateway.http.Route;
import switchboard.ticketing.call.Call;
import switchboard.ticketing.call.Calls;

/// Telephone calls and what an agent does with them.
public final class CallArea implements Area {
    private CallRoutes calls;
    private Optional<Calls> line;

    @Override
    public List<Route> routes() {
        return List.of(
                get(API + "/calls", SIGNED_IN, page(Call.class), c -> calls.list(c)).paged("state"),
                post(API + "/calls", SIGNED_IN, Calls.Dial.class, one(Call.class), (c, b) -> calls.dial(c, b))
                        .created(),
                post(API + "/calls/{id}/accept", SIGNED_IN, one(Call.class), c -> calls.accept(c)),
                post(API + "/calls/{id}/decline", SIGNED_IN, one(Call.class), c -> calls.decline(c)),
                post(API + "/calls/{id}/hold", SIGNED_IN, one(Call.class), c -> calls.hold(c)),
                post(API + "/calls/{id}/unhold", SIGNED_IN, one(Call.class), c -> calls.unhold(c)),
                post(API + "/calls/{id}/hangup", SIGNED_IN, one(Call.class), c -> calls.hangup(c)));
    }

    @Override
    public void open(Ground ground) {
        calls = new CallRoutes(ground.stores().database(), ground.doors().calls());
        line = ground.doors().calls();
    }

    @Override
    public void start(Stops stops) {
        line.ifPresent(calls -> stops.add("calls", calls.start()::close));
    }

    public CallRoutes calls() {
        return calls;
    }
}
