package switchboard.ticketing.ticket;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import switchboard.ticketing.access.RoutingRules;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Json.OneOf;
import switchboard.ticketing.base.Page;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;

/// Tickets: reading them by view, filter and search, and changing their state. Every read takes the condition of what
/// the reader may see; a ticket that may not be seen was not found.
public final class Tickets {
    private static final UUID NOBODY = new UUID(0, 0);
    /// What one call of [#wake] reopens at most.
    public static final int WOKEN_MAX = 200;

    private final Database database;
    private final Journal journal;

    public Tickets(Database database, Journal journal) {
        this.database = database;
        this.journal = journal;
    }

    /// How many tickets a view holds, and how many of them have something new for the reader.
    public record ViewCount(
            @OneOf({"mine", "unassigned", "mentions", "open", "pending", "snoozed", "solved", "all", "chats", "calls"})
            String view, long count, long unread) {}

    /// @param visible what the reader may see
    /// @param reader whose unread marks and "mine" are meant
    public Page<Ticket> list(Where visible, UUID reader, TicketQuery query) {
        int limit = query.limit();
        query.check(database.sql());
        var where = visible.and(query.where(reader));
        var sort = query.sort();
        var args = where.arguments(reader, limit + 1);
        var rows = database.sql().list(Ticket.class, "select " + columns("$1") + Ticket.FROM + "where " + where.sql(3)
                + " order by " + sort.order() + " limit $2", args);
        return Page.of(rows, limit, last -> sort.cursor(last));
    }

    public Optional<Ticket> find(Where visible, UUID reader, UUID id) {
        return read(database.sql(), visible, reader, List.of(id)).stream().findFirst();
    }

    /// @throws Failure.NotFound also when the reader may not see it
    public Ticket get(Where visible, UUID reader, UUID id) {
        return find(visible, reader, id).orElseThrow(() -> new Failure.NotFound("The ticket"));
    }

    public List<Ticket> all(Where visible, UUID reader, Collection<UUID> ids) {
        return ids.isEmpty() ? List.of() : read(database.sql(), visible, reader, ids);
    }

    static List<Ticket> read(Sql sql, Where visible, UUID reader, Collection<UUID> ids) {
        return sql.list(Ticket.class, "select " + columns("$1") + Ticket.FROM + "where t.id = any($2) and "
                + visible.sql(3), visible.arguments(reader, ids));
    }

    /// For the live stream, which checks by itself who may see what; nobody's unread marks.
    public List<Ticket> all(Collection<UUID> ids) {
        return all(Where.ALL, NOBODY, ids);
    }

    private static String columns(String reader) {
        return Ticket.COLUMNS.replace("$READER", reader);
    }

    public List<ViewCount> counts(Where visible, UUID reader) {
        var views = TicketQuery.VIEWS;
        var parts = new ArrayList<String>();
        var where = Where.ALL;
        var values = new ArrayList<Object>(List.of(reader));
        for (var view : views) {
            where = TicketQuery.view(view, reader).and(TicketQuery.NOT_MERGED);
            parts.add("count(*) filter (where " + where.sql(values.size() + 1) + ") as " + view
                    + ", count(*) filter (where (" + where.sql(values.size() + 1)
                    + ") and t.last_direction = 'inbound' "
                    + "and t.inbound_at > coalesce(r.read_at, '-infinity')) as " + view + "_unread");
            values.addAll(where.values());
        }
        var seen = visible.sql(values.size() + 1);
        values.addAll(visible.values());
        // Solved tickets are not counted: they only grow, and nobody works by their number.
        parts.add("count(*) filter (where " + TicketQuery.UNREAD_MENTION.replace("?", "$1")
                + " and t.merged_into is null) as unread_mentions");
        var row = database.sql().query("select " + String.join(", ", parts) + " from ticket t left join ticket_read r "
                + "on r.ticket_id = t.id and r.agent_id = $1 where t.status <> 'solved' and " + seen, values.toArray())
                .iterator().next();
        long solved = solvedMentions(visible, reader);
        return views.stream().map(view -> view.equals("mentions")
                ? new ViewCount(view, row.getLong(view) + solved, row.getLong("unread_mentions") + solved)
                : new ViewCount(view, row.getLong(view), row.getLong(view + "_unread"))).toList();
    }

    private long solvedMentions(Where visible, UUID reader) {
        return database.sql().value(Long.class, """
                select count(*) from ticket t where t.status = 'solved' and t.merged_into is null
                  and t.id in (select ticket_id from mention_unread where agent_id = $1) and\s""" + visible.sql(2),
                visible.arguments(reader)).orElse(0L);
    }

    /// What may be changed at once; null leaves a field alone. `assignee` and `team` are ids, an empty text takes them
    /// away.
    public record Change(String status, Instant snoozedUntil, String assignee, String team, String priority,
                         List<String> tags, String subject, Integer version) {}

    /// @throws Failure.Conflict `stale` when `version` is not the ticket's any more; carries the ticket as it is
    public Ticket change(Where visible, UUID reader, Actor actor, UUID id, Change change) {
        var changed = database.transaction(tx -> {
            var before = lock(tx, visible, reader, id);
            if (change.version() != null && change.version() != before.version()) {
                throw new Failure.Conflict("stale", "The ticket has been changed meanwhile", before);
            }
            TicketChange.apply(tx, journal, actor, before, change);
            return read(tx, Where.ALL, reader, List.of(id)).getFirst();
        });
        journal.committed();
        return changed;
    }

