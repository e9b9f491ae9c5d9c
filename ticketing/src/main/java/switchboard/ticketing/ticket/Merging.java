package switchboard.ticketing.ticket;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;

/// Joins tickets that turn out to be one, and splits one that turns out to be two. A merge is a pointer and an event,
/// so it can be undone. A split moves messages and records where they came from (`Splitting` undoes it). The ticket's
/// waiting state and last message follow its messages (`Standing`).
public final class Merging {
    private final Database database;
    private final Journal journal;
    private final Splitting splitting;

    public Merging(Database database, Journal journal) {
        this.database = database;
        this.journal = journal;
        this.splitting = new Splitting(database, journal);
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
            remember(tx, from, into);
            boolean reopened = source.status().equals("open") && !target.status().equals("open");
            join(tx, from, into, reopened);
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
            Splitting.requireOwn(tx, source);
            var into = source.mergedInto();
            var target = Tickets.lock(tx, Where.ALL, reader, into);
            tx.execute("""
                    update ticket set merged_into = null, merged_direct = null, updated_at = now(),
                      version = version + 1, queued_at = coalesce((merge_before -> 'from' ->> 'queued_at')::timestamptz,
                        case when assignee_id is null and status = 'open' then coalesce(waiting_since, now()) end)
                    where id = $1""", id);
            // What had been merged into it before goes with it.
            tx.execute("""
                    with recursive part(id) as (
                      select $1::uuid union select t.id from part p join ticket t on t.merged_direct = p.id)
                    update ticket set merged_into = $1, version = version + 1
                    where id in (select id from part) and id <> $1""", id);
            var entries = new ArrayList<>(List.of(entry("ticket.unmerged", actor, target)
                    .facts(Map.of("out", id, "number", source.number()))));
            restore(tx, id, target).ifPresent(status -> entries.add(entry("ticket.changed", actor, target)
                    .facts(Map.of("field", "status", "from", "open", "to", status, "reason", "unmerged"))));
            journal.append(tx, entries);
            return id;
        }), reader);
    }

    /// How both stood before, kept with the one that goes; with the number of messages, by which it is known later
    /// whether anything was written meanwhile.
    private static void remember(Sql tx, UUID from, UUID into) {
        tx.execute("""
                update ticket s set merge_before = jsonb_build_object('messages', $3::bigint,
                  'from', json_build_object('queued_at', s.queued_at),
                  'into', json_build_object('id', t.id, 'status', t.status, 'solved_at', t.solved_at,
                    'snoozed_until', t.snoozed_until, 'queued_at', t.queued_at, 'waiting_since', t.waiting_since,
                    'last_at', t.last_at, 'last_direction', t.last_direction, 'last_channel', t.last_channel,
                    'last_preview', t.last_preview, 'inbound_at', t.inbound_at))
                from ticket t where s.id = $1 and t.id = $2""", from, into, Standing.messages(tx, into));
    }

    /// Whoever waits there waits here now, as if it had been written here: what was put aside is open again.
    static void join(Sql tx, UUID from, UUID into, boolean reopened) {
        tx.execute("""
                update ticket t set waiting_since = least(t.waiting_since, s.waiting_since),
                  last_at = greatest(t.last_at, s.last_at), inbound_at = greatest(t.inbound_at, s.inbound_at),
                  last_direction = case when s.last_at > t.last_at then s.last_direction else t.last_direction end,
                  last_channel = case when s.last_at > t.last_at then s.last_channel else t.last_channel end,
                  last_preview = case when s.last_at > t.last_at then s.last_preview else t.last_preview end,
                  status = case when $3 then 'open' else t.status end,
                  solved_at = case when $3 then null else t.solved_at end,
                  snoozed_until = case when $3 then null else t.snoozed_until end,
                  queued_at = case when $3 and t.assignee_id is null then coalesce(s.queued_at, s.waiting_since, now())
                    else t.queued_at end,
                  version = t.version + 1, updated_at = now() from ticket s where t.id = $2 and s.id = $1""",
                from, into, reopened);
        tx.execute("""
                update ticket set merged_into = $2,
                  merged_direct = case when id = $1 then $2 else merged_direct end,
                  queued_at = null, version = version + 1 where id = $1 or merged_into = $1""", from, into);
    }

    /// The ticket that stays is again as it was, as far as nothing was written or decided in it meanwhile; what is
    /// different since is told by its messages.
    ///
    /// @return the status that it has back, when the merge had opened it
    private static Optional<String> restore(Sql tx, UUID out, Ticket target) {
        record Before(long messages, String status) {}
        // What was merged into a part of the whole knows how that part stood, not how the whole did.
        var before = tx.one(Before.class, """
                select (merge_before ->> 'messages')::bigint as messages, merge_before -> 'into' ->> 'status' as status
                from ticket where id = $1 and merge_before -> 'into' ->> 'id' = $2::uuid::text""", out, target.id())
                .orElse(new Before(-1, "open"));
        boolean quiet = before.messages() == Standing.messages(tx, target.id());
        boolean back = quiet && target.status().equals("open") && !before.status().equals("open");
        if (!quiet) {
            Standing.derive(tx, target.id(), target.waitingSince() != null);
        } else {
            tx.execute("""
                    update ticket t set last_at = b.last_at, last_direction = b.last_direction,
                      last_channel = b.last_channel, last_preview = b.last_preview, inbound_at = b.inbound_at,
                      waiting_since = case when $3 or t.waiting_since is not null then b.waiting_since end,
                      status = case when $3 then b.status else t.status end,
                      solved_at = case when $3 then b.solved_at else t.solved_at end,
                      snoozed_until = case when $3 then b.snoozed_until else t.snoozed_until end,
                      queued_at = case when $3 then b.queued_at else t.queued_at end
                    from ticket s cross join lateral jsonb_populate_record(null::ticket, s.merge_before -> 'into') b
                    where s.id = $1 and t.id = $2""", out, target.id(), back);
        }
        tx.execute("update ticket set version = version + 1, updated_at = now() where id = $1", target.id());
        tx.execute("update ticket set merge_before = null where id = $1", out);
        return back ? Optional.of(before.status()) : Optional.empty();
    }

    /// Moves messages into a ticket of their own, with the same customer, team and owner.
    public Ticket split(Where visible, UUID reader, Actor actor, UUID id, List<UUID> messages, String subject) {
        return splitting.split(visible, reader, actor, id, messages, subject);
    }

    /// Undoes the split that created this ticket.
    public Ticket unsplit(Where visible, UUID reader, Actor actor, UUID id) {
        return splitting.unsplit(visible, reader, actor, id);
    }

    private Ticket done(UUID id, UUID reader) {
        journal.committed();
        return Tickets.read(database.sql(), Where.ALL, reader, List.of(id)).getFirst();
    }

    static Entry entry(String kind, Actor actor, Ticket ticket) {
        return Entry.of(kind, actor, Instant.now()).ticket(ticket.id()).customer(ticket.customerId());
    }
}
