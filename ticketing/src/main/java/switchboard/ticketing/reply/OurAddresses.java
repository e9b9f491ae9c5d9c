package switchboard.ticketing.reply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import switchboard.ticketing.base.Sql;

/// The company's mail addresses: each mailbox, its aliases, and both with any `+tag`. None of them is ever a customer
/// or gets a copy. The addresses that a catch-all mailbox accepts are not included: colleagues have addresses in that
/// domain too.
public final class OurAddresses {
    /// Precedes the domain in a catch-all alias.
    public static final String ANY = "*@";
    private static final int LIST_MAX = 5_000;

    private final Map<String, String> exact = new HashMap<>();

    private OurAddresses() {}

    /// @param addresses as configured; catch-all aliases are skipped
    public static OurAddresses of(Collection<String> addresses) {
        var ours = new OurAddresses();
        for (var one : addresses) {
            if (!one.startsWith(ANY)) ours.exact.putIfAbsent(one.toLowerCase(Locale.ROOT), one);
        }
        return ours;
    }

    /// Of all active mailboxes.
    static OurAddresses load(Sql sql) {
        return of(sql.column(String.class, """
                select x.address from mailbox m cross join lateral unnest(m.address || m.aliases) as x(address)
                where m.active order by m.name, m.id limit $1""", LIST_MAX));
    }

    public boolean contains(String address) {
        return base(address).isPresent();
    }

    /// The configured address that this one belongs to: itself, or itself without its tag.
    public Optional<String> base(String address) {
        return forms(address).stream().map(exact::get).filter(java.util.Objects::nonNull).findFirst();
    }

    /// The address in lower case and its forms without tags, longest first.
    public static List<String> forms(String address) {
        var forms = new ArrayList<String>();
        var lower = address.toLowerCase(Locale.ROOT);
        int at = lower.lastIndexOf('@');
        forms.add(lower);
        for (int plus = lower.lastIndexOf('+', at); at > 0 && plus > 0; plus = lower.lastIndexOf('+', plus - 1)) {
            forms.add(lower.substring(0, plus) + lower.substring(at));
        }
        return forms;
    }
}