    /// Like `change`, in the transaction of a caller that has locked the ticket's row and checked its visibility.
    public static void within(Sql tx, Journal journal, Actor actor, UUID id, Change change) {
        TicketChange.apply(tx, journal, actor, lock(tx, Where.ALL, NOBODY, id), change);
    }

    /// Ends a ticket's live chat; the visitor's next message starts a new conversation. An answered ticket becomes
    /// pending, any other keeps its status. Ending it twice is fine.
    ///
    /// @throws Failure.Conflict `no-chat` when the ticket did not come by chat
    public Ticket endChat(Where visible, UUID reader, Actor actor, UUID id) {
        var ended = database.transaction(tx -> {
            var ticket = lock(tx, visible, reader, id);
            if (!ticket.channel().equals("chat")) throw new Failure.Conflict("no-chat", "The ticket is no chat");
            if (ticket.chatEndedAt() != null) return ticket;
            Chats.end(tx, journal, actor, List.of(id), Map.of());
            return read(tx, Where.ALL, reader, List.of(id)).getFirst();
        });
        journal.committed();
        return ended;
    }

    static Ticket lock(Sql tx, Where visible, UUID reader, UUID id) {
        tx.query("select 1 from ticket where id = $1 for no key update", id);
        return read(tx, visible, reader, List.of(id)).stream().findFirst()
                .orElseThrow(() -> new Failure.NotFound("The ticket"));
    }

    /// Everything up to `seq` has been seen. What came after it, or has no place in the journal's order yet, leaves the
    /// ticket unread.
    ///
    /// @param seq of the newest item that the reader saw; null: all there is
    public void markRead(UUID reader, UUID id, Long seq) {
        database.sql().execute("""
                insert into ticket_read (agent_id, ticket_id, read_at)
                select $1, t.id, t.inbound_at from ticket t where t.id = $2 and ($3::bigint is null or not exists (
                  select 1 from message m join journal j on j.message_id = m.id and j.kind = 'message.received'
                    left join journal_order o on o.id = j.id
                  where m.ticket_id = any(array(select t.id union all select x.id from ticket x where
                    x.merged_into = t.id)) and m.direction = 'inbound' and (o.seq is null or o.seq > $3)))
                on conflict (agent_id, ticket_id) do update
                  set read_at = greatest(ticket_read.read_at, excluded.read_at)""", reader, id, seq);
        database.sql().execute("""
                delete from mention_unread u where u.agent_id = $1
                  and u.ticket_id = any(array(select $2::uuid union all select id from ticket where merged_into = $2))
                  and ($3::bigint is null or exists (
                    select 1 from journal j join journal_order o on o.id = j.id
                    where j.message_id = u.message_id and j.kind = 'note.added' and o.seq <= $3))""", reader, id, seq);
    }

    /// Reopens snoozed tickets whose time has come; the clock calls it. A ticket whose owner is absent goes back to the
    /// queue, with a preference for its owner.
    ///
    /// @return how many woke
    public int wake() {
        int woken = database.transaction(tx -> {
            record Woken(UUID id, UUID customerId, UUID letGo) {}
            var due = tx.changed(Woken.class, """
                    with due as (
                      select id, assignee_id from ticket where status = 'snoozed' and snoozed_until <= now()
                      order by id limit WOKEN_MAX for no key update skip locked),
                    x as (
                      update ticket t set status = 'open', version = t.version + 1, updated_at = now(),
                        snoozed_until = null, assignee_id = case when a.id is null then t.assignee_id end,
                        preferred_agent_id = coalesce(a.id, t.preferred_agent_id),
                        preferred_until = case when a.id is null then t.preferred_until else UNTIL end,
                        queued_at = case when t.assignee_id is null or a.id is not null
                          then coalesce(t.queued_at, now()) else t.queued_at end
                      from due left join agent a on a.id = due.assignee_id and ABSENT
                      where t.id = due.id returning t.id, t.customer_id, a.id as let_go)
                    select row_to_json(x)::text from x""".replace("WOKEN_MAX", String.valueOf(WOKEN_MAX))
                    .replace("UNTIL", RoutingRules.PREFERRED_UNTIL)
                    .replace("ABSENT", RoutingRules.ABSENT));
            var entries = new ArrayList<Entry>();
            for (var one : due) {
                var entry = Entry.of("ticket.changed", Actor.SYSTEM, Instant.now()).ticket(one.id())
                        .customer(one.customerId());
                entries.add(entry.facts(Map.of("field", "status", "from", "snoozed", "to", "open",
                        "reason", "snooze-over")));
                if (one.letGo() == null) continue;
                entries.add(Entry.of("ticket.unassigned", Actor.SYSTEM, Instant.now()).ticket(one.id())
                        .customer(one.customerId()).facts(Map.of("from", one.letGo(), "by", "absent")));
            }
            journal.append(tx, entries);
            return due.size();
        });
        if (woken > 0) journal.committed();
        return woken;
    }
}
