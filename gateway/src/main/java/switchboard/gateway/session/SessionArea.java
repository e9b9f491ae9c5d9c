package switchboard.gateway.session;

import static switchboard.gateway.http.Answer.nothing;
import static switchboard.gateway.http.Answer.one;
import static switchboard.gateway.http.Answer.page;
import static switchboard.gateway.http.Permission.ADMIN;
import static switchboard.gateway.http.Permission.PUBLIC;
import static switchboard.gateway.http.Permission.SIGNED_IN;
import static switchboard.gateway.http.Permission.STREAM_TICKET;
import static switchboard.gateway.http.Route.delete;
import static switchboard.gateway.http.Route.get;
import static switchboard.gateway.http.Route.post;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import switchboard.gateway.admin.CompanySettings;
import switchboard.gateway.area.Area;
import switchboard.gateway.area.Ground;
import switchboard.gateway.area.Stops;
import switchboard.gateway.http.Answer;
import switchboard.gateway.http.Route;
import switchboard.ticketing.access.Sessions;
import switchboard.ticketing.journal.Worker;

/// Signing in and out, passwords, letters with links, the stream's ticket.
public final class SessionArea implements Area {
    public static final String STREAM = API + "/stream";
    private static final Duration SWEEP = Duration.ofMinutes(10);
    private SignIn signIn;
    private Account account;
    private Letters letters;
    private Sessions sessions;

    @Override
    public List<Route> routes() {
        return List.of(
                post(API + "/session", PUBLIC, SignIn.Credentials.class, one(SignIn.SignedIn.class),
                        (c, b) -> signIn.signIn(c, b)),
                get(API + "/session", SIGNED_IN, one(SignIn.SessionView.class), c -> signIn.current(c)),
                delete(API + "/session", SIGNED_IN, c -> signIn.signOut(c)),
                post(API + "/invitations", ADMIN, Letters.Invitation.class, one(Letters.Invited.class),
                        (c, b) -> letters.invite(c, b)).created(),
                post(API + "/agents/{id}/letter", ADMIN, nothing(), c -> letters.again(c)),
                post(API + "/password/forgot", PUBLIC, Letters.Forgotten.class, nothing(),
                        (c, b) -> letters.forgot(c, b)),
                post(API + "/password/reset", PUBLIC, Letters.Reset.class, nothing(), (c, b) -> letters.reset(c, b)),
                post(API + "/password/change", SIGNED_IN, Account.NewPassword.class, nothing(),
                        (c, b) -> account.change(c, b)),
                post(API + "/session/proof", SIGNED_IN, Account.Proof.class, nothing(),
                        (c, b) -> account.prove(c, b)),
                get(API + "/sessions", SIGNED_IN, page(Sessions.Own.class), c -> account.sessions(c))
                        .whole(Sessions.Own::id),
                delete(API + "/sessions", SIGNED_IN, c -> account.endOthers(c)),
                delete(API + "/sessions/{id}", SIGNED_IN, c -> account.end(c)),
                post(API + "/stream/ticket", SIGNED_IN, one(SignIn.StreamTicket.class), c -> signIn.streamTicket(c)),
                get(STREAM, STREAM_TICKET, new Answer.Socket(), _ -> null).query("ticket", "since"));
    }

    @Override
    public void open(Ground ground) {
        var people = ground.people();
        var stores = ground.stores();
        var site = ground.site();
        var attempts = new Attempts(stores.ephemeral(), "sign-in");
        var company = new CompanySettings(stores.database());
        Supplier<SignIn.SessionSettings> view = () -> new SignIn.SessionSettings(company.name(),
                List.of("en", "zh-CN"), 10, site.demo(), stores.journal().last());
        signIn = new SignIn(people.agents(), people.sessions(), people.consoles(), people.passwords(),
                site.guard().cookie(), site.signer(), view, attempts);
        account = new Account(people.agents(), people.sessions(), people.passwords(), attempts);
        letters = new Letters(stores.database(), stores.journal(), stores.outbox(), people.agents(),
                people.sessions(), people.passwords(), site.url(), stores.ephemeral());
        sessions = people.sessions();
    }

    @Override
    public void start(Stops stops) {
        stops.add("housekeeping", new Worker("housekeeping", SWEEP, () -> {
            sessions.sweep();
            return false;
        }).start()::close);
    }
}
