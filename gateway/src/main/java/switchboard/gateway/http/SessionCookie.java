package switchboard.gateway.http;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/// The console's cookie: not readable by scripts, not sent from foreign pages, and under https bound to this host.
public final class SessionCookie {
    private final boolean secure;
    private final String name;

    public SessionCookie(boolean secure) {
        this.secure = secure;
        this.name = secure ? "__Host-sb_session" : "sb_session";
    }

    /// Whether it is sent over https only.
    public boolean secure() {
        return secure;
    }

    public String read(HttpServerRequest request) {
        var cookie = request.getCookie(name);
        return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
    }

    /// The `Set-Cookie` header; an empty token with no time takes the cookie away.
    public String header(String token, Duration lasts) {
        return name + "=" + token + "; Path=/; Max-Age=" + lasts.toSeconds() + "; HttpOnly; SameSite=Lax"
                + (secure ? "; Secure" : "");
    }
}
