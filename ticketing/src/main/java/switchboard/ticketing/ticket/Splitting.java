package switchboard.ticketing.ticket;

import static switchboard.ticketing.ticket.Merging.entry;

import java.time.Instant;
import java.util.ArrayList;
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
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;

/// Splits messages off into their own ticket, and undoes it.
final class Splitting {
    private final Database database;
    private final Journal journal;

    Splitting(Database database, Journal journal) {
        this.database = database;
        this.journal = journal;
    }

    /// Why a message was in its ticket.
    private record Placed(UUID id, String rule, String detail) {}

    /// The state of the ticket that lost the messages.
    private record Before(String status, boolean waiting, List<Placed> messages) {
        static Before of(Sql tx, Ticket source, List<UUID> messages) {
            return new Before(source.status(), source.waitingSince() != null, tx.list(Placed.class,
                    "select id, why_rule as rule, why_detail as detail from message where id = any($1)", messages));
        }
    }

    /// Moves messages to a new ticket with the same customer, team and owner.
    Ticket split(Where visible, UUID reader, Actor actor, UUID id, List<UUID> messages, String subject) {
        if (messages == null || messages.isEmpty()) throw Failure.Invalid.field("messageIds", "is empty");
        if (subject == null || subject.isBlank() || subject.length() > 250) {
            throw Failure.Invalid.field("subject", "must have from 1 to 250 characters");
        }
        return done(database.transaction(tx -> {
            var source = Tickets.lock(tx, visible, reader, id);
            var split = Ids.next();
            var before = Before.of(tx, source, messages);
            tx.execute("""
                    insert into ticket (id, subject, status, priority, channel, our_address, customer_id, assignee_id,
                      team_id, tags, skills,
                      language, queued_at, last_at, last_direction, last_channel, last_preview, inbound_at,
                      split_from, split_before)
                    select $2, $3, 'open', priority, channel, our_address, customer_id, assignee_id, team_id, tags,
                      skills, language,
                      case when assignee_id is null then coalesce(queued_at, now()) end, last_at, last_direction,
                        last_channel, last_preview, inbound_at, $1, $4::text::jsonb
                    from ticket where id = $1""", id, split, subject.strip(), Json.write(before));
            int moved = tx.execute("update message set ticket_id = $2, why_rule = 'split', why_detail = $4 "
                    + "where ticket_id = $1 and id = any($3)", id, split, messages, "#" + source.number());
            if (moved != messages.size()) throw new Failure.NotFound("A message of the ticket");
            tx.execute("update thread_key set ticket_id = $1 where message_id = any($2)", split, messages);
            Standing.derive(tx, split, true);
            Standing.derive(tx, id, source.waitingSince() != null);
            tx.execute("update ticket set version = version + 1, updated_at = now() where id = $1", id);
            journal.append(tx, List.of(entry("ticket.split", actor, source)
                    .facts(Map.of("into", split, "messages", moved)), Entry.of("ticket.created", actor, Instant.now())
                    .ticket(split).customer(source.customerId())
                            .facts(Map.of("channel", source.channel(), "splitFrom", id))));
            return split;
        }), reader);
    }

    /// Undoes a split: the messages return to their ticket with their original reasons. Messages written in the
    /// split-off ticket move along, and that ticket is merged into the other.
    ///
    /// @param id the ticket that was split off
    /// @return the ticket that it came from
    /// @throws Failure.Conflict `not-split` when it wasn't split off or the split is already undone; `merged-already`
    Ticket unsplit(Where visible, UUID reader, Actor actor, UUID id) {
        return done(database.transaction(tx -> {
            var split = Tickets.lock(tx, visible, reader, id);
            var origin = tx.value(UUID.class,
                    "select split_from from ticket where id = $1 and split_before is not null", id)
                    .orElseThrow(() -> new Failure.Conflict("not-split", "The ticket was not split off", split));
            var source = Tickets.lock(tx, visible, reader, origin);
            if (split.mergedInto() != null || source.mergedInto() != null) {
                throw new Failure.Conflict("merged-already", "One of the two is part of another ticket already",
                        source);
            }
            var before = Json.read(tx.value(String.class, "select split_before::text from ticket where id = $1", id)
                    .orElseThrow(), Before.class);
            boolean quiet = Standing.messages(tx, id) <= before.messages().size();
            boolean asBefore = quiet && source.status().equals(before.status());
            boolean reopened = !asBefore && split.status().equals("open") && split.waitingSince() != null
                    && !source.status().equals("open");
            moveBack(tx, id, origin, before);
            Merging.join(tx, id, origin, reopened);
            Standing.derive(tx, origin, before.waiting() || source.waitingSince() != null
                    || !quiet && split.waitingSince() != null);
            tx.execute("update ticket set split_before = null where id = $1", id);
            var entries = new ArrayList<>(List.of(entry("ticket.unsplit", actor, source)
                    .facts(Map.of("from", id, "number", split.number()))));
            if (reopened) {
                entries.add(entry("ticket.changed", actor, source)
                        .facts(Map.of("field", "status", "from", source.status(), "to", "open")));
            }
            journal.append(tx, entries);
            return origin;
        }), reader);
    }

    private static void moveBack(Sql tx, UUID split, UUID origin, Before before) {
        var ids = before.messages().stream().map(Placed::id).toList();
        tx.execute("""
                update message m set ticket_id = $2, why_rule = b.rule, why_detail = b.detail
                from jsonb_to_recordset($3::text::jsonb) b(id uuid, rule text, detail text)
                where m.id = b.id and m.ticket_id = $1""", split, origin, Json.write(before.messages()));
        tx.execute("update thread_key set ticket_id = $1 where message_id = any($2)", origin, ids);
    }

    /// A ticket whose split was undone can't be unmerged.
    static void requireOwn(Sql tx, Ticket merged) {
        if (tx.exists("select 1 from ticket t where t.id = $1 and t.split_from is not null and not exists "
                + "(select 1 from message m where m.ticket_id = t.id)", merged.id())) {
            throw new Failure.Conflict("not-merged", "The ticket has no message of its own", merged);
        }
    }

    private Ticket done(UUID id, UUID reader) {
        journal.committed();
        return Tickets.read(database.sql(), Where.ALL, reader, List.of(id)).getFirst();
    }
}
