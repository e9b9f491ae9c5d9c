package switchboard.ticketing.reply;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failpoint;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Json.Nullable;
import switchboard.ticketing.base.Json.OneOf;
import switchboard.ticketing.base.Json;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.conversation.MessageRow;
import switchboard.ticketing.conversation.Timeline;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.outbox.Effect;
import switchboard.ticketing.outbox.Outbox;
import switchboard.ticketing.people.Consents;
import switchboard.ticketing.people.Customers;
import switchboard.ticketing.people.Region;

/// The one way out for what an agent says: message, outbox row, ticket state and journal entry in one transaction,
/// under an idempotency key.
public final class Replies {
    private static final int TEXT_CHARS_MAX = 200_000;
    static final int MENTIONS_MAX = 50;
    private static final String NOTE = "note";
    private static final Duration UNDO_MAX = Duration.ofSeconds(60);

    private final Database database;
    private final Journal journal;
    private final Outbox outbox;
    private final Timeline timeline;
    private final Cards cards;

    /// @param cards of all channels
    public Replies(Database database, Journal journal, Outbox outbox, Timeline timeline, Collection<Card> cards) {
        this.database = database;
        this.journal = journal;
        this.outbox = outbox;
        this.timeline = timeline;
        this.cards = new Cards(cards);
    }

    /// @param channel null: the channel of the customer's last message; one that only takes in means the one that
    ///     answers for it (a form: email; a call: text message)
    /// @param to null: where the customer wrote from last, or wants to be answered
    /// @param cc null: without `to`, everyone named in the customer's last mail; with `to`, no copies
    /// @param seenSeq the newest sequence that the writer had on screen; older than the customer's last message:
    ///     refused
    /// @param thenStatus the ticket's new status, `pending` by default; a running chat stays open
    /// @param undoSeconds how long the message can be taken back before it leaves
    /// @param actions a macro's actions, carried out and undone with the reply; `thenStatus` overrides the status they
    ///     set
    public record Draft(String text, String html, String channel, List<String> to, List<String> cc, List<String> bcc,
                        List<UUID> attachmentIds, Long seenSeq,
                        @OneOf({"open", "pending", "solved"}) String thenStatus, Integer undoSeconds,
                        List<Macros.Action> actions) {
        public Draft(String text, String html, String channel, List<String> to, List<String> cc, List<String> bcc,
                     List<UUID> attachmentIds, Long seenSeq, String thenStatus, Integer undoSeconds) {
            this(text, html, channel, to, cc, bcc, attachmentIds, seenSeq, thenStatus, undoSeconds, null);
        }

        public static Draft of(String text) {
            return new Draft(text, null, null, null, null, null, null, null, null, null);
        }

        /// The ticket's new status by the writer's choice, else by the actions; null when neither sets one.
        String status() {
            return thenStatus != null ? thenStatus : Doing.status(orEmpty(actions));
        }
    }

    /// @param undoUntil until when it can be taken back; null when it has left
    public record Sent(UUID id, UUID ticketId, String channel, @Nullable String status, Instant at,
                       @Nullable Instant undoUntil) {}

    record Author(UUID id, String name, String signature) {}

    /// @throws Failure.Conflict `thread-moved` with what came in meanwhile; `opted-out`
    public Sent send(Where visible, UUID agent, UUID ticket, Draft draft, String idempotencyKey) {
        check(draft);
        var sent = database.transaction(tx -> {
            var known = Idempotency.begin(tx, agent, idempotencyKey, content(ticket, draft));
            if (known.isPresent()) return sent(tx, known.get());
            var thread = Thread.lock(tx, visible, ticket);
            refuseWhenMoved(tx, ticket, draft);
            var id = write(tx, agent, thread, draft);
            Idempotency.end(tx, agent, idempotencyKey, content(ticket, draft), id);
            return sent(tx, id);
        });
        Failpoint.pass("reply.committed");
        journal.committed();
        outbox.committed();
        return sent;
    }

