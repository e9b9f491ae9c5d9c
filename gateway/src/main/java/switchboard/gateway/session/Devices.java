package switchboard.gateway.session;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import switchboard.gateway.http.Call;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Signer;

/// Recognises browsers that have signed in to an account before, by a signed cookie (OWASP, "device cookies"). Their
/// attempts count separately, so that a stranger's guesses can't lock them out.
final class Devices {
    private static final Duration LASTS = Duration.ofDays(180);
    private static final String PURPOSE = "known-device";
    private static final int SIGNATURE_BYTES = 16;

    private final Signer signer;
    private final boolean secure;

    Devices(Signer signer, boolean secure) {
        this.signer = signer;
        this.secure = secure;
    }

    /// The device's name if it is the account's; empty for a missing, foreign or forged cookie.
    Optional<String> known(Call call, String email) {
        return call.cookie(cookie(email)).flatMap(value -> {
            var parts = value.split("~", 2);
            boolean ours = parts.length == 2
                    && signer.verify(PURPOSE, account(email) + " " + parts[0], SIGNATURE_BYTES, parts[1]);
            return ours ? Optional.of(parts[0]) : Optional.empty();
        });
    }

    void remember(Call call, String email) {
        var device = known(call, email).orElseGet(Ids::secret);
        call.answerHeader("Set-Cookie", cookie(email) + "=" + device + "~"
                + signer.sign(PURPOSE, account(email) + " " + device, SIGNATURE_BYTES) + "; Path=/; Max-Age="
                + LASTS.toSeconds() + "; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : ""));
    }

    /// One per account, because desks are shared.
    private String cookie(String email) {
        return (secure ? "__Host-" : "") + "sb_device_" + Signer.digest(account(email)).substring(0, 8);
    }

    private static String account(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }
}
