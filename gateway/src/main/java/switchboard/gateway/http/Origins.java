package switchboard.gateway.http;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Where we are: which host names are ours, what counts as the same origin, and who the client is.
public final class Origins {
    private static final Set<String> LOCAL = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

    private final URI publicUrl;
    private final List<String> trustedProxies;

    /// @param publicUrl scheme, host and port, without a path
    public Origins(String publicUrl, List<String> trustedProxies) {
        this.publicUrl = URI.create(publicUrl);
        this.trustedProxies = trustedProxies;
    }

    public String publicUrl() {
        return publicUrl.toString();
    }

    public boolean secure() {
        return "https".equals(publicUrl.getScheme());
    }

    /// Whether the request names a host of ours. A name that is not ours means a rebound DNS name or a poisoned link.
    boolean ours(HttpServerRequest request) {
        var authority = request.authority();
        if (authority == null || authority.host() == null) return false;
        var host = authority.host().toLowerCase(Locale.ROOT);
        return LOCAL.contains(host) || host.equalsIgnoreCase(publicUrl.getHost());
    }

    /// Whether a browser says that the request comes from a page of ours. A browser always says something
    /// (`Origin` or `Sec-Fetch-Site`); silence is no proof.
    public boolean sameOrigin(HttpServerRequest request) {
        var origin = request.getHeader("Origin");
        if (origin != null) return ours(request, origin) && !crossSite(request);
        var site = request.getHeader("Sec-Fetch-Site");
        return "same-origin".equals(site);
    }

    /// Whether a browser says that the request comes from a foreign page.
    boolean foreign(HttpServerRequest request) {
        var origin = request.getHeader("Origin");
        return origin != null && !ours(request, origin) || crossSite(request);
    }

    private static boolean crossSite(HttpServerRequest request) {
        var site = request.getHeader("Sec-Fetch-Site");
        return "cross-site".equals(site) || "same-site".equals(site);
    }

    private boolean ours(HttpServerRequest request, String origin) {
        var authority = request.authority();
        return origin.equalsIgnoreCase(publicUrl.getScheme() + "://" + publicUrl.getRawAuthority())
                || authority != null && !secure() && origin.equalsIgnoreCase("http://" + authority);
    }

    /// The peer's address, or the nearest untrusted hop that trusted proxies name in `X-Forwarded-For`.
    public String clientAddress(HttpServerRequest request) {
        var address = request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
        var forwarded = request.getHeader("X-Forwarded-For");
        if (forwarded == null || !trustedProxies.contains(address)) return address;
        var hops = forwarded.split(",");
        for (int i = hops.length - 1; i >= 0; i--) {
            if (!trustedProxies.contains(hops[i].strip())) return hops[i].strip();
        }
        return address;
    }
}
