package switchboard.channels.sms;

import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import switchboard.channels.Channel;
import switchboard.channels.twilio.SignedDoor;
import switchboard.channels.twilio.TwilioAccess;
import switchboard.channels.twilio.TwilioSettings;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.intake.Intake;
import switchboard.ticketing.intake.Received;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.outbox.Delivery;
import switchboard.ticketing.outbox.Outbox;
import switchboard.ticketing.people.Address;
import switchboard.ticketing.reply.Card;

/// Text messages, in and out, by the carrier. Pictures that come with a text are fetched afterwards, as effects of
/// their own, so that a slow carrier delays no text.
public final class SmsChannel implements Channel {
    static final String NAME = "sms";
    static final String DOOR = "sms";
    static final String STATUS_DOOR = "sms-status";
    /// Its payload names a message of ours and one picture of it.
    static final String MEDIA = "sms-media";
    private static final int COST = 15;

    private final SmsDoors smsDoors;
    private final SmsDelivery delivery;
    private final MediaFetch media;
    private final SignedDoor door;

    /// @param publicUrl under which the carrier calls us
    public SmsChannel(Database database, Inbox inbox, Outbox outbox, Intake intake, Journal journal,
            TwilioAccess access,
                      TwilioSettings settings, String publicUrl) {
        this.door = new SignedDoor(publicUrl, settings);
        this.smsDoors = new SmsDoors(database, inbox, outbox);
        this.delivery = new SmsDelivery(database, journal, intake, access, publicUrl);
        this.media = new MediaFetch(database, journal, settings);
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
        return Card.sending(NAME, Address.PHONE).withPlainTextOf(SmsDelivery.TEXT_CHARS_MAX);
    }

    @Override
    public Set<String> doors() {
        return Set.of(DOOR, STATUS_DOOR);
    }

    @Override
    public Set<String> effects() {
        return Set.of(NAME, MEDIA);
    }

    @Override
    public void mount(Router router) {
        door.open(router, "/webhooks/twilio/sms", hook -> Optional.of(smsDoors.text(hook)));
        door.open(router, "/webhooks/twilio/status", smsDoors::status);
    }

    @Override
    public List<Received> decode(Inbox.Raw row) {
        return row.door().equals(DOOR) ? SmsDecoder.text(row) : SmsDecoder.status(row);
    }

    @Override
    public Delivery deliver(Outbox.Leased row) {
        return row.channel().equals(MEDIA) ? media.deliver(row) : delivery.deliver(row);
    }
}
