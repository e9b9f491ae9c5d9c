package switchboard.ticketing.reply;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import switchboard.ticketing.base.Sql;

/// The message that a reply answers: the newest from one of its recipients, else the customer's newest, by order of
/// arrival.
///
/// @param rfcId its Message-ID; null where it has none that a header can carry
/// @param reader whether its author receives the reply
record Answered(UUID id, String rfcId, String subject, String authorName, String sender, Instant at, Instant sentAt,
                String text, boolean reader) {
    private static final int REFERENCES_MAX = 20;
    /// An id that a header can carry and other mail programs know: not one stored as a digest.
    private static final String WRITABLE = "rfc_id ~ '^[!-~]+$' and rfc_id !~ '[<>]' and rfc_id not like 'sha256:%'";
    private static final String OF_TICKET =
            "m.ticket_id in (select id from ticket where id = $1 or merged_into = $1)";
    private static final String READER = "(lower(m.sender) = any($3) or exists ("
            + "select 1 from unnest(m.reply_to) r where lower(r) = any($3)))";

    /// @param channels incoming channels that the reply's channel answers
    /// @param readers the reply's recipients
    static Optional<Answered> of(Sql sql, Thread thread, List<String> channels, List<String> readers) {
        return sql.one(Answered.class, """
                select m.id, case when\s""" + WRITABLE + """
                 then m.rfc_id end as rfc_id, m.subject, m.author_name, m.sender, m.at, m.sent_at,
                  m.text,\s""" + READER + """
                 or coalesce(c.merged_into, c.id) = $2 and m.sender = '' as reader
                from message m join customer c on c.id = m.customer_id
                where\s""" + OF_TICKET + """
                 and m.direction = 'inbound' and m.kind = 'message' and m.channel = any($4)
                  and (coalesce(c.merged_into, c.id) = $2 or\s""" + READER + ") order by " + READER
                + " desc, m.at desc, m.inbox_id desc nulls last, m.id desc limit 1",
                thread.id(), thread.customerId(), lower(readers), channels);
    }

    private static List<String> lower(List<String> addresses) {
        return addresses.stream().map(one -> one.toLowerCase(Locale.ROOT)).toList();
    }

    /// The ids for References, oldest first and the answered one last: only of mails that the recipients wrote or
    /// received.
    ///
    /// @param readers all recipients of the reply
    static List<String> references(Sql sql, Thread thread, Optional<Answered> answered, List<String> readers) {
        var newestFirst = sql.column(String.class, """
                select m.rfc_id from message m join customer c on c.id = m.customer_id
                where\s""" + OF_TICKET + " and " + WRITABLE + """
                 and m.kind not in ('cancelled', 'note')
                  and ($4::uuid is null or (m.at, m.id) <= (select at, id from message where id = $4))
                  and (m.direction = 'inbound' and (coalesce(c.merged_into, c.id) = $2 or lower(m.sender) = any($3))
                    or m.direction = 'outbound' and exists (
                      select 1 from unnest(m.to_list || m.cc_list || m.bcc_list) w where lower(w) = any($3)))
                order by m.at desc, m.inbox_id desc nulls last, m.id desc limit $5""",
                thread.id(), thread.customerId(), lower(readers), answered.map(Answered::id).orElse(null),
                REFERENCES_MAX - 1);
        var ids = new ArrayList<>(newestFirst.reversed());
        answered.map(Answered::rfcId).ifPresent(id -> {
            ids.remove(id);
            ids.add(id);
        });
        return ids;
    }

    static List<String> readers(List<String> to, List<String> cc, List<String> bcc) {
        return Stream.of(to, cc, bcc).flatMap(List::stream).toList();
    }
}
