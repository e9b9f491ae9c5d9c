package switchboard.channels.simulator;

import static switchboard.channels.simulator.RestError.bad;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;
import switchboard.channels.simulator.RestRequest.Answer;
import switchboard.channels.twilio.FormBody;

/// Text messages: the Messages resource, the way of a text through the carrier, and what the handsets hold.
final class Texts {
    static final int BODY_CHARACTERS_MAX = 1600;
    private static final Map<String, Integer> REFUSED_RECIPIENTS = Map.of("+15005550001", 21211, "+15005550002", 21612,
            "+15005550003", 21408, "+15005550004", 21610, "+15005550009", 21614);
    private static final Map<String, Integer> REFUSED_SENDERS =
            Map.of("+15005550001", 21212, "+15005550007", 21606, "+15005550008", 21611);

    private final Map<String, Text> bySid = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Exchange exchange;
    private final OptOuts optOuts;

    Texts(Exchange exchange) {
        this.exchange = exchange;
        optOuts = new OptOuts(exchange.file);
        exchange.file.remembered("text").forEach(kept -> bySid.put(kept.getString("sid"), Text.of(kept)));
    }

    Answer create(RestRequest request) {
        String to = request.field("To").orElseThrow(() -> bad(21604, "A 'To' phone number is required."));
        String service = request.field("MessagingServiceSid").orElse("");
        String from = request.field("From").orElse(service.isEmpty() ? "" : exchange.options.companyNumber());
        String body = request.form().get("Body");
        List<String> media = request.form().all("MediaUrl");
        check(from, to, body, media);
        var segments = request.flag("SmartEncoded", false) ? Segments.smart(body) : Segments.of(body);
        var callback = request.field("StatusCallback")
                .or(() -> service.isEmpty() ? Optional.empty() : Optional.of(exchange.options.statusUrl().toString()));
        var now = Instant.now();
        var text = new Text(Sid.next(media.isEmpty() ? "SM" : "MM"), now, now, null, "outbound-api", from, to, body,
                media, segments.count(), service.isEmpty() ? "queued" : "accepted", 0, service, callback);
        put(text);
        exchange.webhooks.threads().execute(() -> travel(text));
        return Answer.created(json(text));
    }

    Answer fetch(RestRequest request) {
        return Answer.ok(json(existing(request)));
    }

    Answer list(RestRequest request) {
        return request.page("messages", all().reversed().stream()
                .filter(text -> request.matches("To", text.to()) && request.matches("From", text.from())
                        && request.within("DateSent", text.sent() == null ? text.created() : text.sent()))
                .map(this::json).toList());
    }

    /// `Body=` empties a text, `Status=canceled` stops one that has not left.
    Answer update(RestRequest request) {
        var text = existing(request);
        if (request.field("Status").isPresent()) {
            if (!text.status().equals("scheduled") && !text.status().equals("accepted")) {
                throw bad(30409, "The message cannot be canceled any more.");
            }
            text = put(text.with("canceled", 0, Instant.now()));
        } else if (request.form().first("Body").isPresent()) {
            text = put(text.redacted(Instant.now()));
        }
        return Answer.ok(json(text));
    }

    Answer delete(RestRequest request) {
        var text = existing(request);
        bySid.remove(text.sid());
        exchange.file.remember("text", text.sid(), null);
        return Answer.noContent();
    }

    /// A handset sends a text. The company's webhook gets it even when it is STOP; the carrier answers that by itself.
    Text fromHandset(String from, String to, String body, List<String> media) {
        var now = Instant.now();
        var text = put(new Text(Sid.next(media.isEmpty() ? "SM" : "MM"), now, now, now, "inbound", from, to, body,
                media, Segments.of(body).count(), "received", 0, "", Optional.empty()));
        var answer = optOuts.apply(to, from, body);
        answer.ifPresent(words -> reply(to, from, words, Optional.empty()));
        if (exchange.owns(to)) {
            exchange.webhooks.threads().execute(() -> deliverToCompany(text));
        }
        return text;
    }

    /// What a number sent and received, oldest first.
    List<Text> of(String number) {
        return all().stream().filter(text -> text.from().equals(number) || text.to().equals(number) && arrived(text))
                .toList();
    }

    private static boolean arrived(Text text) {
        return text.status().equals("delivered") || text.status().equals("received") || text.status().equals("read");
    }

    private void check(String from, String to, String body, List<String> media) {
        if (from.isEmpty()) {
            throw bad(21603, "A 'From' phone number is required.");
        }
        if (body.isEmpty() && media.isEmpty()) {
            throw bad(21602, "Message body is required.");
        }
        refuse(REFUSED_SENDERS.get(from), from);
        refuse(REFUSED_RECIPIENTS.get(to), to);
        if (body.length() > BODY_CHARACTERS_MAX) {
            throw bad(21617, "The concatenated message body exceeds the 1600 character limit");
        }
        if (!to.matches("\\+[1-9][0-9]{6,14}")) {
            throw bad(21211, "Invalid 'To' Phone Number: " + to);
        }
        if (!exchange.owns(from)) {
            throw bad(21606, "The 'From' phone number " + from + " is not a message-capable number of this account.");
        }
        if (optOuts.blocked(from, to)) {
            throw bad(21610, "Attempt to send to unsubscribed recipient");
        }
    }

