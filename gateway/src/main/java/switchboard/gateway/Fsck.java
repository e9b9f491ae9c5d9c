package switchboard.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import switchboard.ticketing.base.Sql;

/// Laws that hold between the stored tables at any moment, whatever was killed when. Each query finds what breaks one.
final class Fsck {
    static final Map<String, String> LAWS = laws();

    private Fsck() {}

    private static Map<String, String> laws() {
        var laws = new LinkedHashMap<String, String>();
        journal(laws);
        messages(laws);
        work(laws);
        people(laws);
        return laws;
    }

    private static void journal(Map<String, String> laws) {
        laws.put("journal entries are dense: seq without its predecessor",
                "select seq::text from journal_order o where seq > 1 "
                        + "and not exists (select 1 from journal_order p where p.seq = o.seq - 1)");
        laws.put("every journal entry is ordered or waits for it", """
                select j.id::text from journal j where not exists (select 1 from journal_order o where o.id = j.id)
                  and not exists (select 1 from journal_pending p where p.id = j.id)""");
        laws.put("every ordered entry exists", """
                select o.seq::text from journal_order o
                where not exists (select 1 from journal j where j.id = o.id and j.recorded_at = o.recorded_at)""");
        laws.put("every inbox key names a stored row", """
                select k.key from inbox_key k
                where not exists (select 1 from inbox i where i.id = k.inbox_id and i.received_at = k.received_at)""");
    }

    private static void messages(Map<String, String> laws) {
        laws.put("a received message has one journal entry", """
                select m.id::text from message m where m.direction = 'inbound' and m.inbox_id is not null
                  and (select count(*) from journal j
                       where j.message_id = m.id and j.kind = 'message.received') <> 1""");
        laws.put("every message has a journal entry", """
                select m.id::text from message m where not exists (select 1 from journal j where j.message_id = m.id)
                """);
        laws.put("a journal entry's message exists", """
                select j.id::text from journal j where j.message_id is not null
                  and not exists (select 1 from message m where m.id = j.message_id)""");
        laws.put("an outbound message to a customer has its effect", """
                select m.id::text from message m where m.direction = 'outbound' and m.status in ('queued', 'sending')
                  and not exists (select 1 from outbox o where o.message_id = m.id)""");
        laws.put("a file's bytes are stored",
                "select a.id::text from attachment a "
                        + "where not exists (select 1 from blob b where b.sha256 = a.sha256)");
        laws.put("a picture's bytes are stored",
                "select p.key from article_picture p "
                        + "where not exists (select 1 from blob b where b.sha256 = p.sha256)");
        laws.put("stored bytes have the hash that they are named by", """
                select sha256 from blob group by sha256
                having encode(sha256(string_agg(bytes, ''::bytea order by part)), 'hex') <> sha256""");
    }

    private static void work(Map<String, String> laws) {
        laws.put("who has an open ticket is still an agent", """
                select t.number::text from ticket t join agent a on a.id = t.assignee_id
                where not a.active and t.status <> 'solved' and t.merged_into is null""");
        laws.put("an assignment by routing has its decision", """
                select j.id::text from journal j where j.kind = 'ticket.assigned' and j.facts ->> 'by' = 'routing'
                  and not exists (select 1 from routing_decision d where d.ticket_id = j.ticket_id
                    and d.agent_id::text = j.facts ->> 'agent')""");
        // A minute is four leases; and only where some node holds one, for nobody takes over while none runs.
        laws.put("a leased effect's lease is held or taken over", """
                select o.id::text from outbox o where o.state = 'leased'
                  and (o.lease_until is null or o.lease_until < now() - interval '1 minute')
                  and exists (select 1 from lease l where l.until > now())""");
    }

    private static void people(Map<String, String> laws) {
        laws.put("a merged customer points at one who is not merged", """
                select c.id::text from customer c join customer m on m.id = c.merged_into
                where m.merged_into is not null""");
        laws.put("a verified identity that is not shared is one customer's", """
                select kind || ' ' || value from identity where verified and not shared
                group by brand_id, kind, value having count(*) > 1""");
    }

    /// @return one line for each law that is broken, with the first few rows that break it
    static List<String> run(Sql sql) {
        var wrong = new ArrayList<String>();
        LAWS.forEach((law, query) -> {
            var rows = sql.column(String.class, query + " limit 10");
            if (!rows.isEmpty()) wrong.add(law + ": " + String.join(", ", rows));
        });
        return wrong;
    }
}
