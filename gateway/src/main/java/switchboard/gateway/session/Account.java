package switchboard.gateway.session;

import java.util.List;
import switchboard.gateway.http.Call;
import switchboard.ticketing.access.Agents;
import switchboard.ticketing.access.Sessions;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Page;

/// An agent's own account: password, renewed proof of identity, and active sessions.
public final class Account {
    private static final String NOT_YOURS = "is not your password";

    private final Agents agents;
    private final Sessions sessions;
    private final Passwords passwords;
    private final Attempts attempts;

    public Account(Agents agents, Sessions sessions, Passwords passwords, Attempts attempts) {
        this.agents = agents;
        this.sessions = sessions;
        this.passwords = passwords;
        this.attempts = attempts;
    }

    public record Proof(String password) {}

    public record NewPassword(String current, String password) {}

    /// Proves the password again before a sensitive action (`Call.requireFresh`).
    ///
    /// @throws Failure.Invalid when it isn't the agent's
    public Object prove(Call call, Proof proof) {
        proven(call, proof.password(), "password");
        sessions.proven(call.caller());
        return null;
    }

    /// Ends every other session of the account, so that anyone who knew the old password is out.
    ///
    /// @throws Failure.Invalid when the old password is wrong or the new one is not acceptable
    public Object change(Call call, NewPassword wanted) {
        var account = agents.get(call.caller().id());
        PasswordRules.require(wanted.password(), account.email(), account.name());
        var old = proven(call, wanted.current(), "current");
        if (!agents.changePassword(call.caller(), old, passwords.hash(wanted.password()))) {
            throw wrong("current");
        }
        sessions.proven(call.caller());
        return null;
    }

    /// @return the hash that the password was checked against
    private String proven(Call call, String password, String field) {
        if (password == null || password.length() > PasswordRules.CHARS_MAX) {
            throw wrong(field);
        }
        var by = "own " + call.caller().id();
        attempts.count(by, Attempts.GROWING);
        var hash = agents.passwordHash(call.caller().id()).orElse(null);
        if (!passwords.verify(password, hash)) throw wrong(field);
        attempts.forgive(by, Attempts.GROWING);
        return hash;
    }

    private static Failure wrong(String field) {
        return new Failure.Invalid("password-wrong", field + ": " + NOT_YOURS,
                List.of(new Failure.Field(field, NOT_YOURS)));
    }

    public Object sessions(Call call) {
        return new Page<>(sessions.own(call.caller()), null);
    }

    public Object end(Call call) {
        sessions.end(call.caller(), call.id());
        return null;
    }

    public Object endOthers(Call call) {
        sessions.endOthers(call.caller());
        return null;
    }
}
