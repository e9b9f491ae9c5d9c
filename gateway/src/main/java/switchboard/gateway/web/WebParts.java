package switchboard.gateway.web;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import switchboard.gateway.http.Api;
import switchboard.gateway.http.Problem;
import switchboard.gateway.web.Assets.Asset;
import switchboard.ticketing.base.Ids;

/// Serves the console and the widget out of memory.
///
/// The console's page gets a fresh nonce for its styles with every answer; its files have the hash of their content
/// in their names and may be kept for ever. A file that is missing is 404, never the page: a browser that runs an old
/// console must learn that it is old.
public final class WebParts {
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String ASK_AGAIN = "no-cache";
    private static final String NONCE = "__CSP_NONCE__";

    private final Assets assets;
    private final String contentSource;
    private final Supplier<String> frameAncestors;

    /// @param contentSource the origin or path that mail frames and pictures come from
    /// @param frameAncestors the pages that may show the widget, asked for each answer; must not block
    public WebParts(Assets assets, String contentSource, Supplier<String> frameAncestors) {
        this.assets = assets;
        this.contentSource = contentSource;
        this.frameAncestors = frameAncestors;
    }

    public void mount(Router router) {
        router.get("/console").handler(context -> {
            // The router takes a slash at the end for none.
            if (context.normalizedPath().endsWith("/")) context.next();
            else context.response().setStatusCode(308).putHeader("Location", "/console/").end();
        });
        router.get("/console/assets/*").handler(context -> file(context, context.normalizedPath().substring(1),
                FOR_EVER));
        router.get("/console/*").handler(this::console);
        router.get("/widget.js").handler(context -> {
            context.response().putHeader("Cross-Origin-Resource-Policy", "cross-origin");
            file(context, "widget.js", "public, max-age=300");
        });
        router.get("/widget/app/*").handler(this::widget);
    }

    private void console(RoutingContext context) {
        var path = context.normalizedPath().substring(1);
        var last = path.substring(path.lastIndexOf('/') + 1);
        if (last.contains(".") && assets.find(path).isPresent() && !last.equals("index.html")) {
            file(context, path, ASK_AGAIN);
            return;
        }
        var page = assets.find("console/index.html");
        if (page.isEmpty()) {
            missing(context);
            return;
        }
        var nonce = Ids.secret();
        context.response().putHeader("Content-Type", "text/html; charset=utf-8").putHeader("Cache-Control", "no-store")
                .putHeader("Content-Security-Policy", consolePolicy(nonce))
                .end(page.get().bytes().toString().replace(NONCE, nonce));
    }

    private String consolePolicy(String nonce) {
        return "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + nonce
                + "'; img-src 'self' blob: data: "
                + contentSource + "; media-src 'self' " + contentSource + "; font-src 'self'; connect-src 'self'; "
                + "manifest-src 'self'; worker-src 'self'; frame-src " + contentSource
                + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }

    private static void missing(RoutingContext context) {
        context.response().setStatusCode(503).putHeader("Content-Type", "text/html; charset=utf-8")
                .end("<!doctype html><html lang=en><title>Switchboard</title><h1>The console was not built</h1>"
                        + "<p>Build the checkout with its web parts: <code>mvn package</code>, without "
                        + "<code>-DskipWeb</code>.</p>");
    }

    private void widget(RoutingContext context) {
        var path = context.normalizedPath().substring(1);
        var file = path.endsWith("/") ? path + "index.html" : path;
        boolean page = file.endsWith(".html");
        if (page) {
            var nonce = Ids.secret();
            context.response().putHeader("Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-"
                    + nonce + "'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; form-action 'none'; "
                    + "base-uri 'none'; frame-ancestors " + frameAncestors.get());
            var found = assets.find(file);
            if (found.isPresent()) {
                context.response().putHeader("Content-Type", "text/html; charset=utf-8").putHeader("Cache-Control",
                        "no-store")
                        .end(found.get().bytes().toString().replace(NONCE, nonce));
                return;
            }
        }
        file(context, file, file.contains("/assets/") ? FOR_EVER : ASK_AGAIN);
    }

    private void file(RoutingContext context, String path, String cache) {
        var found = assets.find(path);
        if (found.isEmpty()) {
            Api.send(context, Problem.of(404, "not-found", "There is no such file"));
            return;
        }
        send(context, found.get(), cache);
    }

    /// Whether the header allows the coding (RFC 9110, 12.5.3).
    static boolean takes(String accepted, String coding) {
        return accepted != null && Arrays.stream(accepted.toLowerCase(Locale.ROOT).split(",")).map(String::strip)
                .anyMatch(one -> one.split(";")[0].strip().equals(coding) && !one.matches(".*;\\s*q=0(\\.0*)?"));
    }

    private static void send(RoutingContext context, Asset asset, String cache) {
        var request = context.request();
        var response = context.response().putHeader("Cache-Control", cache).putHeader("ETag", asset.etag())
                .putHeader("Vary", "Accept-Encoding");
        if (asset.etag().equals(request.getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader("Content-Type", asset.mediaType());
        var accepted = request.getHeader("Accept-Encoding");
        if (asset.brotli() != null && takes(accepted, "br")) {
            response.putHeader("Content-Encoding", "br").end(asset.brotli());
        } else if (asset.gzip() != null && takes(accepted, "gzip")) {
            response.putHeader("Content-Encoding", "gzip").end(asset.gzip());
        } else {
            response.end(asset.bytes());
        }
    }
}
