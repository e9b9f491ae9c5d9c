package switchboard.gateway.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.reply.OurAddresses;

/// A mailbox's additional addresses. An address leads to one mailbox only.
final class Aliases {
    private static final int ALIASES_MAX = 50;
    private static final Pattern FORM = Pattern.compile("[^\\s@,;<>\"]{1,64}@[^\\s@,;<>\"*]{1,253}");
    /// Held while comparing addresses, so that two simultaneous changes can't give one address to two mailboxes.
    private static final long LOCK = 0x616c69617365L;

    private Aliases() {}

    /// @param wanted null: unchanged
    /// @throws Failure.Invalid for an invalid address; Failure.Conflict `address-taken`
    static void settle(Sql tx, UUID mailbox, List<String> wanted) {
        tx.query("select pg_advisory_xact_lock($1)", LOCK);
        if (wanted != null) {
            tx.execute("update mailbox set aliases = $2 where id = $1", mailbox, checked(wanted));
        }
        tx.value(String.class, """
                select m.name from mailbox m cross join lateral unnest(m.address || m.aliases) as x(address)
                where m.active and m.id <> $1 and lower(x.address) in (
                  select lower(y.address) from mailbox o cross join lateral unnest(o.address || o.aliases) as y(address)
                  where o.id = $1) limit 1""", mailbox).ifPresent(other -> {
                    throw new Failure.Conflict("address-taken", "The mailbox " + other + " has this address already");
                });
    }

    private static String[] checked(List<String> wanted) {
        var kept = new LinkedHashMap<String, String>();
        for (var one : wanted) {
            var alias = one == null ? "" : one.strip();
            boolean any = alias.startsWith("*");
            if (!FORM.matcher(alias).matches() || any && !alias.startsWith(OurAddresses.ANY)) {
                throw Failure.Invalid.field("aliases", alias + " is neither a mail address nor *@ and a domain");
            }
            kept.putIfAbsent(alias.toLowerCase(Locale.ROOT), alias);
        }
        if (kept.size() > ALIASES_MAX) throw Failure.Invalid.field("aliases", "are more than " + ALIASES_MAX);
        return kept.values().toArray(String[]::new);
    }
}
