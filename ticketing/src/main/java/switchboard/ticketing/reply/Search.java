package switchboard.ticketing.reply;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Json.OneOf;
import switchboard.ticketing.base.Page;

/// One search over tickets, what was written in them, and customers; always within what the reader may see.
public final class Search {
    private static final int EACH_MAX = Page.LIMIT_MAX;
    private static final int Q_CHARS_MAX = 200;
    private static final int SNIPPET_CHARS = 160;
    private static final Pattern HALF_AT_START = Pattern.compile("^…[\\p{L}&&[^\\p{IsHan}]]{0,20}[^\\p{L}]+");
    private static final Pattern HALF_AT_END = Pattern.compile("[^\\p{L}]+[\\p{L}&&[^\\p{IsHan}]]{0,20}…$");

    private final Database database;

    public Search(Database database) {
        this.database = database;
    }

    public record TicketHit(UUID id, long number, String subject,
                            @OneOf({"open", "pending", "snoozed", "solved"}) String status, String highlight) {}

    public record MessageHit(UUID ticketId, long number, String highlight, Instant at) {}

    public record CustomerHit(UUID id, String name, String highlight) {}

    /// `highlight` is plain text around the first match, to be shown as text.
    public record Hits(List<TicketHit> tickets, List<MessageHit> messages, List<CustomerHit> customers) {}

    /// @param tickets what the reader may see of `ticket t`
    /// @param customers and of `customer c`
    public Hits find(Where tickets, Where customers, String q, int limit) {
        var text = q == null ? "" : q.strip();
        if (text.length() > Q_CHARS_MAX) throw Failure.Invalid.field("q", "is longer than 200 characters");
        if (text.isEmpty()) return new Hits(List.of(), List.of(), List.of());
        int most = Math.min(limit, EACH_MAX);
        var pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
        var number = text.matches("#?\\d{1,15}") ? Long.parseLong(text.replace("#", "")) : -1L;
        var sql = database.sql();
        var ticketHits = sql.list(TicketHit.class, """
                select t.id, t.number, t.subject, t.status,
                  case when t.number = $1 then '#' || t.number || ' ' else '' end || substr(t.subject, x.first, $5)
                    as highlight
                from ticket t cross join lateral (
                  select greatest(1, position(lower($4) in lower(t.subject)) - 60) as first) x
                where t.merged_into is null and (t.number = $1 or t.subject ilike $2) and\s""" + tickets.sql(6)
                + " order by t.number = $1 desc, t.last_at desc, t.id limit $3",
                tickets.arguments(number, pattern, most, text, SNIPPET_CHARS));
        var messageHits = sql.list(MessageHit.class, """
                select t.id as ticket_id, t.number, m.at,
                  case when x.first > 1 then '…' else '' end || substr(m.visible_text, x.first, $4)
                    || case when length(m.visible_text) >= x.first + $4 then '…' else '' end as highlight
                from message m join ticket t on t.id = m.ticket_id
                  cross join lateral (
                    select greatest(1, position(lower($1) in lower(m.visible_text)) - 60) as first) x
                where m.visible_text ilike $2 and m.kind <> 'cancelled' and\s""" + tickets.sql(5)
                + " order by m.at desc, m.id limit $3", tickets.arguments(text, pattern, most, SNIPPET_CHARS));
        var customerHits = sql.list(CustomerHit.class, """
                select c.id, c.name, coalesce((select i.value from identity i
                    join customer h on h.id = i.customer_id
                  where (h.id = c.id or h.merged_into = c.id) and i.value ilike $1 limit 1),
                  c.company) as highlight
                from customer c where c.merged_into is null and (c.name ilike $1 or c.company ilike $1
                  or c.id in (select coalesce(h.merged_into, h.id) from identity i
                    join customer h on h.id = i.customer_id where i.value ilike $1)) and\s""" + customers.sql(3)
                + " order by c.updated_at desc, c.id limit $2", customers.arguments(pattern, most));
        return new Hits(ticketHits, messageHits.stream().map(Search::whole).toList(), customerHits);
    }

    /// Without the halves of words at its ends.
    private static MessageHit whole(MessageHit hit) {
        var text = HALF_AT_END.matcher(HALF_AT_START.matcher(hit.highlight().replaceAll("\\s+", " "))
                .replaceFirst("…")).replaceFirst("…");
        return new MessageHit(hit.ticketId(), hit.number(), text, hit.at());
    }
}
