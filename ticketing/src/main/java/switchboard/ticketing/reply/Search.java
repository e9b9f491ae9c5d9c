package switchboard.ticketing.reply;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import switchboard.ticketing.access.Spelling;
import switchboard.ticketing.access.Where;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Json.OneOf;
import switchboard.ticketing.base.Page;
import switchboard.ticketing.people.Customers;
import switchboard.ticketing.ticket.Sought;
import switchboard.ticketing.ticket.TicketQuery;

/// One search over tickets, what was written in them, and customers; always within what the reader may see.
public final class Search {
    private static final int EACH_MAX = Page.LIMIT_MAX;
    private static final int Q_CHARS_MAX = 200;
    private static final int SNIPPET_CHARS = 160;
    private static final int BEFORE_CHARS = 60;
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
    ///
    /// @param refused operators with a value that can't be; nothing is found then
    /// @param ticketsOnly true when operators were used: customers and articles have none of the fields
    public record Hits(List<TicketHit> tickets, List<MessageHit> messages, List<CustomerHit> customers,
                       List<Sought.Refused> refused, boolean ticketsOnly) {
        private static final Hits NONE = new Hits(List.of(), List.of(), List.of(), List.of(), false);
    }

    /// @param tickets what the reader may see of `ticket t`
    /// @param customers and of `customer c`
    /// @param reader whose `me` an operator means
    public Hits find(Where tickets, Where customers, UUID reader, String q, int limit) {
        var text = q == null ? "" : q.strip();
        if (text.length() > Q_CHARS_MAX) throw Failure.Invalid.field("q", "is longer than 200 characters");
        if (text.isEmpty()) return Hits.NONE;
        int most = Math.min(limit, EACH_MAX);
        var sought = Sought.of(text).checked(database.sql());
        var units = Spelling.units(sought.words());
        if (units.isEmpty() && sought.operators().isEmpty() && sought.refused().isEmpty()) return Hits.NONE;
        if (!sought.refused().isEmpty()) return new Hits(List.of(), List.of(), List.of(), sought.refused(), true);
        var seen = tickets.and(sought.where(reader));
        return new Hits(tickets(seen, sought.words(), units, most),
                units.isEmpty() ? List.of() : messages(seen, units, most),
                sought.ticketsOnly() ? List.of() : customers(customers, text, units, most), List.of(),
                sought.ticketsOnly());
    }

    private List<TicketHit> tickets(Where visible, String text, List<String> units, int most) {
        var number = text.matches("#?\\d{1,15}") ? Long.parseLong(text.replace("#", "")) : -1L;
        var where = visible.and(text.isEmpty() ? Where.ALL
                : Where.of("t.number = ?", number).or(Spelling.everywhere(units, "t.subject")));
        return database.sql().list(TicketHit.class, """
                select t.id, t.number, t.subject, t.status,
                  case when t.number = $1 then '#' || t.number || ' ' else '' end || substr(t.subject,
                    greatest(1, regexp_instr(t.subject, $2) - $3), $4) as highlight
                from ticket t where t.merged_into is null and\s""" + where.sql(6)
                + " order by t.number = $1 desc, t.last_at desc, t.id limit $5",
                where.arguments(number, Spelling.anyOf(units), BEFORE_CHARS, SNIPPET_CHARS, most));
    }

    /// Messages that contain any of the words, from conversations that contain all of them; most matching words first.
    private List<MessageHit> messages(Where visible, List<String> units, int most) {
        var one = units.size() < 2 ? Where.ALL : units.stream().map(TicketQuery::said).reduce(Where::and).get();
        var any = units.stream().map(Search::written).reduce(Where::or).orElse(Where.NONE);
        var where = any.and(one).and(visible);
        var words = units.stream().map(unit -> "(" + written(unit).text() + ")::int").collect(joining(" + "));
        var counted = new Where(words.isEmpty() ? "0" : words,
                units.stream().flatMap(unit -> written(unit).values().stream()).toList());
        var arguments = new ArrayList<Object>(List.of(Spelling.anyOf(units), most, BEFORE_CHARS, SNIPPET_CHARS));
        arguments.addAll(where.values());
        arguments.addAll(counted.values());
        return database.sql().list(MessageHit.class, """
                select t.id as ticket_id, t.number, m.at,
                  case when x.first > 1 then '…' else '' end || substr(m.visible_text, x.first, $4)
                    || case when length(m.visible_text) >= x.first + $4 then '…' else '' end as highlight
                from message m join ticket t on t.id = m.ticket_id join customer c on c.id = t.customer_id
                  cross join lateral (
                    select greatest(1, regexp_instr(m.visible_text, $1) - $3) as first) x
                where m.kind <> 'cancelled' and\s""" + where.sql(5) + " order by "
                + counted.sql(5 + where.values().size()) + " desc, m.at desc, m.id limit $2", arguments.toArray())
                .stream().map(Search::whole).toList();
    }

    private static Where written(String unit) {
        return Spelling.in("m.visible_text", unit);
    }

    /// With the matching address, where an address matched.
    private List<CustomerHit> customers(Where visible, String text, List<String> units, int most) {
        var where = visible.and(Customers.search(text));
        return database.sql().list(CustomerHit.class, """
                select c.id, c.name, coalesce((select i.value from identity i
                    join customer h on h.id = i.customer_id
                  where (h.id = c.id or h.merged_into = c.id) and (i.value ~ $1 or i.raw ~ $1 or i.value like $3)
                  limit 1), c.company) as highlight
                from customer c where c.merged_into is null and\s""" + where.sql(4)
                + " order by c.updated_at desc, c.id limit $2", where.arguments(Spelling.anyOf(units), most,
                        Spelling.phone(text).map(digits -> "%" + digits).orElse("")));
    }

    /// Without the halves of words at its ends.
    private static MessageHit whole(MessageHit hit) {
        var text = HALF_AT_END.matcher(HALF_AT_START.matcher(hit.highlight().replaceAll("\\s+", " "))
                .replaceFirst("…")).replaceFirst("…");
        return new MessageHit(hit.ticketId(), hit.number(), text, hit.at());
    }
}
