package switchboard.gateway.session;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import switchboard.gateway.http.Call;
import switchboard.gateway.http.SessionCookie;
import switchboard.ticketing.access.Agent;
import switchboard.ticketing.access.Agents;
import switchboard.ticketing.access.Consoles;
import switchboard.ticketing.access.Sessions;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Signer;

/// Signing in and out. A wrong password, an unknown address, an ended account and one without a password are one and
/// the same answer after the same work.
public final class SignIn {
    /// For one network, across all accounts.
    private static final Attempts.Limit NETWORK = new Attempts.Limit(100, Duration.ofMinutes(10));
    /// For one account, across all networks: it stops guessers with many networks. Known devices are exempt.
    private static final Attempts.Limit STRANGERS = new Attempts.Limit(300, Duration.ofMinutes(10));

    private final Agents agents;
    private final Sessions sessions;
    private final Consoles consoles;
    private final Passwords passwords;
    private final SessionCookie cookie;
    private final Supplier<SessionSettings> settings;
    private final Attempts attempts;
    private final Devices devices;

    public SignIn(Agents agents, Sessions sessions, Consoles consoles, Passwords passwords, SessionCookie cookie,
            Signer signer, Supplier<SessionSettings> settings, Attempts attempts) {
        this.attempts = attempts;
        this.devices = new Devices(signer, cookie.secure());
        this.agents = agents;
        this.sessions = sessions;
        this.consoles = consoles;
        this.passwords = passwords;
        this.cookie = cookie;
        this.settings = settings;
    }

    public record Credentials(String email, String password) {}

    public record SignedIn(String token, Agent agent) {}

    /// @param seq the newest change: a stream that starts after it misses nothing fetched from now on
    public record SessionSettings(String companyName, List<String> locales, int undoSeconds, boolean demo, long seq) {}

    public record SessionView(Agent agent, SessionSettings settings, String signature, Map<String,
            Object> preferences) {}

    /// Failed attempts lock out only their source: they count by account and network together, those of a known device
    /// separately.
    ///
    /// @throws Failure.Unauthenticated, Failure.TooMany
    public SignedIn signIn(Call call, Credentials given) {
        if (given.email() == null || given.password() == null || given.email().length() > 320
                || given.password().length() > PasswordRules.CHARS_MAX) {
            throw new Failure.Invalid("An address and a password of at most " + PasswordRules.CHARS_MAX
                    + " characters are needed");
        }
        var email = given.email().strip();
        var tries = tries(call, email);
        tries.forEach(attempts::count);
        var account = agents.credentials(email);
        boolean right = passwords.verify(given.password(), account.map(Agents.Credentials::passwordHash).orElse(null));
        var from = new Sessions.From(call.header("User-Agent"), call.clientAddress());
        var token = (right ? account : Optional.<Agents.Credentials>empty())
                .flatMap(proven -> sessions.signIn(proven.id(), proven.passwordHash(), from))
                .orElseThrow(() -> new Failure.Unauthenticated("The address or the password is not right"));
        tries.forEach(attempts::forgive);
        consoles.signedIn(account.get().id());
        call.answerHeader("Set-Cookie", cookie.header(token, Sessions.BROWSER_ABSOLUTE));
        devices.remember(call, email);
        return new SignedIn(token, agents.get(account.get().id()));
    }

    /// The limits that an attempt counts against, by key.
    private Map<String, List<Attempts.Limit>> tries(Call call, String email) {
        var account = email.toLowerCase(Locale.ROOT);
        var network = network(call.clientAddress());
        return devices.known(call, email)
                .map(device -> Map.of("device " + device, Attempts.GROWING))
                .orElseGet(() -> {
                    var tries = new LinkedHashMap<String, List<Attempts.Limit>>();
                    tries.put("account " + account + " from " + network, Attempts.GROWING);
                    tries.put("network " + network, List.of(NETWORK));
                    tries.put("account " + account, List.of(STRANGERS));
                    return tries;
                });
    }

    /// One household or office counts as one: the first 64 bits of an IPv6 address, all of an IPv4 one.
    public static String network(String address) {
        if (!address.contains(":")) return address;
        var groups = address.replaceFirst("%.*", "").split(":", -1);
        return String.join(":", List.of(groups).subList(0, Math.min(4, groups.length)));
    }

    public SessionView current(Call call) {
        var own = agents.own(call.caller().id());
        return new SessionView(agents.get(call.caller().id()), settings.get(), own.signature(), own.preferences());
    }

    /// Signing out of the last active session sets the agent offline and hands over the work that customers are waiting
    /// for.
    public Object signOut(Call call) {
        sessions.revoke(call.caller().sessionHash());
        consoles.signedOut(call.caller());
        call.answerHeader("Set-Cookie", cookie.header("", Duration.ZERO));
        return null;
    }

    public record StreamTicket(String ticket) {}

    public StreamTicket streamTicket(Call call) {
        return new StreamTicket(sessions.streamTicket(call.caller()));
    }
}
