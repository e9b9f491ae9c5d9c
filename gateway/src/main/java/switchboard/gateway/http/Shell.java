package switchboard.gateway.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/// What every answer of this server has in common: the browser's safeguards, and that the host name is ours.
public final class Shell {
    public static final String CSP_NOTHING = "default-src 'none'; frame-ancestors 'none'";

    private Shell() {}

    /// To be mounted before everything else. A page that needs more sets its own `Content-Security-Policy`.
    public static void mount(Router router, Origins origins) {
        router.route().failureHandler(Api::failed);
        router.route().handler(context -> {
            safeguards(context, origins);
            var path = context.normalizedPath();
            if (!path.startsWith("/health/") && !origins.serves(context.request(), path)) {
                Api.send(context, Problem.of(421, "misdirected", "This server has another name"));
                return;
            }
            context.next();
        });
        router.errorHandler(404,
                context -> Api.send(context, Problem.of(404, "not-found", "There is no such address")));
        router.errorHandler(400, context -> Api.send(context, Problem.of(400, "invalid", "The request is not right")));
        router.errorHandler(405, context -> Api.send(context, Problem.of(405, "method-not-allowed",
                "Not with this method")));
    }

    private static void safeguards(RoutingContext context, Origins origins) {
        var headers = context.response().headers();
        // Compress only what is marked compressible: beside attacker-chosen text, the length reveals secrets.
        headers.set("Content-Encoding", "identity");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", CSP_NOTHING);
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Permissions-Policy", "camera=(), geolocation=(), payment=(), usb=()");
        if (origins.secure()) headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    }
}
