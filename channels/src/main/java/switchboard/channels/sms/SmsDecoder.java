package switchboard.channels.sms;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import switchboard.channels.twilio.FormBody;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.intake.Received;
import switchboard.ticketing.people.Address;
import switchboard.ticketing.people.Region;
import switchboard.ticketing.people.Sender;

/// Stored forms as events.
final class SmsDecoder {
    /// A text without any other proof belongs to what the two numbers talked about in the last days.
    static final Duration WINDOW = Duration.ofDays(7);
    private SmsDecoder() {}

    static List<Received> text(Inbox.Raw row) {
        var form = FormBody.parse(row.raw());
        var origin = new Received.Origin(row.id(), row.receivedAt());
        // The one character that PostgreSQL's text can't store.
        var body = form.get("Body").replace("\0", "");
        var from = form.get("From").replace("\0", "");
        var to = form.get("To");
        var sender = Sender.given(from, region(row, to));
        var said = OptOut.of(form.get("OptOutType"), body);
        var flags = new ArrayList<String>();
        if (said == OptOut.PERHAPS) flags.add("opt-out?");
        if (said == OptOut.STOP) flags.add("opt-out");
        // Quiet only where it takes a STOP back, which the ledger says and not the text.
        if (said == OptOut.START) flags.add("opt-in");
        if (!form.get("NumMedia").matches("0*")) flags.add("media");
        boolean keyword = said == OptOut.STOP || said == OptOut.START;
        var events = new ArrayList<Received>();
        events.add(new Received.Message(origin, SmsChannel.NAME, to, row.receivedAt(), "message", said == OptOut.STOP,
                sender, List.of(), Optional.of(WINDOW),
                Received.Content.plain("", body), List.of(), List.of(), flags, Optional.empty(), Optional.empty(),
                Optional.ofNullable(row.envelope().get("messageId")).map(id -> UUID.fromString(id.toString()))));
        if (keyword) {
            var address = sender.address().map(Address::value).orElse(from);
            events.add(new Received.Consent(origin, SmsChannel.NAME, address, to, said == OptOut.START,
                    form.get("OptOutType").isEmpty() ? "keyword" : "carrier", body, row.receivedAt()));
        }
        return events;
    }

    /// Rows from before lines had a region use the line's own number.
    private static Region region(Inbox.Raw row, String line) {
        return Optional.ofNullable(row.envelope().get("region")).flatMap(code -> Region.of(code.toString()))
                .orElseGet(() -> Region.ofNumber(line));
    }

    static List<Received> status(Inbox.Raw row) {
        var form = FormBody.parse(row.raw());
        // A text that was called back never arrives: to us that is a failure like others.
        var status = form.get("MessageStatus").replace("canceled", "failed");
        Instant at = row.receivedAt();
        return List.of(new Received.Status(new Received.Origin(row.id(), at), "provider", form.get("MessageSid"),
                status, CarrierError.words(form.get("ErrorCode")), at, Optional.empty()));
    }
}
