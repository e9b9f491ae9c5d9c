package switchboard.channels.twilio;

import java.net.URI;
import java.util.Optional;

/// Where Twilio is and who we are there.
///
/// @param accountSid `AC` and 32 hexadecimal digits
/// @param authToken the primary token: signs webhooks, and requests when there is no API key
/// @param apiKey `SK...`, used with `apiSecret` for requests instead of the token
/// @param baseUrl a stand-in for the real Twilio, scheme, host and port only; empty is the real one, over TLS
public record TwilioSettings(String accountSid, String authToken, Optional<String> apiKey, Optional<String> apiSecret,
                             Optional<URI> baseUrl) {
    public TwilioSettings {
        if (!accountSid.matches("AC[0-9a-fA-F]{32}")) {
            throw new IllegalArgumentException("an account SID is AC and 32 hexadecimal digits");
        }
        if (authToken.isBlank()) {
            throw new IllegalArgumentException("the auth token is empty");
        }
        if (apiKey.isPresent() != apiSecret.isPresent()) {
            throw new IllegalArgumentException("an API key needs its secret, and a secret its key");
        }
        baseUrl.ifPresent(url -> {
            if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                throw new IllegalArgumentException("the base URL is http(s)://host[:port], not " + url);
            }
        });
    }

    public String username() {
        return apiKey.orElse(accountSid);
    }

    public String password() {
        return apiSecret.orElse(authToken);
    }

    @Override public String toString() {
        return "TwilioSettings[" + accountSid + ", " + baseUrl.map(URI::toString).orElse("api.twilio.com") + "]";
    }
}
