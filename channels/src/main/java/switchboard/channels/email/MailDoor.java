package switchboard.channels.email;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import switchboard.channels.email.Mailboxes.Mailbox;
import switchboard.channels.email.imap.MailboxCursor;
import switchboard.channels.email.imap.RawMail;
import switchboard.channels.email.imap.UidCursor;
import switchboard.channels.email.smtp.Acceptance;
import switchboard.channels.email.smtp.Envelope;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failpoint;
import switchboard.ticketing.base.Failure;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.intake.Arrival;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.journal.Lease;

/// The two ways mail comes in, both to the same inbox under the same key: mailbox and SHA-256 of the bytes.
final class MailDoor {
    private final Database database;
    private final Inbox inbox;
    private final Mailboxes mailboxes;
    private final Optional<CustomerMailboxes> customers;
    private final Predicate<InetAddress> speaksForItself;

    MailDoor(Database database, Inbox inbox, Mailboxes mailboxes, Optional<CustomerMailboxes> customers) {
        this(database, inbox, mailboxes, customers, _ -> false);
    }

    /// @param speaksForItself whether a client's address shows it to be the sender's own server, not a relay of ours
    /// @param customers stores mail for other addresses (the demo); empty: it is refused
    MailDoor(Database database, Inbox inbox, Mailboxes mailboxes, Optional<CustomerMailboxes> customers,
            Predicate<InetAddress> speaksForItself) {
        this.database = database;
        this.inbox = inbox;
        this.mailboxes = mailboxes;
        this.customers = customers;
        this.speaksForItself = speaksForItself;
    }

    boolean knows(String recipient) {
        return customers.isPresent() || mailboxes.of(recipient).isPresent();
    }

    /// Mail from our own relay: only the relay knows which client sent it.
    Acceptance relayed(Envelope envelope, byte[] raw) {
        return accept(envelope, raw, Map.of());
    }

    /// Called on the connection's thread; the client hears 250 after this has returned.
    Acceptance accept(Envelope envelope, byte[] raw) {
        var client = envelope.remote().getAddress();
        return accept(envelope, raw, !speaksForItself.test(client) ? Map.of() : Map.of(
                "client", client.getHostAddress(), "helo", envelope.helo(), "bounceTo", envelope.from()));
    }

    private Acceptance accept(Envelope envelope, byte[] raw, Map<String, Object> client) {
        var ours = new LinkedHashMap<String, Mailbox>();
        var others = new ArrayList<String>();
        for (var recipient : envelope.recipients()) {
            mailboxes.of(recipient).ifPresentOrElse(mailbox -> ours.put(recipient, mailbox),
                    () -> others.add(recipient));
        }
        try {
            // One lane for all mailboxes, so that one mail to two mailboxes is recognised.
            var lane = ours.isEmpty() ? "" : lane(ours.values().iterator().next());
            var stamped = envelope.stamp(raw, ours.keySet());
            for (var mailbox : ours.values().stream().distinct().toList()) {
                inbox.put(arrival(lane, mailbox, stamped, raw, client));
            }
            if (!others.isEmpty()) customers.orElseThrow().keep(others, raw);
        } catch (Failure.Unavailable busy) {
            return new Acceptance.TryLater(busy.getMessage());
        }
        Failpoint.pass("smtp.before-250");
        return new Acceptance.Accepted();
    }

    /// @param unstamped what the key is made of: a repeated delivery has the same
    private static Arrival arrival(String lane, Mailbox mailbox, byte[] stored, byte[] unstamped,
            Map<String, Object> client) {
        var known = new HashMap<>(client);
        known.putAll(Map.of("mailbox", mailbox.address(), "trusted", mailbox.trustedAuthserv(),
                "stamp", stored.length - unstamped.length));
        return new Arrival("smtp", lane, mailbox.address() + ":" + Signer.digest(unstamped), known, stored);
    }

    private static String lane(Mailbox mailbox) {
        return "mailbox:" + mailbox.address();
    }

    /// @param start as the mailbox was when its reader started; what is set later holds for what is read later
    MailboxCursor cursor(Mailbox start, Lease lease) {
        return new MailboxCursor() {
            @Override
            public UidCursor load() {
                record At(Long uidValidity, long uidLast) {}
                return database.sql().one(At.class,
                        "select uid_validity, uid_last from mailbox where id = $1", start.id())
                        .filter(at -> at.uidValidity() != null).map(at -> new UidCursor(at.uidValidity(), at.uidLast()))
                        .orElse(UidCursor.NONE);
            }

            @Override
            public Optional<Instant> since() {
                record Since(boolean importExisting, Long uidValidity, Instant readSince) {}
                return database.sql().one(Since.class,
                        "select import_existing, uid_validity, read_since from mailbox where id = $1", start.id())
                        .flatMap(one -> one.importExisting() ? Optional.empty() : one.uidValidity() == null
                                ? Optional.of(Instant.now()) : Optional.ofNullable(one.readSince()));
            }

            @Override
            public void commit(List<RawMail> batch, UidCursor next) {
                Failpoint.pass("imap.fetched");
                var mailbox = mailboxes.all().stream().filter(one -> one.id().equals(start.id())).findFirst()
                        .orElse(start);
                database.run(tx -> {
                    lease.fence(tx);
                    inbox.put(tx, batch.stream().map(one -> arrival(lane(mailbox), mailbox, one.raw(), one.raw(),
                            Map.of())).toList());
                    tx.execute("""
                            update mailbox set uid_validity = $2, uid_last = $3, read_since =
                              case when uid_validity is null and not import_existing then now() else read_since end
                            where id = $1""", mailbox.id(), next.uidValidity(), next.lastUid());
                    Failpoint.pass("imap.before-commit");
                });
                Failpoint.pass("imap.before-seen");
                inbox.arrived(lane(mailbox));
            }
        };
    }
}
