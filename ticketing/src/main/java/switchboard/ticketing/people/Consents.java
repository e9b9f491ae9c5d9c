package switchboard.ticketing.people;

import switchboard.ticketing.base.Sql;

/// Who may be written to. The ledger is append-only and the newest entry of a pair holds; without one, an answer to
/// somebody who wrote first is allowed.
public final class Consents {
    private Consents() {}

    public static boolean allowed(Sql sql, String channel, String address, String ourAddress) {
        return sql.value(Boolean.class, """
                select allowed from consent where channel = $1 and address = $2 and our_address = $3
                order by id desc limit 1""", channel, address, ourAddress).orElse(true);
    }
}
