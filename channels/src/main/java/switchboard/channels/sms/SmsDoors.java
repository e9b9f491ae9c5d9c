package switchboard.channels.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import switchboard.channels.twilio.SignedDoor.Answer;
import switchboard.channels.twilio.SignedDoor.Hook;
import switchboard.channels.twilio.SignedDoor.Refused;
import switchboard.channels.twilio.Typed;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.call.PhoneLine;
import switchboard.ticketing.intake.Arrival;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.outbox.Effect;
import switchboard.ticketing.outbox.Outbox;
import switchboard.ticketing.people.Region;

/// Where texts, and reports about ours, come in. Both are stored before they are answered, and never answered with
/// words: a repeated webhook would say them twice.
final class SmsDoors {
    private static final int MEDIA_MAX = 10; // as many as the carrier takes in one message
    private static final Duration KNOWN = Duration.ofSeconds(2);

    private final Database database;
    private final Inbox inbox;
    private final Outbox outbox;
    /// Numbers of ours, each until when that is believed, by the clock of `nanoTime`.
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(Region region, long until) {}

    SmsDoors(Database database, Inbox inbox, Outbox outbox) {
        this.database = database;
        this.inbox = inbox;
        this.outbox = outbox;
    }

    Answer text(Hook hook) {
        var sid = Typed.MESSAGE.required(hook, "MessageSid");
        var from = Typed.SENDER.required(hook, "From");
        var to = Typed.NUMBER.required(hook, "To");
        Typed.TEXT.required(hook, "Body");
        int pictures = Math.min(MEDIA_MAX, Integer.parseInt("0" + Typed.COUNT.optional(hook, "NumMedia")));
        var region = ours(to).orElseThrow(() -> new Refused("To"));
        var messageId = Ids.next();
        var arrival = new Arrival(SmsChannel.DOOR, lane(from, to), sid,
                Map.of("messageId", messageId.toString(), "region", region.code()), hook.raw());
        if (pictures == 0) {
            inbox.put(arrival);
            return Answer.EMPTY;
        }
        database.run(tx -> {
            if (inbox.put(tx, List.of(arrival)).getFirst().fresh()) fetchLater(tx, hook, sid, messageId.toString(),
                    pictures);
        });
        inbox.arrived(arrival.lane());
        outbox.committed();
        return Answer.EMPTY;
    }

    /// A sender name may have any length and any characters; a lane's name may not.
    private static String lane(String from, String to) {
        var plain = from.matches("[\\p{Print}&&[^:]]{0,80}") ? from : Signer.digest(from.getBytes(UTF_8));
        return "sms:" + plain + ":" + to;
    }

    /// Texts to one number come by the hundred: what it was a moment ago it is.
    private Optional<Region> ours(String number) {
        var before = known.get(number);
        if (before != null && System.nanoTime() - before.until() < 0) return Optional.of(before.region());
        var found = PhoneLine.find(database.sql(), number)
                .map(line -> Region.ofLine(database.sql(), line.number()));
        found.ifPresentOrElse(region -> known.put(number, new Known(region, System.nanoTime() + KNOWN.toNanos())),
                () -> known.remove(number));
        return found;
    }

    private void fetchLater(Sql tx, Hook hook, String sid, String messageId, int pictures) {
        var effects = new ArrayList<Effect>();
        for (int i = 0; i < pictures; i++) {
            effects.add(new Effect(SmsChannel.MEDIA, "media:" + sid + ":" + i, "media:" + sid + ":" + i,
                    Map.of("messageId", messageId, "url", hook.get("MediaUrl" + i), "type",
                    hook.get("MediaContentType" + i),
                            "position", i), null, null, null, Instant.now(), null));
        }
        outbox.put(tx, effects);
    }

    /// A call's reports come to the same address: they are left to the next door.
    Optional<Answer> status(Hook hook) {
        if (hook.form().first("MessageSid").isEmpty()) return Optional.empty();
        var sid = Typed.MESSAGE.required(hook, "MessageSid");
        var status = Typed.WORD.required(hook, "MessageStatus");
        var error = Typed.ERROR.optional(hook, "ErrorCode");
        inbox.put(new Arrival(SmsChannel.STATUS_DOOR, "sms-status:" + sid, sid + "|" + status + "|" + error, Map.of(),
                hook.raw()));
        return Optional.of(Answer.EMPTY);
    }
}
