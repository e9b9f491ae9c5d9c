package switchboard.ticketing.conversation;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Page;
import switchboard.ticketing.base.Sql;

/// Everything that happened with one customer, over all channels, or in one ticket, in the journal's order.
public final class Timeline {
    private static final int SEARCH_CHARS_MAX = 200;

    /// Events that a person wants to see between the messages; the others stay in the journal.
    private static final String EVENTS = "('ticket.created', 'ticket.changed', 'ticket.assigned', 'ticket.unassigned', "
            + "'ticket.merged', 'ticket.unmerged', 'ticket.split', 'ticket.unsplit', 'customer.created', "
            + "'customer.merged', 'customer.unmerged', 'consent.given', 'consent.withdrawn', 'chat.ended')";

    /// What we write ourselves is shown as HTML only where that says more than its paragraphs do.
    private static final String SELECT = """
            select o.seq, coalesce(m.id::text, j.id::text) as id, coalesce(m.at, j.at) as at, m.sent_at,
              coalesce(m.channel, 'system') as channel,
              coalesce(m.direction, 'internal') as direction, coalesce(m.kind, 'event') as kind,
              coalesce(m.ticket_id, j.ticket_id) as ticket_id, t.number as ticket_number,
              json_build_object('type', coalesce(m.author_type, j.actor_type), 'id', coalesce(m.author_id, j.actor_id),
                'name', coalesce(nullif(m.author_name, ''), ag.name, cu.name, '')) as actor,
              coalesce(m.text, '') as text, coalesce(m.visible_text, '') as visible_text,
              coalesce(m.folded_text, '') as folded_text, coalesce(m.signature, '') as signature,
              case when m.html is not null and (m.direction = 'inbound' or m.html ~* '<(?!/?(p|br|div)[ >/])[a-z]')
                then '' end as content_url, coalesce(m.subject, '') as subject,
              coalesce(m.sender, '') as from, coalesce(m.to_list, '{}') as to, coalesce(m.cc_list, '{}') as cc,
              coalesce(m.bcc_list, '{}') as bcc, m.status, coalesce(m.status_detail, '') as status_detail,
              (select x.next_at from outbox x where x.message_id = m.id and x.state = 'pending' and x.attempts = 0
                 and x.next_at > now() limit 1) as undo_until,
              coalesce((select json_agg(json_build_object('id', f.id, 'name', f.name, 'type', f.type,
                 'size_bytes', f.size_bytes, 'content_id', f.content_id) order by f.position) from attachment f
                   where f.message_id = m.id),
                   '[]') as attachments,
              case when m.why_rule <> '' then json_build_object('rule', m.why_rule, 'detail', m.why_detail, 'named',
                (select json_build_object('ticket_id', n.id, 'ticket_number', n.number) from ticket n
                 where n.id = m.named_ticket)) end as why,
              (select json_build_object('state', case c.state when 'message' then 'menu' else c.state end,
              'duration_seconds',
                 extract(epoch from coalesce(c.ended_at, now()) - c.answered_at)::int, 'recording_url',
                 case when m.kind = 'call'
                 then (select f.id from message v join attachment f on f.message_id = v.id
                   where v.ticket_id = m.ticket_id and v.call_id = c.id and v.kind = 'voicemail' limit 1) end,
                 'agent_name', ca.name,
                 'outcome', c.outcome) from call c left join agent ca on ca.id = c.agent_id where c.id = m.call_id) as
                 call,
              case when m.id is null then j.facts || jsonb_build_object('kind', j.kind) end as event,
              coalesce(m.flags, '{}') as flags, m.auth,
              case when m.appointment is not null then m.appointment || jsonb_build_object('later', case
                when m.appointment->>'uid' <> '' then (select x.appointment->>'kind' from message x
                  where x.customer_id = m.customer_id and x.appointment->>'uid' = m.appointment->>'uid'
                    and x.appointment is not null and x.at > m.at
                    and x.appointment->>'kind' in ('changed', 'cancelled') order by x.at desc limit 1) end)
                end as appointment, m.visit
            from journal j join journal_order o on o.id = j.id and o.recorded_at = j.recorded_at
            left join message m on m.id = j.message_id and j.kind in ('message.received', 'message.sent',
              'message.forwarded', 'note.added')
            left join ticket t on t.id = coalesce(m.ticket_id, j.ticket_id)
            left join agent ag on ag.id = j.actor_id and j.actor_type = 'agent'
            left join customer cu on cu.id = j.actor_id and j.actor_type = 'customer'
            where coalesce(m.kind, '') <> 'cancelled' and (m.id is not null or j.kind in\s""" + EVENTS + ") and ";

