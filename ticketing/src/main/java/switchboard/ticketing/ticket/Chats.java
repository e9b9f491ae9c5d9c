package switchboard.ticketing.ticket;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import switchboard.ticketing.access.Load;
import switchboard.ticketing.access.RoutingRules;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;

/// A chat is a session: it runs until an agent ends it, its ticket is solved, or it falls silent for a while.
public final class Chats {
    private static final int EACH_TIME_MAX = 200;

    private final Database database;
    private final Journal journal;

    public Chats(Database database, Journal journal) {
        this.database = database;
        this.journal = journal;
    }

    /// Ends chats that have been silent for the company's limit; the clock calls it.
    ///
    /// @return the number ended
    public int endSilent() {
        int ended = database.transaction(tx -> {
            var silent = tx.column(UUID.class, "select t.id from ticket t where " + Load.LIVE_CHAT
                    + " and t.last_at < now() - " + RoutingRules.CHAT_ENDS_AFTER
                    + " order by t.id limit $1 for no key update skip locked", EACH_TIME_MAX);
            if (!silent.isEmpty()) end(tx, journal, Actor.SYSTEM, silent, Map.of("reason", "silent"));
            return silent.size();
        });
        if (ended > 0) journal.committed();
        return ended;
    }

    /// @param chats tickets of running chats, locked
    static void end(Sql tx, Journal journal, Actor by, Collection<UUID> chats, Map<String, Object> why) {
        var entries = new ArrayList<Entry>();
        for (var row : tx.query("""
                with was as (select id, status from ticket where id = any($1::uuid[]))
                update ticket t set chat_ended_at = now(), updated_at = now(), version = version + 1,
                  status = case when t.status = 'open' and t.waiting_since is null and t.assignee_id is not null
                    then 'pending' else t.status end
                from was where t.id = was.id
                returning t.id, t.customer_id, was.status <> t.status as answered""", chats)) {
            var entry = Entry.of("chat.ended", by, Instant.now()).ticket(row.getUUID(0)).customer(row.getUUID(1));
            entries.add(entry.facts(why));
            if (row.getBoolean(2)) {
                entries.add(Entry.of("ticket.changed", by, Instant.now()).ticket(row.getUUID(0))
                        .customer(row.getUUID(1)).facts(Map.of("field", "status", "from", "open", "to", "pending",
                                "reason", "chat-over")));
            }
        }
        journal.append(tx, entries);
    }
}
