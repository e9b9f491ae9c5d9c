package switchboard.channels.voice;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import switchboard.channels.Channel;
import switchboard.channels.line.Office;
import switchboard.channels.simulator.Handset;
import switchboard.channels.sms.SmsChannel;
import switchboard.ticketing.call.Call;
import switchboard.ticketing.call.Calls;
import switchboard.ticketing.routing.Routing;

/// An office that takes calls: with routing, and agents who have telephones.
final class VoiceOffice extends Office {
    static final String ADA = "+15551230001";
    static final String MEI = "+15551239001";
    static final String BO = "+15551239002";

    private final Duration offer;
    Calls calls;
    private Routing routing;

    VoiceOffice() {
        this(Duration.ofSeconds(20));
    }

    VoiceOffice(Duration offer) {
        this.offer = offer;
        super();
    }

    @Override
    protected List<Channel> channels() {
        calls = new Calls(database, journal, outbox, intake, offer).start();
        routing = new Routing(database, journal, Map.of("phone", 100, "sms", 15)).start();
        return List.of(new SmsChannel(database, inbox, outbox, intake, journal, access, settings, publicUrl),
                new VoiceChannel(database, inbox, calls, access, settings, publicUrl));
    }

    /// The program stops and starts again; the carrier goes on.
    Calls restarted() {
        calls.close();
        calls = new Calls(database, journal, outbox, intake, offer).start();
        return calls;
    }

    Handset ada() {
        return handset(ADA);
    }

    /// The one call there is.
    Call call() {
        return calls.recent(1).getFirst();
    }

    Call awaitState(String state) {
        await("the state " + state + " (it is " + (calls.recent(1).isEmpty() ? "none" : call().state()) + ")",
                () -> !calls.recent(1).isEmpty() && call().state().equals(state));
        return call();
    }

    /// Ada calls and is offered to this agent.
    UUID offered(UUID agent) {
        ada().call();
        ada().awaitQueued();
        await("the offer", () -> isOffered(agent));
        return call().id();
    }

    boolean isOffered(UUID agent) {
        return calls.recent(1).stream().anyMatch(call -> call.state().equals("offered")
                && call.agent() != null && call.agent().id().equals(agent));
    }

    /// Ada and the agent talk.
    UUID talking(UUID agent, String phone) {
        var call = offered(agent);
        calls.accept(agent, call);
        handset(phone).answer();
        handset(phone).awaitConference();
        ada().awaitConference();
        awaitState("active");
        return call;
    }

    String ticket(String column) {
        return database.sql().value(String.class, "select " + column + "::text from ticket where id = $1", call()
                .ticketId()).orElse("");
    }

    @Override
    public void close() {
        play(() -> {
            routing.close();
            calls.close();
        });
        super.close();
    }
}
