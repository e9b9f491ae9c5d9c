package switchboard.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import switchboard.ticketing.base.Sql;

/// Laws that hold between the stored tables at any moment, whatever was killed when. Each query finds what breaks one.
final class Fsck {
    private static final Map<String, String> LAWS = laws();

    private Fsck() {}

    private static Map<String, String> laws() {
        var laws = new LinkedHashMap<String, String>();
        laws.put("journal entries are dense: seq without its predecessor",
                "select seq::text from journal_order o where seq > 1 "
                        + "and not exists (select 1 from journal_order p where p.seq = o.seq - 1)");
        laws.put("every journal entry is ordered or waits for it", """
                select j.id::text from journal j where not exists (select 1 from journal_order o where o.id = j.id)
                  and not exists (select 1 from journal_pending p where p.id = j.id)""");
        laws.put("every ordered entry exists", """
                select o.seq::text from journal_order o
                where not exists (select 1 from journal j where j.id = o.id and j.at = o.at)""");
        laws.put("every inbox key names a stored row", """
                select k.key from inbox_key k
                where not exists (select 1 from inbox i where i.id = k.inbox_id and i.received_at = k.received_at)""");
        laws.put("a received message has one journal entry", """
                select m.id::text from message m where m.direction = 'inbound' and m.inbox_id is not null
                  and (select count(*) from journal j
                       where j.message_id = m.id and j.kind = 'message.received') <> 1""");
        laws.put("an outbound message to a customer has its effect", """
                select m.id::text from message m where m.direction = 'outbound' and m.status in ('queued', 'sending')
                  and not exists (select 1 from outbox o where o.message_id = m.id)""");
        laws.put("a file's bytes are stored",
                "select a.id::text from attachment a "
                        + "where not exists (select 1 from blob b where b.sha256 = a.sha256)");
        laws.put("a merged customer points at one who is not merged", """
                select c.id::text from customer c join customer m on m.id = c.merged_into
                where m.merged_into is not null""");
        return laws;
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
