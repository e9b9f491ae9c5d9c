package switchboard.gateway.http;

import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
    private final Map<String, String> headers = new LinkedHashMap<>();

    Call(RoutingContext context, Optional<Caller> caller, String clientAddress) {
        this.context = context;
        this.caller = caller;
        this.clientAddress = clientAddress;
    }

    /// The acting agent; every route but the public ones has one.
    public Caller caller() {
        return caller.orElseThrow(() -> new Failure.Unauthenticated("Please sign in"));
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

    /// Puts a header on the answer.
    public void answerHeader(String name, String value) {
        headers.put(name, value);
    }

    Map<String, String> answerHeaders() {
        return headers;
    }

    /// For the few handlers that need the web server's own view (uploads).
    public RoutingContext context() {
        return context;
    }
}
