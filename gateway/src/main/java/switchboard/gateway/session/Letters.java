package switchboard.gateway.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import switchboard.gateway.http.Call;
import switchboard.gateway.redis.Ephemeral;
import switchboard.ticketing.access.Agent;
import switchboard.ticketing.access.Agents;
import switchboard.ticketing.access.Caller;
import switchboard.ticketing.access.Sessions;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.outbox.Effect;
import switchboard.ticketing.outbox.Outbox;

/// Invitations and password resets: links that are mailed, live for thirty minutes and work once.
/// The mail leaves by the outbox, in the transaction that makes the link, in the agent's language: for an invitation
/// that of who invites.
public final class Letters {
    private static final Attempts.Limit FORGOT = new Attempts.Limit(5, Duration.ofMinutes(30));
    private static final Attempts.Limit SENDERS = new Attempts.Limit(50, Duration.ofMinutes(30));
    private static final String LINK_OVER = "link-over";

    private final Database database;
    private final Journal journal;
    private final Outbox outbox;
    private final Agents agents;
    private final Sessions sessions;
    private final Passwords passwords;
    private final String publicUrl;
    private final Attempts attempts;

    public Letters(Database database, Journal journal, Outbox outbox, Agents agents, Sessions sessions,
            Passwords passwords, String publicUrl, Ephemeral store) {
        this.attempts = new Attempts(store, "letters");
        this.sessions = sessions;
        this.database = database;
        this.journal = journal;
        this.outbox = outbox;
        this.agents = agents;
        this.passwords = passwords;
        this.publicUrl = publicUrl;
    }

    /// What stands in the letters, in one language; the texts take name, inviter and link, or the link alone.
    private record Words(String invitation, String invitationText, String reset, String resetText) {
        private static final Words ENGLISH = new Words("You are invited to Switchboard", """
                %s,

                %s invites you to Switchboard. Choose your password here within 30 minutes:

                %s
                """, "Your new Switchboard password", """
                Somebody, hopefully you, asked for a new password. Choose it here within 30 minutes:

                %s

                If it was not you, ignore this mail: nothing has changed.
                """);
        private static final Words CHINESE = new Words("邀请您加入 Switchboard", """
                %s，您好：

                %s 邀请您加入 Switchboard。请在 30 分钟内打开此链接设置密码：

                %s
                """, "重设您的 Switchboard 密码", """
                有人（应该是您本人）请求重设密码。请在 30 分钟内打开此链接设置新密码：

                %s

                如果不是您本人操作，请忽略此邮件：一切照旧。
                """);

        static Words in(String language) {
            return language.startsWith("zh") ? CHINESE : ENGLISH;
        }
    }

    public record Invitation(String email, String name, String role, List<UUID> teamIds) {}

    public record Invited(Agent agent) {}

    public record Forgotten(String email) {}

    public record Reset(String token, String password) {}

    public Invited invite(Call call, Invitation invitation) {
        var email = email(invitation.email());
        var role = Agents.role(invitation.role() == null ? "agent" : invitation.role());
        if (role != Caller.Role.AGENT) call.requireFresh();
        var invited = new Agents.Invited(email, Agents.name(invitation.name()), role,
                invitation.teamIds() == null ? List.of() : invitation.teamIds(), call.caller().language());
        var id = database.transaction(tx -> {
            var agent = agents.create(tx, call.caller().actor(), invited);
            invitation(tx, call.caller(), agent, email, invited.name(), invited.language());
            return agent;
        });
        journal.committed();
        outbox.committed();
        return new Invited(agents.get(id));
    }

    /// Mails the agent a fresh link: the invitation while no password is set, else a link to set a new password.
    /// Earlier links stop working.
    ///
    /// @throws Failure.Conflict `inactive`
    public Object again(Call call) {
        call.requireFresh();
        var agent = agents.get(call.id());
        if (!agent.active()) throw new Failure.Conflict("inactive", "The account has ended");
        boolean invited = agents.passwordHash(agent.id()).isEmpty();
        database.run(tx -> {
            if (invited) invitation(tx, call.caller(), agent.id(), agent.email(), agent.name(), agent.language());
            else resetting(tx, agent.id(), agent.email(), agent.language());
        });
        outbox.committed();
        return null;
    }

    private void invitation(Sql tx, Caller by, UUID agent, String email, String name, String language) {
        var words = Words.in(language);
        mail(tx, email, words.invitation(), words.invitationText().formatted(name, by.name(),
                publicUrl + "/console/invitation?token=" + Sessions.link(tx, agent, true)));
    }

    private void resetting(Sql tx, UUID agent, String email, String language) {
        var words = Words.in(language);
        mail(tx, email, words.reset(), words.resetText().formatted(
                publicUrl + "/console/reset?token=" + Sessions.link(tx, agent, false)));
    }

    /// Answers the same whether or not there is such an account; the mail goes to the address that is stored.
    public Object forgot(Call call, Forgotten forgotten) {
        var email = email(forgotten.email());
        attempts.count("address " + SignIn.network(call.clientAddress()), SENDERS);
        attempts.count("account " + email.toLowerCase(Locale.ROOT), FORGOT);
        // Beside the request, so that the time of the answer says nothing.
        Thread.ofVirtual().name("reset-letter").start(() -> send(email));
        return null;
    }

    private void send(String email) {
        agents.credentials(email).filter(Agents.Credentials::active).ifPresent(account -> {
            var language = agents.get(account.id()).language();
            database.run(tx -> resetting(tx, account.id(), account.email(), language));
            outbox.committed();
        });
    }

    /// Takes invitations' links too: both prove the mailbox, both end in a new password.
    ///
    /// Checks the link before hashing the password, because a hash costs a third of a second.
    ///
    /// @throws Failure.NotFound with `link-over` when the link is unknown, used or too old
    /// @throws Failure.Invalid when the password is not acceptable; the link stays valid
    public Object reset(Call call, Reset reset) {
        attempts.count("reset " + SignIn.network(call.clientAddress()), SENDERS);
        var account = agents.get(sessions.linkOf(reset.token()).orElseThrow(Letters::linkOver));
        PasswordRules.require(reset.password(), account.email(), account.name());
        var hash = passwords.hash(reset.password());
        database.run(tx -> Agents.password(tx, Sessions.redeemLink(tx, reset.token()).orElseThrow(Letters::linkOver),
                hash));
        return null;
    }

    private static Failure linkOver() {
        return new Failure.NotFound(LINK_OVER, "This link has been used or is too old; please ask for a new one");
    }

    private static String email(String email) {
        if (email == null || email.length() > 254 || !email.strip()
                .matches("[^\\s@<>,;:\"\\\\]{1,64}@[^\\s@<>,;:\"\\\\]{1,253}")) {
            throw Failure.Invalid.field("email", "must be one mail address");
        }
        return email.strip();
    }

    private void mail(Sql tx, String to, String subject, String text) {
        var key = "letter:" + Ids.next();
        outbox.put(tx, List.of(new Effect("email", "letters:" + to.toLowerCase(Locale.ROOT), key,
                Map.of("system", true, "secret", true, "to", to, "subject", subject, "text", text), null, null, null,
                Instant.now(),
                Instant.now().plus(Sessions.LINK))));
    }
}
