package switchboard.gateway.bench;

import java.util.List;
import java.util.stream.Stream;
import switchboard.gateway.bench.Written.Rows;
import switchboard.gateway.bench.Written.Stage;

/// What doors and intake wrote: first the arrivals, then what intake made of them, with its marks on inbox and ticket
/// rows and the order of the journal. A batch is what one transaction wrote: rows that arrived or were done at the same
/// instant.
final class IngestRows {
    static final String WHAT =
            "the very rows and batches by PostgreSQL alone: INSERT, UPDATE, DELETE, 4 connections";
    private static final int CONNECTIONS = 4;
    private static final String FIRST =
            "(select %1$s, min(batch) as batch from replay.plan group by 1) p on p.%1$s = ";
    private static final String ARRIVED =
            "(select inbox_id, arrival as batch from replay.plan) p on p.inbox_id = x.";
    private static final List<String> PLAN = Stream.concat(Stream.of("""
            create table replay.plan as
            select i.id as inbox_id, i.received_at, m.id as message_id, m.ticket_id, m.customer_id,
              dense_rank() over (order by i.done_at)::int as batch,
              dense_rank() over (order by i.received_at)::int as arrival
            from inbox i join message m on m.inbox_id = i.id
            where not exists (select 1 from ceiling.inbox c where c.id = i.id)"""),
            Stream.of("inbox_id", "message_id", "ticket_id", "customer_id", "batch")
                    .map(column -> "create index on replay.plan (" + column + ")")).toList();
    private static final Stage ARRIVALS = new Stage(List.of(
            new Rows("inbox", Rows.of("inbox", ARRIVED + "id").source(),
                    List.of("update replay.inbox set state = 'new', done_at = null")),
            Rows.of("inbox_key", ARRIVED + "inbox_id")), List.of(), "");
    private static final List<Rows> MADE = List.of(
            Rows.of("customer", FIRST.formatted("customer_id") + "x.id"),
            Rows.of("identity", FIRST.formatted("customer_id") + "x.customer_id"),
            Rows.of("ticket", FIRST.formatted("ticket_id") + "x.id"),
            Rows.of("message", "replay.plan p on p.message_id = x.id"),
            Rows.of("thread_key", "replay.plan p on p.message_id = x.message_id"),
            Rows.of("journal", """
                    lateral (select batch from replay.plan where message_id = x.message_id
                      or x.message_id is null and ticket_id = x.ticket_id
                      or x.message_id is null and x.ticket_id is null and customer_id = x.customer_id
                      order by batch limit 1) p on true"""),
            new Rows("journal_pending", "select id, recorded_at, batch from replay.journal"),
            Rows.of("journal_order", "replay.journal p on p.id = x.id"));
    private static final List<String> CHANGES = List.of("""
            update ceiling.inbox x set state = 'done', done_at = now() from replay.plan p
            where p.batch = $1 and x.id = p.inbox_id and x.received_at = p.received_at""", """
            update ceiling.ticket x set last_at = p.at, last_direction = 'inbound', last_channel = p.channel,
              last_preview = left(p.visible_text, 140), waiting_since = coalesce(x.waiting_since, p.at),
              updated_at = now(), version = x.version + 1
            from replay.touch p where p.batch = $1 and x.id = p.ticket_id""", """
            delete from ceiling.journal_pending x using replay.journal p
            where p.batch = $1 and x.id = p.id""");
    private static final String NEEDS = """
            select p.batch, t.batch as needed from replay.plan p join replay.ticket t on t.id = p.ticket_id
            where t.batch < p.batch
            union select p.batch, c.batch from replay.plan p join replay.customer c on c.id = p.customer_id
            where c.batch < p.batch""";
    /// A ticket that was there before is touched, and one that was made by an earlier row.
    private static final List<String> TOUCHED = List.of("""
            create table replay.touch as
            select distinct on (p.ticket_id, p.batch) p.batch, p.ticket_id, m.at, m.channel, m.visible_text
            from replay.plan p join message m on m.id = p.message_id
            where exists (select 1 from replay.plan o where o.ticket_id = p.ticket_id and o.inbox_id < p.inbox_id)
              or not exists (select 1 from replay.ticket t where t.id = p.ticket_id)
            order by p.ticket_id, p.batch, p.inbox_id desc""",
            "create index on replay.touch (batch)", "analyze replay.touch");
    static final Written WRITTEN = new Written(
            Stream.of(ARRIVALS.rows(), MADE).flatMap(List::stream).map(Rows::table).toList(), CONNECTIONS, PLAN,
            List.of(), List.of(ARRIVALS, new Stage(MADE, CHANGES, NEEDS)), TOUCHED);

    private IngestRows() {}
}
