package switchboard.gateway.http;

import java.util.Optional;
import switchboard.ticketing.access.Caller;
import switchboard.ticketing.base.Failure;

/// Who may use a route at all. Which tickets and customers they may reach through it is the predicate's business
/// (`switchboard.ticketing.access.Policy`).
public sealed interface Permission {
    Permission PUBLIC = new Public();
    Permission SIGNED_IN = new SignedIn();
    Permission LEAD = new Lead();
    Permission ADMIN = new Admin();
    Permission STREAM_TICKET = new StreamTicket();

    /// Anyone, without being asked who they are.
    record Public() implements Permission {}

    /// Any agent.
    record SignedIn() implements Permission {}

    /// Leads and admins.
    record Lead() implements Permission {}

    record Admin() implements Permission {}

    /// The bearer of a one-time ticket in the query; sockets only.
    record StreamTicket() implements Permission {}

    /// @throws Failure.Unauthenticated when nobody is signed in, `Failure.Forbidden` when the role does not suffice
    default void check(Optional<Caller> caller) {
        switch (this) {
            case Public _, StreamTicket _ -> {}
            case SignedIn _ -> signedIn(caller);
            case Lead _ -> require(signedIn(caller).role() != Caller.Role.AGENT, "Only leads and admins may do this");
            case Admin _ -> require(signedIn(caller).isAdmin(), "Only admins may do this");
        }
    }

    private static Caller signedIn(Optional<Caller> caller) {
        return caller.orElseThrow(() -> new Failure.Unauthenticated("Please sign in"));
    }

    private static void require(boolean allowed, String detail) {
        if (!allowed) throw new Failure.Forbidden(detail);
    }
}
