package switchboard.ticketing.reply;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.conversation.MessageRow;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.outbox.Effect;
import switchboard.ticketing.outbox.Outbox;
import switchboard.ticketing.people.Address;
import switchboard.ticketing.people.Consents;

/// Hands a message of a ticket on to somebody else, by mail from the ticket's mailbox, with its files. The customer
/// is not answered by it: the ticket stands as it stood. Their answer to it comes back to the ticket.
public final class Forwarding {
    private static final int RECIPIENTS_MAX = 20;
    private static final int TEXT_CHARS_MAX = 50_000;
    private static final int SUBJECT_CHARS_MAX = 250;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'")
            .withZone(ZoneOffset.UTC);

    private final Database database;
    private final Journal journal;
    private final Outbox outbox;

    public Forwarding(Database database, Journal journal, Outbox outbox) {
        this.database = database;
        this.journal = journal;
        this.outbox = outbox;
    }

    /// @param text the forwarder's own words above the message; may be empty
    public record Forward(List<String> to, String text, UUID messageId) {}

    private record Original(UUID id, String kind, String authorName, String sender, List<String> toList, Instant at,
                            String subject, String text, String html) {}

    /// @throws Failure.Invalid when an address or the message is none; Failure.Conflict `opted-out`
    public Replies.Sent forward(Where visible, UUID agent, UUID ticket, Forward wanted, String idempotencyKey) {
        var to = recipients(wanted);
        var sent = database.transaction(tx -> {
            var known = Idempotency.begin(tx, agent, idempotencyKey, ticket + Json.write(wanted));
            if (known.isPresent()) return Replies.sent(tx, known.get());
            var thread = Thread.lock(tx, visible, ticket);
            var id = write(tx, agent, thread, original(tx, ticket, wanted.messageId()), to,
                    wanted.text() == null ? "" : wanted.text().strip());
            Idempotency.end(tx, agent, idempotencyKey, ticket + Json.write(wanted), id);
            return Replies.sent(tx, id);
        });
        journal.committed();
        outbox.committed();
        return sent;
    }

    private static List<String> recipients(Forward wanted) {
        if (wanted.to() == null || wanted.to().isEmpty()) throw Failure.Invalid.field("to", "is empty");
        if (wanted.to().size() > RECIPIENTS_MAX) throw Failure.Invalid.field("to", "names more than 20 people");
        if (wanted.messageId() == null) throw Failure.Invalid.field("messageId", "is missing");
        if (wanted.text() != null && wanted.text().length() > TEXT_CHARS_MAX) {
            throw Failure.Invalid.field("text", "is longer than 50,000 characters");
        }
        return wanted.to().stream().map(raw -> Address.email(raw == null ? "" : raw)
                .orElseThrow(() -> Failure.Invalid.field("to", raw + " is no mail address")).value()).distinct()
                .toList();
    }

    private static Original original(Sql tx, UUID ticket, UUID message) {
        return tx.one(Original.class, """
                select id, kind, author_name, sender, to_list, at, subject, text, html from message
                where id = $1 and kind not in ('note', 'cancelled')
                  and ticket_id in (select id from ticket where id = $2 or merged_into = $2)""", message, ticket)
                .orElseThrow(() -> new Failure.NotFound("The message"));
    }

    private UUID write(Sql tx, UUID agent, Thread thread, Original original, List<String> to, String words) {
        var from = thread.channel().equals("email") && !thread.ourAddress().isEmpty() ? thread.ourAddress()
                : Thread.firstLine(tx, "email");
        if (from.isEmpty()) throw new Failure.Invalid("There is no mailbox to forward from");
        for (var address : to) {
            if (!Consents.allowed(tx, "email", address, from)) {
                throw new Failure.Conflict("opted-out", address + " has asked not to be written to on this line");
            }
        }
        var author = tx.one(Replies.Author.class, "select id, name, signature from agent where id = $1", agent)
                .orElseThrow();
        var id = Ids.next();
        var rfcId = id.toString().replace("-", "") + "@" + Replies.domain(from);
        var now = Instant.now();
        var subject = subject(original.subject().isEmpty() ? thread.subject() : original.subject());
        var head = head(original, thread.language().startsWith("zh"));
        var quoted = head + "\n\n" + original.text();
        var text = words.isEmpty() ? quoted : words + "\n\n" + quoted;
        var html = original.html() == null ? null : (words.isEmpty() ? "" : paragraph(words)) + paragraph(head)
                + original.html();
        tx.insert("message", List.of(new MessageRow(id, thread.id(), thread.customerId(), "email", "outbound",
                "forward", now, "agent", agent, author.name(), subject, from, to, List.of(), List.of(), text, words,
                quoted, author.signature(), html, "queued", 1, "", null, rfcId, "", "", List.of(), null, null, null)));
        tx.execute("insert into thread_key values ('rfc', $1, $2, $3)", rfcId, id, thread.id());
        var outgoing = new Outgoing(id, thread.id(), thread.number(), from, to, List.of(), List.of(), subject, words,
                html == null ? null : words.isEmpty() ? "" : paragraph(words), rfcId, List.of(), author.name(),
                author.signature(), thread.language(), Attachments.again(tx, original.id(), id))
                .quoting(quoted, html == null ? null : paragraph(head) + original.html());
        outbox.put(tx, List.of(new Effect("email", thread.id() + ":forward", "message:" + id,
                outgoing.payload(), id, thread.id(), null, now, null)));
        tx.execute("update ticket set updated_at = now(), version = version + 1 where id = $1", thread.id());
        journal.append(tx, Entry.of("message.forwarded", Actor.agent(agent), now).ticket(thread.id())
                .customer(thread.customerId()).message(id).facts(Map.of("original", original.id())));
        return id;
    }

    private static String subject(String subject) {
        var forwarded = subject.regionMatches(true, 0, "fwd:", 0, 4) ? subject : "Fwd: " + subject;
        return forwarded.length() <= SUBJECT_CHARS_MAX ? forwarded : forwarded.substring(0, SUBJECT_CHARS_MAX);
    }

    private static String head(Original original, boolean chinese) {
        var words = chinese ? new String[] {"转发的消息", "发件人", "日期", "主题", "收件人"}
                : new String[] {"Forwarded message", "From", "Date", "Subject", "To"};
        var from = original.sender().isEmpty() || original.sender().equals(original.authorName())
                ? original.authorName() : original.authorName() + " <" + original.sender() + ">";
        var head = "---------- " + words[0] + " ----------\n" + words[1] + ": " + from + "\n" + words[2] + ": "
                + DATE.format(original.at());
        if (!original.subject().isEmpty()) head += "\n" + words[3] + ": " + original.subject();
        return original.toList().isEmpty() ? head : head + "\n" + words[4] + ": "
                + String.join(", ", original.toList());
    }

    private static String paragraph(String text) {
        return "<p>" + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
                + "</p>";
    }
}
