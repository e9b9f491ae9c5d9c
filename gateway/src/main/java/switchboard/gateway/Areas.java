package switchboard.gateway;

import java.util.List;
import switchboard.gateway.admin.PeopleArea;
import switchboard.gateway.admin.SettingsArea;
import switchboard.gateway.area.Area;
import switchboard.gateway.content.MessageArea;
import switchboard.gateway.desk.CallArea;
import switchboard.gateway.desk.CustomerArea;
import switchboard.gateway.desk.TicketArea;
import switchboard.gateway.desk.WritingArea;
import switchboard.gateway.http.Route;
import switchboard.gateway.session.SessionArea;

/// All features of the program. To add one, add a line to `all`. Their routes together are the HTTP API.
final class Areas {
    final TicketArea tickets = new TicketArea();
    final CallArea calls = new CallArea();
    final SettingsArea settings = new SettingsArea();

    private final List<Area> all = List.of(
            new SessionArea(),
            new PeopleArea(),
            tickets,
            new MessageArea(),
            new CustomerArea(tickets),
            new WritingArea(),
            calls,
            settings);

    /// In the order of the list.
    List<Area> all() {
        return all;
    }

    /// The whole HTTP API; served only after the areas have been opened.
    List<Route> routes() {
        return all.stream().flatMap(area -> area.routes().stream()).toList();
    }
}
