package switchboard.ticketing.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Ids;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;

/// Files that come after their message: it was announced with them, and they are fetched when it is on its ticket.
public final class LateFiles {
    private final Database database;
    private final Journal journal;

    public LateFiles(Database database, Journal journal) {
        this.database = database;
        this.journal = journal;
    }

    private record Target(UUID ticketId, UUID customerId) {}

    /// Whether the message is on its ticket yet.
    public boolean awaited(UUID message) {
        return database.sql().exists("select 1 from message where id = $1", message);
    }

    /// Attaches the file and journals it; a second one at the same position changes nothing.
    ///
    /// @param position among the message's files, from 0
    public void attach(UUID message, int position, String name, String type, byte[] bytes) {
        database.run(tx -> {
            tx.query("select 1 from message where id = $1 for no key update", message);
            if (tx.exists("select 1 from attachment where message_id = $1 and position = $2", message,
                    position)) return;
            var sha = Blobs.store(tx, List.of(bytes)).getFirst();
            tx.insert("attachment", List.of(new AttachmentRow(Ids.next(), message, position, name, type, bytes.length,
                    null, false, sha)));
            changed(tx, message, "attachment");
        });
        journal.committed();
    }

    /// Says on the message that a file of it could not be had.
    public void lost(UUID message) {
        database.run(tx -> {
            tx.execute("""
                    update message set flags = array_append(array_remove(flags, 'media-lost'), 'media-lost')
                    where id = $1""", message);
            changed(tx, message, "media-lost");
        });
        journal.committed();
    }

    /// All files of the message arrived in the end.
    public void found(UUID message) {
        database.run(tx -> {
            if (tx.execute("update message set flags = array_remove(flags, 'media-lost') where id = $1 "
                    + "and 'media-lost' = any(flags)", message) > 0) changed(tx, message, "media-found");
        });
        journal.committed();
    }

    private void changed(Sql tx, UUID message, String what) {
        tx.one(Target.class, "select ticket_id, customer_id from message where id = $1", message).ifPresent(target ->
                journal.append(tx, Entry.of("message.changed", Actor.SYSTEM, Instant.now()).ticket(target.ticketId())
                        .customer(target.customerId()).message(message).facts(Map.of("field", what))));
    }
}
