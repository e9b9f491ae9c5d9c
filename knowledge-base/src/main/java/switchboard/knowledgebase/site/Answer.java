package switchboard.knowledgebase.site;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import switchboard.ticketing.base.Signer;

/// One answer of the site. Everything goes out with the same strict policy; what may be cached carries an ETag.
record Answer(int status, String type, String cache, byte[] body, Map<String, String> headers) {
    private static final String POLICY = "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self';"
            + " frame-ancestors 'self'";
    private static final String HTML = "text/html; charset=utf-8";
    private static final String SHARED = "public, max-age=60, stale-while-revalidate=600";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    static final String PRIVATE = "private, no-store";
    private static final int BUSY_SECONDS = 2;

    static Answer page(String html) {
        return of(HTML, html);
    }

    static Answer of(String type, String text) {
        return new Answer(200, type, SHARED, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /// Neither cached nor shared.
    static Answer ownPage(int status, String html) {
        return new Answer(status, HTML, PRIVATE, html.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Answer moved(int status, String path) {
        return new Answer(status, HTML, status == 301 ? SHARED : PRIVATE, new byte[0], Map.of("Location", path));
    }

    static Answer asset(Assets.Asset asset) {
        return new Answer(200, asset.type(), FOR_EVER, asset.bytes(), Map.of());
    }

    /// Opened on its own, a picture runs and loads nothing.
    static Answer picture(String type, byte[] bytes) {
        return new Answer(200, type, FOR_EVER, bytes, Map.of("Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; sandbox", "Content-Disposition", "inline"));
    }

    static Answer unchanged() {
        return new Answer(304, HTML, FOR_EVER, new byte[0], Map.of());
    }

    static Answer empty() {
        return new Answer(204, HTML, PRIVATE, new byte[0], Map.of());
    }

    Answer uncached() {
        return new Answer(status, type, PRIVATE, body, headers);
    }

    Answer with(String header, String value) {
        var more = new java.util.HashMap<>(headers);
        more.put(header, value);
        return new Answer(status, type, cache, body, more);
    }

    void send(RoutingContext ctx) {
        var response = ctx.response();
        if (response.ended() || response.closed()) return;
        response.putHeader("Content-Security-Policy", POLICY).putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "strict-origin-when-cross-origin").putHeader("Cache-Control", cache);
        headers.forEach(response::putHeader);
        if (status == 200 && !cache.equals(PRIVATE)) {
            var tag = "W/\"" + Signer.digest(body).substring(0, 24) + "\"";
            response.putHeader("ETag", tag);
            if (seen(ctx.request().getHeader("If-None-Match"), tag)) {
                response.setStatusCode(304).end();
                return;
            }
        }
        response.setStatusCode(status);
        if (status == 429) response.putHeader("Retry-After", String.valueOf(RateLimit.WINDOW.toSeconds()));
        if (status == 503) response.putHeader("Retry-After", String.valueOf(BUSY_SECONDS));
        if (body.length > 0) response.putHeader("Content-Type", type);
        if (ctx.request().method() == HttpMethod.HEAD) {
            response.putHeader("Content-Length", Integer.toString(body.length)).end();
        } else {
            if (type.startsWith("text/") || type.contains("xml")) {
                response.headers().remove("Content-Encoding").add("Vary", "Accept-Encoding");
            }
            response.end(Buffer.buffer(body));
        }
    }

    private static boolean seen(String ifNoneMatch, String tag) {
        if (ifNoneMatch == null) return false;
        for (var one : ifNoneMatch.split(",")) {
            if (one.strip().equals(tag) || one.strip().equals(tag.substring(2)) || one.strip().equals("*")) return true;
        }
        return false;
    }
}
