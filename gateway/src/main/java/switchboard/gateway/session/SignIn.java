package switchboard.gateway.session;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import switchboard.gateway.http.Call;
import switchboard.gateway.http.SessionCookie;
import switchboard.gateway.redis.Ephemeral;
import switchboard.ticketing.access.Agent;
import switchboard.ticketing.access.Agents;
import switchboard.ticketing.access.Consoles;
import switchboard.ticketing.access.Sessions;
import switchboard.ticketing.base.Failure;

/// Signing in and out. A wrong password, an unknown address, an ended account and one without a password are one and
/// the same answer after the same work.
public final class SignIn {
    private static final int ACCOUNT_TRIES_MAX = 10;
    private static final int ADDRESS_TRIES_MAX = 100;
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private final Agents agents;
    private final Sessions sessions;
    private final Consoles consoles;
    private final Passwords passwords;
    private final SessionCookie cookie;
    private final Supplier<SessionSettings> settings;
    private final Attempts attempts;

    public SignIn(Agents agents, Sessions sessions, Consoles consoles, Passwords passwords, SessionCookie cookie,
            Supplier<SessionSettings> settings, Ephemeral store) {
        this.attempts = new Attempts(store, "sign-in", WINDOW);
        this.agents = agents;
        this.sessions = sessions;
        this.consoles = consoles;
        this.passwords = passwords;
        this.cookie = cookie;
        this.settings = settings;
    }

    public record Credentials(String email, String password) {}

    public record SignedIn(String token, Agent agent) {}

    public record SessionSettings(String companyName, List<String> locales, int undoSeconds, boolean demo) {}

    public record SessionView(Agent agent, SessionSettings settings, String signature, Map<String,
            Object> preferences) {}

    /// @throws Failure.Unauthenticated, Failure.TooMany
    public SignedIn signIn(Call call, Credentials given) {
        if (given.email() == null || given.password() == null || given.email().length() > 320
                || given.password().length() > Passwords.CHARS_MAX) {
            throw new Failure.Invalid("An address and a password of at most " + Passwords.CHARS_MAX
                    + " characters are needed");
        }
        var byAccount = "account " + given.email().strip().toLowerCase(Locale.ROOT);
        var byAddress = "address " + network(call.clientAddress());
        attempts.count(byAccount, ACCOUNT_TRIES_MAX);
        attempts.count(byAddress, ADDRESS_TRIES_MAX);
        var account = agents.credentials(given.email().strip());
        boolean right = passwords.verify(given.password(), account.map(Agents.Credentials::passwordHash).orElse(null));
        var token = (right ? account : Optional.<Agents.Credentials>empty())
                .flatMap(proven -> sessions.signIn(proven.id(), proven.passwordHash()))
                .orElseThrow(() -> new Failure.Unauthenticated("The address or the password is not right"));
        attempts.forgive(byAccount);
        attempts.forgive(byAddress);
        consoles.signedIn(account.get().id());
        call.answerHeader("Set-Cookie", cookie.header(token, Sessions.BROWSER_ABSOLUTE));
        return new SignedIn(token, agents.get(account.get().id()));
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

    /// Whoever signs out of the last place where they were there is offline, and what customers wait for goes to
    /// others.
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
