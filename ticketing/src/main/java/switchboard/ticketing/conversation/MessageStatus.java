package switchboard.ticketing.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;

/// What became of a message. Reports arrive twice and out of order: each is kept in the message's story once, and
/// only one of higher rank changes the status.
public final class MessageStatus {
    /// The later of two reports is the one of higher rank; no two final ones share a rank, so that reports in any order
    /// end alike. `uncertain` ranks as sending does and gives way to it.
    public static final Map<String, Integer> RANKS = Map.of("accepted", 0, "queued", 1, "sending", 2, "uncertain", 2,
            "sent", 3, "failed", 4, "undelivered", 5, "delivered", 6, "bounced", 7, "read", 8);

    private MessageStatus() {}

    private record Changed(UUID ticketId, UUID customerId, String channel) {}

    /// A failed message is to be sent again: from here on its reports count anew. Any other stands as it is.
    public static void again(Sql tx, Journal journal, UUID messageId, Instant at) {
        List<Changed> changed = tx.changed(Changed.class, """
                with x as (
                  update message set status = 'queued', status_rank = $2, status_detail = ''
                  where id = $1 and status = 'failed' returning ticket_id, customer_id, channel)
                select row_to_json(x)::text from x""", messageId, (short) (int) RANKS.get("queued"));
        tell(tx, journal, messageId, "queued", at, changed);
    }

    /// @param at the reporter's time
    /// @return whether the status is new to the message
    public static boolean advance(Sql tx, Journal journal, UUID messageId, String status, String detail, Instant at) {
        tx.execute("""
                insert into delivery_step (message_id, at, status, detail)
                select id, $2, $3, $4 from message where id = $1 on conflict do nothing""",
                messageId, at, status, detail);
        int rank = RANKS.getOrDefault(status, 0);
        List<Changed> changed = tx.changed(Changed.class, """
                with x as (
                  update message set status = $2, status_rank = $3, status_detail = $4
                  where id = $1 and (status_rank < $3 or status_rank = $3 and status = 'uncertain'
                    and $2 <> 'uncertain')
                  returning ticket_id, customer_id, channel)
                select row_to_json(x)::text from x""", messageId, status, (short) rank, detail);
        tell(tx, journal, messageId, status, at, changed);
        return !changed.isEmpty();
    }

    private static void tell(Sql tx, Journal journal, UUID messageId, String status, Instant at,
                             List<Changed> changed) {
        for (var one : changed) {
            journal.append(tx, Entry.of("message.status", Actor.SYSTEM, at).ticket(one.ticketId())
                    .customer(one.customerId())
                    .message(messageId).facts(Map.of("status", status, "channel", one.channel())));
        }
    }
}
