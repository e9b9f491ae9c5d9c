package switchboard.ticketing.reply;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import switchboard.ticketing.base.Sql;

/// Where the customer's last message asks to be answered, and how far that is believed.
///
/// A mail may name any address in Reply-To. One in the sender's own organisation, or one known to be the customer's, is
/// ordinary. For a form or another system that writes on a person's behalf, it is that person. In a forged mail it is
/// the forger's: then the answer goes to the sender's own address, which the forger can't read.
///
/// @param flags `reply-elsewhere`: an address outside the sender's organisation; `reply-form`: the sender's address is
///     a no-reply address or our own
/// @param verdict of the sender check; empty without one
record Asked(String sender, List<String> replyTo, List<String> flags, String verdict) {
    private static final String FAMILY = """
            array(select $1::uuid union all select id from customer where merged_into = $1)""";

    /// The requested addresses that aren't known to be the customer's.
    List<String> elsewhere(Sql sql, UUID customer) {
        if (!flags.contains("reply-elsewhere")) return List.of();
        var known = known(sql, customer, replyTo);
        return replyTo.stream().filter(one -> !known.contains(one)).toList();
    }

    /// Whether such an address is answered without an agent choosing it. It is for a new correspondent; for a known
    /// one, only when the mail is proven.
    boolean believed(Sql sql, UUID customer) {
        if (flags.contains("dmarc-fail") || flags.contains("sender-unproven")) return false;
        return verdict.equals("pass") || flags.contains("reply-form") || !correspondent(sql, customer);
    }

    /// Known by the sender's address: it is on record from another source, was used without a Reply-To, or received our
    /// mail.
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

    /// Addresses that only a Reply-To in this conversation named, and that aren't known to be the customer's. The
    /// person of a form is not among them: the conversation is theirs.
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
