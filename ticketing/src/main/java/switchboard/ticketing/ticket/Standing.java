package switchboard.ticketing.ticket;

import java.util.List;
import java.util.UUID;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.conversation.Preview;

/// How a ticket stands by what was written in it and in what is merged into it: who waits, since when, and what was
/// said last.
public final class Standing {
    private static final int READ_CHARS = 1000;

    /// Messages of ticket `$1` and of all that is part of it. Quiet answers of machines make nobody wait.
    private static final String TOLD = """
            with told as (
              select * from message where kind not in ('note', 'cancelled') and ticket_id = any(array(
                select $1::uuid union all select id from ticket where merged_into = $1))),
            newest as (select id, at, direction, channel, visible_text from told order by at desc,
              inbox_id desc nulls last, id desc limit 1),
            unanswered as (
              select min(at) as since from told where direction = 'inbound' and kind not in ('auto-reply', 'bounce')
                and at > coalesce((select max(at) from told where direction = 'outbound' and kind <> 'forward'),
                    '-infinity'))
            """;

    private record Said(String text, List<String> files) {}

    private Standing() {}

    static long messages(Sql tx, UUID ticket) {
        return tx.value(Long.class, TOLD + "select count(*) from told", ticket).orElse(0L);
    }

    /// Derives both after messages have come or gone. Where nobody waited, taking messages away makes nobody wait.
    ///
    /// @param waits whether somebody may be waiting at all
    public static void derive(Sql tx, UUID ticket, boolean waits) {
        var said = tx.one(Said.class, TOLD + """
                select left(visible_text, $2) as text, coalesce((select json_agg(name order by position)
                  from attachment where message_id = newest.id), '[]') as files from newest""", ticket, READ_CHARS);
        tx.execute(TOLD + """
                update ticket set
                  waiting_since = case when $3 and status in ('open', 'snoozed') then (
                    select since from unanswered) end,
                  last_at = coalesce((select at from newest), last_at),
                  last_direction = coalesce((select direction from newest), last_direction),
                  last_channel = coalesce((select channel from newest), last_channel),
                  last_preview = $2
                where id = $1""", ticket, said.map(one -> Preview.of(one.text(), one.files())).orElse(""), waits);
    }
}
