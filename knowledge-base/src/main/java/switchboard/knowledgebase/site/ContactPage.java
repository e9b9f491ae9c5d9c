package switchboard.knowledgebase.site;

import io.vertx.core.MultiMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.ticketing.base.Failure;

/// The contact form. Whatever goes wrong, the reader keeps what was typed and is told what to do.
final class ContactPage {
    private static final Logger LOG = LoggerFactory.getLogger(ContactPage.class);
    private static final int NAME_MAX = 100;
    private static final int EMAIL_MAX = 254; // RFC 5321
    private static final int SUBJECT_MAX = 200;
    static final int TEXT_MAX = 10_000;
    /// The shape only; whether mail arrives there is known when it does. No repetition within a repetition.
    private static final Pattern EMAIL = Pattern
            .compile("[^\\s@<>,;\"]{1,64}@[^\\s@<>,;\"]{1,185}\\.[^\\s@<>,;\".]{2,63}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9-]{8,64}");
    /// People do not see this field; programs fill it.
    static final String TRAP = "website";

    private final Frames frames;
    private final ContactDoor door;

    ContactPage(Frames frames, ContactDoor door) {
        this.frames = frames;
        this.door = door;
    }

    Answer form(String locale, String subject) {
        return render(200, new ContactForm(locale, "", "", cut(subject, SUBJECT_MAX), "", UUID.randomUUID().toString()),
                Map.of(), null);
    }

    /// @param allowed false when this address has sent too many
    Answer send(String locale, MultiMap fields, boolean allowed) {
        if (!text(fields, TRAP).isBlank()) return sent(locale); // A robot is told nothing that it could learn from.
        var key = text(fields, "clientKey");
        var form = new ContactForm(locale, oneLine(text(fields, "name")), oneLine(text(fields, "email")),
                oneLine(text(fields, "subject")), text(fields, "text").replace("\r\n", "\n").strip(),
                KEY.matcher(key).matches() ? key : UUID.randomUUID().toString());
        var words = Words.in(locale);
        var errors = errors(form, words);
        if (!errors.isEmpty()) return render(422, form, errors, words.say("contact.fix"));
        if (!allowed) return render(429, form, Map.of(), words.say("contact.tooMany"));
        try {
            door.submit(form);
            return sent(locale);
        } catch (Failure.TooMany many) {
            return render(429, form, Map.of(), words.say("contact.tooMany"));
        } catch (Failure.Invalid invalid) {
            return render(422, form, Map.of(), invalid.getMessage());
        } catch (RuntimeException failed) {
            LOG.warn("The contact form could not be passed on: {}", failed.toString(), failed);
            return render(503, form, Map.of(), words.say("contact.failed"));
        }
    }

    private static Answer sent(String locale) {
        return Answer.moved(303, "/help/" + locale + "/contact/sent");
    }

    private Answer render(int status, ContactForm form, Map<String, String> errors, String problem) {
        var locale = form.locale();
        var words = Words.in(locale);
        var frame = frames.frame(locale, words.say("contact.title"), words.say("contact.description"),
                other -> "/help/" + other + "/contact");
        var model = new LinkedHashMap<String, Object>(Map.of("frame", frame, "form", form, "errors", errors));
        model.put("problem", problem);
        return Answer.ownPage(status, frames.render("contact", model));
    }

    private static Map<String, String> errors(ContactForm form, Words words) {
        var errors = new LinkedHashMap<String, String>();
        if (form.name().length() > NAME_MAX) errors.put("name", words.say("contact.tooLong", NAME_MAX));
        if (form.email().isEmpty()) errors.put("email", words.say("contact.emailMissing"));
        else if (form.email().length() > EMAIL_MAX || !EMAIL.matcher(form.email()).matches()) {
            errors.put("email", words.say("contact.emailWrong"));
        }
        if (form.subject().isEmpty()) errors.put("subject", words.say("contact.subjectMissing"));
        else if (form.subject().length() > SUBJECT_MAX) errors.put("subject", words.say("contact.tooLong",
                SUBJECT_MAX));
        if (form.text().isEmpty()) errors.put("text", words.say("contact.textMissing"));
        else if (form.text().length() > TEXT_MAX) errors.put("text", words.say("contact.tooLong", TEXT_MAX));
        return errors;
    }

    private static String text(MultiMap fields, String name) {
        var value = fields.get(name);
        return value == null ? "" : value;
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\u2028\\u2029]+", " ").strip();
    }

    private static String cut(String text, int charsMax) {
        return text == null ? "" : text.substring(0, Math.min(text.length(), charsMax));
    }
}