    private static void refuse(Integer code, String number) {
        if (code != null) {
            throw bad(code, "The number " + number + " is refused with " + code);
        }
    }

    private void travel(Text text) {
        pause();
        if (!text.service().isEmpty()) {
            report(move(text.sid(), "queued", 0));
        }
        report(move(text.sid(), "sent", 0));
        pause();
        var failure = exchange.phones.deliveryError(text.to());
        report(failure.isPresent() ? move(text.sid(), "undelivered", failure.getAsInt())
                : move(text.sid(), "delivered", 0));
    }

    private void report(Optional<Text> moved) {
        moved.filter(text -> text.callback().isPresent()).ifPresent(text -> {
            var form = FormBody.of("SmsSid", text.sid(), "SmsStatus", text.status(), "MessageStatus", text.status(),
                    "To", text.to(), "MessageSid", text.sid(), "AccountSid", exchange.options.accountSid(),
                    "From", text.from(), "ApiVersion", "2010-04-01");
            form = text.service().isEmpty() ? form : form.with("MessagingServiceSid", text.service());
            form = text.errorCode() == 0 ? form : form.with("ErrorCode", String.valueOf(text.errorCode()));
            exchange.webhooks.report(text.sid(), text.callback().get(), "POST", form);
        });
    }

    private void deliverToCompany(Text text) {
        var form = new ArrayList<>(FormBody.of("ToCountry", "US", "SmsMessageSid", text.sid(),
                "NumMedia", String.valueOf(text.media().size()), "SmsSid", text.sid(), "SmsStatus", "received",
                "Body", text.body(), "FromCountry", "US", "To", text.to(), "NumSegments",
                String.valueOf(text.segments()),
                "MessageSid", text.sid(), "AccountSid", exchange.options.accountSid(), "From", text.from(),
                "ApiVersion", "2010-04-01").fields());
        for (int i = 0; i < text.media().size(); i++) {
            form.add(new FormBody.Field("MediaContentType" + i, mediaType(text.media().get(i))));
            form.add(new FormBody.Field("MediaUrl" + i, text.media().get(i)));
        }
        var reply = exchange.webhooks.ask(exchange.options.smsUrl().toString(), "POST", new FormBody(form));
        if (reply.ok() && !reply.body().isBlank()) {
            Twiml.parse(reply, exchange::problem).ifPresent(document -> document.verbs().stream()
                    .filter(verb -> verb.getTagName().equals("Message")).forEach(verb -> reply(text, verb)));
        }
    }

    private void reply(Text to, Element verb) {
        var parts = Twiml.children(verb);
        String body = parts.stream().filter(part -> part.getTagName().equals("Body")).map(Element::getTextContent)
                .findFirst().orElse(parts.isEmpty() ? verb.getTextContent().strip() : "");
        reply(to.to(), to.from(), body, Twiml.attribute(verb, "statusCallback"));
    }

    private void reply(String from, String to, String body, Optional<String> callback) {
        var now = Instant.now();
        var text = put(new Text(Sid.next("SM"), now, now, null, "outbound-reply", from, to, body, List.of(),
                Segments.of(body).count(), "queued", 0, "", callback));
        exchange.webhooks.threads().execute(() -> travel(text));
    }

    private static String mediaType(String url) {
        return url.endsWith(".png") ? "image/png" : url.endsWith(".gif") ? "image/gif" : "image/jpeg";
    }

    private Optional<Text> move(String sid, String status, int errorCode) {
        synchronized (bySid) {
            var text = bySid.get(sid);
            return text == null || text.status().equals("canceled") ? Optional.empty()
                    : Optional.of(put(text.with(status, errorCode, Instant.now())));
        }
    }

    private Text put(Text text) {
        exchange.file.remember("text", text.sid(), text.kept()); // first: who has seen a text finds it again
        bySid.put(text.sid(), text);
        exchange.changed();
        return text;
    }

    private List<Text> all() {
        synchronized (bySid) {
            return List.copyOf(bySid.values());
        }
    }

    private Text existing(RestRequest request) {
        var text = bySid.get(request.id());
        if (text == null) {
            throw RestError.notFound(request.path());
        }
        return text;
    }

    private JsonObject json(Text text) {
        return text.json(exchange.options.accountSid());
    }

    private void pause() {
        try {
            Thread.sleep(exchange.options.pace().carrierDelay());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
