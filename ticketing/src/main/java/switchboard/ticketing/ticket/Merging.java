package switchboard.ticketing.ticket;

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
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;

/// Tickets that turn out to be one, or two. A merge is a pointer and an event, so it can be undone; a split moves
/// messages, and splitting back is a merge.
public final class Merging {
    private final Database database;
    private final Journal journal;

    public Merging(Database database, Journal journal) {
        this.database = database;
        this.journal = journal;
    }

    public Ticket merge(Where visible, UUID reader, Actor actor, UUID from, UUID into) {
        if (from.equals(into)) throw new Failure.Invalid("A ticket cannot be merged with itself");
        return done(database.transaction(tx -> {
            // In one order, so that A into B and B into A at the same moment wait instead of blocking each other.
            var both = new ArrayList<>(List.of(from, into));
            both.sort(null);
            both.forEach(id -> Tickets.lock(tx, visible, reader, id));
            var source = Tickets.lock(tx, visible, reader, from);
            var target = Tickets.lock(tx, visible, reader, into);
            if (source.mergedInto() != null || target.mergedInto() != null) {
                throw new Failure.Conflict("merged-already", "One of the two is part of another ticket already",
                        target);
            }
            tx.execute("""
                    update ticket set merged_into = $2,
                      merged_direct = case when id = $1 then $2 else merged_direct end,
                      queued_at = null, version = version + 1 where id = $1 or merged_into = $1""", from, into);
            // Whoever waits there waits here now, as if it had been written here: what was put aside is open again.
            boolean reopened = source.status().equals("open") && !target.status().equals("open");
            tx.execute("""
                    update ticket t set waiting_since = least(t.waiting_since, s.waiting_since),
                      last_at = greatest(t.last_at, s.last_at),
                      status = case when $3 then 'open' else t.status end,
                      solved_at = case when $3 then null else t.solved_at end,
                      snoozed_until = case when $3 then null else t.snoozed_until end,
                      queued_at = case when $3 and t.assignee_id is null then now() else t.queued_at end,
                      version = t.version + 1, updated_at = now() from ticket s where t.id = $2 and s.id = $1""",
                    from, into, reopened);
            var entries = new ArrayList<>(List.of(entry("ticket.merged", actor, target)
                    .facts(Map.of("from", from, "number", source.number()))));
            if (reopened) {
                entries.add(entry("ticket.changed", actor, target)
                        .facts(Map.of("field", "status", "from", target.status(), "to", "open")));
            }
            journal.append(tx, entries);
            return into;
        }), reader);
    }

    public Ticket unmerge(Where visible, UUID reader, Actor actor, UUID id) {
        return done(database.transaction(tx -> {
            var source = Tickets.lock(tx, visible, reader, id);
            if (source.mergedInto() == null) {
                throw new Failure.Conflict("not-merged", "The ticket is not merged", source);
            }
            var target = Tickets.lock(tx, Where.ALL, reader, source.mergedInto());
            tx.execute("""
                    update ticket set merged_into = null, merged_direct = null, updated_at = now(),
                      version = version + 1,
                      queued_at = case when assignee_id is null and status = 'open' then now() end where id = $1""",
                    id);
            // What had been merged into it before goes with it.
            tx.execute("""
                    with recursive part(id) as (
                      select $1::uuid union select t.id from part p join ticket t on t.merged_direct = p.id)
                    update ticket set merged_into = $1, version = version + 1
                    where id in (select id from part) and id <> $1""", id);
            journal.append(tx, entry("ticket.unmerged", actor, target)
                    .facts(Map.of("out", id, "number", source.number())));
            return id;
        }), reader);
    }

    /// Moves messages into a ticket of their own, with the same customer, team and owner.
    public Ticket split(Where visible, UUID reader, Actor actor, UUID id, List<UUID> messages, String subject) {
        if (messages == null || messages.isEmpty()) throw Failure.Invalid.field("messageIds", "is empty");
        if (subject == null || subject.isBlank() || subject.length() > 250) {
            throw Failure.Invalid.field("subject", "must have from 1 to 250 characters");
        }
        return done(database.transaction(tx -> {
            var source = Tickets.lock(tx, visible, reader, id);
            var split = Ids.next();
            tx.execute("""
                    insert into ticket (id, subject, status, priority, channel, our_address, customer_id, assignee_id,
                      team_id, tags, skills,
                      language, waiting_since, queued_at, last_at, last_direction, last_channel, last_preview)
                    select $2, $3, 'open', priority, channel, our_address, customer_id, assignee_id, team_id, tags,
                      skills, language,
                      waiting_since, case when assignee_id is null then now() end, last_at, last_direction,
                        last_channel, last_preview
                    from ticket where id = $1""", id, split, subject.strip());
            int moved = tx.execute("update message set ticket_id = $2, why_rule = 'split', why_detail = $4 "
                    + "where ticket_id = $1 and id = any($3)", id, split, messages, "#" + source.number());
            if (moved != messages.size()) throw new Failure.NotFound("A message of the ticket");
            tx.execute("update thread_key set ticket_id = $1 where message_id = any($2)", split, messages);
            journal.append(tx, List.of(entry("ticket.split", actor, source)
                    .facts(Map.of("into", split, "messages", moved)), Entry.of("ticket.created", actor, Instant.now())
                    .ticket(split).customer(source.customerId())
                            .facts(Map.of("channel", source.channel(), "splitFrom", id))));
            return split;
        }), reader);
    }

    private Ticket done(UUID id, UUID reader) {
        journal.committed();
        return Tickets.read(database.sql(), Where.ALL, reader, List.of(id)).getFirst();
    }

    private static Entry entry(String kind, Actor actor, Ticket ticket) {
        return Entry.of(kind, actor, Instant.now()).ticket(ticket.id()).customer(ticket.customerId());
    }
}
