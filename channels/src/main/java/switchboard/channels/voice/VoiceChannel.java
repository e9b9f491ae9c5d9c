package switchboard.channels.voice;

import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import switchboard.channels.Channel;
import switchboard.channels.twilio.SignedDoor;
import switchboard.channels.twilio.TwilioAccess;
import switchboard.channels.twilio.TwilioSettings;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.call.Calls;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.intake.Received;
import switchboard.ticketing.outbox.Delivery;
import switchboard.ticketing.outbox.Outbox;
import switchboard.ticketing.reply.Card;

/// Telephone calls, by the carrier. What a call does is decided by `Calls`; here it is only rendered and carried out.
/// People call this channel `phone`.
public final class VoiceChannel implements Channel {
    private static final String NAME = "phone";
    private static final int COST = 100;

    private final SignedDoor door;
    private final VoiceDoors doors;
    private final VoiceCommands commands;
    private final RecordingFetch recordings;
    private final Reaper reaper;

    /// @param publicUrl under which the carrier calls us
    public VoiceChannel(Database database, Inbox inbox, Calls calls, TwilioAccess access, TwilioSettings settings,
                        String publicUrl) {
        var addresses = new VoiceAddresses(publicUrl);
        this.door = new SignedDoor(publicUrl, settings);
        this.doors = new VoiceDoors(database, calls, new Ledger(database, inbox, calls), addresses,
                new TwimlPage(addresses));
        this.commands = new VoiceCommands(access, calls, addresses, row -> Outbox.held(database.sql(), row));
        this.recordings = new RecordingFetch(settings, calls);
        this.reaper = new Reaper(access, calls);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int cost() {
        return COST;
    }

    @Override
    public Card card() {
        return Card.answeredBy(name(), "sms");
    }

    @Override
    public Set<String> doors() {
        return Set.of(Ledger.DOOR);
    }

    @Override
    public Set<String> effects() {
        return Set.of(Calls.EFFECT);
    }

    @Override
    public void mount(Router router) {
        doors.mount(door, router);
    }

    /// A call's rows are understood in the transaction that stores them; none waits for a decoder.
    @Override
    public List<Received> decode(Inbox.Raw row) {
        throw new Undecodable("A call's webhook is answered when it comes; later it has no meaning");
    }

    @Override
    public Delivery deliver(Outbox.Leased row) {
        return row.payload().path("do").asText().equals("recording")
                ? recordings.deliver(UUID.fromString(row.payload().path("call").asText()), row.payload().path("sid")
                .asText())
                : commands.deliver(row);
    }

    @Override
    public void start() {
        reaper.start();
    }

    @Override
    public void stop() {
        reaper.close();
    }
}