    /// What of a timeline is asked for. Times and sequences are exclusive; null does not limit.
    public record Query(boolean newestFirst, Long after, Long before, String channel, Instant from, Instant to,
                        String q, int limit) {
        public static final Query ALL = new Query(false, null, null, null, null, null, null, Page.LIMIT_MAX);

        public Query {
            if (limit < 1 || limit > Page.LIMIT_MAX) {
                throw Failure.Invalid.field("limit", "must be from 1 to " + Page.LIMIT_MAX);
            }
            if (q != null && q.length() > SEARCH_CHARS_MAX) {
                throw Failure.Invalid.field("q", "is longer than 200 characters");
            }
        }
    }

    private final Database database;
    private final TimelineItem.Links links;

    public Timeline(Database database, TimelineItem.Links links) {
        this.database = database;
        this.links = links;
    }

    /// @param visible which tickets the reader may see: items of other tickets are left out
    public Page<TimelineItem> ofCustomer(UUID customer, Where visible, Query query) {
        // Selects what belongs to the customer now: undoing a merge may have moved messages and tickets.
        return page(Where.of("""
                j.id in (
                  with part as (select id from customer where id = ? or merged_into = ?)
                  select id from journal where message_id is null and ticket_id is null
                    and customer_id in (select id from part)
                  union all
                  select e.id from ticket k join journal e on e.ticket_id = k.id and e.message_id is null
                  where k.customer_id in (select id from part)
                  union all
                  select e.id from message x join journal e on e.message_id = x.id
                  where x.customer_id in (select id from part))
                and (j.message_id is null or m.id is not null)""", customer, customer)
                .and(Where.of("t.id is null").or(visible)), query);
    }

    public Page<TimelineItem> ofTicket(UUID ticket, Query query) {
        // A message may have been moved here from another ticket; an event stays where it happened.
        return page(Where.of("""
                j.id in (
                  select id from journal where message_id is null
                    and ticket_id in (select id from ticket where id = ? or merged_into = ?)
                  union all
                  select e.id from message x join journal e on e.message_id = x.id
                  where x.ticket_id in (select id from ticket where id = ? or merged_into = ?))
                and (j.message_id is null or m.id is not null)""",
                ticket, ticket, ticket, ticket), query);
    }

    private Page<TimelineItem> page(Where where, Query query) {
        if (query.after() != null) where = where.and("o.seq > ?", query.after());
        if (query.before() != null) where = where.and("o.seq < ?", query.before());
        if (query.channel() != null) where = where.and("coalesce(m.channel, 'system') = ?", query.channel());
        if (query.from() != null) where = where.and("j.at >= ?", query.from());
        if (query.to() != null) where = where.and("j.at < ?", query.to());
        if (query.q() != null && !query.q().isBlank()) {
            where = where.and("m.text ilike ?", "%" + query.q().replace("\\", "\\\\").replace("%", "\\%")
                    .replace("_", "\\_") + "%");
        }
        var items = database.sql().list(TimelineItem.class, SELECT + where.sql(2) + " order by o.seq "
                + (query.newestFirst() ? "desc" : "asc") + " limit $1", where.arguments(query.limit() + 1));
        return Page.of(items.stream().map(item -> item.linked(links)).toList(), query.limit(), last ->
                query.newestFirst() ? new TimelineCursor(query.after(), last.seq())
                        : new TimelineCursor(last.seq(), null));
    }

    /// The items of these messages as they stand now, each at its own place, for the live stream.
    public List<TimelineItem> ofMessages(Collection<UUID> messages) {
        return messages.isEmpty() ? List.of() : database.sql().list(TimelineItem.class, SELECT
                + "j.message_id = any($1) and m.id is not null order by o.seq", messages)
                .stream().map(item -> item.linked(links)).toList();
    }

    /// Items of these messages and events, for the live stream.
    public List<TimelineItem> at(Collection<Long> seqs) {
        return seqs.isEmpty() ? List.of() : database.sql().list(TimelineItem.class,
                SELECT + "o.seq = any($1) order by o.seq", seqs)
                .stream().map(item -> item.linked(links)).toList();
    }

    public List<TimelineItem> afterCustomerSpoke(Sql sql, UUID ticket, long seen) {
        return sql.list(TimelineItem.class, SELECT
                + "j.ticket_id = $1 and j.kind = 'message.received' and o.seq > $2 order by o.seq", ticket, seen)
                .stream().map(item -> item.linked(links)).toList();
    }
}