    /// What makes a repeat the same request: who repeats after a lost answer has seen more by then.
    private static String content(UUID ticket, Draft draft) {
        return ticket + Json.write(new Draft(draft.text(), draft.html(), draft.channel(), draft.to(), draft.cc(),
                draft.bcc(), draft.attachmentIds(), null, draft.thenStatus(), draft.undoSeconds(), draft.actions()));
    }

    private static void check(Draft draft) {
        if (draft.text() == null || draft.text().isBlank()) throw Failure.Invalid.field("text", "is empty");
        if (draft.text().length() > TEXT_CHARS_MAX) {
            throw Failure.Invalid.field("text", "is longer than 200,000 characters");
        }
        if (draft.undoSeconds() != null && (draft.undoSeconds() < 0 || draft.undoSeconds() > UNDO_MAX.toSeconds())) {
            throw Failure.Invalid.field("undoSeconds", "must be from 0 to 60");
        }
        Macros.check(orEmpty(draft.actions()));
    }

    private void refuseWhenMoved(Sql tx, UUID ticket, Draft draft) {
        if (draft.seenSeq() == null) return;
        boolean moved = tx.exists("""
                select 1 from journal j left join journal_order o on o.id = j.id
                where j.ticket_id = $1 and j.kind = 'message.received' and coalesce(o.seq, $2 + 1) > $2""",
                ticket, draft.seenSeq());
        if (moved) {
            throw new Failure.Conflict("thread-moved", "The customer has written meanwhile",
                    timeline.afterCustomerSpoke(tx, ticket, draft.seenSeq()));
        }
    }

    /// Where an answer to the ticket goes by each channel when its draft names nobody, the natural channel first.
    public List<Line> lines(Where visible, UUID ticket) {
        return Thread.read(database.sql(), visible, ticket).lines(database.sql(), cards);
    }

    UUID write(Sql tx, UUID agent, Thread thread, Draft draft) {
        var author = tx.one(Author.class, "select id, name, signature from agent where id = $1", agent).orElseThrow();
        var line = thread.line(tx, cards, draft);
        var card = cards.answering(line.channel());
        Cards.check(card, draft, line);
        var cc = line.cc();
        var bcc = Cards.addresses(card, "bcc", draft.bcc(), Region.ofCompany(tx));
        for (var address : line.to()) {
            if (!Consents.allowed(tx, line.channel(), address, line.from())) {
                throw new Failure.Conflict("opted-out", address + " has asked not to be written to on this line");
            }
        }
        var id = Ids.next();
        var rfcId = id.toString().replace("-", "") + "@" + domain(line.from());
        var now = Instant.now();
        var asked = thread.asked(tx, cards, card, line.to());
        var references = Answered.references(tx, thread, asked, Answered.readers(line.to(), cc, bcc));
        var subject = thread.subject(tx, asked);
        tx.insert("message", List.of(new MessageRow(id, thread.id(), thread.customerId(), line.channel(), "outbound",
                "message", now, "agent", agent, author.name(), subject, line.from(), line.to(), cc,
                bcc, draft.text(), draft.text(), "", author.signature(), draft.html(), "queued", 1, "",
                null, rfcId, "", "", List.of(), null, null, null)));
        tx.execute("insert into thread_key values ('rfc', $1, $2, $3)", rfcId, id, thread.id());
        var files = Attachments.attach(tx, agent, id, orEmpty(draft.attachmentIds()));
        var notBefore = now.plusSeconds(draft.undoSeconds() == null ? 0 : draft.undoSeconds());
        var outgoing = new Outgoing(id, thread.id(), thread.number(), line.from(), line.to(), cc,
                bcc, subject, draft.text(), draft.html(), rfcId, references,
                author.name(), author.signature(), thread.language(), files);
        var quotation = card.quotes() && Quotation.wanted(tx) ? asked.flatMap(one -> Quotation.of(one,
                thread.language(), draft.html() != null && !draft.html().isBlank())) : Optional.<Quotation>empty();
        if (quotation.isPresent()) outgoing = outgoing.quoting(quotation.get().text(), quotation.get().html());
        var payload = line.to().stream().anyMatch(Asked.strangers(tx, thread.id(), thread.customerId())::contains)
                ? outgoing.unsigned() : outgoing.payload();
        outbox.put(tx, List.of(new Effect(line.channel(), thread.id() + ":" + line.channel(), "message:" + id,
                payload, id, thread.id(), null, notBefore, null)));
        var before = Doing.Standing.of(tx, thread.id());
        thread.answered(tx, journal, agent, line.channel(), draft, id);
        Doing.with(tx, journal, agent, thread.id(), id, orEmpty(draft.actions()), before, null);
        return id;
    }

