package switchboard.gateway.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Where we are: which host names are ours, what counts as the same origin, and who the client is.
public final class Origins {
    private static final Set<String> LOCAL = Set.of("127.0.0.1", "localhost", "::1", "[::1]");
    private static final String CONTENT = "/content/";
    /// Headers that proxies add to forwarded requests.
    private static final List<String> FORWARDED = List.of("X-Forwarded-For", "Forwarded", "X-Forwarded-Host",
            "X-Forwarded-Proto", "X-Real-IP", "Via");

    private final URI publicUrl;
    private final Optional<URI> contentUrl;
    private final List<String> trustedProxies;

    /// @param publicUrl scheme, host and port, without a path
    /// @param contentUrl the same of the origin that shows what strangers wrote; empty: it has none of its own
    public Origins(String publicUrl, Optional<String> contentUrl, List<String> trustedProxies) {
        this.publicUrl = URI.create(publicUrl);
        this.contentUrl = contentUrl.map(URI::create).filter(other -> !sameAuthority(other, this.publicUrl));
        this.trustedProxies = trustedProxies;
    }

    public String publicUrl() {
        return publicUrl.toString();
    }

    public boolean secure() {
        return "https".equals(publicUrl.getScheme());
    }

    /// Whether the request names a host of ours that has this path. A name that is not ours means a rebound DNS name
    /// or a poisoned link; the origin for content has nothing but content, so that it can do nothing else there.
    boolean serves(HttpServerRequest request, String path) {
        var authority = request.authority();
        if (authority == null || authority.host() == null) return false;
        if (contentUrl.filter(url -> names(authority, url)).isPresent()) return path.startsWith(CONTENT);
        var host = authority.host().toLowerCase(Locale.ROOT);
        return LOCAL.contains(host) || host.equalsIgnoreCase(publicUrl.getHost());
    }

    /// By its name; by its port too where both origins have one name.
    private boolean names(HostAndPort authority, URI url) {
        if (!authority.host().equalsIgnoreCase(url.getHost())) return false;
        return !url.getHost().equalsIgnoreCase(publicUrl.getHost())
                || (authority.port() < 0 ? standardPort(url) : authority.port()) == port(url);
    }

    private static boolean sameAuthority(URI one, URI other) {
        return one.getHost().equalsIgnoreCase(other.getHost()) && port(one) == port(other);
    }

    private static int port(URI url) {
        return url.getPort() < 0 ? standardPort(url) : url.getPort();
    }

    private static int standardPort(URI url) {
        return "https".equals(url.getScheme()) ? 443 : 80;
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

    /// Whether it comes from this machine itself, or from a trusted proxy's own, rather than through one.
    boolean near(HttpServerRequest request) {
        var peer = request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
        if (FORWARDED.stream().noneMatch(name -> request.headers().contains(name))) {
            return loopback(peer) || trustedProxies.contains(peer);
        }
        return trustedProxies.contains(peer) && loopback(clientAddress(request));
    }

    private static boolean loopback(String address) {
        return address.startsWith("127.") || address.equals("::1") || address.equals("0:0:0:0:0:0:0:1");
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
