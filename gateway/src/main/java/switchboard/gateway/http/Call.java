package switchboard.gateway.http;

import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import switchboard.ticketing.access.Caller;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Page;

/// One request, as a handler sees it on its virtual thread.
public final class Call {
    private static final int KEY_CHARS_MAX = 200;
    private static final int QUERY_CHARS_MAX = 2000;

    private final RoutingContext context;
    private final Optional<Caller> caller;
    private final String clientAddress;
    private final Consumer<Caller> fresh;
    private final Map<String, List<String>> headers = new LinkedHashMap<>();

    /// @param fresh throws when the caller hasn't entered the password recently
    Call(RoutingContext context, Optional<Caller> caller, String clientAddress, Consumer<Caller> fresh) {
        this.context = context;
        this.caller = caller;
        this.clientAddress = clientAddress;
        this.fresh = fresh;
    }

    /// The acting agent; every route but the public ones has one.
    public Caller caller() {
        return caller.orElseThrow(() -> new Failure.Unauthenticated("Please sign in"));
    }

    /// Protects a sensitive action on an unattended browser.
    ///
    /// @throws Failure.Forbidden `password-needed` when the password must be entered again
    public void requireFresh() {
        fresh.accept(caller());
    }

    public String path(String name) {
        return context.pathParam(name);
    }

    /// @throws Failure.NotFound when the path's text is no identifier
    public UUID id(String name) {
        return Ids.parse(path(name), "That");
    }

    public UUID id() {
        return id("id");
    }

    /// A query parameter; absent when it is empty.
    public Optional<String> query(String name) {
        var values = context.queryParam(name);
        if (values.isEmpty() || values.getFirst().isEmpty()) return Optional.empty();
        if (values.size() > 1) throw Failure.Invalid.field(name, "is given more than once");
        if (values.getFirst().length() > QUERY_CHARS_MAX) throw Failure.Invalid.field(name, "is too long");
        return Optional.of(values.getFirst());
    }

    public String queryOr(String name, String otherwise) {
        return query(name).orElse(otherwise);
    }

    public Optional<Long> number(String name) {
        try {
            return query(name).map(Long::parseLong);
        } catch (NumberFormatException wrong) {
            throw Failure.Invalid.field(name, "must be a whole number");
        }
    }

    /// How many items the caller wants: 1 to 200.
    public int limit() {
        return limit(Page.LIMIT_DEFAULT);
    }

    /// @param otherwise when the caller does not say
    public int limit(int otherwise) {
        long limit = number("limit").orElse((long) otherwise);
        if (limit < 1 || limit > Page.LIMIT_MAX) throw Failure.Invalid.field("limit", "must be 1 to " + Page.LIMIT_MAX);
        return (int) limit;
    }

    /// The cursor of a list, or null for its beginning.
    public String after() {
        return queryOr("after", null);
    }

    /// @throws Failure.Invalid when the request has none
    public String idempotencyKey() {
        var key = context.request().getHeader("Idempotency-Key");
        if (key == null || key.isBlank() || key.length() > KEY_CHARS_MAX) {
            throw new Failure.Invalid("The header Idempotency-Key is needed, with 1 to " + KEY_CHARS_MAX
                    + " characters");
        }
        return key;
    }

    public Optional<String> maybeIdempotencyKey() {
        return Optional.ofNullable(context.request().getHeader("Idempotency-Key")).map(_ -> idempotencyKey());
    }

    public String header(String name) {
        return context.request().getHeader(name);
    }

    /// The client's IP address: the connection's, or what a trusted proxy says.
    public String clientAddress() {
        return clientAddress;
    }

    /// Adds a header to the response, next to others of the same name.
    public void answerHeader(String name, String value) {
        headers.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    /// A cookie of the request; empty if absent.
    public Optional<String> cookie(String name) {
        return Optional.ofNullable(context.request().getCookie(name)).map(Cookie::getValue)
                .filter(value -> !value.isEmpty());
    }

    Map<String, List<String>> answerHeaders() {
        return headers;
    }

    /// For the few handlers that need the web server's own view (uploads).
    public RoutingContext context() {
        return context;
    }
}
