package switchboard.ticketing.people;

import java.util.UUID;
import switchboard.ticketing.base.Sql;

/// When a merge is undone, returns what arrived for the separated customer in the meantime: messages from addresses
/// that only they have, and tickets in which no one else has written.
final class GivingBack {
    private GivingBack() {}

    /// @param out the customer whose merge was just undone, with all customers merged into them
    /// @param from the customer they had been merged into
    static void run(Sql tx, UUID out, UUID from) {
        var messages = tx.column(UUID.class, """
                with own as (
                  select i.value from identity i join customer c on c.id = i.customer_id
                  where (c.id = $1 or c.merged_into = $1)
                  except
                  select i.value from identity i join customer c on c.id = i.customer_id
                  where (c.id = $2 or c.merged_into = $2))
                update message m set customer_id = $1, author_id = case when m.author_type = 'customer' then $1
                  else m.author_id end
                where m.customer_id = $2 and m.direction = 'inbound' and m.sender in (select value from own)
                returning m.id""", out, from);
        var tickets = tx.column(UUID.class, """
                update ticket t set customer_id = $1, updated_at = now(), version = version + 1
                where t.customer_id = $2 and t.id in (select ticket_id from message where id = any($3))
                  and not exists (select 1 from message m where m.ticket_id = t.id and m.direction = 'inbound'
                    and m.customer_id = $2)
                returning t.id""", out, from, messages);
        tx.execute("update message set customer_id = $1 where customer_id = $2 and ticket_id = any($3)", out, from,
                tickets);
        tx.execute("update call set customer_id = $1 where customer_id = $2 and ticket_id = any($3)", out, from,
                tickets);
    }
}
