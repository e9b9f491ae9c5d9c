package switchboard.gateway.area;

import java.util.List;
import switchboard.gateway.http.Route;

/// A feature's part of the program: its routes and its workers. The list of areas is `Areas`.
public interface Area {
    String API = "/api/v1";

    /// The routes, one line each; readable before the area is open, so that the API can be described without a
    /// database. They are called only afterwards.
    List<Route> routes();

    /// Makes the feature. Called once, after the areas that stand before it in the list.
    void open(Ground ground);

    /// Starts the feature's workers, when everything is open.
    ///
    /// @param stops is told how to end them
    default void start(Stops stops) {}
}
