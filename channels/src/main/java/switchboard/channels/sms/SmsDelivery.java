package switchboard.channels.sms;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import switchboard.channels.twilio.CarrierOutcome;
import switchboard.channels.twilio.TwilioAccess;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failpoint;
import switchboard.ticketing.intake.Intake;
import switchboard.ticketing.intake.Received;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.outbox.Delivery;
import switchboard.ticketing.outbox.Outbox;
import switchboard.ticketing.people.Consents;

/// Sends one text. After an attempt whose outcome is unknown the carrier's list is read first.
final class SmsDelivery {
    /// The carrier's limit for one text, in UTF-16 units (Twilio error 21617).
    static final int TEXT_CHARS_MAX = 1600;
    /// Reports are brought again when we could not be reached, were slow, or could not store them.
    private static final String AGAIN = "#rc=2&rp=ct,rt,5xx";
    private static final int OPTED_OUT = 21610;
    /// Clocks differ, and the carrier keeps whole seconds.
    private static final Duration CLOCK_SLACK = Duration.ofMinutes(2);
    private static final int LISTED_MAX = 1000;

    private final Database database;
    private final Journal journal;
    private final Intake intake;
    private final TwilioAccess access;
    private final URI statusCallback;

    SmsDelivery(Database database, Journal journal, Intake intake, TwilioAccess access, String publicUrl) {
        this.database = database;
        this.journal = journal;
        this.intake = intake;
        this.access = access;
        this.statusCallback = URI.create(publicUrl.replaceFirst("/+$", "") + "/webhooks/twilio/status" + AGAIN);
    }

    Delivery deliver(Outbox.Leased row) {
        var from = row.payload().path("from").asText();
        var to = first(row.payload().path("to"));
        var text = sendable(row.payload().path("text").asText());
        if (text.isBlank()) return new Delivery.Refused("empty", "The text is empty");
        if (text.length() > TEXT_CHARS_MAX) {
            return new Delivery.Refused("21617", "A text has at most 1,600 characters; this one has " + text.length());
        }
        if (!row.payload().path("files").isEmpty()) {
            return new Delivery.Refused("files", "Files cannot be sent by text message");
        }
        if (row.uncertain()) {
            try {
                var found = find(from, to, text, row.createdAt());
                if (found.isPresent()) return found.get();
            } catch (RuntimeException unread) {
                return new Delivery.Unknown("The carrier could not be asked: " + unread.getMessage());
            }
        }
        if (!Consents.allowed(database.sql(), SmsChannel.NAME, to, from)) {
            return new Delivery.Refused("opted-out", to + " has asked not to be texted from this number");
        }
        Failpoint.pass("sms.before-post");
        if (!Outbox.held(database.sql(), row)) return Outbox.LOST;
        var outcome = access.text(from, to, text, List.of(), Optional.of(statusCallback));
        Failpoint.pass("sms.after-post");
        return outcome(outcome, from, to);
    }

    private static String first(JsonNode to) {
        return to.isArray() ? to.path(0).asText() : to.asText();
    }

    /// The SDK leaves out a parameter whose value is the text `null`; control characters are no letters of any
    /// alphabet.
    static String sendable(String text) {
        var clean = text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "");
        return clean.equals("null") ? "null " : clean;
    }

    private Delivery outcome(CarrierOutcome outcome, String from, String to) {
        return switch (outcome) {
            case CarrierOutcome.Accepted accepted -> new Delivery.Accepted(accepted.sid(), accepted.status());
            case CarrierOutcome.RetryLater later -> new Delivery.RetryLater(later.reason(), later.after());
            case CarrierOutcome.Unknown unknown -> new Delivery.Unknown(unknown.reason());
            case CarrierOutcome.Refused refused -> {
                if (refused.code() == OPTED_OUT) learn(from, to);
                yield new Delivery.Refused(String.valueOf(refused.code()),
                        CarrierError.words(String.valueOf(refused.code())));
            }
        };
    }

    /// The carrier knew of an opt-out that we did not.
    private void learn(String from, String to) {
        var now = Instant.now();
        database.run(tx -> intake.receive(tx, List.of(new Received.Consent(new Received.Origin(0, now),
                SmsChannel.NAME, to, from,
                false, "carrier", "refused with 21610", now))));
        journal.committed();
    }

    /// The oldest text that this attempt may have made; one that is another message's of ours is not it.
    private Optional<Delivery> find(String from, String to, String text, Instant since) {
        var messages = access.read(twilio -> {
            var all = new java.util.ArrayList<Message>();
            Message.reader().setTo(new PhoneNumber(to)).setFrom(new PhoneNumber(from))
                    .setDateSentAfter(since.minus(CLOCK_SLACK).atZone(ZoneOffset.UTC)).limit(LISTED_MAX).read(twilio)
                    .forEach(all::add);
            return all;
        });
        return messages.reversed().stream().filter(one -> text.equals(one.getBody()))
                .filter(one -> !database.sql().exists(
                "select 1 from message where provider_id = $1", one.getSid())).findFirst()
                .map(one -> new Delivery.Accepted(one.getSid(), one.getStatus() == null ? "queued" : one.getStatus()
                .toString()));
    }
}
