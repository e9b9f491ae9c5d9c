package switchboard.gateway.area;

import java.util.List;
import switchboard.gateway.http.Route;

/// One feature of the program: its routes and its workers. `Areas` lists all of them.
public interface Area {
    String API = "/api/v1";

    /// The feature's routes, one line each. The list is available before `open`, so that the API can be described
    /// without a database; the routes themselves are called only after it.
    List<Route> routes();

    /// Creates the feature. Called once, in the order of the list.
    void open(Ground ground);

    /// Starts the feature's workers. Called when all areas are open.
    ///
    /// @param stops collects what must be stopped
    default void start(Stops stops) {}
}
