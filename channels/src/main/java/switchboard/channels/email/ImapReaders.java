package switchboard.channels.email;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.channels.email.Mailboxes.Mailbox;
import switchboard.channels.email.imap.ImapPoller;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.journal.Lease;
import switchboard.ticketing.journal.Worker;

/// One reader for each mailbox that has an IMAP server, each under a lease, so that of several processes one reads.
/// Follows the settings: a changed mailbox gets a new reader.
final class ImapReaders implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);

    private record Reader(Mailbox mailbox, Lease lease, ImapPoller poller) {}

    private static final Logger LOG = LoggerFactory.getLogger(ImapReaders.class);

    private final Database database;
    private final Mailboxes mailboxes;
    private final MailDoor door;
    private final Map<UUID, Reader> readers = new HashMap<>();
    private final Map<UUID, Lease> leases = new HashMap<>();
    private final Worker worker;

    ImapReaders(Database database, Mailboxes mailboxes, MailDoor door) {
        this.database = database;
        this.mailboxes = mailboxes;
        this.door = door;
        this.worker = new Worker("imap-readers", LOOK_EVERY, this::look);
    }

    void start() {
        worker.start();
    }

    private boolean look() {
        var wanted = new HashSet<UUID>();
        for (var mailbox : mailboxes.all()) {
            if (mailbox.imap() == null) continue;
            wanted.add(mailbox.id());
            try {
                read(mailbox);
            } catch (IllegalStateException unreadable) { // a password that another secret has sealed
                LOG.warn("{} is not read: {}", mailbox.address(), unreadable.getMessage());
            }
        }
        readers.keySet().stream().filter(id -> !wanted.contains(id)).toList().forEach(id -> stop(readers.remove(id)));
        return false;
    }

    private void read(Mailbox mailbox) {
        var lease = leases.computeIfAbsent(mailbox.id(), id -> new Lease(database, "imap:" + id));
        var reader = readers.get(mailbox.id());
        if (!lease.hold()) {
            stop(readers.remove(mailbox.id()));
        } else if (reader == null || !reader.mailbox().imap().equals(mailbox.imap())) {
            stop(readers.remove(mailbox.id()));
            readers.put(mailbox.id(), new Reader(mailbox, lease,
                    ImapPoller.start(mailboxes.imap(mailbox), door.cursor(mailbox, lease))));
        }
    }

    private static void stop(Reader reader) {
        if (reader != null) reader.poller().close();
    }

    @Override
    public void close() {
        worker.close();
        readers.values().forEach(reader -> {
            reader.poller().close();
            reader.lease().release();
        });
    }
}
