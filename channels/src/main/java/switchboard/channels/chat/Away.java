package switchboard.channels.chat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.outbox.Effect;
import switchboard.ticketing.outbox.Outbox;
import switchboard.ticketing.people.Consents;
import switchboard.ticketing.reply.Outgoing;

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
                    mail(row, from.get(), to.get(), where.get().language(), rfcId, text).payload(), null,
                    row.ticketId(), null, Instant.now().plus(WAITS), null)));
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

    /// The answer's own effect, as a mail.
    private Outgoing mail(Outbox.Leased row, String from, String to, String language, String rfcId, String text) {
        var answer = Json.read(row.payload().toString(), Outgoing.class);
        boolean nameless = answer.subject().replaceFirst("(?i)^re:\\s*", "").isBlank();
        return new Outgoing(answer.messageId(), answer.ticketId(), answer.ticketNumber(), from, List.of(to), List.of(),
                List.of(), nameless ? subject(language) : answer.subject(), text, null, rfcId, List.of(),
                answer.authorName(), answer.signature(), language, answer.files());
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
