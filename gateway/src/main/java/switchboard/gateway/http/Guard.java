package switchboard.gateway.http;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import switchboard.gateway.redis.Ephemeral;
import switchboard.gateway.redis.InProcessEphemeral;
import switchboard.ticketing.access.Caller;
import switchboard.ticketing.access.Sessions;
import switchboard.ticketing.base.Failure;

/// Who is asking, and whether a browser was talked into it.
///
/// A bearer token is only sent on purpose. A cookie is sent by the browser alone, so a request that changes
/// something with it must also carry a header that foreign pages cannot set, and come from a page of ours.
public final class Guard {
    /// Requests per session or token on one node; a console in use makes a hundredth of that.
    public static final int REQUESTS_PER_MINUTE_MAX = 12_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Sessions sessions;
    private final Origins origins;
    private final SessionCookie cookie;
    private final Ephemeral asked = new InProcessEphemeral();

    public Guard(Sessions sessions, Origins origins) {
        this.sessions = sessions;
        this.origins = origins;
        this.cookie = new SessionCookie(origins.secure());
    }

    public SessionCookie cookie() {
        return cookie;
    }

    public Origins origins() {
        return origins;
    }

    /// Blocks; on a virtual thread.
    ///
    /// @throws Failure when the route's permission is not met
    Optional<Caller> admit(HttpServerRequest request, Route route) {
        if (route.changesState() && origins.foreign(request)) {
            throw new Failure.Forbidden("The request comes from another site");
        }
        if (route.permission() instanceof Permission.Public) return Optional.empty();
        var bearer = bearer(request);
        var cookied = bearer == null ? cookie.read(request) : null;
        if (cookied != null && route.changesState()) requireOwnPage(request);
        var caller = sessions.caller(bearer != null ? bearer : cookied);
        route.permission().check(caller);
        caller.ifPresent(this::count);
        return caller;
    }

    void count(Caller caller) {
        if (!asked.allow(caller.sessionHash(), REQUESTS_PER_MINUTE_MAX, MINUTE)) {
            throw new Failure.TooMany("More than " + REQUESTS_PER_MINUTE_MAX + " requests in a minute", MINUTE);
        }
    }

    /// @throws Failure.Forbidden when the caller hasn't entered the password recently
    void requireFresh(Caller caller) {
        if (!sessions.fresh(caller)) {
            throw new Failure.Forbidden("password-needed", "Please give your password again for this");
        }
    }

    /// For operators' requests: requires an admin's bearer token or, if the settings allow it, a request from this
    /// machine or a trusted proxy. Blocks.
    ///
    /// @param local whether a request from this machine needs no token
    /// @throws Failure when it is neither
    public void requireOperator(HttpServerRequest request, boolean local) {
        if (!local || !origins.near(request)) Permission.ADMIN.check(sessions.caller(bearer(request)));
    }

    private void requireOwnPage(HttpServerRequest request) {
        if (!"1".equals(request.getHeader("X-Switchboard")) || !origins.sameOrigin(request)) {
            throw new Failure.Forbidden("A request with the session cookie needs the header X-Switchboard "
                    + "and our own origin");
        }
    }

    private static String bearer(HttpServerRequest request) {
        var authorization = request.getHeader("Authorization");
        if (authorization == null) return null;
        return authorization.regionMatches(true, 0, "Bearer ", 0, 7) ? authorization.substring(7).strip() : "";
    }
}
