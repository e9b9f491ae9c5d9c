package switchboard.channels.email;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import switchboard.channels.email.mime.MailAddress;
import switchboard.channels.email.mime.MailDecoder;
import switchboard.channels.email.quote.QuoteFolding;

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
