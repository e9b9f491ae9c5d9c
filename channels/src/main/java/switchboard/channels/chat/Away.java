package switchboard.channels.chat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.outbox.Effect;
import switchboard.ticketing.outbox.Outbox;
import switchboard.ticketing.people.Consents;

/// The answer by mail for a visitor who has left: to the address that they proved or left behind, and only when no
/// window confirms the answer within a while. What is still waiting then goes out together with the next answer.
///
/// The mail bears a Message-ID by which the answer is known and the ticket's reply address, so that what
/// comes back joins the ticket.
final class Away {
    /// Long enough for a window, on whichever node, to confirm what it shows, and for a page that is just changing.
    static final Duration WAITS = Duration.ofSeconds(15);
    private static final String EMAIL = "email";

    private record Where(String email, String contact, String language) {
        Optional<String> address() {
            return Optional.ofNullable(email).or(() -> Optional.ofNullable(contact)).filter(one -> !one.isBlank());
        }
    }

    private record Waiting(long id, String text) {}

    private final Database database;
    private final Widgets widgets;
    private final Outbox outbox;

    Away(Database database, Widgets widgets, Outbox outbox) {
        this.database = database;
        this.widgets = widgets;
        this.outbox = outbox;
    }

    /// To be called before the answer becomes visible, so that whoever confirms it finds the mail.
    void answer(UUID visitor, Outbox.Leased row) {
        var where = database.sql().one(Where.class,
                "select email, contact, language from chat_visitor where id = $1", visitor);
        var to = where.flatMap(Where::address);
        if (to.isEmpty()) return;
        var from = database.sql().value(String.class,
                "select address from mailbox where active order by name, id limit 1");
        if (from.isEmpty() || !Consents.allowed(database.sql(), EMAIL, to.get(), from.get())) return;
        database.run(tx -> {
            var key = "chat-mail:" + row.messageId();
            // An answer delivered a second time, after an unknown end, is mailed once.
            if (tx.exists("select 1 from outbox where idempotency_key = $1", key)) return;
            var rfcId = row.messageId().toString().replace("-", "") + "@"
                    + from.get().substring(from.get().lastIndexOf('@') + 1);
            tx.execute("insert into thread_key values ('rfc', $1, $2, $3) on conflict do nothing", rfcId,
                    row.messageId(), row.ticketId());
            var text = said(tx, lane(visitor), row.payload().path("text").asText());
            outbox.put(tx, List.of(new Effect(EMAIL, lane(visitor), key,
                    mail(row, from.get(), to.get(), where.get().language(), rfcId, text), null, row.ticketId(), null,
                    Instant.now().plus(WAITS), null)));
        });
        outbox.committed();
    }

    private static String said(Sql tx, String lane, String text) {
        var waiting = tx.changed(Waiting.class, """
                with x as (
                  update outbox set state = 'cancelled', done_at = now()
                  where lane = $1 and state = 'pending' and attempts = 0 returning id, payload->>'text' as text)
                select row_to_json(x)::text from x order by id""", lane);
        var all = new StringBuilder();
        waiting.forEach(one -> all.append(one.text()).append("\n\n"));
        return all.append(text).toString();
    }

    private Map<String, Object> mail(Outbox.Leased row, String from, String to, String language,
                                     String rfcId, String text) {
        var answer = row.payload();
        var subject = answer.path("subject").asText("");
        var mail = new HashMap<String, Object>();
        mail.put("messageId", row.messageId());
        mail.put("ticketId", row.ticketId());
        mail.put("ticketNumber", answer.path("ticketNumber").asLong());
        mail.put("from", from);
        mail.put("to", List.of(to));
        mail.put("cc", List.of());
        mail.put("bcc", List.of());
        mail.put("subject", subject.replaceFirst("(?i)^re:\\s*", "").isBlank() ? subject(language) : subject);
        mail.put("text", text);
        mail.put("rfcId", rfcId);
        mail.put("references", List.of());
        mail.put("authorName", answer.path("authorName").asText(""));
        mail.put("signature", answer.path("signature").asText(""));
        mail.put("language", language);
        mail.put("files", answer.path("files").isArray() ? answer.path("files") : List.of());
        return mail;
    }

    private String subject(String language) {
        var name = widgets.current().name();
        return language.startsWith("zh") ? "您与" + name + "的对话" : "Your chat with " + name;
    }

    /// A window has confirmed an answer: the visitor is there, and needs no mail.
    void came(UUID visitor) {
        database.sql().execute("""
                update outbox set state = 'cancelled', done_at = now()
                where lane = $1 and state = 'pending' and attempts = 0""", lane(visitor));
    }

    private static String lane(UUID visitor) {
        return "chat-mail:" + visitor;
    }
}
