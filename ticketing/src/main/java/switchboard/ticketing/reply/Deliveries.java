package switchboard.ticketing.reply;

import java.time.Instant;
import java.util.UUID;
import switchboard.ticketing.base.Actor;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Failpoint;
import switchboard.ticketing.base.Sql;
import switchboard.ticketing.conversation.MessageStatus;
import switchboard.ticketing.journal.Entry;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.outbox.Delivery;
import switchboard.ticketing.outbox.Outbox;

/// Writes down how an attempt to deliver ended, on the outbox row and on the message that it carries, in one
/// transaction.
public final class Deliveries {
    private final Database database;
    private final Journal journal;
    private final Outbox outbox;

    public Deliveries(Database database, Journal journal, Outbox outbox) {
        this.database = database;
        this.journal = journal;
        this.outbox = outbox;
    }

    public void record(Outbox.Leased row, Delivery delivery) {
        database.run(tx -> {
            if (!outbox.record(tx, row, delivery)) return;
            if (row.messageId() != null) message(tx, row, delivery);
            Failpoint.pass("outbox.before-mark");
        });
        Failpoint.pass("outbox.marked");
        journal.committed();
    }

    private void message(Sql tx, Outbox.Leased row, Delivery delivery) {
        switch (delivery) {
            case Delivery.Accepted accepted -> {
                tx.execute("update message set provider_id = coalesce($2, provider_id) where id = $1", row.messageId(),
                        accepted.providerId());
                advance(tx, row.messageId(), accepted.status(), "");
            }
            case Delivery.Refused refused -> {
                advance(tx, row.messageId(), "failed", refused.reason());
                troubled(tx, row, refused.code());
            }
            case Delivery.Unknown unknown -> advance(tx, row.messageId(), "uncertain", unknown.reason());
            case Delivery.RetryLater later -> tx.execute("""
                    update message set status_detail = $2 where id = $1 and status_rank < 3""",
                    row.messageId(), later.reason());
        }
    }

    private void advance(Sql tx, UUID message, String status, String detail) {
        MessageStatus.advance(tx, journal, message, status, detail, Instant.now());
    }

    private void troubled(Sql tx, Outbox.Leased row, String code) {
        journal.append(tx, Entry.of("delivery.failed", Actor.SYSTEM, Instant.now()).ticket(row.ticketId())
                .message(row.messageId()).facts(java.util.Map.of("channel", row.channel(), "code", code)));
    }

    /// Rows past their deadline: dropped, said on the message, journalled.
    public boolean expire() {
        var expired = database.transaction(tx -> {
            var rows = outbox.expire(tx);
            for (var row : rows) {
                if (row.messageId() != null) advance(tx, row.messageId(), "failed", "too late to send");
                journal.append(tx, Entry.of("delivery.expired", Actor.SYSTEM, Instant.now()).ticket(row.ticketId())
                        .message(row.messageId()).facts(java.util.Map.of("channel", row.channel())));
            }
            return rows;
        });
        if (!expired.isEmpty()) journal.committed();
        return !expired.isEmpty();
    }
}
