package switchboard.channels.email;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import switchboard.channels.email.mime.DecodedMail;
import switchboard.channels.email.mime.MailAddress;
import switchboard.channels.email.mime.MailDecoder;
import switchboard.channels.email.quote.QuoteFolding;
import switchboard.ticketing.intake.Received;
import switchboard.ticketing.people.Sender;

/// What `./switchboard inspect mail` prints: a message as intake understands it.
public final class Inspect {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Inspect() {}

    /// One JSON line in the shape of the outer contract; never fails on a message.
    public static String inspectMail(String file, byte[] raw) {
        var mail = MailDecoder.decode(raw);
        var folded = QuoteFolding.fold(mail.text());
        var out = new LinkedHashMap<String, Object>();
        out.put("file", file);
        out.put("from", mail.from().map(MailAddress::address).orElse(null));
        out.put("to", mail.to().stream().map(MailAddress::address).toList());
        out.put("subject", mail.subject());
        out.put("messageId", mail.messageId());
        out.put("references", mail.references());
        out.put("kind", mail.kind().label());
        out.put("recipients", mail.recipients());
        out.put("text", mail.text());
        out.put("visibleText", folded.visibleText());
        out.put("foldedText", folded.foldedText());
        out.put("signature", folded.signature());
        out.put("html", mail.html());
        out.put("attachments", mail.attachments().stream().map(a -> {
            var shown = new LinkedHashMap<String, Object>();
            shown.put("name", a.name());
            shown.put("type", a.type());
            shown.put("size", a.size());
            return shown;
        }).toList());
        out.put("warnings", warnings(mail.warnings(), mail.quarantineReason().orElse("")));
        return json(out);
    }

    /// The input of threading, as intake gets it: the ids that the mail names and its own. The sender is left out.
    public static Received.Message threading(DecodedMail mail) {
        var nobody = new Sender(Optional.empty(), "", Sender.Trust.PLAIN, Optional.empty());
        return new Received.Message(new Received.Origin(0, Instant.EPOCH), EmailChannel.NAME, "", Instant.EPOCH,
                "message", false, nobody, MailReading.named(mail), Optional.empty(),
                Received.Content.plain(mail.subject(), ""), List.of(), MailReading.names(mail), List.of(),
                Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static List<String> warnings(List<String> warnings, String quarantine) {
        if (quarantine.isEmpty()) return warnings;
        var all = new java.util.ArrayList<>(warnings);
        all.add("quarantined: " + quarantine);
        return all;
    }

    private static String json(Map<String, Object> out) {
        try {
            return JSON.writeValueAsString(out);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings and lists can always be written", e);
        }
    }
}
