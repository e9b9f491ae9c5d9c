package switchboard.ticketing.reply;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import switchboard.ticketing.base.Sql;

/// What the customer's last message says of where it wants to be answered, and how far that is believed.
///
/// A mail may name any address (Reply-To). One of the sender's own organisation, or by which the customer is known, is
/// ordinary. Another is the person where a form or a system writes for them, and somebody else's where the mail is
/// forged: then the answer goes to the sender's own address, which the forger does not read.
///
/// @param flags `reply-elsewhere`: an address outside of the sender's organisation; `reply-form`: the sender's address
///     is one that nobody reads, or our own
/// @param verdict of the sender's check; empty without one
record Asked(String sender, List<String> replyTo, List<String> flags, String verdict) {
    private static final String FAMILY = """
            array(select $1::uuid union all select id from customer where merged_into = $1)""";

    /// Those of the addresses asked for by which the customer is not known.
    List<String> elsewhere(Sql sql, UUID customer) {
        if (!flags.contains("reply-elsewhere")) return List.of();
        var known = known(sql, customer, replyTo);
        return replyTo.stream().filter(one -> !known.contains(one)).toList();
    }

    /// Whether such an address is answered without being chosen. A first mail from somewhere is; from somebody whom we
    /// know by the sender's address it is, if the mail is proven.
    boolean believed(Sql sql, UUID customer) {
        if (flags.contains("dmarc-fail") || flags.contains("sender-unproven")) return false;
        return verdict.equals("pass") || flags.contains("reply-form") || !correspondent(sql, customer);
    }

    /// Somebody who is in our books by the sender's address, who has written from it to be answered there, or whom we
    /// wrote to there.
    private boolean correspondent(Sql sql, UUID customer) {
        return sql.exists("""
                select 1 from identity where customer_id = any(""" + FAMILY + """
                ) and value = $2 and verified and source <> 'inbound'
                union all select 1 from message where customer_id = any(""" + FAMILY + """
                ) and kind = 'message' and (direction = 'inbound' and sender = $2 and reply_to = '{}'
                    or direction = 'outbound' and $2 = any(to_list)) limit 1""", customer, sender);
    }

    private static Set<String> known(Sql sql, UUID customer, List<String> addresses) {
        return new HashSet<>(sql.column(String.class, "select value from identity where customer_id = any(" + FAMILY
                + ") and value = any($2) and verified", customer, addresses));
    }

    /// Addresses to which mails of this conversation asked us to write, though the customer is not known by them. A
    /// form's person is none: the conversation is theirs.
    static Set<String> strangers(Sql sql, UUID ticket, UUID customer) {
        var asked = sql.column(String.class, """
                select distinct a from message m, unnest(m.reply_to) a
                where m.ticket_id in (select id from ticket where id = $1 or merged_into = $1)
                  and m.direction = 'inbound' and 'reply-elsewhere' = any(m.flags)
                  and not 'reply-form' = any(m.flags) limit 1000""", ticket);
        if (asked.isEmpty()) return Set.of();
        var strangers = new HashSet<>(asked);
        strangers.removeAll(known(sql, customer, asked));
        return strangers;
    }
}