    static String domain(String ourAddress) {
        int at = ourAddress.lastIndexOf('@');
        return at < 0 ? "switchboard.invalid" : ourAddress.substring(at + 1);
    }

    static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : list;
    }

    static Sent sent(Sql tx, UUID id) {
        return tx.one(Sent.class, """
                select m.id, m.ticket_id, m.channel, m.status, m.at,
                  (select next_at from outbox o where o.message_id = m.id and o.state = 'pending' and o.attempts = 0
                    and o.next_at > now()
                    limit 1) as undo_until
                from message m where m.id = $1""", id).orElseThrow();
    }

    /// Takes back a message that hasn't left yet, together with its status change and actions.
    ///
    /// @throws Failure.Conflict `already-sent`
    public void undo(Where visible, UUID agent, UUID ticket, UUID message) {
        database.run(tx -> {
            var thread = Thread.lock(tx, visible, ticket);
            if (!tx.exists("select 1 from message where id = $1 and ticket_id = $2 and author_id = $3", message, ticket,
                    agent)) {
                throw new Failure.NotFound("The message");
            }
            if (!outbox.cancel(tx, message)) throw new Failure.Conflict("already-sent", "The message has left already");
            tx.execute("update message set status = 'cancelled', status_rank = 9, kind = 'cancelled' where id = $1",
                    message);
            tx.execute("update attachment set message_id = null where message_id = $1", message); // to be sent again
            thread.takenBack(tx, journal, agent);
            Doing.takeBack(tx, journal, agent, ticket, message);
            journal.append(tx, Entry.of("message.cancelled", Actor.agent(agent), Instant.now()).ticket(ticket)
                    .customer(thread.customerId()).message(message));
        });
        journal.committed();
    }

    /// @param mentions agents who are told and may from now on see the ticket
    /// @param actions a macro's actions, carried out with the note
    public record Note(String text, String html, List<UUID> mentions, List<UUID> attachmentIds,
                       List<Macros.Action> actions) {
        public Note(String text, String html, List<UUID> mentions, List<UUID> attachmentIds) {
            this(text, html, mentions, attachmentIds, null);
        }
    }

    public Sent note(Where visible, UUID agent, UUID ticket, Note note) {
        if (note.text() == null || note.text().isBlank()) throw Failure.Invalid.field("text", "is empty");
        if (note.text().length() > TEXT_CHARS_MAX) {
            throw Failure.Invalid.field("text", "is longer than 200,000 characters");
        }
        Macros.check(orEmpty(note.actions()));
        var sent = database.transaction(tx -> {
            var thread = Thread.lock(tx, visible, ticket);
            var author = tx.one(Author.class, "select id, name, signature from agent where id = $1", agent)
                    .orElseThrow();
            var id = Ids.next();
            tx.insert("message", List.of(new MessageRow(id, ticket, thread.customerId(), "system", "internal", "note",
                    Instant.now(), "agent", agent, author.name(), "", "", List.of(), List.of(), List.of(), note.text(),
                    note.text(), "", "", null, null, 0, "", null, null, "", "", List.of(), null, null, null)));
            Attachments.attach(tx, agent, id, orEmpty(note.attachmentIds()));
            var mentions = mentioned(tx, orEmpty(note.mentions()));
            if (!mentions.isEmpty()) {
                tx.execute("""
                        update ticket set mentions = (select array_agg(distinct x)
                          from unnest(mentions || $2::uuid[]) x),
                          version = version + 1 where id = $1""", ticket, mentions);
                tx.execute("""
                        insert into mention_unread (agent_id, ticket_id, message_id)
                        select id, $1, $3 from agent where id = any($2::uuid[]) and id <> $4
                        on conflict do nothing""", ticket, mentions, id, agent);
            }
            journal.append(tx, Entry.of("note.added", Actor.agent(agent), Instant.now()).ticket(ticket)
                    .customer(thread.customerId()).message(id).facts(Map.of("mentions", mentions)));
            Doing.with(tx, journal, agent, ticket, id, orEmpty(note.actions()), Doing.Standing.of(tx, ticket),
                    Doing.status(orEmpty(note.actions())));
            return sent(tx, id);
        });
        journal.committed();
        return sent;
    }

    private static List<UUID> mentioned(Sql tx, List<UUID> wanted) {
        var agents = wanted.stream().filter(Objects::nonNull).distinct().toList();
        if (agents.size() > MENTIONS_MAX) {
            throw Failure.Invalid.field("mentions", "are more than " + MENTIONS_MAX + " people");
        }
        if (!agents.isEmpty() && tx.value(Long.class, "select count(*) from agent where id = any($1::uuid[]) "
                + "and active", agents).orElse(0L) != agents.size()) {
            throw Failure.Invalid.field("mentions", "names somebody who is not an agent here");
        }
        return agents;
    }

    /// @param from our line to use; null: the first of that channel
    public record Opening(UUID customerId, String channel, String subject, String from, List<String> to,
                          String priority, List<String> tags, String assignee, String team, Draft draft) {
        /// The draft, to the opening's own addresses where the draft names none.
        Draft addressed() {
            if (draft.to() != null && !draft.to().isEmpty()) return draft;
            return new Draft(draft.text(), draft.html(), draft.channel(), to, draft.cc(), draft.bcc(),
                    draft.attachmentIds(), draft.seenSeq(), draft.thenStatus(), draft.undoSeconds(), draft.actions());
        }

        Opening with(UUID customer) {
            return new Opening(customer, channel, subject, from, to, priority, tags, assignee, team, draft);
        }
    }

    /// A customer to be created with a first ticket.
    ///
    /// @param visible the customers that the agent may see
    public record Newcomer(Customers.NewCustomer customer, Where visible) {
        UUID create(Sql tx, Journal journal, UUID agent) {
            return Customers.create(tx, journal, visible, Actor.agent(agent), customer, "agent");
        }
    }

    /// Opens a ticket by writing to a customer first; `channel` `note` makes one without writing.
    public UUID open(UUID agent, Opening opening, String idempotencyKey) {
        return open(agent, opening, null, idempotencyKey);
    }

    /// As above, for a customer created with the ticket: a refused ticket creates no customer, and a repeated request
    /// no second one.
    ///
    /// @param newcomer null: the opening names a customer
    public UUID open(UUID agent, Opening wanted, Newcomer newcomer, String idempotencyKey) {
        var body = Json.write(newcomer == null ? wanted : List.of(wanted, newcomer.customer()));
        var ticket = database.transaction(tx -> {
            Optional<UUID> known = Idempotency.begin(tx, agent, idempotencyKey, body);
            if (known.isPresent()) return known.get();
            var opening = newcomer == null ? wanted : wanted.with(newcomer.create(tx, journal, agent));
            if (!NOTE.equals(opening.channel()) && opening.channel() != null) cards.answering(opening.channel());
            var id = Openings.create(tx, journal, agent, opening);
            if (opening.draft() != null && !opening.channel().equals(NOTE)) {
                check(opening.draft());
                write(tx, agent, Thread.lock(tx, Where.ALL, id), opening.addressed());
            }
            Idempotency.end(tx, agent, idempotencyKey, body, id);
            return id;
        });
        journal.committed();
        outbox.committed();
        return ticket;
    }
}
